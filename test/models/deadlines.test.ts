import { expect, onTestFinished, test, vi } from 'vitest';
import { defaultPolicy } from '../../src/models/call-model.ts';
import { startDeadlines } from '../../src/models/reply-stream.ts';

const second = 1_000;

/** Real time, at the test's command. */
function watched() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const timeouts: string[] = [];
  const deadlines = startDeadlines(defaultPolicy, (timeout) => timeouts.push(timeout));
  onTestFinished(() => deadlines.clear());
  return { deadlines, timeouts };
}

test('a call gets three minutes to its first word', () => {
  const { timeouts } = watched();
  vi.advanceTimersByTime(180 * second - 1);
  expect(timeouts).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(timeouts).toEqual(['first-token-timeout']);
});

test('a reply under way may be silent for a minute and no longer', () => {
  const { deadlines, timeouts } = watched();
  vi.advanceTimersByTime(10 * second);
  deadlines.alive(true);
  vi.advanceTimersByTime(59 * second);
  deadlines.alive(true);
  vi.advanceTimersByTime(60 * second - 1);
  expect(timeouts).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(timeouts).toEqual(['idle-timeout']);
});

test('a reply that goes on and on is given up after fifteen minutes', () => {
  const { deadlines, timeouts } = watched();
  for (let passed = 0; passed < 900 && timeouts.length === 0; passed += 30) {
    deadlines.alive(true);
    vi.advanceTimersByTime(30 * second);
  }
  expect(timeouts).toEqual(['total-timeout']);
});
