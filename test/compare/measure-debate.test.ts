import { describe, expect, it } from 'vitest';
import { measureDebate } from '../../src/compare/measure-debate.ts';
import { debateMeasuresSchema } from '../../src/compare/measures.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { type DebateEventsOptions, debateEvents } from '../helpers/debate-events.ts';

const place = { arm: 'plain', article: 'reservoir', cell: 'reservoir / 1' };

function debate(options: DebateEventsOptions = {}): Debate {
  return fold(debateEvents(options)) as Debate;
}

function withSpeeches(whole: Debate, text: string): Debate {
  return { ...whole, turns: whole.turns.map((turn) => (turn.kind === 'speech' ? { ...turn, text } : turn)) };
}

function convergedIn(whole: Debate, round: number): Debate {
  const verdicts = whole.verdicts.map((verdict) =>
    verdict.round < round ? verdict : { ...verdict, advice: { stop: 'converged' as const, why: 'It has.' } },
  );
  return { ...whole, verdicts };
}

describe('measuring a debate', () => {
  it('gives measures that a comparison takes', () => {
    const measures = measureDebate(debate({ rounds: 3 }), place);
    expect(debateMeasuresSchema.parse(measures)).toEqual(measures);
    expect(measures).toMatchObject({
      ...place,
      rounds: 3,
      converged: false,
      aborted: false,
      simulated: true,
    });
  });

  it('takes the index after the last round, and none where the last reading failed', () => {
    const whole = debate({ rounds: 3 });
    const last = whole.verdicts.at(-1)?.convergence?.principals as number;
    expect(measureDebate(whole, place).principals).toBe(last);
    expect(measureDebate(debate({ rounds: 3, failedReadings: [3] }), place).principals).toBeNull();
  });

  it('counts rounds to the first that converged, also where the debate went on', () => {
    expect(measureDebate(convergedIn(debate({ rounds: 4 }), 2), place)).toMatchObject({
      converged: true,
      rounds: 2,
    });
  });

  it.each(['stopped', 'failed', 'budget'] as const)('calls a debate that ended as %s aborted', (end) => {
    expect(measureDebate(debate({ end }), place).aborted).toBe(true);
  });

  it('calls a debate aborted that was killed, and not one that ended in deadlock', () => {
    expect(measureDebate(debate({ end: null }), place).aborted).toBe(true);
    expect(measureDebate(debate({ end: 'deadlock' }), place).aborted).toBe(false);
  });

  it('measures grounding as the share of claims that cite what exists', () => {
    const cited = 'The reservoir stood at 34 percent on 1 January [P1]. Meters would cost 2.4 million [P3].';
    const half = 'The reservoir stood at 34 percent on 1 January [P1]. Meters would cost 2.4 million [P9].';
    expect(measureDebate(withSpeeches(debate(), cited), place).grounding).toBe(1);
    expect(measureDebate(withSpeeches(debate(), half), place).grounding).toBe(0.5);
    expect(measureDebate(withSpeeches(debate(), 'Perhaps.'), place).grounding).toBeNull();
  });

  it('measures fidelity as the share of speeches in the role', () => {
    const whole = withSpeeches(debate({ rounds: 2 }), 'We keep to our line.');
    expect(measureDebate(whole, place).fidelity).toBe(1);
    expect(measureDebate({ ...whole, verdicts: [] }, place).fidelity).toBeNull();
    const first = whole.turns.findIndex((turn) => turn.kind === 'speech');
    const turns = whole.turns.with(first, {
      ...whole.turns[first]!,
      text: 'As an AI language model I have no position on this.',
    });
    // One of one persona's two speeches, among four personas.
    expect(measureDebate({ ...whole, turns }, place).fidelity).toBe(1 - 0.5 / 4);
  });

  it('measures hollow agreement as the share of read rounds', () => {
    const whole = debate({ rounds: 4 });
    const verdicts = whole.verdicts.map((verdict, index) => ({
      ...verdict,
      convergence: verdict.convergence && {
        ...verdict.convergence,
        hollow: { isHollow: index === 1, why: '' },
      },
    }));
    expect(measureDebate({ ...whole, verdicts }, place).hollow).toBe(0.25);
    expect(measureDebate({ ...whole, verdicts: [] }, place).hollow).toBeNull();
  });

  it('knows no cost where a call had no known price', () => {
    const whole = debate({ model: 'openai:x', simulated: false });
    expect(measureDebate(whole, place).costUsd).toBeGreaterThan(0);
    const unpriced = { ...whole, totals: { ...whole.totals, unpricedCalls: 1 } };
    expect(measureDebate(unpriced, place).costUsd).toBeNull();
  });
});
