import type { Act } from '../../../src/debate/readings.ts';
import { BoundedMap } from '../../../src/text/memo.ts';
import { contentStems } from '../../../src/text/words.ts';
import { isReported, tellsWhoseItWas } from './attribution.ts';
import { actOf, isProposingQuestion, isRetraction, takesSide } from './cues.ts';
import { type Fit, featuresOf, fitTo, type IssueModel, isNamed, topicality } from './issue-model.ts';
import { placeOnScale } from './number-scale.ts';
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
const mostSentences = 2000;

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
    // Where a speaker is named, what is said depends on who speaks.
    const isAnybodys = voices.everyone.firstIn(sentence.text) < 0;
    const whose = isAnybodys ? '' : `${voices.everyone.key}\u0001${voices.others.key}`;
    const key: string = `${lastIssue}\u0000${whose}\u0000${sentence.text}`;
    const said: Said = known.get(key) ?? saidIn(sentence, issues, voices, lastIssue);
    known.set(key, said);
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
  if (/\?["'”’)\]]*$/.test(sentence.text) && !isProposingQuestion(sentence.text))
    return { statements: [], lastIssue };
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
  const isPlain = takesSide(sentence.text) || isProposingQuestion(sentence.text);
  const nameless = voices.everyone.takenOutOf(sentence.text);
  const clauses = clausesOf(withoutReportedWords(sentence));
  for (const [place, clause] of clauses.entries()) {
    const said = withoutCitations(clause.text);
    const text = voices.everyone.takenOutOf(said);
    const main = withoutCondition(text);
    const issue = issueOf(main, nameless, issues, lastIssue) ?? issueOf(text, nameless, issues, lastIssue);
    if (isRetraction(said, voices.others)) {
      const about = issue ?? issuesNamed(text, issues)[0] ?? issuesNamed(nameless, issues)[0];
      const named = issue ? standOf(issue, text) : null;
      found.push({
        issue: about?.id ?? null,
        stand: { type: 'taken-back', refused: named?.type === 'not' ? named.anchor : null },
        act: 'retract',
        isPlain: true,
        quote: sentence.text,
      });
    } else if (issue && !isTold(said, clauses[place + 1], voices)) {
      const stand = standOf(issue, withoutTopic(text, issue));
      if (stand)
        found.push({
          issue: issue.id,
          stand,
          act: actOf(sentence.text, voices.others),
          isPlain,
          quote: sentence.text,
        });
    }
  }
  return found;
}

function isTold(said: string, next: Piece | undefined, { others }: Voices): boolean {
  return isReported(said, others) || (next !== undefined && tellsWhoseItWas(next.text, others));
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
  const inClause = issuesNamed(text, issues);
  const named = inClause.length > 0 ? inClause : issuesNamed(sentence, issues);
  for (const issue of named.length > 0 ? named : issues) {
    const found = fitTo(issue, features);
    const topic = topicality(issue, features) || topicality(issue, ofSentence);
    const score = found.strength + 0.9 * topic + (issue.id === lastIssue ? 0.5 : 0);
    if (!best || score > best.score) best = { issue, score, found };
  }
  const byNumber = issueByNumber(text, named.length > 0 ? named : issues, named.length > 0);
  if (!best) return byNumber;
  const { strength, recall, matches } = best.found;
  if (named.length > 0) return strength >= 0.9 ? best.issue : byNumber;
  const isMuch = strength >= 1.9 || (strength >= 0.9 && (recall >= 0.4 || best.issue.id === lastIssue));
  const isEnough = (matches > 1 && isMuch) || (strength >= 0.9 && recall >= nearlyAll);
  return isEnough ? best.issue : byNumber;
}

function issuesNamed(text: string, issues: readonly IssueModel[]): IssueModel[] {
  const features = featuresOf(text);
  return issues.filter((issue) => isNamed(issue, features));
}

/** "On compensation for farmers, …": the title at the head tells what is talked about, and not where one stands. */
function withoutTopic(text: string, { titleText }: IssueModel): string {
  const head = leadIn.exec(text);
  if (!head) return text;
  const rest = text.slice(head[0].length);
  if (!rest.toLowerCase().startsWith(titleText)) return text;
  const said = rest.slice(titleText.length).replace(/^(?:\s+goes)?[,:]?\s+/, '');
  return contentStems(said).length > 0 ? said : text;
}

/** The one issue on whose scale a number of the clause lies: by its unit, or because the issue is named. */
function issueByNumber(text: string, issues: readonly IssueModel[], areNamed: boolean): IssueModel | null {
  const fitting = issues.filter(({ numbers }) => {
    const placed = numbers && placeOnScale(numbers, text);
    return placed && (placed.isByUnit || areNamed);
  });
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

const leadIn =
  /^(?:(?:but|and|so|now|then),? )?(?:on|as to|as for|for|about|regarding|concerning|with regard to|when it comes to|as far as) (?:the )?(?:(?:issue|question|matter|point) of )?/i;

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
