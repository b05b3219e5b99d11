import type { Agenda, Passage } from '../debate/agenda.ts';
import { remembered } from '../text/memo.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { type Bearing, bearingAmong } from './bearing.ts';
import { type CheckedQuotation, checkQuotation, type Source } from './check-quotation.ts';
import { findCitations } from './citations.ts';
import { type Claim, claimsIn, partsIn } from './claims.ts';
import { findFacts, isKnown, type KnownFacts, knownFacts } from './facts.ts';
import type { Fact } from './numbers.ts';
import { findQuotations } from './quotations.ts';

export interface GroundingInput {
  text: string;
  passages: readonly Passage[];
  agenda: Agenda;
  /** Names and short names of the cast. */
  castNames: readonly string[];
  /** Speeches before this one, which it may cite as [T3] and quote. */
  earlierTurns: readonly { turn: number; text: string }[];
  /** Passages that the speaker holds, where the article is dealt unevenly; another one it may cite once somebody has cited it. Absent: all. */
  knows?: readonly number[] | undefined;
  /** Questions of a person watching that were put before; to quote one is no misquote. */
  questions?: readonly string[];
  /** Words of it that a judge quoted as a stand: what somebody offers or demands may name dates and quantities of its own. */
  terms?: readonly string[];
}

interface CheckedCitation {
  label: string;
  start: number;
  end: number;
  exists: boolean;
  /** Lexical bearing of the citing sentence on the cited text, 0..1; null where there is no such text. */
  bears: number | null;
}

/** How one speech stands on its sources, by code alone. Offsets are of the speech's text. */
export interface TurnGrounding {
  citations: CheckedCitation[];
  quotations: CheckedQuotation[];
  /**
   * Numbers, dates and names that stand in no passage, nor in the agenda, the cast and the earlier turns. No names where the speech is in
   * another language than the article.
   */
  unsupported: Fact[];
  /** How many numbers, dates and names there are. */
  facts: number;
  claims: number;
  /** Claims with a citation that exists. */
  claimsCited: number;
  /** Claims without one. */
  uncited: Claim[];
  /**
   * Share of what can be checked that checks out, 0..1; null where nothing can be. Counted one by one: each citation (it exists), each
   * claim (it has a citation that exists), each quotation of four words or more (word for word in a source, and in the cited one
   * if its sentence cites any), each number, date and name (it stands in a source).
   */
  score: number | null;
}

/** Checks one speech. Linear in the article, but for the comparison of misquotes. */
export function groundTurn(input: GroundingInput): TurnGrounding {
  const { text, passages, earlierTurns } = input;
  const sources = new Map(
    sourcesOf({ ...input, passages: knownPassages(input) }).map((source) => [source.label, source]),
  );
  const found = findCitations(text);
  const article = articleOf(passages);
  // A name has another form in another language ("Corée"), so that nothing is known of it there; numbers and dates have not.
  const isTranslated = isInOtherWords(text, article.words);
  const facts = factsOutside(input).filter(({ kind }) => kind !== 'name' || !isTranslated);
  const sentenceAt = sentencesBy(text);
  const bearings = new Map<string, number>();
  const bearingOf = (sentence: Sentence | undefined, { label, text: cited }: Source) => {
    const key = `${sentence?.start} ${label}`;
    const bears = bearings.get(key) ?? article.bearing.of(sentence?.text ?? '', cited);
    bearings.set(key, bears);
    return bears;
  };
  const citations = found.map(({ label, start, end }) => {
    const source = sources.get(label);
    const bears = source ? bearingOf(sentenceAt(start), source) : null;
    return { label, start, end, exists: source !== undefined, bears };
  });
  const checked = checkQuotations(input);
  const given = [article.known, knownFromAgenda(input)];
  // Most facts stand in the article; what was said is looked through only for those that do not.
  let all: KnownFacts[] | null = null;
  const everything = () =>
    (all ??= [...given, ...earlierTurns.map(({ text: said }) => factsKnownFrom(said))]);
  const isSupported = onceByKey((fact) => isKnown(fact, given) || isKnown(fact, everything()));
  const unsupported = facts.filter((fact) => !isSupported(fact));
  const castWords = factsKnownFrom(input.castNames.join('\n'));
  const claims = claimsIn(
    text,
    found,
    checked.filter(({ source }) => !source?.startsWith('T')),
    facts.filter(onceByKey((fact) => !isKnown(fact, [castWords]))),
  );
  const isCited = (claim: Claim) => claim.citations.some((label) => sources.has(label));
  const uncited = claims.filter((claim) => !isCited(claim));
  const counts = { facts: facts.length, claims: claims.length, claimsCited: claims.length - uncited.length };
  const measured = { citations, quotations: checked, unsupported, ...counts, uncited };
  return { ...measured, score: scoreOf(measured) };
}

/** The same fact comes many times in a long text. */
function onceByKey(test: (fact: Fact) => boolean): (fact: Fact) => boolean {
  const known = new Map<string, boolean>();
  return (fact) => {
    const key = `${fact.kind} ${fact.key}`;
    const answer = known.get(key) ?? test(fact);
    known.set(key, answer);
    return answer;
  };
}

/**
 * The passages that a speaker can know: its own, and those that somebody has cited before. What only others hold it may
 * tell as it heard it; a citation out of nowhere is none that exists.
 */
export function knownPassages({
  passages,
  earlierTurns,
  knows,
}: Pick<GroundingInput, 'passages' | 'earlierTurns' | 'knows'>): readonly Passage[] {
  if (!knows) return passages;
  const heard = new Set(
    earlierTurns.flatMap(({ text }) =>
      findCitations(text).flatMap(({ kind, number }) => (kind === 'passage' ? [number] : [])),
    ),
  );
  return passages.filter(({ number }) => knows.includes(number) || heard.has(number));
}

/** The numbers, dates and names of a speech, without those of the terms that it offers or demands. */
function factsOutside({ text, terms = [] }: GroundingInput): Fact[] {
  const stretches = terms.flatMap((words) => {
    const start = text.indexOf(words);
    return start < 0 ? [] : [{ start, end: start + words.length }];
  });
  return findFacts(text).filter(
    (fact) => !stretches.some(({ start, end }) => fact.start >= start && fact.end <= end),
  );
}

/** The quotations of a speech alone, for readers who show it as it ends: a small part of the work of `groundTurn`. */
export function checkQuotations(
  input: Pick<GroundingInput, 'text' | 'passages' | 'earlierTurns' | 'questions'>,
): CheckedQuotation[] {
  const quotations = findQuotations(input.text);
  if (quotations.length === 0) return [];
  const sources = sourcesOf(input);
  const sentences = sentencesOf(input.text);
  const citations = partsIn(sentences, findCitations(input.text)).map((cited) => [
    ...new Set(cited.map(({ label }) => label)),
  ]);
  const asked = (input.questions ?? []).map((text) => ({ label: 'question', text }));
  const checks = new Map<string, CheckedQuotation>();
  return quotations.map((quotation) => {
    const sentence = sentenceIndex(sentences, quotation.start);
    const cited = citations[sentence] ?? [];
    // A speech may say the same words many times; what stands behind them is looked for once.
    const key = `${cited.join(' ')} ${quotation.text}`;
    const checked = checks.get(key) ?? checkQuotation(quotation, cited, sources, asked);
    checks.set(key, checked);
    return { ...checked, ...quotation };
  });
}

function sentencesBy(text: string): (place: number) => Sentence | undefined {
  const sentences = sentencesOf(text);
  return (place) => sentences[sentenceIndex(sentences, place)];
}

/** Which sentence holds a place, by halving; -1 for none. */
function sentenceIndex(sentences: readonly Sentence[], place: number): number {
  let low = 0;
  let high = sentences.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { start, end } = sentences[middle] as Sentence;
    if (place < start) high = middle - 1;
    else if (place >= end) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** Does a quotation of four words or more stand where it should? Terms are not held to it. */
export function isFaithful({ kind, match, isCited }: CheckedQuotation): boolean {
  return kind === 'term' || ((match === 'exact' || match === 'normalised') && isCited !== false);
}

function scoreOf(measured: Omit<TurnGrounding, 'score'>): number | null {
  const { citations, quotations, facts, unsupported, claims, claimsCited } = measured;
  const long = quotations.filter(({ kind }) => kind === 'quotation');
  const checkable = citations.length + long.length + facts + claims;
  const holding =
    citations.filter(({ exists }) => exists).length +
    long.filter(isFaithful).length +
    (facts - unsupported.length) +
    claimsCited;
  return checkable === 0 ? null : holding / checkable;
}

function sourcesOf({ passages, earlierTurns }: Pick<GroundingInput, 'passages' | 'earlierTurns'>): Source[] {
  return [
    ...passages.map(({ number, text }) => ({ label: `P${number}`, text })),
    ...earlierTurns.map(({ turn, text }) => ({ label: `T${turn}`, text })),
  ];
}

function agendaTexts(agenda: Agenda): string[] {
  return agenda.flatMap(({ title, question, anchors }) => [title, question, ...Object.values(anchors)]);
}

/** A turn is a source for all after it. */
const factsKnownFrom = remembered(knownFacts);

/** The same for every turn of a debate. */
const agendas = new WeakMap<Agenda, { castNames: readonly string[]; known: KnownFacts }>();

function knownFromAgenda({ agenda, castNames }: Pick<GroundingInput, 'agenda' | 'castNames'>): KnownFacts {
  const before = agendas.get(agenda);
  const isSame =
    before?.castNames.length === castNames.length &&
    before.castNames.every((name, place) => name === castNames[place]);
  if (before && isSame) return before.known;
  const known = factsKnownFrom([...agendaTexts(agenda), ...castNames].join('\n'));
  agendas.set(agenda, { castNames, known });
  return known;
}

interface Article {
  known: KnownFacts;
  bearing: Bearing;
  /** All words of it in small letters. */
  words: ReadonlySet<string>;
}

/** Words that an article and a speech must have for their language to be compared. */
const fewestCompared = { article: 100, speech: 20 };

/** Of the words of a speech in the article's language, at least 0.4 stood in the articles looked at; in a related language, at most 0.16. */
const leastShared = 0.25;

/** Is a speech in another language than the article, as far as their words tell? */
function isInOtherWords(text: string, known: ReadonlySet<string>): boolean {
  const words = lowerWords(text);
  if (known.size < fewestCompared.article || words.length < fewestCompared.speech) return false;
  return words.filter((word) => known.has(word)).length / words.length < leastShared;
}

function lowerWords(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}

/** What is worked out of an article once, however many turns are checked against it. */
const articles = new WeakMap<readonly Passage[], Article>();

function articleOf(passages: readonly Passage[]): Article {
  const texts = passages.map(({ text }) => text);
  const article = articles.get(passages) ?? {
    known: knownFacts(texts.join('\n')),
    bearing: bearingAmong(texts),
    words: new Set(texts.flatMap(lowerWords)),
  };
  articles.set(passages, article);
  return article;
}

/** Each thing a speech's check found wanting, as a sentence for whoever is to mend it; none where all holds. */
export function problemsOf(
  grounding: Pick<TurnGrounding, 'citations' | 'quotations' | 'unsupported' | 'uncited'>,
): string[] {
  const { citations, quotations, unsupported, uncited } = grounding;
  const missing = citations
    .filter((citation) => !citation.exists)
    .map(({ label }) => `There is no [${label}].`);
  const misquoted = quotations
    .filter((quotation) => quotation.kind === 'quotation' && !isFaithful(quotation))
    .map(({ text, match, source, isCited }) => {
      if (match === 'near' && source) return `"${text}" is not word for word what [${source}] says.`;
      if (isCited === false && source)
        return `"${text}" stands in [${source}] and not where it is cited from.`;
      return `"${text}" stands in no passage and no earlier turn.`;
    });
  const invented = unsupported.map(({ kind, text }) => `The ${kind} "${text}" stands in no passage.`);
  const bare = uncited.map(({ text }) => `No passage is cited for: "${text}"`);
  return [...missing, ...misquoted, ...invented, ...bare];
}
