import { expect, test } from 'vitest';
import { carrierOf } from '../../src/article/carriers.ts';
import * as articleText from '../../src/article/clean-article-text.ts';
import { charsetOf, charsetOfHtml, looksLikeHtml } from '../../src/article/decode-text.ts';
import { knownBinary } from '../../src/article/file-kind.ts';
import { isBeyondParsing } from '../../src/article/html-size.ts';
import { separatedParagraphs, withoutRepeats } from '../../src/article/paragraphs.ts';
import { splitFrontMatter, textArticle } from '../../src/article/text-article.ts';
import { findCitations, withoutCitations } from '../../src/grounding/citations.ts';
import { bearingAmong } from '../../src/grounding/fact-sources.ts';
import { findFacts, isKnown, knownFacts, termsOf } from '../../src/grounding/facts.ts';
import { normalise } from '../../src/grounding/normalised-text.ts';
import { splitPassages } from '../../src/grounding/passages.ts';
import { findQuotations } from '../../src/grounding/quotations.ts';
import { findQuote, matchQuote } from '../../src/grounding/quotes.ts';
import { loopStart, repetitionOf, runsOf } from '../../src/grounding/repetition.ts';
import { roleBreaksIn, withoutWrappers } from '../../src/grounding/role-breaks.ts';
import { checkQuotations, groundTurn } from '../../src/grounding/turn-grounding.ts';
import { parseTranscript } from '../../src/score/parse-transcript.ts';
import { readMarkdown } from '../../src/source/markdown-file.ts';
import { createFaultLog, reportOn } from '../../src/source/source-fault.ts';
import { cleanLine, cleanText } from '../../src/text/clean-text.ts';
import { hanging, wrapText } from '../../src/text/columns.ts';
import { identifierOf, shortName } from '../../src/text/identifiers.ts';
import { findJson } from '../../src/text/json-in-text.ts';
import { nearestName } from '../../src/text/near-names.ts';
import { sanitizeLine, sanitizeText } from '../../src/text/sanitize.ts';
import { holdsKey, withoutKeys } from '../../src/text/secrets.ts';
import { sentencesOf } from '../../src/text/sentences.ts';
import { estimateTokens } from '../../src/text/token-estimate.ts';
import { firstWords, speakerLabelsIn, wordCount } from '../../src/text/wording.ts';
import { contentStems, wordsOf } from '../../src/text/words.ts';
import { costlyUnits, mostForMegabyte, slowUnits } from '../helpers/growth.ts';

const cast = [
  { id: 'north', name: 'Ann North', short: 'North' },
  { id: 'south', name: 'Bo South', short: 'South' },
];
const source = 'The bridge of 1999 cost 40 million. "We will not pay twice," said Ann North.';
const grounding = (text: string, passage = source) => ({
  ...{ text, passages: [{ number: 1, text: passage }], agenda: [], castNames: ['Ann North'] },
  earlierTurns: [{ turn: 1, text: 'We will not pay twice for a bridge.' }],
});
const bytes = (work: (bytes: Buffer) => unknown) => (text: string) => work(Buffer.from(text));

/** Every function that takes a text from outside. */
const work: Record<string, (text: string) => unknown> = {
  ...{ cleanText, cleanLine, identifierOf: (text) => identifierOf(text, 'a'), shortName, findJson, holdsKey },
  ...{ sanitizeLine, sanitizeText, sentencesOf, estimateTokens, wordCount, wordsOf, contentStems },
  wrapText: (text) => wrapText(text, 80),
  hanging: (text) => hanging('a', text),
  nearestName: (text) => nearestName(text, ['alpha']),
  withoutKeys: (text) => withoutKeys(text, '*'),
  firstWords: (text) => firstWords(text, 20),
  speakerLabelsIn: (text) => speakerLabelsIn(text, ['Ann North']),
  'article cleanText': articleText.cleanText,
  'article cleanLine': articleText.cleanLine,
  ...{
    unprintableShare: articleText.unprintableShare,
    charsetOf,
    looksLikeHtml,
    isBeyondParsing,
    textArticle,
  },
  ...{
    charsetOfHtml: bytes(charsetOfHtml),
    knownBinary: bytes(knownBinary),
    separatedParagraphs,
    withoutRepeats,
  },
  carrierOf: (text) => carrierOf(text, ''),
  splitFrontMatter: (text) => splitFrontMatter(`---\n${text}`),
  readMarkdown: (text) => readMarkdown(text, reportOn(createFaultLog(), 'a.md')),
  parseTranscript: (content) => parseTranscript({ file: '', content, speakers: null, leftOut: [] }),
  ...{
    normalise,
    findQuotations,
    findCitations,
    withoutCitations,
    findFacts,
    termsOf,
    knownFacts,
    splitPassages,
  },
  ...{ runsOf, loopStart, checkQuotations: (text) => checkQuotations(grounding(text)) },
  'matchQuote in it': (text) => matchQuote('we will not pay twice', text),
  'matchQuote of it': (text) => matchQuote(text, source),
  'findQuote in it': (text) => findQuote('we will never ever pay twice … for it', text),
  'findQuote of it': (text) => findQuote(text, source),
  isKnown: (text) => findFacts('Ann North in 1999').map((fact) => isKnown(fact, [knownFacts(text)])),
  bearing: (text) => bearingAmong([text]).of(text, 'The bridge of 1999'),
  // The two texts hold as much together as every other function is given.
  repetitionOf: (text) =>
    repetitionOf({ text: text.slice(text.length / 2) }, [{ text: text.slice(0, text.length / 2) }]),
  roleBreaksIn: (text) => roleBreaksIn({ turn: 1, speaker: 'north', text, raw: text }, cast),
  withoutWrappers: (text) => withoutWrappers(text, 'north', cast),
  groundTurn: (text) => groundTurn(grounding(text)),
  'groundTurn against it': (text) => groundTurn(grounding('"We will not pay twice" in 1999 [P1].', text)),
};

test.each(Object.entries(work).map(([name, run], place) => ({ name, run, place })))(
  '$name takes time in step with the length of a text of anything',
  ({ run, place }) => {
    expect(slowUnits(run, place)).toEqual([]);
  },
  60_000,
);

test.each(Object.entries(work).map(([name, run], place) => ({ name, run, place })))(
  `$name takes less than ${mostForMegabyte} ms for a megabyte of anything`,
  ({ run, place }) => {
    expect(costlyUnits(run, 7 * place)).toEqual([]);
  },
  60_000,
);

test('what takes longer than in step with the length is found', () => {
  const quadratic = (text: string) => {
    for (let at = 0; at < text.length; at += 32) text.lastIndexOf('\u0000', at);
  };
  expect(slowUnits(quadratic, 0, 2).length).toBeGreaterThan(0);
}, 60_000);
