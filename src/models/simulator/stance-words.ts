import type { Random } from '../../debate/seeded-random.ts';
import { type AnchorForm, asDeal, asObject } from './anchor-words.ts';
import * as stands from './bank/stands.ts';
import type { Scene } from './scene.ts';
import type { Slots } from './spin.ts';

/** The templates that say where a position lies between an issue's anchors, and several sets of slots for them. */
export interface StandWords {
  templates: readonly string[];
  variants: Slots[];
}

export interface StandAsked {
  issue: string;
  /** In half points, 0..6. */
  position: number;
  /** Has the speaker moved on it since it last said so, or does it repeat itself? null for a first word. */
  change: 'moved' | 'unmoved' | null;
  /** Only touched in passing? */
  isAside: boolean;
  /** What a deal is called this time: a text, a deal, a settlement. */
  noun: string;
}

const banks = [stands.at, stands.almost, stands.closer, stands.between] as const;
const variantCount = 5;

/** The templates for a move since the last word on an issue, towards the anchor ahead. */
export function moveWords(
  scene: Scene,
  issue: string,
  from: number,
  to: number,
  noun: string,
  random: Random,
): StandWords | null {
  const ahead = to > from ? (to <= 3 ? 3 : 6) : to >= 3 ? 3 : 0;
  const forms = scene.anchors.get(issue)?.[ahead];
  const points = Math.abs(to - from);
  if (!forms?.[0] || forms[0].text === '' || points > 1) return null;
  const variants = Array.from({ length: variantCount }, () => ({
    issue: scene.title(issue),
    step: anyOf(points < 1 ? stands.halfSteps : stands.wholeSteps, random),
    goal: asDeal(anyOf(forms.slice(1, 3), random) ?? (forms[0] as AnchorForm), noun, false),
    now: anyOf(stands.nowWords, random),
  }));
  return { templates: stands.moves, variants };
}

export function standWords(scene: Scene, asked: StandAsked, random: Random): StandWords | null {
  const forms = scene.anchors.get(asked.issue);
  const { near, far, steps } = neighbours(asked.position);
  const [here, there] = [forms?.[near], forms?.[far]];
  if (!here?.[0] || !there?.[0] || here[0].text === '' || there[0].text === '') return null;
  const other = there[1] ?? there[0];
  const isBrief = asked.isAside && (steps === 0 || (near !== 3 && steps < 3));
  const variants = Array.from({ length: variantCount }, () => {
    const one = steps === 0 && !isBrief ? anyOf(here, random) : (anyOf(here.slice(1, 3), random) ?? here[0]);
    return slotsFor(one ?? other, other, scene.title(asked.issue), asked, near, random);
  });
  return { templates: isBrief ? stands.aside : banks[steps], variants };
}

function slotsFor(
  here: AnchorForm,
  there: AnchorForm,
  issue: string,
  asked: StandAsked,
  near: 0 | 3 | 6,
  random: Random,
): Slots {
  const { noun, change, position } = asked;
  const own = {
    here: asDeal(here, noun, false),
    hereThat: asObject(here),
    hereLine: here.text,
    hereView: asView(here),
  };
  return {
    ...own,
    issue,
    there: asDeal(there, noun, here.kind !== 'noun'),
    thanThere:
      there.kind === 'clause' && here.kind === 'clause' ? `that ${there.text}` : `to ${asView(there)}`,
    ...(near === 3 ? {} : { end: own.here, endThat: own.hereThat, endLine: own.hereLine }),
    now: change === 'moved' ? anyOf(stands.nowWords, random) : undefined,
    still: change === 'unmoved' ? anyOf(stands.stillWords, random) : undefined,
    soft: position === near ? ' ' : anyOf(stands.softWords, random),
  };
}

function asView(form: AnchorForm): string {
  if (form.kind === 'clause') return `saying that ${form.text}`;
  return form.kind === 'order' ? `a plan to ${form.text}` : form.text;
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
