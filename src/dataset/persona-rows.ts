import { hash } from 'node:crypto';
import type { ChatMessage } from '../debate/calls.ts';
import { nameOf } from '../debate/debate.ts';
import { caucusBlock, turnBlock } from '../prompts/blocks.ts';
import { rememberingFor } from '../text/memo.ts';
import { estimatePromptTokens } from '../text/token-estimate.ts';
import type { Learns, PersonaExample } from './formats/training-format.ts';
import { ktoLabel } from './pairs/pair-of-family.ts';
import { foldedSystem, type PersonaConversation, withArticleWithheld } from './persona-side.ts';
import { type ExportedDebate, provenanceOf } from './row-provenance.ts';
import type { SpeechFacts } from './speech-facts.ts';

export interface ExampleOptions {
  foldSystem: boolean;
  notes: boolean;
  /** Estimated tokens that a row may have; older exchanges go first. null keeps all of them. */
  window: number | null;
}

/** Why a trainer is not to learn a speech, though it stands in the history of those after it. */
export const maskNames = {
  'taken-over': 'from before a fork; trained on in the debate they come from',
  caucus: 'said in private to another principal',
  'cut-short': 'cut short, refused or filtered on the way',
  'role-break': 'out of their role',
  refusal: 'refusing the task in plain words',
  repetition: 'repeating their speaker’s speeches',
  'withheld-passage': 'citing passages that the row may not hold',
} as const;

export type MaskName = keyof typeof maskNames;

/** From this share of four-word runs that were said before, a speech has nothing new to teach. */
const repeatsFrom = 0.8;

export function maskOf(
  { ending, roleBreaks, refuses, repetition, cites }: SpeechFacts,
  isShared: boolean,
): Exclude<MaskName, 'taken-over' | 'caucus'> | null {
  if (ending !== 'complete') return 'cut-short';
  if (refuses) return 'refusal';
  if (roleBreaks > 0) return 'role-break';
  if (repetition >= repeatsFrom) return 'repetition';
  return !isShared && cites.length > 0 ? 'withheld-passage' : null;
}

/** One persona's side of a debate, with what is to be learned of it. */
export interface PersonaSide {
  exported: ExportedDebate;
  conversation: PersonaConversation;
  /** For each speech why it is not learned; null where it is. */
  masks: readonly (MaskName | null)[];
}

/** What identifies a speech over the forks of a family: its speaker, its place and its words. */
export function speechKey(persona: string, turn: number, text: string): string {
  return hash('sha256', `${persona}\n${turn}\n${text}`, 'base64').slice(0, 16);
}

/** Cuts a side into what rows are made of, by what a trainer learns from each. */
export function examplesOf(
  side: PersonaSide,
  learns: Learns,
  options: ExampleOptions,
): (PersonaExample | 'length')[] {
  const { masks, conversation, exported } = side;
  const places = masks.flatMap((mask, place) => (mask === null ? [place] : []));
  switch (learns) {
    case 'weighted':
      return places.length === 0 ? [] : [wholeExample(side, options)];
    case 'runs':
      return (options.window === null ? runsIn(places) : places.map((place) => [place])).map((run) =>
        runExample(side, run, options),
      );
    case 'each':
      return places.map((place) => speechExample(side, place, options));
    case 'labelled':
      return masks.flatMap((mask, place) => {
        const isLabelled =
          mask === null || mask === 'refusal' || mask === 'role-break' || mask === 'repetition';
        return isLabelled ? [speechExample(side, place, options)] : [];
      });
    case 'prompts':
      return masks.flatMap((mask, place) => {
        const forkedAt = exported.debate.started.forkedFrom?.turn ?? 0;
        // A fork's first prompt is that of the debate it comes from.
        const isNew =
          mask !== 'taken-over' && mask !== 'caucus' && conversation.speeches[place]?.turn !== forkedAt;
        return isNew ? [speechExample(side, place, options)] : [];
      });
  }
}

/** Runs of places that follow one another. */
function runsIn(places: readonly number[]): number[][] {
  const runs: number[][] = [];
  for (const place of places) {
    if (runs.at(-1)?.at(-1) === place - 1) runs.at(-1)?.push(place);
    else runs.push([place]);
  }
  return runs;
}

function wholeExample(side: PersonaSide, options: ExampleOptions): PersonaExample {
  const { conversation, exported, masks } = side;
  const learned = masks.flatMap((mask, place) => (mask === null ? [place] : []));
  const messages = asExported(conversation.messages, exported, options);
  return exampleOf(
    side,
    {
      messages,
      learned,
      verified: verifiedAmong(side, learned),
      weights: masks.map((mask) => (mask === null ? 1 : 0)),
    },
    options,
  );
}

/** Speeches in a row as answers, with everything before them told in one message: a trainer that learns from every answer learns no other. */
function runExample(
  side: PersonaSide,
  run: readonly number[],
  options: ExampleOptions,
): PersonaExample | 'length' {
  const [first = 0] = run;
  const last = run.at(-1) ?? first;
  const { messages } = side.conversation;
  const [system, ...rest] = messages.slice(0, 3 + 2 * last);
  if (!system) return 'length';
  if (first === 0) {
    const whole = asExported([system, ...rest], side.exported, options);
    if (options.window !== null && promptTokens(whole) > options.window) return 'length';
    return exampleOf(side, { messages: whole, learned: run, verified: verifiedAmong(side, run) }, options);
  }
  const before = rest.slice(0, 2 * first + 1);
  const after = rest.slice(2 * first + 1);
  for (let start = 0; start <= first; start++) {
    const history = { role: 'user' as const, content: told(side, before.slice(2 * start), start) };
    const cut = asExported([system, history, ...after], side.exported, options);
    if (options.window !== null && promptTokens(cut) > options.window) continue;
    return exampleOf(side, { messages: cut, learned: run, verified: 0 }, options);
  }
  return 'length';
}

/** An exchange as its persona would be told of it, its own speeches in the form of others'. */
function told(
  { exported, conversation }: PersonaSide,
  messages: readonly ChatMessage[],
  firstSpeech: number,
): string {
  let place = firstSpeech;
  const parts = messages.map(({ role, content }) => {
    if (role !== 'assistant') return content;
    const speech = conversation.speeches[place++];
    const name = nameOf(exported.debate, conversation.persona);
    if (speech?.type === 'caucus-spoken') {
      const names = [name, nameOf(exported.debate, speech.to)] as const;
      return caucusBlock({ ...speech, number: speech.turn, names });
    }
    return turnBlock({ number: speech?.turn ?? 0, speaker: conversation.persona, name, text: content });
  });
  return parts.join('\n\n');
}

function speechExample(side: PersonaSide, place: number, options: ExampleOptions): PersonaExample | 'length' {
  const { conversation, exported } = side;
  const upTo = asExported(conversation.messages.slice(0, 3 + 2 * place), exported, options);
  const answer = upTo.at(-1);
  if (!answer) return 'length';
  const room = options.window === null ? null : options.window - promptTokens([answer]);
  const prompt = windowed(upTo.slice(0, -1), room);
  if (prompt === null) return 'length';
  const isWhole = prompt.length === upTo.length - 1;
  return exampleOf(
    side,
    {
      messages: [...prompt, answer],
      learned: [place],
      verified: isWhole && conversation.verified[place] ? 1 : 0,
    },
    options,
  );
}

/** Drops the oldest exchanges until a prompt fits; null where not even the last one does. */
export function windowed(
  prompt: readonly ChatMessage[],
  window: number | null,
): readonly ChatMessage[] | null {
  if (window === null) return prompt;
  const head = prompt[0]?.role === 'system' ? prompt.slice(0, 1) : [];
  for (let start = head.length; start < prompt.length; start += 2) {
    const cut = [...head, ...prompt.slice(start)];
    if (promptTokens(cut) <= window) return cut;
  }
  return null;
}

function verifiedAmong({ conversation }: PersonaSide, places: readonly number[]): number {
  return places.filter((place) => conversation.verified[place]).length;
}

function exampleOf(
  { exported, conversation }: PersonaSide,
  made: {
    messages: readonly ChatMessage[];
    learned: readonly number[];
    verified: number;
    weights?: readonly (0 | 1)[];
  },
  options: ExampleOptions,
): PersonaExample {
  const { persona, speeches } = conversation;
  const turns = made.learned.flatMap((place) => speeches[place]?.turn ?? []);
  const facts = exported.speeches.find(({ turn }) => turn === turns.at(-1));
  const inRow = made.weights ? speeches : speeches.filter(({ turn }) => turns.includes(turn));
  const tokens = promptTokens(made.messages);
  return {
    messages: made.messages,
    weights: made.weights ?? turns.map(() => 1),
    notes: options.notes ? inRow.map(({ notes }) => notes) : null,
    label: facts ? ktoLabel(facts) : null,
    turn: turns.at(-1) ?? 0,
    exported,
    persona,
    tokens,
    provenance: provenanceOf(exported, persona, { learned: turns, verified: made.verified, tokens }),
  };
}

/** Estimated tokens of messages, most of which stand in many rows. */
export function promptTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + messageTokens(message), 0);
}

const messageTokens = rememberingFor((message: ChatMessage) => estimatePromptTokens([message]));

export function asExported(
  messages: readonly ChatMessage[],
  { debate, isShared }: ExportedDebate,
  { foldSystem }: ExampleOptions,
): readonly ChatMessage[] {
  const shared = isShared ? messages : withArticleWithheld(messages, debate.started.article);
  return foldSystem ? foldedSystem(shared) : shared;
}
