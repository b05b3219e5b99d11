import type { Issue } from '../debate/agenda.ts';
import { featuresIn, type IssueWords, matchAnchor } from './anchor-match.ts';
import { type Casing, withoutStop, wordCount } from './casing.ts';

/** Base forms of verbs that agendas use, to tell "inspectors enter every site" from "full access for inspectors". */
const commonVerbs: ReadonlySet<string> = new Set(
  `accept account act add adjust adopt admit agree aim allow amount answer apply appoint approve arrive ask assume attend
  audit avoid ban base bear become begin belong bind block borrow break bring build buy call cancel carry cause cease
  certify change charge check choose claim clear close collect combine come commit compensate complete comply concede
  conduct confirm consent consult contain continue contribute control convene cost count cover create cross cut decide
  declare defer deliver demand deny depend deploy destroy determine develop disarm dismantle divide do draw drive drop
  earn ease elect employ end enforce enjoy ensure enter establish examine exceed exclude exempt exist expand expect
  expire export extend face fail fall favour file fill finance finish fix fly follow forbid forswear freeze fund gain get
  give go govern grant grow guarantee hand handle halt happen help hire hold honour host import impose include increase
  inform insist inspect install introduce invest invite issue join keep know last launch lead learn leave lend let lie
  lift limit link list live load look lose lower maintain make manage mark match mean measure meet merge monitor move
  name need negotiate notify observe obtain occur offer open operate order overlap own pass patrol pause pay permit
  phase pick place plan plant play pledge precede prepare present preserve prevent proceed process produce prohibit
  promise prove provide publish pull purchase push put raise reach read rebuild receive recognise recognize record
  recover reduce refrain refund refuse register regulate reject release rely remain remove renew rent repair repay
  repeal repeat replace report request require reserve reset reside resign resume retain retire return reveal review
  revise ring rise rule run say scale scrap seek sell send separate serve set settle share shift show shrink shut sign
  sit snap speak spend split spread stand start state stay steer stop strike submit suffer supply support surrender
  suspend swap switch take taper teach tear tell test tighten total touch track trade train transfer travel treat
  trigger turn undergo undertake use vacate verify visit vote wait want warn watch wear withdraw withhold work`.split(
    /\s+/,
  ),
);

/** Is a lower-case word the base form of one of these verbs, or its form in -s? */
function isVerb(word: string): boolean {
  if (commonVerbs.has(word)) return true;
  if (!word.endsWith('s') || word.endsWith('ss')) return false;
  return (
    commonVerbs.has(word.slice(0, -1)) ||
    commonVerbs.has(word.slice(0, -2)) ||
    commonVerbs.has(word.replace(/ies$/, 'y'))
  );
}

/** A statement of an anchor that can stand inside a sentence. */
export interface AnchorForm {
  /** A clause ("inspectors enter every site"), a noun phrase ("full access") or an order ("lift all sanctions"). */
  kind: 'clause' | 'noun' | 'order';
  text: string;
}

/** An anchor in several wordings, all of them its own words; the first is the whole anchor, the second the shortest. */
export type AnchorForms = readonly AnchorForm[];

type Position = 0 | 3 | 6;

/** Least evidence that ties a wording to its anchor, and the most of it that another anchor may have. */
const recognisable = 1.6;
const ambiguous = 0.5;
const longest = 16;

/** Wordings of an issue's three anchors: the whole, and such parts as still tell this anchor from the others. */
export function anchorForms(
  issue: Issue,
  model: IssueWords | undefined,
  casing: Casing,
): Record<Position, AnchorForms> {
  const formsAt = (position: Position): AnchorForms => {
    const whole = casing.phrase(withoutStop(issue.anchors[position]).replace(/\.\s+/g, '; '));
    const parts = (casing.isEnglish ? partsOf(whole) : []).filter((part) => {
      if (!model) return false;
      const { best, strength, next } = matchAnchor(model, featuresIn(part));
      return best === position && strength >= recognisable && next <= ambiguous * strength;
    });
    const sorted = [...new Set(parts)].sort((one, other) => wordCount(one) - wordCount(other));
    const fitting = sorted.filter((part) => wordCount(part) <= longest);
    return [whole, ...(fitting.length > 0 ? fitting : sorted.slice(0, 1))].map((text) => ({
      kind: casing.isEnglish ? kindOf(text) : 'noun',
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
    .filter((part) => !dangling.test(part))
    .filter((part) => wordCount(part) >= 3 && (kindOf(whole) !== 'clause' || kindOf(part) === 'clause'));
}

/** A cut after such a word leaves it hanging: "checked only [when a fault is reported]". */
const dangling =
  /\s(?:only|even|just|not|never|except|solely|merely|at least|at most|also|then|than|or|by|of|to|for|with|from)$/i;

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
