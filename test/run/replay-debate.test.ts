import { describe, expect, test } from 'vitest';
import type { Clock } from '../../src/debate/clock.ts';
import type { RunSignal } from '../../src/debate/notices.ts';
import { createReplay } from '../../src/run/replay-debate.ts';
import { numbered, started, turn, verdict } from '../debate/small-debate.ts';

const events = numbered(
  started(),
  turn(1, 0, 'moderator', 'opening'),
  turn(2, 1, 'ann'),
  turn(3, 1, 'bo'),
  turn(4, 1, 'cy'),
  verdict(1),
);

/** A clock whose sleeps take no time and are written down. */
function recordingClock(): Clock & { slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 0,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
}

function replayOf(speed: number, clock = recordingClock()) {
  const signals: RunSignal[] = [];
  const replay = createReplay({ events, clock, speed, idleLimitMs: 500, staysAtEnd: false });
  replay.subscribe((signal) => signals.push(signal));
  return { replay, signals, clock };
}

const eventsIn = (signals: readonly RunSignal[]) =>
  signals.flatMap((signal) => (signal.kind === 'event' ? signal.event : []));

describe('replaying a journal', () => {
  test('gives every event once, in order', async () => {
    const { replay, signals } = replayOf(1);
    await replay.start();
    expect(eventsIn(signals)).toEqual(events);
  });

  test('the words of a turn come before the turn, and are its text', async () => {
    const { replay, signals } = replayOf(1);
    await replay.start();
    const until = signals.findIndex((signal) => signal.kind === 'event' && signal.event.number === 2);
    const from = signals.findLastIndex((signal, index) => index < until && signal.kind === 'event');
    const words = signals.slice(from, until).flatMap((signal) => {
      return signal.kind === 'notice' && signal.notice.type === 'turn-delta' ? signal.notice.text : [];
    });
    expect(words.join('')).toBe('Words of turn 2.');
  });

  test('silences are cut to the idle limit and divided by the speed', async () => {
    const { replay, clock } = replayOf(4);
    await replay.start();
    expect(Math.max(...clock.slept)).toBe(125);
  });

  test('speed 0 does not wait at all', async () => {
    const { replay, clock } = replayOf(0);
    await replay.start();
    expect(clock.slept).toEqual([]);
  });

  test('a jump gives the events before its turn anew from the start', async () => {
    const { replay, signals } = replayOf(1);
    replay.jump({ turn: 3 });
    await replay.start();
    expect(eventsIn(signals).map((event) => event.number)).toEqual([0, 1, 2, 3, 4, 5]);
    replay.stop();
  });

  test('a pause holds in the middle of a turn, and going on says the rest', async () => {
    const { replay, signals } = replayOf(1);
    let isHeld = false;
    replay.subscribe((signal) => {
      if (isHeld || signal.kind !== 'notice' || signal.notice.type !== 'turn-delta') return;
      isHeld = true;
      replay.pause();
    });
    const playing = replay.start();
    for (let tick = 0; tick < 20; tick++) await new Promise((resolve) => setImmediate(resolve));
    expect(signals.at(-1)).toEqual({ kind: 'notice', notice: { type: 'paused' } });
    const words = signals.filter(
      ({ kind, ...rest }) => 'notice' in rest && rest.notice.type === 'turn-delta',
    );
    expect(words).toHaveLength(1);
    replay.resume();
    await playing;
    expect(eventsIn(signals)).toEqual(events);
  });

  test('a stop ends it where it is', async () => {
    const { replay, signals } = replayOf(1);
    replay.stop();
    await replay.start();
    expect(eventsIn(signals)).toEqual([]);
  });
});
