import { describe, expect, test } from 'vitest';
import type { RunSignal } from '../../src/debate/notices.ts';
import { createBroadcast } from '../../src/run/broadcast.ts';
import { numbered, started } from '../debate/small-debate.ts';

const delta: RunSignal = { kind: 'notice', notice: { type: 'turn-delta', speaker: 'ann', text: 'word ' } };
const [first] = numbered(started());
if (!first) throw new Error('no event');
const event: RunSignal = { kind: 'event', event: first };

describe('broadcasting', () => {
  test('a subscriber that throws is left out and the others go on', () => {
    const errors: unknown[] = [];
    const seen: RunSignal[] = [];
    const broadcast = createBroadcast((error) => errors.push(error));
    broadcast.subscribe(() => {
      throw new Error('broken reader');
    });
    broadcast.subscribe((signal) => seen.push(signal));
    broadcast.publish(event);
    broadcast.publish(event);
    expect(errors).toHaveLength(1);
    expect(seen).toHaveLength(2);
  });

  test('a slow stream loses deltas and never events', async () => {
    const broadcast = createBroadcast();
    const stream = broadcast.stream();
    for (let sent = 0; sent < 5000; sent++) broadcast.publish(delta);
    for (let sent = 0; sent < 50; sent++) broadcast.publish(event);
    broadcast.end();
    let deltas = 0;
    let events = 0;
    for await (const signal of stream) {
      if (signal.kind === 'event') events += 1;
      else deltas += 1;
    }
    expect(events).toBe(50);
    expect(deltas).toBe(1024);
  });

  test('a stream that is left early stops taking signals', async () => {
    const broadcast = createBroadcast();
    const stream = broadcast.stream();
    broadcast.publish(event);
    broadcast.publish(event);
    for await (const signal of stream) {
      expect(signal).toBe(event);
      break;
    }
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test('a stream asked for after the end is empty', async () => {
    const broadcast = createBroadcast();
    broadcast.end();
    expect(await broadcast.stream().next()).toEqual({ done: true, value: undefined });
  });
});
