import { parsedJson } from '../text/json-in-text.ts';
import { fieldOf, isNoSpeech, isTurn, plainMessage, textKeys, textOf } from './json-message.ts';

/** A branch of more messages is none of people. */
const longestBranch = 100_000;

/** What promptfoo had a provider say. */
export function resultOf(result: unknown): unknown {
  const provider = fieldOf(result, ['provider']);
  const text = fieldOf(fieldOf(result, ['response']), ['output']);
  return provider === undefined || text === undefined
    ? null
    : { speaker: fieldOf(provider, ['label', 'id']) ?? provider, text };
}

/** A call of a model with the messages that were sent and the answer: a log's entry, a result of promptfoo, an OpenAI response. */
export function callOf(value: unknown): unknown[] | null {
  const response = fieldOf(value, ['response', 'output', 'outputs', 'choices']);
  const attack = fieldOf(fieldOf(response, ['metadata']), ['redteamHistory']);
  if (Array.isArray(attack))
    return attack.flatMap((turn) => [
      { role: 'user', content: fieldOf(turn, ['prompt']) },
      { role: 'assistant', content: fieldOf(turn, ['output']) },
    ]);
  const asked = messagesIn(fieldOf(value, ['request', 'body', 'prompt', 'inputs'])) ?? messagesIn(value);
  const answer = answerIn(response);
  if (!asked || !answer) return null;
  // Logs of Inspect hold the answer among the messages too.
  const textIn = (message: unknown) => textOf(fieldOf(plainMessage(message), textKeys));
  const last = textIn(answer.at(-1));
  return last !== null && textIn(asked.at(-1)) === last ? asked : [...asked, ...answer];
}

function messagesIn(request: unknown): unknown[] | null {
  const held = fieldOf(request, ['messages', 'input', 'raw', 'contents']);
  const given = Array.isArray(held) && held.length === 1 && Array.isArray(held[0]) ? held[0] : held;
  const list = typeof given === 'string' && /^\s*\[/.test(given) ? parsedJson(given) : given;
  return Array.isArray(list) && list.some(isTurn) && list.every((one) => isTurn(one) || isNoSpeech(one))
    ? list
    : null;
}

function answerIn(response: unknown): unknown[] | null {
  if (typeof response === 'string') return [{ role: 'assistant', content: response }];
  if (Array.isArray(response)) {
    if (Array.isArray(response[0])) return answerIn(response[0]);
    const chosen = fieldOf(response[0], ['message', 'content']);
    if (isTurn(chosen)) return [chosen];
    return response.every((one) => isTurn(one) || isNoSpeech(one)) ? response : null;
  }
  const inner = fieldOf(response, ['choices', 'output', 'body', 'candidates', 'generations']);
  if (inner !== undefined) return answerIn(inner);
  return isTurn(response) ? [response] : null;
}

const sides =
  /^(?:pro|con|affirmative|negative|proponent|opponent|proposition|opposition|for|against|prosecution|defen[cs]e|(?:debater|agent|model|speaker|player|side|team)[_ -]?(?:[a-d]|[1-4]))$/i;

/** A round that holds what each side said under the side's name; null where it is none. */
export function sidesOf(entry: unknown, place: number): unknown[] | null {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return null;
  const said = Object.entries(entry).filter(([key]) =>
    sides.test(key.replace(/_?(?:argument|response|speech|statement)$/, '')),
  );
  if (said.length < 2) return null;
  const round = Number(fieldOf(entry, ['round', 'round_number']) ?? place + 1);
  return said.map(([key, text]) => ({
    speaker: key.replace(/_?(?:argument|response|speech|statement)$/, ''),
    text,
    round,
  }));
}

/** A talk that is kept as a record: branches of messages, lists side by side, numbered keys, words with the voices they belong to. */
export function talkOfRecord(value: object): unknown[] | null {
  return (
    callOf(value) ??
    branchOf(value) ??
    sideBySide(value) ??
    numbered(value) ??
    wordsOf(value) ??
    paragraphsOf(value)
  );
}

/** The branch of a ChatGPT export that was shown last. */
function branchOf(value: object): unknown[] | null {
  const mapping = fieldOf(value, ['mapping']);
  const branch: unknown[] = [];
  let at = fieldOf(value, ['current_node']);
  for (let steps = 0; typeof at === 'string' && steps < longestBranch; steps++) {
    const node = fieldOf(mapping, [at]);
    const message = fieldOf(node, ['message']);
    const role = fieldOf(fieldOf(message, ['author']), ['role']);
    const content = fieldOf(fieldOf(message, ['content']), ['parts', 'text']);
    if (role !== undefined && content !== undefined && content !== '') branch.push({ role, content });
    at = fieldOf(node, ['parent']);
  }
  return branch.length > 0 ? branch.reverse() : null;
}

function sideBySide(value: object): unknown[] | null {
  const [names, texts] = [
    fieldOf(value, ['speaker', 'speakers']),
    fieldOf(value, ['utt', 'utterances', 'text', 'texts', 'turns', 'dialogue', 'dialog']),
  ];
  if (!Array.isArray(names) || !Array.isArray(texts) || names.length !== texts.length) return null;
  const isPlain = [...names, ...texts].every((one) => typeof one === 'string');
  return isPlain && names.length > 1
    ? names.map((speaker, place) => ({ speaker, text: texts[place] }))
    : null;
}

/** CAMEL's message_1, message_2, ... */
function numbered(value: object): unknown[] | null {
  const messages: unknown[] = [];
  for (let place = 1; fieldOf(value, [`message_${place}`]) !== undefined; place++)
    messages.push(fieldOf(value, [`message_${place}`]));
  return messages.length > 1 ? messages : null;
}

/** Words of speech recognition, each with its voice (Google), or with the voice of its time (Amazon). */
function wordsOf(value: object): unknown[] | null {
  const alternative = fieldOf(fieldOf(value, ['alternatives']), ['0']);
  const tagged = fieldOf(alternative, ['words']);
  if (
    Array.isArray(tagged) &&
    tagged.every((word) => fieldOf(word, ['speakerTag', 'speaker_tag']) !== undefined)
  )
    return spoken(
      tagged.map((word) => ({
        voice: fieldOf(word, ['speakerTag', 'speaker_tag']),
        word: fieldOf(word, ['word']),
        isMark: false,
      })),
    );
  const [labels, items] = [
    fieldOf(fieldOf(value, ['speaker_labels']), ['segments']),
    fieldOf(value, ['items']),
  ];
  if (!Array.isArray(labels) || !Array.isArray(items) || fieldOf(value, ['audio_segments']) !== undefined)
    return null;
  const voices = labels.map((one) => ({
    from: Number(fieldOf(one, ['start_time'])),
    voice: fieldOf(one, ['speaker_label']),
  }));
  let at = 0;
  const words = items.map((item) => {
    const time = Number(fieldOf(item, ['start_time']) ?? Number.NaN);
    while (at + 1 < voices.length && time >= (voices[at + 1]?.from ?? 0)) at += 1;
    const word = fieldOf(fieldOf(fieldOf(item, ['alternatives']), ['0']), ['content']);
    return { voice: voices[at]?.voice, word, isMark: fieldOf(item, ['type']) === 'punctuation' };
  });
  return spoken(words);
}

function spoken(words: readonly { voice: unknown; word: unknown; isMark: boolean }[]): unknown[] {
  const turns: { speaker: unknown; text: string }[] = [];
  for (const { voice, word, isMark } of words) {
    const last = turns.at(-1);
    if (last && last.speaker === voice) last.text += `${isMark ? '' : ' '}${String(word)}`;
    else turns.push({ speaker: voice, text: String(word) });
  }
  return turns;
}

/** Deepgram's paragraphs, joined while one voice speaks. */
function paragraphsOf(value: object): unknown[] | null {
  const list = fieldOf(fieldOf(value, ['paragraphs']), ['paragraphs']);
  return Array.isArray(list) && list.every((one) => fieldOf(one, ['speaker']) !== undefined) ? list : null;
}
