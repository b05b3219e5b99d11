import { describe, expect, test } from 'vitest';
import type { Notice, RunSignal } from '../../../src/debate/notices.ts';
import { createWatchedDebates, type Remainder } from '../../../src/terminal/progress/watched-debates.ts';
import { type DebateEventsOptions, debateSignals, signalsInto } from '../../helpers/debate-events.ts';

const label = { label: 'steel #1', wholeLabel: 'river/steel/gpt-5-mini #1' };
const unknown: Remainder = { waiting: 10, most: null };

function watching() {
  let now = 0;
  const watched = createWatchedDebates({ now: () => now });
  const begin = (name: string, firstEvent = 0) => {
    let take: (signal: RunSignal) => void = () => {};
    const run = { firstEvent, subscribe: (subscriber: typeof take) => (take = subscriber) };
    const rest = watched.watch(run, { ...label, debate: name, label: name });
    const show = (signals: readonly RunSignal[]) => {
      for (const signal of signals) take(signal);
    };
    const notice = (given: Notice) => show([{ kind: 'notice', notice: given }]);
    return { show, notice, rest };
  };
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const hold = (options: DebateEventsOptions, milliseconds: number) => {
    const debate = begin('whole');
    debate.show(debateSignals(options));
    pass(milliseconds);
    debate.rest();
  };
  return { watched, begin, hold, pass };
}

describe('a watched debate', () => {
  test('is seen with its round, its last turn and the words that come', () => {
    const { watched, begin } = watching();
    begin('a').show(signalsInto(debateSignals({ rounds: 3 }), 7));
    const [seen] = watched.running;
    expect(seen).toMatchObject({ label: 'a', round: 2, rounds: 3, turn: 6 });
    expect(seen?.doing).toMatchObject({ type: 'streaming', purpose: 'speak' });
    expect(seen?.doing.type === 'streaming' && seen.doing.characters).toBeGreaterThan(50);
  });

  test('begins to count its characters anew with every call, and after words that were void', () => {
    const { watched, begin } = watching();
    const { show, notice } = begin('a');
    show(signalsInto(debateSignals({ rounds: 3 }), 7));
    notice({ type: 'reply-dropped', speaker: 'anglers-club', reason: 'connection-lost' });
    notice({ type: 'turn-delta', speaker: 'anglers-club', text: 'Once more' });
    expect(watched.running[0]?.doing).toMatchObject({ characters: 9 });
  });

  test('waits for the provider of whoever speaks, or of the judge, until the next attempt', () => {
    const { watched, begin, pass } = watching();
    const { show, notice } = begin('a');
    show(signalsInto(debateSignals({ rounds: 3, model: 'openai:scripted' }), 7));
    pass(1000);
    const speaker = 'river-authority';
    notice({ type: 'waiting', speaker, purpose: 'speak', reason: 'rate-limited', milliseconds: 12_000 });
    const waiting = { type: 'waiting', provider: 'openai', reason: 'rate-limited', until: 13_000 };
    expect(watched.running[0]?.doing).toEqual(waiting);
    notice({ type: 'working', purpose: 'judge', done: 1, of: 3 });
    expect(watched.running[0]?.doing).toEqual(waiting);
    pass(12_000);
    notice({ type: 'working', purpose: 'judge', done: 2, of: 3 });
    expect(watched.running[0]?.doing).toMatchObject({ type: 'working', done: 2 });
  });

  test('keeps its row while others end, and a new one takes the row that is free', () => {
    const { watched, begin } = watching();
    const labels = () => watched.running.map((debate) => debate.label);
    const [, second] = ['a', 'b', 'c'].map((name) => begin(name));
    second?.rest();
    expect(labels()).toEqual(['a', 'c']);
    begin('d');
    expect(labels()).toEqual(['a', 'd', 'c']);
  });

  test('tells nothing of the others by what was paid for it in an earlier run', () => {
    const { watched, begin } = watching();
    const signals = debateSignals({ rounds: 2 });
    const events = signals.filter(({ kind }) => kind === 'event').length;
    for (let debate = 0; debate < 6; debate++) {
      const { show, rest } = begin('resumed', events);
      show(signals);
      rest();
    }
    expect(watched.inTheEnd('tokens', 0, unknown).inTheEnd).toBeNull();
    expect(watched.rates().callsPerMinute).toBeNull();
  });
});

describe('what debates will take', () => {
  test('is told from those that are over, and not before', () => {
    const { watched, hold } = watching();
    for (let debate = 0; debate < 4; debate++) hold({ rounds: 2, seed: debate }, 20_000);
    expect(watched.inTheEnd('tokens', 0, unknown).inTheEnd).toBeNull();
    expect(watched.timeLeft(unknown)).toBeNull();
    hold({ rounds: 2, seed: 9 }, 20_000);
    const { inTheEnd } = watched.inTheEnd('tokens', 0, unknown);
    expect(inTheEnd?.low).toBeGreaterThan(0);
    expect(inTheEnd?.high).toBeGreaterThan(inTheEnd?.low ?? 0);
    // Ten more debates of twenty seconds each, one after the other.
    const left = watched.timeLeft(unknown);
    expect(left && 'low' in left && left.low < 200_000 && left.high > 200_000).toBe(true);
  });

  test('is at most what was estimated for all rounds, less what the debates have used', () => {
    const { watched, hold } = watching();
    const most = { debates: 10, calls: 1000, usd: 30, tokens: 1_000_000 };
    expect(watched.inTheEnd('usd', 1, { waiting: 10, most })).toEqual({ inTheEnd: null, atMost: 31 });
    hold({ rounds: 2 }, 20_000);
    expect(watched.inTheEnd('usd', 2, { waiting: 9, most }).atMost).toBeCloseTo(29);
    expect(watched.timeLeft({ waiting: 9, most })).toMatchObject({ atMost: expect.any(Number) });
  });

  test('is not told by debates that failed or were stopped', () => {
    const { watched, hold } = watching();
    for (let debate = 0; debate < 6; debate++) hold({ rounds: 1, end: 'failed' }, 20_000);
    expect(watched.inTheEnd('tokens', 0, unknown).inTheEnd).toBeNull();
    expect(watched.rates().debatesPerMinute).toBeNull();
  });
});
