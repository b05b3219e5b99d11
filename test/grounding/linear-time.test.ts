import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bearingAmong } from '../../src/grounding/bearing.ts';
import { findCitations, withoutCitations } from '../../src/grounding/citations.ts';
import { findFacts, isKnown, knownFacts, termsOf } from '../../src/grounding/facts.ts';
import { normalise } from '../../src/grounding/normalised-text.ts';
import { splitPassages } from '../../src/grounding/passages.ts';
import { findQuotations } from '../../src/grounding/quotations.ts';
import { findQuote, matchQuote } from '../../src/grounding/quotes.ts';
import { loopStart, repetitionOf, runsOf } from '../../src/grounding/repetition.ts';
import { roleBreaksIn, withoutWrappers } from '../../src/grounding/role-breaks.ts';
import { checkQuotations, groundTurn } from '../../src/grounding/turn-grounding.ts';

const cast = [
  { id: 'north', name: 'Ann North', short: 'North' },
  { id: 'south', name: 'Bo South', short: 'South' },
];
const passages = [
  { number: 1, text: 'The bridge of 1999 cost 40 million. "We will not pay twice," said Ann North.' },
];
const grounding = (text: string) => ({
  ...{ text, passages, agenda: [], castNames: ['Ann North'] },
  earlierTurns: [{ turn: 1, text: 'We will not pay twice for a bridge.' }],
});

/** Everything that grounding does with a text of any kind. */
const work: Record<string, (text: string) => unknown> = {
  normalise,
  findQuotations,
  'matchQuote in it': (text) => matchQuote('we will not pay twice', text),
  'matchQuote of it': (text) => matchQuote(text, passages[0]!.text),
  'findQuote in it': (text) => findQuote('we will never ever pay twice … for it', text),
  'findQuote of it': (text) => findQuote(text, passages[0]!.text),
  findCitations,
  withoutCitations,
  findFacts,
  termsOf,
  knownFacts,
  isKnown: (text) => findFacts('Ann North in 1999').map((fact) => isKnown(fact, [knownFacts(text)])),
  bearing: (text) => bearingAmong([text]).of(text, 'The bridge of 1999'),
  splitPassages,
  runsOf,
  repetitionOf: (text) => repetitionOf({ text }, [{ text }]),
  loopStart,
  roleBreaksIn: (text) => roleBreaksIn({ turn: 1, speaker: 'north', text, raw: text }, cast),
  withoutWrappers: (text) => withoutWrappers(text, 'north', cast),
  checkQuotations: (text) => checkQuotations(grounding(text)),
  groundTurn: (text) => groundTurn(grounding(text)),
};

const pieces = [
  ...[
    'a',
    'A ',
    ' ',
    '\n',
    '.',
    '. ',
    '"',
    '“',
    '”',
    '„',
    '«',
    '» ',
    "'",
    '‘',
    '’ ',
    '「',
    '」',
    '…',
    '...',
    '. . . ',
  ],
  ...[
    '[',
    ']',
    '[P1]',
    '[P1, ',
    '(',
    ')',
    '*',
    '* ',
    '_',
    '-',
    '—',
    '2019 ',
    '1,000',
    '3%',
    'The ',
    'North: ',
    'I, as ',
  ],
  ...[
    'we will not pay twice ',
    '"we will pay" ',
    '桥',
    '我们不会付两次。',
    'สะพาน',
    '\u0301',
    '<!--',
    '![',
    '**',
    '\n\n- ',
    'Of the ',
  ],
];

/** Processor seconds of this process, so that others on the machine do not count. */
function secondsOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Characters of a text, and seconds that it may take: what is quadratic takes tens of seconds here, what is linear a tenth of one. */
const length = 200_000;
const most = 2;

test.each(Object.entries(work))(
  '%s takes time in step with the length of a text of anything',
  (_, run) => {
    const unit = fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(unit, fc.constantFrom(...pieces), (part, end) => {
        const text = `${part.repeat(Math.ceil(length / part.length))}${end}`;
        expect(secondsOf(() => run(text))).toBeLessThan(most);
      }),
      { numRuns: 6 },
    );
  },
  120_000,
);
