import { describe, expect, it } from 'vitest';
import type { DebateEvent } from '../../src/debate/events.ts';
import { eventSchema } from '../../src/debate/events.ts';
import { createJson } from '../../src/terminal/json.ts';
import { debateEvents, debateSignals } from '../helpers/debate-events.ts';
import { Collected } from './collected.ts';

function linesOf(events: readonly DebateEvent[]): string[] {
  const out = new Collected();
  const json = createJson({ out: out.stream });
  for (const event of events) json.show({ kind: 'event', event });
  return out.text.trimEnd().split('\n');
}

describe('JSON lines', () => {
  it('gives one event or notice a line, events as they stand in the journal', () => {
    const out = new Collected();
    const json = createJson({ out: out.stream });
    const signals = debateSignals({ rounds: 1 });
    for (const signal of signals) json.show(signal);
    const values = out.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { number?: number });
    expect(values).toHaveLength(signals.length);
    const events = values
      .filter(({ number }) => number !== undefined)
      .map((value) => eventSchema.parse(value));
    expect(events).toEqual(debateEvents({ rounds: 1 }));
  });

  it('escapes what would act on a terminal, and loses nothing of it', () => {
    const text = 'a\u001b[31m\u009b2J\u202eb\u2066\u200b\u{e0041}\u2028\ufeff\ud800c';
    const events = debateEvents({ rounds: 1 }).map((event) =>
      event.type === 'turn-ended' ? { ...event, text } : event,
    );
    const lines = linesOf(events);
    expect(lines.join('')).not.toMatch(
      /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u,
    );
    const turn = JSON.parse(lines[1] ?? '') as { text: string };
    expect(turn.text).toBe(text);
  });

  it('drops deltas, never events, for a reader that is behind', () => {
    const out = new Collected();
    Object.defineProperty(out, 'writableNeedDrain', { value: true });
    const json = createJson({ out: out.stream });
    for (const signal of debateSignals({ rounds: 1 })) json.show(signal);
    const types = out.text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types).not.toContain('turn-delta');
    expect(types.filter((type) => type === 'turn-ended')).toHaveLength(5);
  });
});
