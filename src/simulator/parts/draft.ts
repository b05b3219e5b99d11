import type { Random } from '../../debate/seeded-random.ts';
import { asSubject, possessive, upperFirst, withoutStop } from '../casing.ts';
import { isSaid, type Memory } from '../memory.ts';
import type { PromptPersona } from '../parse-persona.ts';
import { selfWords } from '../parse-persona.ts';
import { echoOf } from '../quoting.ts';
import type { Scene } from '../scene.ts';
import type { Moment } from '../situation.ts';
import type { OtherStand, Standing } from '../standing.ts';
import type { Agenda } from '../targets.ts';
import type { Slots } from '../templates.ts';
import { type Writer, writerOf } from '../templates.ts';

/** What a draft of a speech is made from. */
export interface PartsContext {
  scene: Scene;
  persona: PromptPersona;
  standing: Standing;
  memory: Memory;
  random: Random;
  moment: Moment;
  agenda: Agenda;
  /** Issue ids, most pressing first. */
  issues: readonly string[];
}

/** A draft while its parts are being written. */
export interface Draft extends PartsContext {
  writer: Writer;
  /** What the speech is about: the issue, and its title as it stands inside a sentence. */
  issue: string;
  title: string;
  /** What it argues against or for: the words it answers, else the issue's question. */
  point: string;
  /** Whom it speaks to; empty for nobody. */
  addressee: string;
  /** What a deal is called this time. */
  noun: string;
  soFar: SoFar;
}

/** What the draft has said already. */
interface SoFar {
  hasBegun: boolean;
  /** Has it given ground to somebody? */
  hasGiven: boolean;
  stands: Set<string>;
  asides: number;
  lastArgument: string;
  citations: number;
  cited: Set<number>;
}

const nouns = ['a text', 'a deal', 'an agreement', 'a settlement'] as const;

export function draftOf(context: PartsContext): Draft {
  const { scene, persona, memory, random, moment } = context;
  const { issue, target } = moment;
  return {
    ...context,
    writer: writerOf(memory, random, selfWords(persona), scene.setting.isEnglish),
    issue,
    title: scene.title(issue),
    point: target?.text ?? scene.issue(issue)?.question ?? '',
    addressee: target?.name ?? counterpart(context)?.name ?? '',
    noun: nouns[Math.floor(random() * nouns.length)] ?? 'a text',
    soFar: {
      hasBegun: false,
      hasGiven: false,
      stands: new Set(),
      asides: 0,
      lastArgument: '',
      citations: 0,
      cited: new Set(),
    },
  };
}

/** The speaker to settle with on the issue: another principal for a principal, otherwise the one who stands farthest away. */
function counterpart({ scene, persona, standing, moment }: PartsContext): OtherStand | undefined {
  const others = standing.others.get(moment.issue) ?? [];
  const own = standing.own.get(moment.issue) ?? 3;
  const distance = (one: OtherStand) =>
    Math.abs(one.position - own) + (persona.isPrincipal && one.isPrincipal ? 3 : 0);
  return scene.prompt.heard.length === 0
    ? undefined
    : [...others].sort((one, other) => distance(other) - distance(one))[0];
}

/** Slots for somebody's name; none for nobody's. */
export function who({ scene }: Draft, name: string): Slots {
  if (name === '') return {};
  const subject = asSubject(name, scene.casing);
  return { who: subject, whose: possessive(subject) };
}

/** A slot for a few words of what somebody said, where they stand well alone and are not said yet. */
export function echo({ scene, memory, point }: Draft, text: string | null): Slots {
  const titles = scene.prompt.agenda.map(({ title }) => title);
  const words = text === null ? null : echoOf(text, point, titles);
  return words === null || isSaid(memory, words) ? {} : { echo: `"${words}"` };
}

/** A text of somebody's own file as it begins a sentence, and as it stands inside one. */
export function asSentence(text: string): string {
  return upperFirst(withoutStop(text));
}

export function inside({ scene }: Draft, text: string): string {
  return scene.casing.sentence(withoutStop(text));
}
