import type { Random } from '../debate/seeded-random.ts';
import { remembering } from '../text/memo.ts';

/** What a template's {slots} stand for; a template with a slot that is not given cannot be used. */
export type Slots = Readonly<Record<string, string | undefined>>;

/** Settles every (one|other) choice of a template, from the inside out. */
export function settle(template: string, random: Random): string {
  if (!template.includes('(')) return template;
  let text = template;
  for (let match = innermost(text); match; match = innermost(text)) {
    const options = (match[1] ?? '').split('|');
    const chosen = options[Math.floor(random() * options.length)] ?? '';
    text = text.slice(0, match.index) + chosen + text.slice(match.index + match[0].length);
  }
  return text;
}

function innermost(text: string): RegExpExecArray | null {
  return /\(([^()]*)\)/.exec(text);
}

/** A settled template's fixed words and its slots' names by turns. */
const stretchesOf = remembering(4000, (settled: string) => settled.split(/\{(\w+)\}/));

/** Fills a settled template, or null where a slot is missing. */
export function fill(settled: string, slots: Slots): string | null {
  let text = '';
  let isSlot = false;
  for (const stretch of stretchesOf(settled)) {
    const words = isSlot ? slots[stretch] : stretch;
    if (isSlot && !words) return null;
    text += words;
    isSlot = !isSlot;
  }
  return text;
}

/** The fixed words of a settled template, as the stretches between its slots. */
export function fixedParts(settled: string): string[] {
  return settled
    .split(/\{\w+\}/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
