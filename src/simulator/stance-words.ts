import type { Random } from '../debate/seeded-random.ts';
import { type AnchorForm, asDeal, asInsisted, asObject, asWritten } from './anchor-words.ts';
import * as stands from './bank/stand-lines.ts';
import type { Scene } from './scene.ts';
import type { Slots } from './templates.ts';

/** The templates that say where a position lies between an issue's anchors, and several sets of slots for them. */
export interface StandWords {
  templates: readonly string[];
  variants: Slots[];
}

export interface StandAsked {
  issue: string;
  /** In half points, 0..6. */
  position: number;
  /** Where the speaker began: what it holds to is a demand, what it has come to is given. */
  opening: number;
  /** Only touched in passing? */
  isAside: boolean;
  /** What a deal is called this time: a text, a deal, a settlement. */
  noun: string;
}

const banks = [stands.at, stands.almost, stands.closer, stands.between] as const;
const moveBanks = {
  plain: stands.moves,
  'for-reason': stands.movesForReason,
  'in-passing': stands.movesInPassing,
} as const;
const variantCount = 4;

/** The templates for a move since the last word on an issue, towards the anchor ahead. */
export function moveWords(
  scene: Scene,
  issue: string,
  from: number,
  to: number,
  { noun, bank }: { noun: string; bank: keyof typeof moveBanks },
  random: Random,
): StandWords | null {
  const ahead = to > from ? (to <= 3 ? 3 : 6) : to >= 3 ? 3 : 0;
  const forms = scene.anchors.get(issue)?.[ahead];
  const points = Math.abs(to - from);
  if (!forms?.[0] || forms[0].text === '' || points > 1) return null;
  const variants = Array.from({ length: variantCount }, () => ({
    issue: scene.title(issue),
    step: anyOf(points < 1 ? stands.halfSteps : stands.wholeSteps, random),
    nearLine: scene.anchors.get(issue)?.[neighbours(to).near][0]?.text,
    goal: asDeal(anyOf(forms.slice(1, 3), random) ?? (forms[0] as AnchorForm), noun, false),
  }));
  return { templates: moveBanks[bank], variants };
}

export function standWords(scene: Scene, asked: StandAsked, random: Random): StandWords | null {
  const forms = scene.anchors.get(asked.issue);
  const { near, far, steps } = neighbours(asked.position);
  const [here, there] = [forms?.[near], forms?.[far]];
  if (!here?.[0] || !there?.[0] || here[0].text === '' || there[0].text === '') return null;
  const other = there[1] ?? there[0];
  // An end of the scale can be tempered in passing; what lies further off needs both anchors named.
  const isBrief = asked.isAside && (steps === 0 || (near === 3 ? steps === 1 : steps < 3));
  const variants = Array.from({ length: variantCount }, () => {
    const one = steps === 0 && !isBrief ? anyOf(here, random) : (anyOf(here.slice(1, 3), random) ?? here[0]);
    return slotsFor(one ?? other, other, scene.title(asked.issue), asked, near, isBrief);
  });
  return { templates: isBrief ? stands.aside : banks[steps], variants };
}

function slotsFor(
  here: AnchorForm,
  there: AnchorForm,
  issue: string,
  { noun, position, opening }: StandAsked,
  near: 0 | 3 | 6,
  isBrief: boolean,
): Slots {
  const own = asDeal(here, noun, false);
  const hasCome = Math.abs(position - opening) >= 1;
  const isExact = position === near || (near === 3 && isBrief);
  const slots: Record<string, string> = {
    issue,
    here: own,
    nearLine: here.text,
    there: asDeal(there, noun, here.kind !== 'noun'),
  };
  if (near === 3) Object.assign(slots, { middle: own, middleThat: asObject(here) });
  else Object.assign(slots, { end: own, endThat: asObject(here), endWritten: asWritten(here) });
  if (near !== 3 && hasCome) slots['giveEnd'] = own;
  if (near !== 3 && !isExact)
    Object.assign(slots, {
      soft: own,
      softThat: asObject(here),
      softWritten: asWritten(here),
    });
  if (isExact && hasCome) Object.assign(slots, { give: own, giveThat: asObject(here), giveLine: here.text });
  if (isExact && !hasCome)
    Object.assign(slots, {
      ask: own,
      askInsist: asInsisted(here),
      askWritten: asWritten(here),
      askLine: here.text,
    });
  return slots;
}

function anyOf<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)];
}

/** The nearer and the farther anchor, and the half points from the nearer one (0..3). */
export function neighbours(position: number): { near: 0 | 3 | 6; far: 0 | 3 | 6; steps: 0 | 1 | 2 | 3 } {
  const near = position <= 1.5 ? 0 : position <= 4.5 ? 3 : 6;
  const far = near === 3 ? (position < 3 ? 0 : 6) : 3;
  return { near, far, steps: Math.min(3, Math.round(Math.abs(position - near) * 2)) as 0 | 1 | 2 | 3 };
}

/** The anchor nearest to a position, shortest wording. */
export function anchorAt(scene: Scene, issue: string, position: number): AnchorForm | null {
  const forms = scene.anchors.get(issue)?.[neighbours(position).near];
  const form = forms?.[1] ?? forms?.[0];
  return form && form.text !== '' ? form : null;
}

/** A text between two positions, for asking whether somebody could live with it. */
export function meetingPoint(
  scene: Scene,
  issue: string,
  one: number,
  other: number,
  noun: string,
): string | null {
  const middle = (one + other) / 2;
  const form = anchorAt(scene, issue, Math.abs(middle - 3) < 1.6 ? 3 : middle);
  return form && asDeal(form, noun, false);
}
