import type { Issue, Passage } from '../debate/agenda.ts';
import type { ChatMessage } from '../debate/calls.ts';
import { rememberingFor } from '../text/memo.ts';
import { blocksIn, type PromptPersona, parsePersona } from './parse-persona.ts';

/** Something said before this call, in order. */
export interface Heard {
  turn: number;
  /** Speaker id; empty for the one who is prompted. */
  speaker: string;
  name: string;
  isOwn: boolean;
  text: string;
}

/** A question from the person watching; `after` is how many things had been heard before it. */
interface Asked {
  text: string;
  after: number;
}

interface Task {
  kind: string;
  attributes: Record<string, string>;
  text: string;
  /** True where the last reply is to be repaired; `kind` is then that reply's. */
  isRepair: boolean;
}

interface CastName {
  name: string;
  isPrincipal: boolean;
}

/** What the system message tells: the same for every call of a speaker in a debate. Parts without a block are empty. */
/** An issue as the prompt shows it. */
export interface PromptIssue extends Issue {
  /** Written in another language than English: there a stand is told in the scenario's own words, and in no others. */
  isForeign?: true;
}

export interface Setting {
  rules: string;
  title: string;
  passages: Passage[];
  agenda: PromptIssue[];
  /** What is written in the scenario's own words; the simulator's are English. */
  isEnglish: boolean;
  cast: CastName[];
  persona: PromptPersona | null;
}

/** A rendered prompt, read back into its parts. */
export interface Prompt extends Setting {
  heard: Heard[];
  /** What was said in private, apart from what all heard. */
  aside: Heard[];
  asked: Asked[];
  /** Status by issue id, from the closing statement put to the speaker; empty where there is none. */
  statement: Map<string, string>;
  task: Task | null;
}

export function systemOf(messages: readonly ChatMessage[]): string {
  return messages
    .filter(({ role }) => role === 'system')
    .map(({ content }) => content)
    .join('\n');
}

export function parseSetting(system: string): Setting {
  const article = blocksIn(system, 'article')[0];
  const persona = blocksIn(system, 'persona')[0];
  const agenda = blocksIn(system, 'agenda')[0];
  const isEnglish = /^en\b/.test(agenda?.attributes['language'] ?? 'en');
  return {
    rules: blocksIn(system, 'rules')[0]?.body ?? '',
    title: article?.attributes['title'] ?? '',
    passages: passagesOf(article?.body ?? ''),
    agenda: agendaOf(agenda?.body ?? '', isEnglish),
    isEnglish,
    cast: castOf(blocksIn(system, 'cast')[0]?.body ?? ''),
    persona: persona ? parsePersona(persona) : null,
  };
}

function passagesOf(text: string): Passage[] {
  return text
    .replace(/^Source: .*$/gm, '')
    .split(/^(?=\[P\d+\])/m)
    .map((part) => /^\[P(\d+)\]\s*([\s\S]*)$/.exec(part))
    .flatMap((match) =>
      match?.[2]?.trim() ? [{ number: Number(match[1]), text: match[2].replace(/\s+/g, ' ').trim() }] : [],
    );
}

function agendaOf(text: string, isEnglish: boolean): PromptIssue[] {
  return blocksIn(text, 'issue').flatMap(({ attributes, body }) => {
    const line = (key: string) => new RegExp(`^\\s*${key}:\\s*(.+)$`, 'm').exec(body)?.[1]?.trim() ?? '';
    const id = attributes['id'];
    if (id === undefined) return [];
    return [
      {
        id,
        title: line('title') || id.replaceAll('-', ' '),
        question: line('question'),
        weight: Number(attributes['weight'] ?? 0) || 0,
        anchors: { 0: line('0'), 3: line('3'), 6: line('6') },
        passages: (attributes['passages'] ?? '').match(/\d+/g)?.map(Number) ?? [],
        ...(isEnglish ? {} : { isForeign: true as const }),
      },
    ];
  });
}

function castOf(text: string): CastName[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*[-*]\s+(.+?)\s*(\(principal\))?\s*$/.exec(line);
    return match?.[1] ? [{ name: match[1], isPrincipal: match[2] !== undefined }] : [];
  });
}

/** A message stands in every later prompt of its speaker, and so does what was read of it. */
const saidIn = rememberingFor(({ content }: ChatMessage) =>
  blocksIn(content, 'turn', 'caucus', 'question', 'task').map((block) =>
    block.name === 'turn' || block.name === 'caucus'
      ? { ...block, turn: turnOf(block) }
      : { ...block, turn: null },
  ),
);

/** What has been said and asked so far, and the task at the end. */
export function parseConversation(
  messages: readonly ChatMessage[],
): Pick<Prompt, 'heard' | 'aside' | 'asked' | 'statement' | 'task'> {
  const heard: Heard[] = [];
  const aside: Heard[] = [];
  const asked: Asked[] = [];
  let task: Task | null = null;
  for (const message of messages) {
    if (message.role === 'assistant' && speaks(task)) heard.push(ownTurn(heard, message));
    if (message.role !== 'user') continue;
    for (const block of saidIn(message)) {
      if (block.name === 'caucus' && block.turn !== null) aside.push(block.turn);
      else if (block.turn !== null)
        heard.push(block.turn.turn > 0 ? block.turn : { ...block.turn, turn: heard.length + 1 });
      else if (block.name === 'question')
        asked.push({ text: withoutLabel(block.body).text, after: heard.length });
      else task = taskOf(block, task, heard);
    }
  }
  return { heard, aside, asked, statement: statementOf(messages.at(-1)?.content ?? ''), task };
}

function statementOf(text: string): Map<string, string> {
  const body = blocksIn(text, 'statement')[0]?.body ?? '';
  return new Map(
    Array.from(body.matchAll(/^- ([a-z0-9-]+) \((agreed|conditional|open)\):/gm), (match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  );
}

function speaks(task: Task | null): boolean {
  return task !== null && (task.kind === 'speak' || task.kind === 'open');
}

/** A repair asks for the last reply again: that reply was no turn. */
function taskOf(
  block: { attributes: Record<string, string>; body: string },
  last: Task | null,
  heard: Heard[],
): Task {
  const kind = block.attributes['kind'] ?? '';
  const base = { attributes: block.attributes, text: block.body };
  if (kind !== 'repair' || last === null) return { ...base, kind, isRepair: kind === 'repair' };
  if (heard.at(-1)?.isOwn) heard.pop();
  return {
    kind: last.kind,
    attributes: { ...last.attributes, ...block.attributes },
    text: last.text,
    isRepair: true,
  };
}

const ownWords = rememberingFor(({ content }: ChatMessage) => ({
  text: content.replace(/<notes>[\s\S]*?<\/notes>/g, '').trim(),
}));

function ownTurn(heard: readonly Heard[], message: ChatMessage): Heard {
  const { text } = ownWords(message);
  return { turn: (heard.at(-1)?.turn ?? 0) + 1, speaker: '', name: '', isOwn: true, text };
}

/** The number is 0 where the block gives none. */
function turnOf(block: { attributes: Record<string, string>; body: string }): Heard {
  const { name, text } = withoutLabel(block.body);
  const speaker = block.attributes['speaker'] ?? name;
  return {
    turn: Number(block.attributes['number'] ?? 0),
    speaker,
    name: name || speaker,
    isOwn: false,
    text: apart(text),
  };
}

/** A copy of a text cut out of another: what is kept of it must not keep the whole prompt in memory. */
function apart(text: string): string {
  const encoding = text.isWellFormed() ? 'utf8' : 'utf16le';
  return Buffer.from(text, encoding).toString(encoding);
}

function withoutLabel(body: string): { name: string; text: string } {
  const match = /^\[([^\]\n]{1,80})\]:\s*([\s\S]*)$/.exec(body);
  return match ? { name: match[1] ?? '', text: (match[2] ?? '').trim() } : { name: '', text: body };
}
