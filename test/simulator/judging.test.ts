import { describe, expect, it } from 'vitest';
import { runDebate } from '../../src/index.ts';
import { agendaBlock, questionBlock, taskBlock, turnBlock } from '../../src/prompts/blocks.ts';
import type { JudgeReply } from '../../src/simulator/judging.ts';
import { replyTo } from '../../src/simulator/reply-to.ts';

const agenda = [
  {
    id: 'ferries',
    title: 'Night ferries',
    question: 'How often do ferries run by night?',
    weight: 1,
    passages: [],
    anchors: {
      0: 'no ferry leaves the harbour after ten in the evening',
      3: 'one ferry crosses every Friday night',
      6: 'ferries cross every night until the morning',
    },
  },
];

const asksForReasons = 'Last read:\n- Party A, ferries: 0 [T1] "words"\nReply with "why".';

function judged(said: readonly string[], task = asksForReasons, asked: string | null = null): JudgeReply {
  const turns = said.map((text, place) =>
    turnBlock({ number: place + 1, speaker: 'Party A', name: 'Party A', text }),
  );
  const question = asked === null ? [] : [questionBlock({ afterTurn: turns.length - 1, text: asked })];
  const user = [...turns.slice(0, -1), ...question, ...turns.slice(-1), taskBlock('judge', {}, task)].join(
    '\n',
  );
  const messages = [
    { role: 'system' as const, content: `<rules>Read.</rules>\n${agendaBlock(agenda)}` },
    { role: 'user' as const, content: user },
  ];
  return JSON.parse(replyTo(messages, 1));
}

const stand = 'On night ferries we insist that one ferry crosses every Friday night.';
const before = 'On night ferries we insist that no ferry leaves the harbour after ten in the evening.';

describe('the simulator as judge', () => {
  it('gives the words that name what moved a speaker, and none for a change without them', () => {
    const reason =
      'The Party B has argued better on Night ferries than we have, and we will not pretend otherwise.';
    expect(judged([before, `${reason} ${stand}`]).readings).toMatchObject([
      { issue: 'ferries', turn: 2, quote: stand, why: reason },
    ]);
    expect(judged([before, `The harbour is quiet. ${stand}`]).readings[0]?.why).toBeNull();
    expect(judged([before]).readings[0]?.why).toBeNull();
  });

  it('quotes claims of agreement and pledges from the last speech', () => {
    const offer = 'This much we can do. A ferry on Fridays will be paid for from our own purse.';
    const {
      agreements,
      pledges,
      crossings,
      role_breaks: breaks,
    } = judged([before, `There is common ground in Party B's words, "a ferry a week". ${stand} ${offer}`]);
    expect(agreements).toEqual([
      { party: 'A', quote: `There is common ground in Party B's words, "a ferry a week".`, turn: 2 },
    ]);
    expect(pledges).toEqual([{ party: 'A', quote: offer, turn: 2 }]);
    expect([crossings, breaks]).toEqual([[], []]);
  });

  it('is asked as before by prompts that a run kept, and answers as before', () => {
    const { readings, ...lists } = judged([before], 'Read positions.');
    expect(lists).toEqual({});
    expect(readings[0]).not.toHaveProperty('why');
  });

  it('takes the words of a question for nobody’s stand, and an answer in the same words for one', () => {
    const question = 'Should it be that ferries cross every night until the morning?';
    const echo = 'Ferries cross every night until the morning, somebody asks.';
    const quiet = 'The harbour is quiet.';
    expect(judged([quiet, echo], asksForReasons, question).readings).toEqual([]);
    expect(judged([quiet, echo], asksForReasons).readings).toMatchObject([{ turn: 2 }]);
    const answer = 'On night ferries we accept that ferries cross every night until the morning.';
    expect(judged([before, answer], asksForReasons, question).readings).toMatchObject([
      { turn: 2, quote: answer },
    ]);
  });

  it('tells concessions from drift, and knows whether agreement is hollow', async () => {
    const running = await runDebate({ seed: 2, rounds: 4, stopEarly: false, model: 'simulator' });
    const { verdicts } = await running.result();
    const moves = verdicts.flatMap(({ convergence }) => convergence?.moves ?? []);
    expect(new Set(moves.map(({ kind }) => kind))).toEqual(new Set(['concession', 'drift']));
    for (const { convergence, samples } of verdicts) {
      expect(convergence?.hollow.why).not.toContain('unknown');
      for (const { rejected } of samples)
        expect(rejected.map(({ reason }) => reason)).not.toContain('why-not-found');
    }
  });
});
