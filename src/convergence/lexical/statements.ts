import type { Act } from '../../debate/verdict.ts';
import { isReported } from './attribution.ts';
import { actOf, isRetraction, takesSide } from './cues.ts';
import { type Fit, featuresOf, fitTo, type IssueModel, topicality } from './issue-model.ts';
import { clausesOf, type Piece, sentencesOf } from './sentences.ts';
import { type Stand, standOf, withoutCondition } from './stand.ts';

/** One thing a turn says about where its speaker stands. */
export interface Statement {
  /** null for a retraction that names no issue. */
  issue: string | null;
  stand: Stand | { type: 'taken-back' };
  act: Act;
  /** Does the sentence speak for its speaker or take a side, or does it only mention an anchor's words? */
  isPlain: boolean;
  /** The verbatim sentence. */
  quote: string;
}

/** Named outright: most of a title's words. */
const topicNamed = 1.2;

/** All statements of a turn, in order. `others` are the other speakers' names in lower case. */
export function statementsOf(
  text: string,
  issues: readonly IssueModel[],
  others: readonly string[],
): Statement[] {
  const found: Statement[] = [];
  let lastIssue: string | null = null;
  for (const sentence of sentencesOf(text)) {
    if (/\?["'”’)\]]*$/.test(sentence.text)) continue;
    const features = featuresOf(sentence.text);
    const named = issues.find((issue) => topicality(issue, features) >= topicNamed);
    for (const statement of inSentence(sentence, issues, others, lastIssue)) {
      found.push(statement);
      lastIssue = statement.issue ?? lastIssue;
    }
    lastIssue = named?.id ?? lastIssue;
  }
  return found;
}

function inSentence(
  sentence: Piece,
  issues: readonly IssueModel[],
  others: readonly string[],
  lastIssue: string | null,
): Statement[] {
  const found: Statement[] = [];
  const isPlain = takesSide(sentence.text);
  for (const clause of clausesOf(sentence)) {
    const text = withoutCitations(clause.text);
    const main = withoutCondition(text);
    const issue =
      issueOf(main, sentence.text, issues, lastIssue) ?? issueOf(text, sentence.text, issues, lastIssue);
    if (isRetraction(text)) {
      found.push({
        issue: issue?.id ?? null,
        stand: { type: 'taken-back' },
        act: 'retract',
        isPlain: true,
        quote: sentence.text,
      });
    } else if (issue && !isReported(text, others)) {
      const stand = standOf(issue, text);
      if (stand)
        found.push({ issue: issue.id, stand, act: actOf(sentence.text), isPlain, quote: sentence.text });
    }
  }
  return found;
}

/** The issue a clause is about, if it says enough of one of its anchors. */
function issueOf(
  text: string,
  sentence: string,
  issues: readonly IssueModel[],
  lastIssue: string | null,
): IssueModel | null {
  const features = featuresOf(text);
  const ofSentence = featuresOf(sentence);
  let best: { issue: IssueModel; score: number; found: Fit; topic: number } | null = null;
  for (const issue of issues) {
    const found = fitTo(issue, features);
    const topic = topicality(issue, features) || topicality(issue, ofSentence);
    const score = found.strength + 0.9 * topic + (issue.id === lastIssue ? 0.5 : 0);
    if (!best || score > best.score) best = { issue, score, found, topic };
  }
  if (!best) return null;
  const { strength, recall, matches } = best.found;
  if (best.topic >= topicNamed) return strength >= 0.9 ? best.issue : null;
  const isEnough =
    matches > 1 && (strength >= 1.9 || (strength >= 0.9 && (recall >= 0.4 || best.issue.id === lastIssue)));
  return isEnough ? best.issue : null;
}

function withoutCitations(text: string): string {
  return text.replace(/\s*\[[PT]\d+\]/g, '');
}
