import type { Agenda, Passage } from '../debate/agenda.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { type CheckedQuotation, checkQuotation, type Source } from './check-quotation.ts';
import {
  type Claim,
  claimsIn,
  findCitations,
  partsIn,
  type Stretch,
  stretchesOf,
  touches,
  withoutCitations,
} from './citations.ts';
import { articleOf, comparableFacts, supportIn } from './fact-sources.ts';
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
  /** Words of it that a judge quoted as a stand or a pledge: what somebody offers or demands may name dates and quantities of its own. */
  terms?: readonly string[];
  /**
   * Words of it that a judge quoted as a statement of fact, out of the sentences that no source shows; empty: it was asked and found none. Absent:
   * nobody was asked, and what stands without a citation is not checked. `figures`: no judge can be asked and too strict is safe, so that every
   * sentence with a number or a date counts as one.
   */
  stated?: readonly string[] | 'figures' | undefined;
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
   * Numbers, dates and names of the claims that stand in no passage, nor in the agenda, the cast and the earlier turns. No names where the
   * speech is in another language than the article; where a judge was asked, only in sentences that it read as statements of fact.
   */
  unsupported: Fact[];
  /** How many numbers, dates and names were checked: those of the claims. */
  facts: number;
  /** Those in other sentences, or in words that a judge read as terms: they may be offered, asked or supposed, and were not checked. */
  unchecked: number;
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
  const { text, passages } = input;
  const sources = new Map(
    sourcesOf({ ...input, passages: knownPassages(input) }).map((source) => [source.label, source]),
  );
  const found = findCitations(text);
  const article = articleOf(passages);
  const all = comparableFacts(text, article);
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
    return {
      ...{ label, start, end, exists: source !== undefined },
      // Worked out for those who ask: it decides nothing here.
      get bears() {
        return source ? bearingOf(sentenceAt(start), source) : null;
      },
    };
  });
  const terms = stretchesOf(input.terms ?? [], text);
  const checked = checkQuotations(input);
  const isSupported = supportIn(input, article);
  const stated = statedIn(input, all);
  const claims = claimsIn(
    text,
    found,
    checked.filter(({ source, match }) => (source ? !source.startsWith('T') : match === 'absent')),
    stated,
  );
  const isAsked = Array.isArray(input.stated);
  // A date in a sentence that cites may be one that is offered: a judge who was asked has told.
  const isChecked = (fact: Fact) =>
    touches(fact, claims) && (touches(fact, stated) || (isAsked ? isSupported(fact) : !touches(fact, terms)));
  const facts = all.filter(isChecked);
  const unsupported = facts.filter((fact) => !isSupported(fact));
  const isCited = (claim: Claim) => claim.citations.some((label) => sources.has(label));
  const uncited = claims.filter((claim) => !isCited(claim));
  const counts = { facts: facts.length, unchecked: all.length - facts.length };
  const claimed = { claims: claims.length, claimsCited: claims.length - uncited.length };
  const measured = { citations, quotations: checked, unsupported, ...counts, ...claimed, uncited };
  return { ...measured, score: scoreOf(measured) };
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

/** Words in quotation marks that nobody said before, inside words that a judge read as a stand or a pledge: the wording that the speaker would sign, and no quotation. */
function ownTerm(quotation: CheckedQuotation, terms: readonly Stretch[]): CheckedQuotation {
  const { match, start, end } = quotation;
  const isOwn = match === 'absent' && terms.some((term) => term.start <= start + 1 && term.end >= end - 1);
  return isOwn ? { ...quotation, kind: 'term' } : quotation;
}

/** Sentences of a speech, as stretches of it, that were read as statements of fact. */
function statedIn({ text, stated = [] }: GroundingInput, facts: readonly Fact[]): Stretch[] {
  if (stated !== 'figures') return stretchesOf(stated, text);
  const figures = facts.filter(({ kind }) => kind !== 'name');
  return sentencesOf(text).filter((sentence) => isStatement(sentence) && touches(sentence, figures));
}

/**
 * The sentences of a speech for a reader to tell facts from terms in: those with a number, date or name that no source shows, and those with
 * a number or a date that cite nothing. Empty where there is no article.
 */
export function unsourcedSentences(input: GroundingInput): Sentence[] {
  const { text, passages } = input;
  if (passages.length === 0) return [];
  const article = articleOf(passages);
  const facts = comparableFacts(text, article);
  const isSupported = supportIn(input, article);
  const sentences = sentencesOf(text);
  const cited = partsIn(sentences, findCitations(text));
  const factsOf = partsIn(sentences, facts);
  return sentences.filter(
    (sentence, place) =>
      isStatement(sentence) &&
      (factsOf[place] ?? []).some(
        (fact) => !isSupported(fact) || (fact.kind !== 'name' && cited[place]?.length === 0),
      ),
  );
}

/** Fewer words claim nothing, and neither does a question. */
function isStatement({ text }: Sentence): boolean {
  const words = withoutCitations(text).trim();
  return (
    !/[?\uff1f\u061f]["'\u201d\u2019\u00bb\u300d)]*$/u.test(words) &&
    /^(?:[^\p{L}\p{N}]*[\p{L}\p{N}]){8}/u.test(words)
  );
}

/** The quotations of a speech alone, for readers who show it as it ends: a small part of the work of `groundTurn`. */
export function checkQuotations(
  input: Pick<GroundingInput, 'text' | 'passages' | 'earlierTurns' | 'questions' | 'terms'>,
): CheckedQuotation[] {
  const quotations = findQuotations(input.text);
  if (quotations.length === 0) return [];
  const sources = sourcesOf(input);
  const sentences = sentencesOf(input.text);
  const citations = partsIn(sentences, findCitations(input.text)).map((cited) => [
    ...new Set(cited.map(({ label }) => label)),
  ]);
  const asked = (input.questions ?? []).map((text) => ({ label: 'question', text }));
  const terms = stretchesOf(input.terms ?? [], input.text);
  const checks = new Map<string, CheckedQuotation>();
  return quotations.map((quotation) => {
    const sentence = sentenceIndex(sentences, quotation.start);
    const cited = citations[sentence] ?? [];
    // A speech may say the same words many times; what stands behind them is looked for once.
    const key = `${cited.join(' ')} ${quotation.text}`;
    const checked = checks.get(key) ?? checkQuotation(quotation, cited, sources, asked);
    checks.set(key, checked);
    return ownTerm({ ...checked, ...quotation }, terms);
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

/**
 * Words that stand nowhere, in a sentence that cites nothing: made up, or the wording that the speaker would sign. Only who reads the speech can
 * tell, so that nothing is held against it before.
 */
export function needsReading({ match, isCited }: CheckedQuotation): boolean {
  return match === 'absent' && isCited === null;
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

/** Each thing a speech's check found wanting, as a sentence for the speaker to fix; none where all holds. */
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
