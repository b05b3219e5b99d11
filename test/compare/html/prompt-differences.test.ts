import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import {
  alignedLines,
  promptDifferences,
  type Wording,
} from '../../../src/compare/html/prompt-differences.ts';
import { measureDebate } from '../../../src/compare/measure-debate.ts';
import { reportedDebate } from '../../../src/compare/reported-debate.ts';
import { type Debate, fold } from '../../../src/debate/debate.ts';
import { debateEvents } from '../../helpers/debate-events.ts';
import { bundledFiles } from '../reported-debates.ts';

const own = (pieces: Wording[] | null) =>
  (pieces ?? []).filter((piece) => piece.isOwn).map((piece) => piece.text);
const words = (pieces: Wording[] | null) => (pieces ?? []).map((piece) => piece.text).join('');

describe('two texts side by side', () => {
  it('mark the words that differ in sentences that are alike', () => {
    const [pair] = alignedLines(
      'Say where the others are wrong and what would move you.',
      'Say where the others are right and what would move you.',
    );
    expect(own(pair?.left ?? null)).toEqual(['wrong']);
    expect(own(pair?.right ?? null)).toEqual(['right']);
  });

  it('mark sentences whole that have little in common', () => {
    const [pair] = alignedLines('Take the claim that divides you.', 'Look first for any movement.');
    expect(own(pair?.left ?? null)).toEqual(['Take the claim that divides you.']);
  });

  it('leave equal sentences alone and put an added one in a row of its own', () => {
    const rows = alignedLines('One thing. Another thing.', 'One thing. A new one here. Another thing.');
    expect(rows.map((row) => row.isEqual)).toEqual([true, false, true]);
    expect(rows[1]?.left).toBeNull();
    expect(words(rows[1]?.right ?? null)).toBe('A new one here.');
  });

  it('lose no word of either text', () => {
    const sentence = fc.constantFrom(
      'Speak first.',
      'Cite a passage. Then stop.',
      'Say no more',
      '',
      'A: b. C',
      'Offer one step.',
    );
    const prompt = fc.array(sentence, { maxLength: 8 }).map((lines) => lines.join('\n'));
    const letters = (text: string) => text.replace(/\s/g, '');
    fc.assert(
      fc.property(prompt, prompt, (left, right) => {
        const rows = alignedLines(left, right);
        expect(letters(rows.map((row) => words(row.left)).join(''))).toBe(letters(left));
        expect(letters(rows.map((row) => words(row.right)).join(''))).toBe(letters(right));
        for (const row of rows.filter((each) => each.isEqual)) {
          expect(own(row.left)).toEqual([]);
          expect(words(row.left)).toBe(words(row.right));
        }
      }),
    );
  });
});

describe('the prompts of two arms', () => {
  function reported(strategy: string) {
    const debate = fold(debateEvents()) as Debate;
    const measures = measureDebate(debate, { arm: strategy, article: 'a', cell: 'c' });
    return reportedDebate(debate, measures, bundledFiles(strategy));
  }
  const names = { left: 'plain', right: 'steelman' };

  it('differ, between two bundled strategies, only in what the strategy says', () => {
    const both = { left: reported('plain'), right: reported('steelman') };
    const { document } = parseHTML(promptDifferences('p', names, both).markup);
    const captions = [...document.querySelectorAll('caption')].map((caption) => caption.textContent);
    expect(captions.length).toBeGreaterThan(0);
    for (const caption of captions) expect(caption).toMatch(/^Strategy: /);
    expect(document.querySelectorAll('mark.right').length).toBeGreaterThan(0);
    expect(document.querySelector('.quiet')?.textContent).toContain('Persona: DPRK negotiator');
  });

  it('are all the same for one strategy', () => {
    const both = { left: reported('plain'), right: reported('plain') };
    const { markup } = promptDifferences('p', names, both);
    expect(markup).toMatch(/All \d+ parts are the same\./);
    expect(markup).not.toContain('<table');
  });

  it('are said to be missing where none were kept', () => {
    expect(promptDifferences('p', names, { left: null, right: null }).markup).toContain(
      'No prompt files were kept',
    );
  });
});
