import { describe, expect, it } from 'vitest';
import { createScreenReader } from '../../src/terminal/screen-reader.ts';
import { debateSignals } from '../helpers/debate-events.ts';
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
    expect(text).toContain('Convergence 54 percent.\n');
    expect(text).toContain('Convergence 79 percent, up 25.\n');
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
});
