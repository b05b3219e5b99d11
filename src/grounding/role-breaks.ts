import type { RoleBreakKind } from '../debate/readings.ts';
import { rememberingFor } from '../text/memo.ts';
import { findQuotations } from './quotations.ts';
import { type FoundBreak, formsIn, literal, matches, type Named } from './role-forms.ts';

/** A place where a speaker is not the persona it should be. */
export interface RoleBreak {
  turn: number;
  /**
   * - another: speaks in another one's name, or under its label
   * - assistant: speaks as a model or an assistant
   * - stage-direction: describes what its body does
   * - meta: talks about its persona, its prompt or the exercise, or marks the end of its turn
   */
  kind: RoleBreakKind;
  /** The words that show it. */
  text: string;
  /** Their place in the turn; null where they were taken off before others read them. */
  start: number | null;
  /** Whom it speaks as; null for the other kinds. */
  as: string | null;
}

/**
 * Forms that break a role in any language, told from the form alone: another's label in brackets, a stage direction that stands by
 * itself, a tag or a word count at the end. What stands in quotation marks is somebody else's, and breaks nothing. Only a reader can tell
 * whether a sentence in brackets among others is a direction or an aside ("(I have tried it on the porters.)"), and whether a name with
 * a colon speaks or is spoken to ("Señora Retamales: le agradezco").
 */
export function formalBreaksIn(speaker: string, text: string, cast: readonly Named[]): FoundBreak[] {
  return formsIn(speaker, withoutQuotations(text), cast, 'sure');
}

/**
 * Role breaks that code finds in one speech: the forms, and phrases of an assistant's voice in the languages that parley knows. The
 * phrases are a cue for a reader where no judge has looked; what a judge has read goes before them (see `fidelityOf`).
 */
export function roleBreaksIn(
  { turn, speaker, text, raw }: { turn: number; speaker: string; text: string; raw?: string | undefined },
  cast: readonly Named[],
): RoleBreak[] {
  const own = withoutQuotations(text);
  const phrases = [
    ...matches(own, assistant, 'assistant'),
    ...matches(own, meta, 'meta'),
    ...cast
      .filter(({ id }) => id !== speaker)
      .flatMap((other) => matches(own, speakingAs(other), 'another', other.id)),
  ];
  const forms = formsIn(speaker, own, cast, 'likely');
  const isNew = (phrase: FoundBreak) => !forms.some((form) => overlap(form, phrase));
  const inText = [...forms, ...phrases.filter(isNew)].map((one): RoleBreak => ({ turn, ...one }));
  return [...wrappersOf({ turn, speaker, text, raw }, cast), ...inText].sort(
    (one, other) => (one.start ?? -1) - (other.start ?? -1),
  );
}

/** Breaks that were taken off a reply before others read it: what still stands in the speech was left on by the rules of its day. */
export function wrappersOf(
  { turn, speaker, text, raw }: { turn: number; speaker: string; text: string; raw?: string | undefined },
  cast: readonly Named[],
): RoleBreak[] {
  if (raw === undefined) return [];
  return wrappersIn(raw, speaker, cast)
    .filter((one) => !text.includes(one.text))
    .map((one) => ({ turn, ...one, start: null }));
}

/**
 * A speech without what is plainly no part of it: stage directions that stand by themselves, tags and word counts at its end. The text is
 * given back as it is where nothing else would be left.
 */
export function withoutWrappers(text: string, speaker: string, cast: readonly Named[]): string {
  let kept = text;
  for (const { start, text: words } of wrappersIn(text, speaker, cast).reverse()) {
    // The space on one side goes with it.
    const end = start + words.length;
    kept = kept.slice(0, start) + kept.slice(kept[end] === ' ' ? end + 1 : end);
  }
  if (kept === text) return text;
  const lines = kept.split('\n').map((line) => line.trim());
  const tidy = lines
    .filter((line, place) => line !== '' || lines[place - 1] !== '')
    .join('\n')
    .trim();
  return tidy === '' ? text : tidy;
}

function wrappersIn(text: string, speaker: string, cast: readonly Named[]): FoundBreak[] {
  return formalBreaksIn(speaker, text, cast).filter(
    ({ kind }) => kind === 'stage-direction' || kind === 'meta',
  );
}

const assistant =
  /\b(?:as an? (?:ai\b|artificial intelligence|(?:large )?language model|llm\b|chatbot)|i(?:['\u2019]m| am) (?:just |only )?(?:an? )?(?:ai\b|(?:large )?language model|llm\b|chatbot|(?:ai |virtual )assistant)|my (?:training data|knowledge cut-?off|programming)|(?:certainly|sure|of course)[!,.] here(?:['\u2019]s| is| are) |i hope this helps|let me know if you(?:['\u2019]d| would) like me to|(?:als|en tant qu(?:e|['\u2019])|como|come|jako|als een) (?:une? |uma? |un['\u2019]?|an? |ein(?:e)? )?(?:ki(?:-|\b)|ia\b|ai\b|intelligence artificielle|(?:ki-)?sprachmodell|mod[e\u00e8]le de langage|modelo de len?guaje|modelo de linguagem|modello linguistico|taalmodel))|\u4f5c\u4e3a(?:\u4e00\u4e2a|\u4e00\u6b3e)?(?:ai|\u4eba\u5de5\u667a\u80fd|\u8bed\u8a00\u6a21\u578b)|(?:ai|\u8a00\u8a9e\u30e2\u30c7\u30eb)\u3068\u3057\u3066/gi;

const meta =
  /\b(?:in this (?:simulation|simulated debate|role-?play)|my (?:persona|character|assigned role|system prompt)\b|(?:the|this|my) system prompt\b|role-?playing|(?:stay|remain)(?:ing)? in character|break(?:ing)? character|en esta simulaci\u00f3n|dans cette simulation|in dieser simulation|in questa simulazione)|\u8fd9\u573a\u6a21\u62df|\u3053\u306e\u30b7\u30df\u30e5\u30ec\u30fc\u30b7\u30e7\u30f3/gi;

/** "speaking for the ...", "I, as the ...", "as the ..., we ...". */
const speakingAs = rememberingFor(({ name, short }: Named) => {
  const who = `(?:the |an? )?(?:${literal(name)}|${literal(short)})(?![\\p{L}\\p{N}])`;
  const inName = `\\b(?:speaking (?:as|for|on behalf of)|i,? as|i am|i['\u2019]m|we,? as|i,) ${who}`;
  const asWe = `\\bas ${who},? (?:i|we)\\b`;
  return new RegExp(`${inName}|${asWe}`, 'giu');
});

function overlap(one: FoundBreak, other: FoundBreak): boolean {
  return one.start < other.start + other.text.length && other.start < one.start + one.text.length;
}

function withoutQuotations(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of findQuotations(text)) {
    parts.push(text.slice(done, start), ' '.repeat(end - start));
    done = end;
  }
  return parts.join('') + text.slice(done);
}
