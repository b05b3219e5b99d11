import { type Random, seededRandom } from '../debate/seeded-random.ts';
import { asSubject, upperFirst, withoutStop, wordCount } from './casing.ts';
import { isSaid, memoryOf } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import { selfWords } from './parse-persona.ts';
import type { Prompt } from './parse-prompt.ts';
import type { Scene } from './scene.ts';
import { issuePriority } from './situation.ts';
import { type OtherStand, type Standing, standingOf } from './standing.ts';
import { byWeight, positionIn } from './targets.ts';
import type { Slots } from './templates.ts';
import { type Writer, writerOf } from './templates.ts';

/** Does the strategy ask for private notes before the speech? */
export function asksForNotes(prompt: Prompt): boolean {
  return /<notes>|‹notes>/.test(prompt.rules) || /<notes>|‹notes>/.test(prompt.task?.text ?? '');
}

const mostWords = 80;

/** What the speaker thinks and does not say: what it wants, how the one it must settle with looks, what it could give, where it ends. */
export function notesFor(scene: Scene, persona: PromptPersona, seed: number): string {
  const random = seededRandom(seed, 'notes', persona.id, scene.prompt.heard.length);
  const standing = standingOf(scene, persona);
  const memory = memoryOf(scene.prompt.heard);
  const priority = issuePriority(scene, persona, standing, memory);
  const issue = [...scene.prompt.agenda].sort((one, other) => priority(other.id) - priority(one.id))[0]?.id;
  const writer = writerOf(
    memory,
    random,
    { ...selfWords(persona), issue: scene.title(issue ?? '') },
    scene.setting.isEnglish,
  );
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)];
  const interest = pick(persona.interests);
  const parts = [
    interest ? writer.write(wishes, { Interest: upperFirst(withoutStop(interest)) }) : null,
    theOther(scene, persona, standing, issue ?? '', writer),
    giving(scene, persona, standing, issue ?? '', { writer, random, isSaid: (text) => isSaid(memory, text) }),
    limit(persona, standing, issue ?? '', writer),
  ];
  return `<notes>${withinWords(parts.filter((part) => part !== null))}</notes>`;
}

/** The first parts that fit; the strategies ask for 80 words at most. */
function withinWords(parts: readonly string[]): string {
  const kept: string[] = [];
  for (const part of parts) if (wordCount([...kept, part].join(' ')) <= mostWords) kept.push(part);
  return (kept.length > 0 ? kept : ['Nothing to add to what will be said.']).join(' ');
}

function theOther(
  scene: Scene,
  persona: PromptPersona,
  standing: Standing,
  issue: string,
  writer: Writer,
): string | null {
  const other = mostToSettleWith(persona, standing, issue);
  if (!other) return writer.write(unknown, {});
  const own = standing.own.get(issue) ?? 3;
  const gap = Math.abs(other.position - own);
  const cameCloser = Math.abs(other.first - own) - gap;
  const looks = gap <= 1 ? closeBy : cameCloser >= 0.5 ? moving : stuck;
  return writer.write(looks, { who: asSubject(other.name, scene.casing) });
}

function mostToSettleWith(persona: PromptPersona, standing: Standing, issue: string): OtherStand | undefined {
  const others = standing.others.get(issue) ?? [];
  return others.find(({ isPrincipal }) => isPrincipal && persona.isPrincipal) ?? others[0];
}

/** An offer it has not made, else an issue of less weight on which it is free to move. */
function giving(
  scene: Scene,
  persona: PromptPersona,
  standing: Standing,
  issue: string,
  { writer, random, isSaid }: { writer: Writer; random: Random; isSaid: (text: string) => boolean },
): string | null {
  const keeps = (text: string) => {
    const position = positionIn(scene, text, issue);
    return (
      position === null ||
      persona.redLines.every((one) => one.issue !== issue || (position >= one.min && position <= one.max))
    );
  };
  const unsaid = (persona.offers.get(issue) ?? []).filter((text) => !isSaid(text) && keeps(text));
  const offer = unsaid[Math.floor(random() * unsaid.length)];
  if (offer !== undefined) return writer.write(gifts, { offer: quoted(offer) });
  const lighter = byWeight(
    scene,
    scene.prompt.agenda.map(({ id }) => id),
  ).findLast((id) => id !== issue && !standing.stops.has(id));
  return lighter === undefined ? null : writer.write(trades, { other: scene.title(lighter) });
}

function limit(persona: PromptPersona, standing: Standing, issue: string, writer: Writer): string | null {
  const line = standing.stops.get(issue) ?? persona.redLines.find((one) => one.issue === issue);
  return line ? writer.write(limits, { line: quoted(line.text) } satisfies Slots) : null;
}

/** The persona's own words, marked as such. */
function quoted(text: string): string {
  return `"${text.trim().replace(/"/g, "'")}"`;
}

/*
 * {Interest} and {line} are the persona's own sentences; {who} is whom it has most to settle with, {issue} what matters most now.
 */
const wishes: readonly string[] = [
  '{Interest}. The rest serves that.',
  'What {I} must not lose sight of: {issue}. {Interest}.',
  '{Interest}. That is the measure for anything on {issue}.',
];

/** How {who} looks from here. */
const closeBy: readonly string[] = [
  '{who} is within reach on {issue}; a push might do it.',
  'On {issue} only a little keeps {who} and {me} apart.',
];
const moving: readonly string[] = [
  '{who} has moved on {issue} and may move again if {I} do not gloat.',
  '{who} gave something on {issue}. Answer it, and see what follows.',
];
const stuck: readonly string[] = [
  '{who} has not moved on {issue}. No use going first again without something in hand.',
  '{who} holds out on {issue}. Ask what the trouble is before giving more.',
];
const unknown: readonly string[] = [
  'Nobody has shown a hand on {issue} yet. Listen first.',
  'Too early to tell who could give way on {issue}.',
];

/** What could be given. */
const gifts: readonly string[] = ['Held back so far: {offer}', 'What {I} could still offer: {offer}'];
const trades: readonly string[] = [
  '{I} could ease off on {other} for something on {issue}.',
  'If pressed, give on {other} and keep {issue}.',
];

/** Where it ends. */
const limits: readonly string[] = ['Not to be crossed: {line}', 'Whatever comes, this stays: {line}'];
