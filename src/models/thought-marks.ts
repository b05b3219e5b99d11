/** Words of which one in its name makes a tag a thought's: <think>, <inner_monologue>, [THINK], <|begin_of_thought|>. */
const thoughtWords = new Set(
  `think thinking thinker thought thoughts reason reasoning reflect reflection reflections analysis scratchpad monologue
  deliberation deliberations introspection internal inner planning cot musing musings ruminations unused94 unused95
  réflexion réflexions pensée pensées raisonnement pensamiento pensamientos razonamiento reflexión pensamento pensamentos
  raciocínio reflexão gedanke gedanken nachdenken denken denkprozess überlegung überlegungen pensiero pensieri ragionamento
  riflessione мысль мысли размышление размышления рассуждение рассуждения думаю gedachten redenering düşünce düşünceler
  düşünme myśli myślenie rozumowanie تفكير التفكير أفكار استدلال תفكר מחשבה מחשבות pemikiran विचार सोच`.split(
    /\s+/,
  ),
);
/** The same where words are not parted. */
const thoughtSigns = /思考|思维|思維|推理|想法|考え|생각|사고|추론|ความคิด|suy_?nghĩ/u;
/** What encloses the answer after a thought; the answer itself is speech. */
const answerWords =
  /^(?:final_?)?(?:answer|response|output|solution|reply)$|^(?:antwort|réponse|respuesta|回答|答案)$/;
/** Ends of messages and of answers that templates leak. */
const leaked =
  /^(?:(?:start|end)_response|(?:begin|end)_of_solution|message|constrain|im_end|im_start|im_sep|eot_id|eom_id|endoftext|end_of_text)$/;

const gap = String.raw`[\s\u200b-\u200d\u2060]{0,8}`;
const left = '(?:<|&lt;|＜|[\\[◁【{])';
const name = String.raw`[\p{L}\u200b-\u200d\u2060][\p{L}\p{M}\p{N}_:.\u200b-\u200d\u2060-]{0,47}`;
const edge =
  '(?:(?:(?:begin|start|end)(?:ning)? (?:of )?(?:the )?|(?:chain|train) of |(?:inner|internal|my) (?=thought|think|reason|monologue)))?';
const begun = String.raw`${left}${gap}(?<bar>\|)?${gap}(?<slash>\/)?${gap}(?<name>${edge}${name})(?<attributes>\s[^<>\[\]]{0,200}?)?${gap}`;

/** Before the name of a message: harmony's, ChatML's, Gemma's and Llama's. */
const messageOpens = String.raw`<(?:\|(?:channel\|?|(?:im_)?start\||start_header_id\|)|start_of_turn)>`;
const messageNamed = String.raw`<\|(?:message|end_header_id)\|>`;
/** What may stand beside the name; a channel within is a message's mark of its own. */
const messageName = String.raw`(?:(?!<\|(?:channel\|?|(?:message|end_header_id)\|)>)[^\n]){0,120}`;

/** Whatever may be a mark: a message with its name, a fence of Markdown, a tag in any brackets. */
const candidates = new RegExp(
  [
    String.raw`${messageOpens}${gap}(?<role>\p{L}*)${messageName}(?:${messageNamed}|\n)`,
    '(?<fence>`{3})[ \\t]*(?<language>[\\p{L}_-]{0,40})[ \\t]*(?<line>\\n|$)',
    String.raw`${begun}(?<last>[|/]?)${gap}(?:>|&gt;|＞|[▷\]】}])`,
    '(?<comment><!--|-->)',
  ].join('|'),
  'giu',
);
/** The beginning of one that a later piece may complete. */
const messageBegun = new RegExp(`^${messageOpens}${messageName}$`);
const fenceBegun = /^`{1,2}$|^```[ \t]*[\p{L}_-]{0,40}[ \t]*$/u;
const tagBegun = new RegExp(
  `^(?:${begun}[|/]?${gap}(?:&g?t?)?|${left}${gap}\\|?${gap}/?${gap}|&l?t?)$`,
  'iu',
);
const commentBegun = /^(?:<!?-?|--?)$/;
const longestMark = 240;

/**
 * What a mark does: opens or closes a thought, ends a message, begins one of thoughts, of speech or of either, is a
 * fence, bounds a comment, encloses an answer, or is nothing that anybody should see.
 */
type MarkKind =
  | 'open'
  | 'close'
  | 'end'
  | 'thoughts'
  | 'speech'
  | 'reply'
  | 'fence'
  | 'comment'
  | 'answer'
  | 'noise';

export interface Mark {
  kind: MarkKind;
  text: string;
  index: number;
  /** A heading may look like it, as [Analysis]: only one that is closed again holds a thought. */
  isDoubtful: boolean;
  /** There are words beside its name. */
  isWordy: boolean;
}

const signs = /[<&＜[◁【{`]|-->/;
const begins = /[<&＜[◁【{`-]/;
/** Brackets in which other things stand too, with names that mean only one thing. */
const plainBracket = /^[[【{]/;
const plainlyThought = /think|thought|reasoning|scratchpad|思考|思维|思維|推理|사고|추론/i;
/** With words beside its name a tag is rather words: <think tank>. */
const wordy = /^(?!\s*(?:hidden|open|silent|private)?\s*$)[^="']+$/i;

/** The first mark in a text; null where there is none. */
export function findMark(text: string, isOver: boolean): Mark | null {
  if (!signs.test(text)) return null;
  candidates.lastIndex = 0;
  for (let found = candidates.exec(text); found; found = candidates.exec(text)) {
    const [whole] = found;
    const rest = text.slice(found.index);
    const groups = found.groups as Record<string, string | undefined>;
    // A message's mark is only whole with the name after it, and a fence with its line.
    const isMessage = groups['role'] === undefined && messageBegun.test(rest);
    const isUnfinished = !isOver && (isMessage || groups['line'] === '');
    const kind = isUnfinished ? null : kindOf(groups, whole);
    if (kind === null) continue;
    const isWordy = kind === 'open' && wordy.test(groups['attributes'] ?? '');
    const isDoubtful = isWordy || (plainBracket.test(whole) && !plainlyThought.test(whole));
    return { kind, text: whole, index: found.index, isDoubtful, isWordy };
  }
  return null;
}

function kindOf(groups: Record<string, string | undefined>, mark: string): MarkKind | null {
  const { role, fence, language = '', name: given, bar, slash, attributes = '', last = '' } = groups;
  if (groups['comment'] !== undefined) return 'comment';
  if (role !== undefined) {
    const word = role.toLowerCase();
    if (word === 'assistant' || word === 'model') return 'reply';
    return word === 'final' || word === 'answer' ? 'speech' : 'thoughts';
  }
  if (fence !== undefined) return language === '' || isThoughtName(language) ? 'fence' : null;
  // A note in brackets is no mark, such as [thinking of P3].
  if (plainBracket.test(mark) && (attributes !== '' || given?.endsWith(':'))) return null;
  const bare = (given ?? '').replace(/[\u200b-\u200d\u2060]/g, '').replaceAll(' ', '_');
  const word = bare.toLowerCase();
  if (bar && /^(?:end|return|call|start)$/.test(word)) return 'end';
  if (word === 'channel' && last === '|') return 'close';
  if (word === 'end_of_turn') return 'reply';
  // Marks of a tokenizer, which also end where a template was cut: </s>, <eos>.
  if (/^(?:s|eos|bos|pad)$/.test(word) && attributes === '' && mark.startsWith('<')) return 'noise';
  if (leaked.test(word)) return bar ? (/^(?:im_|eo)/.test(word) ? 'reply' : 'noise') : null;
  if (answerWords.test(word.replace(/^.*:/, ''))) return 'answer';
  const isDetails =
    word === 'details' && (slash !== undefined || /\btype\s*=\W?(?:reason|think)/i.test(attributes));
  if (!isDetails && !isThoughtName(bare)) return null;
  if (slash !== undefined || /(?:^|_)(?:end|ending|stop|suffix)(?:_|$)|^unused95$/.test(word)) return 'close';
  return last === '/' ? 'noise' : 'open';
}

function isThoughtName(name: string): boolean {
  const parts = name
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, '_')
    .toLowerCase()
    .split(/[_:.-]/);
  return (
    thoughtSigns.test(name) ||
    parts.some((part) => thoughtWords.has(part) || /^(?!re|un|out)\w*think(?:ing)?$/.test(part))
  );
}

/** How many characters of a text cannot belong to a mark that is still coming. */
export function safeLength(text: string): number {
  if (!begins.test(text)) return text.length;
  for (let place = Math.max(0, text.length - longestMark); place < text.length; place++) {
    if (begins.test(text[place] as string) && couldBeMark(text.slice(place))) return place;
  }
  return text.length;
}

function couldBeMark(text: string): boolean {
  if (messageBegun.test(text) || fenceBegun.test(text) || commentBegun.test(text)) return true;
  const groups = tagBegun.exec(text)?.groups;
  // A name that is still coming may become any; one with a space after it is whole.
  if (!groups) return false;
  const { attributes, name = '' } = groups;
  return (
    attributes === undefined ||
    /^(?:details|begin|start|end|chain|train|inner|internal|my)/i.test(name) ||
    kindOf(groups, text) !== null
  );
}

/** Does a text end within a mark that would close a thought? */
export function endsInClosing(text: string): boolean {
  const groups =
    tagBegun.exec(text.slice(text.lastIndexOf('<')))?.groups ??
    tagBegun.exec(text.slice(text.lastIndexOf('[')))?.groups;
  return groups?.['slash'] !== undefined && (groups['name'] ?? '').length > 1;
}
