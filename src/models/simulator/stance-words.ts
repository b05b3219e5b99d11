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

const banks = [stands.at, stands.almost, stands.closer, stands.between] as const;
const variantCount = 4;

/** `noun` is what a deal is called this time: a text, a deal, a settlement. `position` is in half points, 0..6. */
export function standWords(
  scene: Scene,
  issue: string,
  position: number,
  noun: string,
  random: Random,
): StandWords | null {
  const forms = scene.anchors.get(issue);
  const { near, far, steps } = neighbours(position);
  const [here, there] = [forms?.[near], forms?.[far]];
  if (!here?.[0] || !there?.[0] || here[0].text === '' || there[0].text === '') return null;
  const title = scene.title(issue);
  const variants = Array.from({ length: variantCount }, () => {
    const one = anyOf(steps === 0 ? here : here.slice(1), random) ?? (here[0] as AnchorForm);
    const other = there[1] ?? (there[0] as AnchorForm);
    return {
      issue: title,
      here: asDeal(one, noun, false),
      hereThat: asObject(one),
      hereLine: one.text,
      there: asDeal(other, noun, one.kind !== 'noun'),
      ...(near === 3 ? {} : { end: asDeal(one, noun, false), endThat: asObject(one) }),
    };
  });
  return { templates: banks[steps], variants };
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
