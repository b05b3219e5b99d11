import type { Issue } from '../debate/agenda.ts';
import type { Act } from '../debate/readings.ts';
import { remembering } from '../text/memo.ts';
import { sentencesOf } from '../text/sentences.ts';
import {
  enoughNamed,
  featuresIn,
  type IssueWords,
  issueWords,
  isTitled,
  matchAnchor,
  type Place,
  placeOn,
  topicOf,
} from './anchor-match.ts';

/*
 * How the simulator understands others, and hears itself: a few forms of words in which a speaker places itself between
 * anchors. It is made for speeches of the simulator's own kind and knows less English than the judge's reader does, with
 * which it shares nothing.
 */

/** What one sentence says of where its speaker stands on an issue. */
export interface Placement {
  issue: string;
  place: Place;
  act: Act;
  /** Does the sentence speak for its speaker, or only in words that are an anchor's? */
  isOwn: boolean;
  /** The verbatim sentence. */
  quote: string;
}

/** Where a speaker stands on an issue after what has been read. */
export interface Stand {
  speaker: string;
  issue: string;
  /** 0..6, in half points. */
  position: number;
  act: Act;
  quote: string;
  turn: number;
}

export interface SpokenTurn {
  turn: number;
  speaker: string;
  text: string;
}

interface Held {
  stand: Stand;
  isOwn: boolean;
}

/** Reads turns in their order. */
export interface StandReader {
  /** Takes in a turn and gives the issues on which it placed its speaker. */
  take(turn: SpokenTurn): ReadonlySet<string>;
  standOf(speaker: string, issue: string): Stand | undefined;
  stands(): Stand[];
}

const mostReaders = 64;
const mostTurns = 300;
const mostSentences = 1500;
const separator = '\u0000';

/** The speakers' names are those that may stand in the turns: a sentence that begins with another speaker tells that one's view. */
export function standReader(agenda: readonly Issue[], names: readonly string[]): StandReader {
  const issues = issueWords(agenda);
  const read = placementsFor(issues, names);
  const held = new Map<string, Held>();
  return {
    take({ turn, speaker, text }) {
      const found = new Set<string>();
      for (const { issue, place, act, isOwn, quote } of read(text)) {
        found.add(issue);
        const key = `${speaker}${separator}${issue}`;
        const before = held.get(key);
        if (before?.isOwn && !isOwn) continue;
        const position = positionAfter(place, before?.stand.position);
        if (position !== null)
          held.set(key, { stand: { speaker, issue, position, act, quote, turn }, isOwn });
      }
      return found;
    },
    standOf: (speaker, issue) => held.get(`${speaker}${separator}${issue}`)?.stand,
    stands: () => Array.from(held.values(), ({ stand }) => stand),
  };
}

/** Where a text by itself places its speaker. */
export function placementsIn(agenda: readonly Issue[], text: string): readonly Placement[] {
  return placementsFor(issueWords(agenda), [])(text);
}

/** Everybody's stands at the end of the turns. */
export function standsIn(agenda: readonly Issue[], turns: readonly SpokenTurn[]): Stand[] {
  const reader = standReader(agenda, [...new Set(turns.map(({ speaker }) => speaker))]);
  for (const turn of turns) reader.take(turn);
  return reader.stands();
}

function positionAfter(place: Place, before: number | undefined): number | null {
  if ('at' in place) return inHalves(place.at);
  if (before === undefined) return null;
  const way = place.towards - before;
  return before + Math.sign(way) * Math.min(place.points, Math.abs(way));
}

function inHalves(position: number): number {
  return Math.round(position * 2) / 2;
}

type TurnReading = (text: string) => readonly Placement[];

/** Turns come back in every later prompt; what was read of them is found again by the agenda and the names. */
const readings = new WeakMap<readonly IssueWords[], (names: string) => TurnReading>();

function placementsFor(issues: readonly IssueWords[], names: readonly string[]): TurnReading {
  const known =
    readings.get(issues) ??
    remembering(mostReaders, (joined: string) => {
      const others = nameIn(joined.split(separator));
      // A judge is shown the same speech under other letters, sample for sample: its sentences are the same but for names.
      const read = remembering(mostSentences, (quote: string) => sentenceOf(quote, issues, others));
      return remembering(mostTurns, (text: string) => allPlacements(text, issues, read));
    });
  readings.set(issues, known);
  return known([...new Set(names)].sort().join(separator));
}

/** Matches any of the names, however they are hyphenated. */
function nameIn(names: readonly string[]): RegExp | null {
  const patterns = names
    .filter((name) => name.trim() !== '')
    .sort((one, other) => other.length - one.length)
    .map((name) =>
      name
        .split(/[\s-]+/)
        .map(escaped)
        .join('[\\s-]+'),
    );
  return patterns.length === 0 ? null : new RegExp(`\\b(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** A sentence as far as it can be read without those before it; null places nobody and names no issue. Many are kept: it holds little. */
interface ReadSentence {
  /** Issues by name, and whether the sentence can place anybody at all. */
  titled: readonly IssueWords[];
  isClosed: boolean;
  /** Where two quoted wordings of the titled issue place the speaker. */
  between: Place | null;
  /** For each issue that it may be about, those it names or else all: strength and topic. */
  matches: readonly number[];
  act: Act;
  isOwn: boolean;
  nameless: string;
  /** Where it places its speaker, by issue, as far as it was asked. */
  places: Map<IssueWords, Place | null> | null;
}

function sentenceOf(quote: string, issues: readonly IssueWords[], names: RegExp | null): ReadSentence | null {
  const own = ownWords(quote);
  const nameless = names === null ? own : own.replace(names, somebody);
  const features = featuresIn(nameless);
  const titled = issues.filter((issue) => isTitled(issue, features));
  const isClosed = !isOpen(quote) && !tellsOfAnother(nameless);
  if (!isClosed && titled.length === 0) return null;
  if (!isClosed) return { ...nothing, titled };
  return {
    ...{ titled, isClosed, nameless, isOwn: ownSubject.test(own), act: actOf(own), places: null },
    between: titled[0] ? betweenAnchors(quote, titled[0]) : null,
    matches: (titled.length > 0 ? titled : issues).flatMap((issue) => [
      matchAnchor(issue, features).strength,
      topicOf(issue, features),
    ]),
  };
}

const nothing: ReadSentence = {
  ...{ titled: [], isClosed: false, between: null, matches: [] },
  ...{ act: 'rhetoric', isOwn: false, nameless: '', places: null },
};

function placeIn(sentence: ReadSentence, issue: IssueWords): Place | null {
  sentence.places ??= new Map();
  const known = sentence.places.get(issue);
  if (known !== undefined) return known;
  const place = placeOn(issue, sentence.nameless);
  sentence.places.set(issue, place);
  return place;
}

function allPlacements(
  text: string,
  issues: readonly IssueWords[],
  read: (quote: string) => ReadSentence | null,
): Placement[] {
  const found: Placement[] = [];
  let last: IssueWords | null = null;
  for (const { text: quote } of sentencesOf(text)) {
    const sentence = read(quote) ?? nothing;
    const { titled, between, act, isOwn } = sentence;
    if (titled.length === 1) last = titled[0] as IssueWords;
    // With no other issue to be about, a sentence is about this one only where it says so itself.
    else if (issues.length === 1) last = null;
    if (!sentence.isClosed) continue;
    const issue: IssueWords | null = between ? (titled[0] as IssueWords) : issueOf(sentence, issues, last);
    const place = between ?? (issue && placeIn(sentence, issue));
    if (!issue || !place) continue;
    last = issue;
    found.push({ issue: issue.id, place, act, isOwn, quote });
  }
  return found;
}

/** A stand told by two wordings of the scale: halfway between what they are read as, or a point from the one it is closer to. */
function betweenAnchors(sentence: string, issue: IssueWords): Place | null {
  const [, form, low, high] =
    /\b(between|closer to) ["“]([^"“”]+)["”] (?:and|than to) ["“]([^"“”]+)["”]/.exec(sentence) ?? [];
  if (low === undefined || high === undefined || !firstPerson.test(ownWords(sentence))) return null;
  const ends = [low, high].map((text) => placeOn(issue, text));
  const [one, other] = ends.flatMap((place) => (place && 'at' in place ? [place.at] : []));
  if (one === undefined || other === undefined) return null;
  return { at: form === 'between' ? (one + other) / 2 : one + Math.sign(other - one) };
}

const somebody = 'X';

/** Without citations and without words in quotation marks, which are somebody else's. */
function ownWords(sentence: string): string {
  return sentence.replace(/\s*\[[PT]\d+\]/g, '').replace(/["“«][^"“”«»]*["”»]/g, ' … ');
}

/** A question, a supposition or a condition places nobody. */
function isOpen(sentence: string): boolean {
  return (
    /\?["”»)\]]*$/.test(sentence) ||
    /^(?:and |but |so )?(?:if|unless|suppose|should|were|once|when|let)\b/i.test(sentence.trim())
  );
}

const ownSubject =
  /\b(?:we|i|our|ours|my|mine|me|us)\b|\b(?:must|should|insist|accept|propose|demand|require)\b/i;
const firstPerson = /\b(?:we|i|our|my|me|us)\b/i;
const third = /\bX\b|\b(?:you|your|they|their|he|she|critics|opponents)\b/;

function tellsOfAnother(nameless: string): boolean {
  const other = nameless.search(third);
  if (other < 0) return false;
  const self = nameless.search(firstPerson);
  return self < 0 || other < self;
}

/** Least evidence for an anchor where the issue must be found by the words alone, and where it was the last one spoken of. */
const enoughAlone = 2.4;
const enoughForLast = 1.5;

function issueOf(
  { matches, titled }: ReadSentence,
  issues: readonly IssueWords[],
  last: IssueWords | null,
): IssueWords | null {
  const among = titled.length > 0 ? titled : issues;
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < among.length; at++) {
    const score =
      (matches[2 * at] as number) + (matches[2 * at + 1] as number) + (among[at] === last ? 0.5 : 0);
    if (score > most) [best, most] = [at, score];
  }
  const issue = among[best];
  if (!issue) return null;
  const least = titled.length > 0 ? enoughNamed : issue === last ? enoughForLast : enoughAlone;
  return (matches[2 * best] as number) >= least ? issue : null;
}

function actOf(text: string): Act {
  if (/\b(?:take back|withdraw|retract|no longer)\b/i.test(text)) return 'retract';
  if (/\b(?:if|unless|provided|on condition|in return|once)\b/i.test(text)) return 'conditional';
  if (/\b(?:insist|accept|sign|agree|must|commit|want|condition)\b/i.test(text)) return 'commit';
  return /\b(?:could|would|propose|offer|ready|settle|can)\b/i.test(text) ? 'propose' : 'rhetoric';
}
