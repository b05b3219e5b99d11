import { describe, expect, it } from 'vitest';
import { createScreenReader } from '../../src/terminal/screen-reader.ts';
import { debateEvents, debateSignals } from '../helpers/debate-events.ts';
import { Collected } from './collected.ts';

function heard(options: Parameters<typeof debateSignals>[0]): string {
  const out = new Collected();
  const reader = createScreenReader({ out: out.stream });
  for (const signal of debateSignals(options)) reader.show(signal);
  return out.text;
}

describe('for a screen reader', () => {
  it('says the index and its change in words', () => {
    const text = heard({ rounds: 2 });
    expect(text).toContain('Convergence 0.54.\n');
    expect(text).toContain('Convergence 0.79, up 0.25.\n');
  });

  it('says who moved, on what, from where to where', () => {
    expect(heard({ rounds: 2 })).toContain('River authority moved on Summer release from 4.5 to 3.9, of 6.');
  });

  it('says who speaks before the words, and that they are simulated', () => {
    const text = heard({ rounds: 1 });
    expect(text).toMatch(/Turn 3, round 1\. Farmers’ union says:\nWe could accept/u);
    expect(text).toContain('The words are simulated, not those of a language model.');
  });

  it('says that there is no new figure where a reading failed', () => {
    expect(heard({ rounds: 1, failedReadings: [1] })).toContain(
      'The reading of round 1 failed. There is no new convergence figure.',
    );
  });

  it('only ever appends: no control character but the line feed', () => {
    expect(heard({ rounds: 2 })).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u);
  });

  it('says what a turn quotes wrongly in words, with the labels spoken', () => {
    const text = 'It "stood at 43 percent on 1 January, the lowest level since 1976" [P1], as [P9] says.';
    const out = new Collected();
    const reader = createScreenReader({ out: out.stream });
    for (const event of debateEvents({ rounds: 1 })) {
      const said = event.type === 'turn-ended' && event.turn === 2 ? { ...event, text } : event;
      reader.show({ kind: 'event', event: said });
    }
    expect(out.text).toContain(
      'Misquote of passage 1: “43” for “34”, “January” left out.\nCitation of nothing: there is no passage 9.\n',
    );
  });

  it('tells of a wait once, whose call it is where several are made, and of a pause as it comes', () => {
    const out = new Collected();
    const reader = createScreenReader({ out: out.stream });
    const [start] = debateSignals({ rounds: 1 });
    if (start) reader.show(start);
    const speaker = 'moderator';
    const wait = {
      type: 'waiting',
      speaker,
      reason: 'overloaded',
      purpose: 'judge',
      milliseconds: 1200,
    } as const;
    reader.show({ kind: 'notice', notice: { ...wait, part: { number: 2, of: 3 } } });
    reader.show({ kind: 'notice', notice: { type: 'reply-dropped', speaker, reason: 'overloaded' } });
    reader.show({
      kind: 'notice',
      notice: { type: 'server-noted', model: 'x:y', message: 'It gives none.' },
    });
    reader.show({ kind: 'notice', notice: { type: 'pausing' } });
    reader.show({ kind: 'notice', notice: { type: 'paused' } });
    expect(out.text.split('\n').slice(-5)).toEqual([
      'Reading 2 of 3 of the positions: the provider is overloaded. Trying again in 1 second.',
      'It gives none.',
      'Pausing once this is done.',
      'Paused.',
      '',
    ]);
  });
});
