import { expect, test } from 'vitest';
import { createReadingPace } from '../../src/cli/reading-pace.ts';
import { debateEvents } from '../helpers/debate-events.ts';

function paced() {
  const slept: number[] = [];
  const pace = createReadingPace({
    now: () => 0,
    sleep: async (milliseconds) => void slept.push(milliseconds),
  });
  return { pace, slept };
}

test('a pause between words is as long as the speed makes it', async () => {
  const { pace, slept } = paced();
  await pace.clock.sleep(100);
  pace.setSpeed(4);
  await pace.clock.sleep(100);
  pace.setSpeed(0.5);
  await pace.clock.sleep(100);
  pace.setSpeed(0);
  await pace.clock.sleep(100);
  expect(slept).toEqual([100, 25, 200]);
});

test('the rest of a turn comes at once, and the next one at the pace again', async () => {
  const { pace, slept } = paced();
  const [turn] = debateEvents().filter(({ type }) => type === 'turn-ended');
  if (!turn) throw new Error('no turn');
  pace.finishTurn();
  await pace.clock.sleep(100);
  pace.saw({ kind: 'notice', notice: { type: 'turn-delta', speaker: 'x', text: 'word' } });
  await pace.clock.sleep(100);
  expect(slept).toEqual([]);
  pace.saw({ kind: 'event', event: turn });
  await pace.clock.sleep(100);
  expect(slept).toEqual([100]);
});
