import { describe, expect, it } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import type { BodyOf } from '../../src/debate/events.ts';
import type { RunSignal } from '../../src/debate/notices.ts';
import { createPlain } from '../../src/terminal/plain.ts';
import { statusOfEvent, totalsOf } from '../../src/terminal/plain-status.ts';
import { createScreenReader } from '../../src/terminal/screen-reader.ts';
import { rowsOfEntry } from '../../src/terminal/tui/entry-rows.ts';
import type { Entry } from '../../src/terminal/tui/feed.ts';
import {
  debateEvents,
  debateSignals,
  readingWaits,
  signalsBefore,
  stamped,
} from '../helpers/debate-events.ts';
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
  { kind: 'event', event: stamped(failedAttempt(), 2) },
  {
    kind: 'notice',
    notice: {
      type: 'waiting',
      speaker: 'river-authority',
      purpose: 'speak',
      reason: 'connection-lost',
      milliseconds: 2300,
    },
  },
];

function failedAttempt(more: Partial<BodyOf<'attempt-failed'>> = {}): BodyOf<'attempt-failed'> {
  return {
    type: 'attempt-failed',
    purpose: 'speak',
    speaker: 'river-authority',
    round: 1,
    attempt: 1,
    reason: 'connection-lost',
    message: 'openai:x: the connection broke.',
    retryInMs: 2300,
    usage: null,
    costUsd: null,
    ...more,
  };
}

function withWordsOfTurn(turn: number, text: string): RunSignal[] {
  return debateEvents({ rounds: 1 }).map((event) => ({
    kind: 'event',
    event: event.type === 'turn-ended' && event.turn === turn ? { ...event, text } : event,
  }));
}

/** A debate whose second speech lost its first reply on the way. */
function withDroppedReply(): RunSignal[] {
  const signals = debateSignals({ rounds: 1 });
  const start = signals.findIndex(
    ({ kind, ...rest }) =>
      kind === 'notice' && 'notice' in rest && rest.notice.type === 'turn-started' && rest.notice.turn === 2,
  );
  return renumbered(signals.toSpliced(start + 1, 0, ...dropped));
}

function renumbered(signals: readonly RunSignal[]): RunSignal[] {
  let number = 0;
  return signals.map((signal) =>
    signal.kind === 'event' ? { kind: 'event', event: { ...signal.event, number: number++ } } : signal,
  );
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
    expect(out).toContain('Round 1: convergence 0.54 (0.47 to 0.60), coverage 80%');
    expect(out).toContain('Low confidence: Two speakers took no stand on an issue.');
    expect(out).toMatch(/Round 2: convergence 0.79 .*, \+0.25/u);
  });

  it('invents no score where a reading failed', () => {
    const { out } = shown(debateSignals({ rounds: 1, failedReadings: [1] }));
    expect(out).toContain('Round 1: the reading failed. No sample of the judge could be read as JSON.');
    expect(out).not.toMatch(/Round 1: convergence/u);
  });

  it('leaves nothing of a dropped reply in a pipe', () => {
    const { out, err } = shown(withDroppedReply());
    expect(out).not.toContain('half a thought');
    expect(err).toContain('attempt 1 failed, the connection was lost');
  });

  it('tells of a broken stream in one line, with what happened and when it goes on', () => {
    const { err } = shown(withDroppedReply());
    const lines = err.split('\n').filter((line) => /broke|lost|dropped|again/u.test(line));
    expect(lines).toEqual([
      '[0:00] River authority: attempt 1 failed, the connection was lost. openai:x: the connection broke. Trying again in 2 s.',
    ]);
  });

  it('tells of a reading’s wait when it comes, which reading it is, and not again when its event comes', () => {
    const [start, ...rest] = debateSignals({ rounds: 1 });
    const speaker = 'moderator';
    const wait: RunSignal = {
      kind: 'notice',
      notice: {
        type: 'waiting',
        speaker,
        purpose: 'judge',
        part: { number: 2, of: 3 },
        reason: 'overloaded',
        milliseconds: 125_400,
        message: 'openai:x: the provider is overloaded.',
      },
    };
    const late: RunSignal = {
      kind: 'event',
      event: stamped(failedAttempt({ purpose: 'judge', speaker, reason: 'overloaded' }), 1),
    };
    const { err } = shown(renumbered([...(start ? [start] : []), wait, late, ...rest]));
    expect(err.split('\n').filter((line) => line.includes('overloaded'))).toEqual([
      '[0:00] reading 2 of 3 of the positions: the provider is overloaded. openai:x: the provider is overloaded. Trying again in 2 min 5 s.',
    ]);
  });

  it('says in one phrase of all the readings that wait together', () => {
    const [start] = debateSignals({ rounds: 1 });
    const waits = [1, 2, 3].map((number) => readingWaits(number, 'rate-limited', 12_000 + number));
    const { err } = shown([...(start ? [start] : []), ...waits]);
    expect(err.split('\n').slice(0, 3)).toEqual([
      '[0:00] reading 1 of 3 of the positions: too many calls at once. openai:x: 429. Trying again in 12 s.',
      '[0:00] 2 readings wait 13 s for simulator: too many calls at once. openai:x: 429.',
      '[0:00] 3 readings wait 13 s for simulator: too many calls at once. openai:x: 429.',
    ]);
  });

  it('says under a turn what it quotes wrongly and what it cites that is not there, and of an honest quote nothing', () => {
    const text =
      'It "stood at 43 percent on 1 January, the lowest level since 1976" [P1], see [P9]. "Nobody ever said any of this."';
    const { out } = shown(withWordsOfTurn(2, text));
    expect(out).toContain(`${text}\n\n✗ Misquote of [P1]: “43” for “34”, “January” left out.`);
    expect(out).toContain('✗ Citation of nothing: there is no [P9].');
    const [live, read] = out.split('✗ [T2] Misquote: “Nobody ever said any of this.” is in no passage');
    expect(live).not.toContain('Nobody ever said any of this.” is');
    expect(read).toContain('Round 1: convergence');
    const honest = debateEvents({ rounds: 1 })[0];
    if (honest?.type !== 'debate-started') throw new Error('it starts with its start');
    const quoted = `They write: "${honest.article.passages[0]?.text}" [P1]`;
    expect(shown(withWordsOfTurn(2, quoted)).out).not.toContain('✗');
  });

  it('says of a role left at once where it was taken off, and where a judge quotes it once the round is read', () => {
    const slip = 'Certo, ecco una versione equilibrata del mio intervento.';
    const events = debateEvents({ rounds: 1 }).map((event) => {
      if (event.type === 'turn-ended' && event.turn === 2)
        return { ...event, raw: `*leans back* ${event.text}` };
      if (event.type === 'turn-ended' && event.turn === 3) return { ...event, text: `${slip} ${event.text}` };
      if (event.type !== 'verdict-given' || !event.convergence) return event;
      const roleBreaks = [{ speaker: 'farmers-union', kind: 'assistant' as const, quote: slip, turn: 3 }];
      return { ...event, convergence: { ...event.convergence, roleBreaks } };
    });
    const { out } = shown(events.map((event) => ({ kind: 'event', event }) as const));
    const off = '✗ Out of its role, with a stage direction: “*leans back*”, taken off before others read it';
    const [before, after] = out.split('T3');
    expect(before).toContain(off);
    expect(after).not.toContain(off);
    const [, read] = out.split(`✗ [T3] Out of its role, in an assistant’s voice: “${slip}”`);
    expect(read).toContain('Round 1: convergence');
  });

  it.each([
    'I would sign “every site is closed within sixty days of today”.',
    'Podría firmar: «todos los sitios cierran en sesenta días desde hoy».',
    '我愿意签署：「所有设施在六十天之内全部关闭」。',
    'Ich würde unterschreiben: „Alle Anlagen schließen binnen sechzig Tagen von heute an“.',
  ])('never takes a wording to sign for a misquote: %s', (text) => {
    const quote = text.replace(/^.*?[:：n] ?(?=[“«「„])/u, '').replace(/[.。]$/u, '');
    const events = debateEvents({ rounds: 1 }).map((event) => {
      if (event.type === 'turn-ended' && event.turn === 2) return { ...event, text };
      if (event.type !== 'verdict-given') return event;
      const samples = event.samples.map((sample) => ({
        ...sample,
        readings: sample.readings.map((one) => (one.turn === 2 ? { ...one, quote } : one)),
      }));
      return { ...event, samples };
    });
    expect(text).toContain(quote);
    expect(shown(events.map((event) => ({ kind: 'event', event }) as const)).out).not.toContain('✗');
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

  it('says nothing of a call that a person ended, with a key or with words of their own', () => {
    const debate = fold(debateEvents({ rounds: 1 }));
    if (!debate) throw new Error('there was no debate');
    const told = (reason: 'aborted' | 'overloaded') => {
      const event = stamped(failedAttempt({ reason, retryInMs: null }), 9);
      const screenReader = new Collected();
      const reader = createScreenReader({ out: screenReader.stream, outClosed: () => {} });
      for (const signal of debateSignals({ rounds: 1 }).slice(0, 1)) reader.show(signal);
      reader.show({ kind: 'event', event: { ...event, number: 1 } });
      const rows = rowsOfEntry({ event, shift: [] } as unknown as Entry, debate, 60, false);
      const screen = rows
        .flat()
        .map(({ text }) => text)
        .join('');
      return [statusOfEvent(event, debate) ?? '', screen, screenReader.text].map((text) =>
        text.includes('attempt 1 failed'),
      );
    };
    expect(told('aborted')).toEqual([false, false, false]);
    expect(told('overloaded')).toEqual([true, true, true]);
  });

  it('tells at the end which of the calls failed and which have no known price', () => {
    const debate = fold(debateEvents({ rounds: 1 }));
    if (!debate) throw new Error('there was no debate');
    const ended = {
      ...debate,
      totals: { ...debate.totals, calls: 12, failedAttempts: 1, unpricedCalls: 11 },
    };
    expect(totalsOf(ended)).toMatch(
      /^5 turns, 12 calls \(1 failed, 11 of no known price\), .* tokens, \$0\.00$/u,
    );
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
