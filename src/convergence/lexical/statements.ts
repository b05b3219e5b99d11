import type { Act } from '../../debate/verdict.ts';
import { isReported } from './attribution.ts';
import { BoundedMap } from './bounded-map.ts';
import { actOf, isRetraction, takesSide } from './cues.ts';
import { type Fit, featuresOf, fitTo, type IssueModel, isNamed, topicality } from './issue-model.ts';
import { clausesOf, type Piece, sentencesOf } from './sentences.ts';
import { type SpeakerNames, speakerNames } from './speaker-names.ts';
import { type Stand, standOf, withoutCondition } from './stand.ts';

/** A retraction; `refused` is the anchor it names, as in "we no longer accept A". */
export interface TakenBack {
  type: 'taken-back';
  refused: 0 | 3 | 6 | null;
}

/** One thing a turn says about where its speaker stands. */
export interface Statement {
  /** null for a retraction that names no issue. */
  issue: string | null;
  stand: Stand | TakenBack;
  act: Act;
  /** Does the sentence speak for its speaker or take a side, or does it only mention an anchor's words? */
  isPlain: boolean;
  /** The verbatim sentence. */
  quote: string;
}

/** What one sentence says, and the issue that the next one is about unless it says otherwise. */
interface Said {
  statements: Statement[];
  lastIssue: string | null;
}

/** Sentences read before, by the models they were read with: the same turns are read after every round. */
const read = new WeakMap<readonly IssueModel[], BoundedMap<string, Said>>();
const mostSentences = 1000;

/** Whose words are read. */
export interface Voices {
  others: SpeakerNames;
  /** The others and the speaker. */
  everyone: SpeakerNames;
}

export const nobodyNamed: Voices = { others: speakerNames([]), everyone: speakerNames([]) };

/** All statements of a turn, in order. */
export function statementsOf(
  text: string,
  issues: readonly IssueModel[],
  voices: Voices = nobodyNamed,
): Statement[] {
  const known = read.get(issues) ?? new BoundedMap(mostSentences);
  read.set(issues, known);
  const found: Statement[] = [];
  let lastIssue: string | null = null;
  for (const sentence of sentencesOf(text)) {
    const key = `${lastIssue}\u0000${sentence.text}`;
    // Where a speaker is named, what is said depends on who speaks.
    const isAnybodys = voices.everyone.firstIn(sentence.text) < 0;
    const before = isAnybodys ? known.get(key) : undefined;
    const said: Said = before ?? saidIn(sentence, issues, voices, lastIssue);
    if (isAnybodys && !before) known.set(key, said);
    found.push(...said.statements);
    lastIssue = said.lastIssue;
  }
  return found;
}

function saidIn(
  sentence: Piece,
  issues: readonly IssueModel[],
  voices: Voices,
  lastIssue: string | null,
): Said {
  if (/\?["'”’)\]]*$/.test(sentence.text)) return { statements: [], lastIssue };
  const features = featuresOf(voices.everyone.takenOutOf(sentence.text));
  const named = issues.find((issue) => isNamed(issue, features));
  const statements = inSentence(sentence, issues, voices, lastIssue);
  const last = statements.findLast((statement) => statement.issue !== null)?.issue ?? lastIssue;
  return { statements, lastIssue: named?.id ?? last };
}

function inSentence(
  sentence: Piece,
  issues: readonly IssueModel[],
  voices: Voices,
  lastIssue: string | null,
): Statement[] {
  const found: Statement[] = [];
  const isPlain = takesSide(sentence.text);
  const nameless = voices.everyone.takenOutOf(sentence.text);
  for (const clause of clausesOf(withoutReportedWords(sentence))) {
    const said = withoutCitations(clause.text);
    const text = voices.everyone.takenOutOf(said);
    const main = withoutCondition(text);
    const issue = issueOf(main, nameless, issues, lastIssue) ?? issueOf(text, nameless, issues, lastIssue);
    if (isRetraction(text)) {
      const named = issue ? standOf(issue, text) : null;
      found.push({
        issue: issue?.id ?? null,
        stand: { type: 'taken-back', refused: named?.type === 'not' ? named.anchor : null },
        act: 'retract',
        isPlain: true,
        quote: sentence.text,
      });
    } else if (issue && !isReported(said, voices.others)) {
      const stand = standOf(issue, text);
      if (stand)
        found.push({ issue: issue.id, stand, act: actOf(sentence.text), isPlain, quote: sentence.text });
    }
  }
  return found;
}

/** Share of an anchor's weight from which one word is enough, for anchors as short as "visitors pay nothing". */
const nearlyAll = 0.75;

/** The issue a clause is about, if it says enough of one of its anchors; where issues are named outright, one of those. */
function issueOf(
  text: string,
  sentence: string,
  issues: readonly IssueModel[],
  lastIssue: string | null,
): IssueModel | null {
  const features = featuresOf(text);
  const ofSentence = featuresOf(sentence);
  let best: { issue: IssueModel; score: number; found: Fit } | null = null;
  const inClause = issues.filter((issue) => isNamed(issue, features));
  const named = inClause.length > 0 ? inClause : issues.filter((issue) => isNamed(issue, ofSentence));
  for (const issue of named.length > 0 ? named : issues) {
    const found = fitTo(issue, features);
    const topic = topicality(issue, features) || topicality(issue, ofSentence);
    const score = found.strength + 0.9 * topic + (issue.id === lastIssue ? 0.5 : 0);
    if (!best || score > best.score) best = { issue, score, found };
  }
  if (!best) return null;
  const { strength, recall, matches } = best.found;
  if (named.length > 0) return strength >= 0.9 ? best.issue : null;
  const isMuch = strength >= 1.9 || (strength >= 0.9 && (recall >= 0.4 || best.issue.id === lastIssue));
  const isEnough = (matches > 1 && isMuch) || (strength >= 0.9 && recall >= nearlyAll);
  return isEnough ? best.issue : null;
}

/** Words in quotation marks are somebody else's where the sentence says so or cites a passage for them. */
const reporting =
  /\[P\d+\]|\b(?:says?|said|reads?|reports?|reported|writes?|wrote|puts? it|told|tells|quotes?|quoted|claims?|claimed|argues?|argued|(?:['’]s|their|your|his|her) (?:\w+ )?(?:words?|line|phrase|sentence|claim))\b/i;

function withoutReportedWords(sentence: Piece): Piece {
  if (!/["“]/.test(sentence.text) || !reporting.test(sentence.text)) return sentence;
  return {
    ...sentence,
    text: sentence.text.replace(/["“][^"“”]+["”]/g, (words) => ' '.repeat(words.length)),
  };
}

function withoutCitations(text: string): string {
  return text.replace(/\s*\[[PT]\d+\]/g, '');
}
