import { featuresOf, fitTo, type IssueModel } from '../convergence/lexical/issue-model.ts';
import type { Issue } from '../debate/agenda.ts';
import { type Casing, withoutStop, wordCount } from './casing.ts';
import { isVerb } from './common-verbs.ts';

/** A statement of an anchor that can stand inside a sentence. */
export interface AnchorForm {
  /** A clause ("inspectors enter every site"), a noun phrase ("full access") or an order ("lift all sanctions"). */
  kind: 'clause' | 'noun' | 'order';
  text: string;
}

/** An anchor in several wordings, all of them its own words; the first is the whole anchor, the second the shortest. */
export type AnchorForms = readonly AnchorForm[];

type Position = 0 | 3 | 6;

/** Least evidence by which the lexical reader must tie a wording to its anchor and to no other. */
const recognisable = 1.4;
const longest = 16;

/** Wordings of an issue's three anchors: the whole, and such parts as still tell this anchor from the others. */
export function anchorForms(
  issue: Issue,
  model: IssueModel | undefined,
  casing: Casing,
): Record<Position, AnchorForms> {
  const formsAt = (position: Position): AnchorForms => {
    const whole = casing.phrase(withoutStop(issue.anchors[position]).replace(/\.\s+/g, '; '));
    const parts = partsOf(whole).filter((part) => {
      if (!model) return false;
      const found = fitTo(model, featuresOf(part));
      return found.best === position && found.strength >= recognisable;
    });
    const sorted = [...new Set(parts)].sort((one, other) => wordCount(one) - wordCount(other));
    const fitting = sorted.filter((part) => wordCount(part) <= longest);
    return [whole, ...(fitting.length > 0 ? fitting : sorted.slice(0, 1))].map((text) => ({
      kind: kindOf(text),
      text,
    }));
  };
  return { 0: formsAt(0), 3: formsAt(3), 6: formsAt(6) };
}

/** Parts of an anchor that can stand alone: its beginnings, and each without what trails behind "until", "while" and the like. */
function partsOf(whole: string): string[] {
  if (/^(?:if|when|once|unless|until|after|before|while|as)\b/i.test(whole)) return [whole];
  const first = whole.split(/;\s+|:\s+|,\s+|\s+[–—]\s+/)[0] ?? whole;
  const heads = [whole, whole.split(/,\s+/).slice(0, 2).join(', '), first, beforeVerbAnd(first)];
  return heads
    .flatMap((head) => [
      head,
      head.replace(
        /\s+(?:until|till|while|before|as|so that|because|unless|if|when|even if|even though)\s.*$/,
        '',
      ),
    ])
    .map((part) => part.replace(/[\s,;:]+(?:and|or|but|so)?$/, ''))
    .filter((part) => wordCount(part) >= 3 && (kindOf(whole) !== 'clause' || kindOf(part) === 'clause'));
}

/** "both capitals keep quiet and publish little" up to its "and", where a verb came before it. */
function beforeVerbAnd(text: string): string {
  const match = /^(.+?)\s+and\s+(\S+(?:\s+\S+){0,4})/.exec(text);
  const head = match?.[1] ?? '';
  const rest = (match?.[2] ?? '').toLowerCase();
  const goesOn = auxiliary.test(rest) || rest.split(/\s+/).some(isVerb);
  return wordCount(head) >= 4 && goesOn && kindOf(head) === 'clause' ? head : text;
}

const auxiliary =
  /\b(?:is|are|was|were|be|has|have|had|does|do|did|can|could|may|might|must|shall|should|will|would|cannot)\b/;
/** Verbs whose base form is as often a noun; at the start of a phrase they are taken for one. */
const alsoNouns =
  /^(?:step|trade|change|work|plan|cost|limit|test|control|share|report|support|state|open|free|close|set|present|pause|use|check|complete|review|return|finance|import|increase|demand|charge|promise|halt|place|trigger|base|name|record|list|link|order|rent|load|file|fund|launch|visit|vote|match|measure|supply|export|shift|process|release|request|mark|call|claim|gain|help|look|move|offer|pick|play|start|stay|stop|split|swap|switch|train|travel|turn|wait|watch|act|aim|amount|answer|account|balance|count|cover|cut|deal|drive|drop|end|face|fall|grant|hold|host|issue|judge|limit|lease|need|part|pass|patrol|phase|plant|purchase|rise|rule|run|scale|seal|sign|spread|stand|strike|tax|total|touch|track|transfer|treat|use|water)s?$/;

export function kindOf(text: string): AnchorForm['kind'] {
  const words = text.toLowerCase().match(/[\p{L}'’-]+/gu) ?? [];
  const first = words[0] ?? '';
  if (isVerb(first) && !first.endsWith('s') && !alsoNouns.test(first)) return 'order';
  const head =
    text.toLowerCase().split(/\b(?:that|which|who|where|when|if|as|until|before|after|while)\b/)[0] ?? '';
  if (auxiliary.test(head)) return 'clause';
  const headWords = head.match(/[\p{L}'’-]+/gu) ?? [];
  return headWords.some((word, at) => at > 0 && isVerb(word) && !nounLead.has(headWords[at - 1] ?? ''))
    ? 'clause'
    : 'noun';
}

/** After these a word that looks like a verb is a noun, or an infinitive. */
const nounLead = new Set(
  'a an the this that its their our your his her no every each any some full small large of for to in on by with at from and or more less equal verified public joint partial new annual'.split(
    ' ',
  ),
);

/** "a text in which A", for comparing; a noun phrase stands as it is. `again` is the second of two. */
export function asDeal({ kind, text }: AnchorForm, noun: string, again: boolean): string {
  if (kind === 'clause') return `${again ? 'one' : noun} in which ${text}`;
  return kind === 'order' ? `${again ? 'one' : noun} to ${text}` : text;
}

/** What follows "accept", "propose" or "expect". */
export function asObject({ kind, text }: AnchorForm): string {
  if (kind === 'clause') return `that ${text}`;
  return kind === 'order' ? `a plan to ${text}` : text;
}

/** What follows "insist". */
export function asInsisted({ kind, text }: AnchorForm): string {
  if (kind === 'clause') return `that ${text}`;
  return kind === 'order' ? `on a plan to ${text}` : `on ${text}`;
}

/** What follows "want". */
export function asWritten({ kind, text }: AnchorForm): string {
  if (kind === 'clause') return `it settled that ${text}`;
  return kind === 'order' ? `a plan to ${text}` : text;
}

/** "if A", or "with" a noun phrase. */
export function asCondition({ kind, text }: AnchorForm): string {
  if (kind === 'clause') return `if ${text}`;
  return kind === 'order' ? `if we ${text}` : `with ${text}`;
}
