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
const mostTurns = 120;
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
      const heard = heardBeside(joined);
      return remembering(mostTurns, (text: string) => allPlacements(text, issues, heard));
    });
  readings.set(issues, known);
  return known([...new Set(names)].sort().join(separator));
}

/** Sentences as they are heard beside these names. */
const heardBeside = remembering(mostReaders, (joined: string) => {
  const others = nameIn(joined.split(separator));
  return remembering(mostSentences, (quote: string) => heardIn(quote, others));
});

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

/** A sentence whatever the agenda: the same under each order of a judge's letters and issues. */
interface Heard {
  /** Can it place anybody at all? */
  isClosed: boolean;
  features: ReadonlySet<string>;
  act: Act;
  isOwn: boolean;
  nameless: string;
}

function heardIn(quote: string, names: RegExp | null): Heard {
  const own = ownWords(quote);
  const nameless = names === null ? own : own.replace(names, somebody);
  return {
    isClosed: !isOpen(quote) && !tellsOfAnother(nameless),
    features: featuresIn(nameless),
    act: actOf(own),
    isOwn: ownSubject.test(own),
    nameless,
  };
}

function allPlacements(
  text: string,
  issues: readonly IssueWords[],
  heard: (quote: string) => Heard,
): Placement[] {
  const found: Placement[] = [];
  let last: IssueWords | null = null;
  for (const { text: quote } of sentencesOf(text)) {
    const { isClosed, features, act, isOwn, nameless } = heard(quote);
    const titled = issues.filter((issue) => isTitled(issue, features));
    if (titled.length === 1) last = titled[0] as IssueWords;
    // With no other issue to be about, a sentence is about this one only where it says so itself.
    else if (issues.length === 1) last = null;
    if (!isClosed) continue;
    const between = titled[0] ? betweenAnchors(quote, titled[0]) : null;
    const issue: IssueWords | null = between
      ? (titled[0] as IssueWords)
      : issueOf(features, titled, issues, last);
    const place = between ?? (issue && placeOn(issue, nameless));
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
  features: ReadonlySet<string>,
  titled: readonly IssueWords[],
  issues: readonly IssueWords[],
  last: IssueWords | null,
): IssueWords | null {
  let best: IssueWords | null = null;
  let evidence = 0;
  let most = Number.NEGATIVE_INFINITY;
  for (const issue of titled.length > 0 ? titled : issues) {
    const { strength } = matchAnchor(issue, features);
    const score = strength + topicOf(issue, features) + (issue === last ? 0.5 : 0);
    if (score > most) [best, evidence, most] = [issue, strength, score];
  }
  const least = titled.length > 0 ? enoughNamed : best === last ? enoughForLast : enoughAlone;
  return evidence >= least ? best : null;
}

function actOf(text: string): Act {
  if (/\b(?:take back|withdraw|retract|no longer)\b/i.test(text)) return 'retract';
  if (/\b(?:if|unless|provided|on condition|in return|once)\b/i.test(text)) return 'conditional';
  if (/\b(?:insist|accept|sign|agree|must|commit|want|condition)\b/i.test(text)) return 'commit';
  return /\b(?:could|would|propose|offer|ready|settle|can)\b/i.test(text) ? 'propose' : 'rhetoric';
}
