import { describe, expect, test } from 'vitest';
import type { Issue } from '../../src/debate/agenda.ts';
import { bundledPrompts } from '../../src/prompts/bundled-prompts.ts';
import { loadReplacementSpeeches } from '../../src/prompts/replacement-speeches.ts';
import { givesReason } from '../../src/simulator/reasons.ts';
import { standsIn } from '../../src/simulator/stand-reader.ts';
import { held } from '../run/debates.ts';

const loaded = loadReplacementSpeeches(bundledPrompts());
if (!loaded.ok) throw new Error(loaded.failure.message);
const speeches = loaded.value;

describe('what stands in the place of a speech when a speaker answers again', () => {
  test('is heard by the simulator as the stand it is, also between two wordings, and as no reason', async () => {
    const { debate } = await held({ rounds: 1, judgeSamples: 1 });
    const { agenda } = debate.started;
    const readOf = (issue: Issue, text: string) =>
      standsIn(agenda, [{ turn: 1, speaker: 'a', text }]).find((stand) => stand.issue === issue.id)?.position;
    for (const issue of agenda) {
      const { title, anchors } = issue;
      const wordings = [
        [3, { at: anchors[3] }],
        [1.5, { low: anchors[0], high: anchors[3] }],
        [4.5, { low: anchors[3], high: anchors[6] }],
        [1, { near: anchors[0], far: anchors[3] }],
        [4, { near: anchors[3], far: anchors[6] }],
      ] as const;
      for (const [position, wording] of wordings) {
        const stand = { issue: title, wording };
        for (const text of [speeches.bare(stand), speeches.vacuous(stand, 120)]) {
          expect([title, readOf(issue, text)]).toEqual([title, position]);
          expect([title, givesReason(agenda, text)]).toEqual([title, false]);
        }
      }
    }
    // Every speech of the simulator's own argues, so that its ordinary debates are what they were.
    const own = debate.turns.filter(({ kind }) => kind === 'speech');
    expect(own.map(({ text }) => givesReason(agenda, text))).toEqual(own.map(() => true));
  });
});

describe('a speaker asked where it stands', () => {
  test('says it, moved or not', async () => {
    const question = 'Where do you stand now on Sequencing?';
    const { debate } = await held({ rounds: 3, seed: 2, judgeSamples: 1 }, (item, running) => {
      if ('number' in item && item.type === 'turn-ended' && item.turn === 11) running.ask(question);
    });
    expect(debate.questions).toHaveLength(1);
    const answer = debate.turns.find(({ turn, kind }) => turn > 11 && kind === 'speech')?.text ?? '';
    const stands = standsIn(debate.started.agenda, [{ turn: 1, speaker: 'a', text: answer }]);
    expect(stands.map(({ issue }) => issue)).toContain('sequencing');
  });
});
