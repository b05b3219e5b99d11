import fc from 'fast-check';
import { expect, test } from 'vitest';
import { html } from '../../src/html/markup.ts';
import { annotatedText } from '../../src/report/html/speech-text.ts';
import { parsed } from './dom.ts';

const shown = (pieces: readonly { markup: string }[]) =>
  pieces.map(({ markup }) => parsed(`<body>${markup}</body>`).querySelector('p')?.textContent ?? '');

test('overlapping stretches are nested piece by piece, the first in the list outermost', () => {
  const [paragraph] = annotatedText('one two three', [
    { start: 0, end: 7, id: 'a', wrap: (inner) => html`<i>${inner}</i>` },
    { start: 4, end: 13, wrap: (inner) => html`<b>${inner}</b>` },
  ]);
  expect(paragraph?.markup).toBe(
    '<p dir="auto"><span class="here" id="a"></span><i>one </i><i><b>two</b></i><b> three</b></p>',
  );
});

test('whatever the stretches, the words stay the words', () => {
  const stretch = fc.tuple(fc.nat(40), fc.nat(40)).map(([one, other]) => ({
    start: Math.min(one, other),
    end: Math.max(one, other),
    wrap: (inner: Parameters<typeof html>[1] & object) => html`<i>${inner}</i>`,
  }));
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z<&" \n]{1,40}$/),
      fc.array(stretch, { maxLength: 6 }),
      (text, stretches) => {
        const plain = shown(annotatedText(text, []));
        expect(shown(annotatedText(text, stretches))).toEqual(plain);
        expect(plain.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      },
    ),
  );
});
