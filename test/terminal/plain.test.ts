import { describe, expect, it } from 'vitest';
import type { RunSignal } from '../../src/debate/notices.ts';
import { createPlain } from '../../src/terminal/plain.ts';
import { debateEvents, debateSignals, signalsBefore, stamped } from '../helpers/debate-events.ts';
import { Collected } from './collected.ts';

function shown(signals: readonly RunSignal[], { isTTY = false, color = false } = {}) {
  const out = new Collected({ isTTY });
  const err = new Collected();
  const plain = createPlain({ out: out.stream, err: err.stream, color, clock: { now: () => 0 } });
  for (const signal of signals) plain.show(signal);
  return { out: out.text, err: err.text, plain };
}

const dropped: RunSignal[] = [
  { kind: 'notice', notice: { type: 'turn-delta', speaker: 'river-authority', text: 'half a thought ' } },
  {
    kind: 'notice',
    notice: { type: 'reply-dropped', speaker: 'river-authority', reason: 'connection-lost' },
  },
];

/** A debate whose second speech lost its first reply on the way. */
function withDroppedReply(): RunSignal[] {
  const signals = debateSignals({ rounds: 1 });
  const start = signals.findIndex(
    ({ kind, ...rest }) =>
      kind === 'notice' && 'notice' in rest && rest.notice.type === 'turn-started' && rest.notice.turn === 2,
  );
  return signals.toSpliced(start + 1, 0, ...dropped);
}

describe('plain text', () => {
  it('gives a pipe every turn, its speaker, its number and its words', () => {
    const events = debateEvents({ rounds: 2 });
    const { out } = shown(debateSignals({ rounds: 2 }));
    for (const event of events) {
      if (event.type === 'turn-ended') expect(out).toContain(`T${event.turn}\n\n${event.text}\n`);
    }
    expect(out).toContain('Farmers’ union · round 2 · T8');
    expect(out).toContain('Closing statement');
  });

  it('says that the words are simulated and nobody’s', () => {
    const { out } = shown(debateSignals({ rounds: 1 }));
    expect(out).toContain('SIMULATED: not a language model');
    expect(out).toContain('An AI simulation. Roles, not people');
  });

  it('gives the index, its interval, its change and its doubts after each round', () => {
    const { out } = shown(debateSignals({ rounds: 2 }));
    expect(out).toContain('Round 1: convergence 54% (47% to 60%), coverage 80%');
    expect(out).toContain('Low confidence: Two speakers took no stand on an issue.');
    expect(out).toMatch(/Round 2: convergence 79% .*, \+25 points/u);
  });

  it('invents no score where a reading failed', () => {
    const { out } = shown(debateSignals({ rounds: 1, failedReadings: [1] }));
    expect(out).toContain('Round 1: the reading failed. No sample of the judge could be read as JSON.');
    expect(out).not.toMatch(/Round 1: convergence/u);
  });

  it('leaves nothing of a dropped reply in a pipe', () => {
    const { out, err } = shown(withDroppedReply());
    expect(out).not.toContain('half a thought');
    expect(err).toContain('the reply was dropped, the connection was lost');
  });

  it('shows the words as they come in a terminal, and the turn once', () => {
    const [start, ...rest] = debateSignals({ rounds: 1 });
    const out = new Collected({ isTTY: true });
    const plain = createPlain({
      out: out.stream,
      err: new Collected().stream,
      color: false,
      clock: { now: () => 0 },
    });
    if (start) plain.show(start);
    const turn = debateEvents({ rounds: 1 })[1];
    if (turn?.type !== 'turn-ended') throw new Error('the second event is a turn');
    const streaming = signalsBefore(turn);
    for (const signal of streaming.slice(0, 8)) plain.show(signal);
    const early = out.text;
    expect(early).toContain(turn.text.split(' ').slice(0, 5).join(' '));
    for (const signal of rest.slice(8)) plain.show(signal);
    expect(out.text.split(turn.text)).toHaveLength(2);
  });

  it('wraps words that stream as it wraps whole turns', () => {
    const lines = [false, true].map((isTTY) => {
      const out = new Collected({ isTTY });
      const plain = createPlain({
        out: out.stream,
        err: new Collected().stream,
        width: 44,
        color: false,
        clock: { now: () => 0 },
      });
      for (const signal of debateSignals({ rounds: 2 })) plain.show(signal);
      return out.text.replaceAll(/\u001b\[[\d;]*m/gu, '').split('\n');
    });
    expect(lines[1]).toEqual(lines[0]);
  });

  it('keeps the transcript on one stream and the status on the other', () => {
    const { out, err } = shown(debateSignals({ rounds: 1 }));
    expect(out).not.toContain('is speaking');
    expect(err).toContain('round 1: River authority is speaking (simulator)');
    expect(err).toMatch(/\[0:00\] 5 turns, 9 calls, .* tokens, \$0\.00/u);
    expect(err).not.toContain('Nobody here disputes');
  });

  it('writes no escape sequence without colour, whatever the model sent', () => {
    const hostile = debateEvents({ rounds: 1 }).map((event) =>
      event.type === 'turn-ended' ? { ...event, text: `a\u001b]0;t\u0007\u001b[31mb\u202e` } : event,
    );
    const { out, err } = shown(hostile.map((event) => ({ kind: 'event', event })));
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
    expect(out).toContain('ab');
  });

  it('says that a turn was cut at the token limit', () => {
    const events = debateEvents({ rounds: 1 }).map((event) =>
      event.type === 'turn-ended' && event.turn === 2 ? { ...event, ending: 'length' as const } : event,
    );
    const { out } = shown(events.map((event) => ({ kind: 'event', event })));
    expect(out).toContain('(cut at the token limit)');
  });

  it('says so once and goes quiet when the reader of its output goes away', async () => {
    const out = new Collected();
    let closed = 0;
    const plain = createPlain({
      out: out.stream,
      err: new Collected().stream,
      color: false,
      clock: { now: () => 0 },
      outClosed: () => closed++,
    });
    out.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await new Promise((resolve) => out.once('close', resolve));
    for (const signal of debateSignals({ rounds: 1 })) plain.show(signal);
    await plain.close();
    expect(closed).toBe(1);
    expect(out.text).toBe('');
  });

  it('wraps at the width it is given, keeping indents', () => {
    const out = new Collected();
    const plain = createPlain({
      out: out.stream,
      err: new Collected().stream,
      width: 40,
      color: false,
      clock: { now: () => 0 },
    });
    for (const signal of debateSignals({ rounds: 1 })) plain.show(signal);
    for (const line of out.text.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('begins again when the first event comes again, as in a replay that jumps', () => {
    const events = debateEvents({ rounds: 1 });
    const again = [...events.slice(0, 4), ...events];
    expect(() => shown(again.map((event) => ({ kind: 'event', event })))).not.toThrow();
  });

  it('shows a person’s question', () => {
    const question = stamped({ type: 'question-asked', afterTurn: 1, text: 'And the fish?' }, 2);
    const events = [...debateEvents({ rounds: 1 }).slice(0, 2), question];
    const { out } = shown(events.map((event) => ({ kind: 'event', event })));
    expect(out).toContain('A question from the person watching\n\nAnd the fish?');
  });
});
