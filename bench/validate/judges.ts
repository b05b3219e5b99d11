import { readLexically } from '../../src/convergence/lexical/read-lexically.ts';
import type { Judge } from './read-transcript.ts';

/** The built-in judge that needs no model: words against the anchors' words. */
export const lexicalJudge: Judge = {
  name: 'lexical (no model)',
  reply: async ({ agenda, turns }) => {
    const readings = readLexically({ issues: agenda, turns });
    return JSON.stringify({
      readings: readings.map(({ speaker, ...reading }) => ({ party: speaker, ...reading })),
    });
  },
};
