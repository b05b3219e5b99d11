import { partyLetter } from '../../src/convergence/sample-plan.ts';
import { lexicalError } from './lexical/lexical-error.ts';
import { readLexically } from './lexical/read-lexically.ts';
import type { Judge } from './read-transcript.ts';

/** The built-in judge that needs no model: words against the anchors' words. */
export const lexicalJudge: Judge = {
  name: 'lexical (no model)',
  errorOn: () => lexicalError,
  reply: async ({ agenda, turns, plan, source }) => {
    const readings = readLexically({ issues: agenda, turns });
    const idOf = new Map(turns.map(({ speaker }, place) => [speaker, source.speeches[place]?.speaker ?? '']));
    return JSON.stringify({
      readings: readings.map(({ speaker, ...reading }) => ({
        party: partyLetter(plan, idOf.get(speaker) ?? ''),
        ...reading,
      })),
    });
  },
};
