import type { Random } from '../debate/seeded-random.ts';
import { remembering } from '../text/memo.ts';
import { sentence, upperFirst } from './casing.ts';
import { fixedRunsOf, type Memory, remember, staleness, wear } from './memory.ts';
import type { Run } from './word-runs.ts';

/** Writes sentences from banks of templates so that none is worn: each choice is the freshest, chance settling near ties. */
export interface Writer {
  /** With several sets of slots, each is tried with each template. null where none can be filled without saying a sentence again. */
  write(bank: readonly string[], slots: Slots | readonly Slots[]): string | null;
}

const chance = 1;

export function writerOf(memory: Memory, random: Random, constant: Slots, isEnglish = true): Writer {
  if (!isEnglish) return wordlessWriter(memory, constant);
  return {
    write(bank, slots) {
      const variants = Array.isArray(slots) ? (slots as readonly Slots[]) : [slots as Slots];
      let best: { text: string; cost: number } | null = null;
      const filled = variants.map((variant) => ({ ...constant, ...variant }));
      for (const template of bank) {
        const settled = settledBy(template, random);
        const worn = wear(memory, settled.runs);
        if (best && worn >= best.cost) continue;
        for (const slots of filled) {
          // Drawn first: a text that chance rules out need not be put into words.
          const least = worn + chance * random();
          if (best && least >= best.cost) continue;
          const text = realised(settled, slots);
          if (text === null) continue;
          const cost: number = least + staleness(memory, text);
          if (cost === Number.POSITIVE_INFINITY) continue;
          if (!best || cost < best.cost) best = { text, cost };
        }
      }
      if (best) remember(memory, best.text);
      return best?.text ?? null;
    },
  };
}

/**
 * Forms without a word of the simulator's own, by what they can be filled with, for scenarios in other languages: there it
 * speaks in the words of the scenario alone.
 */
const wordless = [
  '{Arg}',
  '{Interest}.',
  '{Offer}.',
  '{Line}.',
  '{quote} {pass}.',
  '{echo} ({who}).',
  '{calls} : {question}',
  '{issues}.',
  '{issue} : {nearLine}.',
  '{one} / {other}.',
  '{one}.',
  '{offer}',
  '{line}',
  '{question}',
];

/** Whatever the bank, the first form that its slots fill; null where that would say a sentence again. */
function wordlessWriter(memory: Memory, constant: Slots): Writer {
  /** Of this speech: where words are long, a sentence of two says as much as one of six in English, and comes back as noticeably. */
  const said = new Set<string>();
  return {
    write(_bank, slots) {
      const [first] = Array.isArray(slots) ? (slots as readonly Slots[]) : [slots as Slots];
      const filled = wordless.flatMap((form) => fill(form, { ...constant, ...first }) ?? []);
      const text = filled[0]?.replace(/([.?!…]["”»]?)\.$/, '$1');
      if (text === undefined || said.has(text) || staleness(memory, text) === Number.POSITIVE_INFINITY)
        return null;
      said.add(text);
      remember(memory, text);
      return upperFirst(text);
    },
  };
}

/** A template whose choices are made. */
interface Settled {
  /** Its sentences, each as its fixed words and its slots' names by turns. */
  sentences: readonly (readonly string[])[];
  /** Runs of its own words. */
  runs: readonly Run[];
}

/** A template may hold several sentences; each is filled and finished by itself, whatever its slots hold. */
function realised({ sentences }: Settled, slots: Slots): string | null {
  const written: string[] = [];
  for (const stretches of sentences) {
    const part = filledFrom(stretches, slots);
    // A sentence cannot begin with a quotation in the middle of its own: its capital would be no longer verbatim.
    if (part === null || /^["“]\p{Ll}/u.test(part)) return null;
    written.push(part);
  }
  return written.map(sentence).join(' ');
}

/** What a template's {slots} stand for; a template with a slot that is not given cannot be used. */
export type Slots = Readonly<Record<string, string | undefined>>;

/** A template with its choices still to be made, or with none left. */
interface Choice {
  /** Where none are left, the settled template. */
  text: string;
  /** What comes of each way to make the next choice, worked out when it is first taken. */
  ways: ((() => Choice) | Choice)[];
  settled: Settled | null;
}

/** Settles every (one|other) choice of a template, from the inside out. */
export function settle(template: string, random: Random): string {
  return chosenFrom(template, random).text;
}

function settledBy(template: string, random: Random): Settled {
  const choice = chosenFrom(template, random);
  choice.settled ??= {
    sentences: choice.text.split(/(?<=[.?!])\s+/).map((part) => part.split(slot)),
    runs: fixedRunsOf(choice.text),
  };
  return choice.settled;
}

/** Templates and their choices are few: each way through them is kept. */
const choiceOf = remembering(1000, choiceIn);

function chosenFrom(template: string, random: Random): Choice {
  let choice = choiceOf(template);
  while (choice.ways.length > 0) {
    const { ways } = choice;
    const at = Math.floor(random() * ways.length);
    const way = ways[at] as Choice | (() => Choice);
    choice = typeof way === 'function' ? way() : way;
    ways[at] = choice;
  }
  return choice;
}

function choiceIn(text: string): Choice {
  const match = /\(([^()]*)\)/.exec(text);
  const [before, after] = match
    ? [text.slice(0, match.index), text.slice(match.index + match[0].length)]
    : [];
  return {
    text,
    ways: match?.[1]?.split('|').map((chosen) => () => choiceIn(`${before}${chosen}${after}`)) ?? [],
    settled: null,
  };
}

const slot = /\{(\w+)\}/;

/** A settled template's fixed words and its slots' names by turns. */
const stretchesOf = remembering(1000, (settled: string) => settled.split(slot));

/** Fills a settled template, or null where a slot is missing. */
export function fill(settled: string, slots: Slots): string | null {
  return filledFrom(stretchesOf(settled), slots);
}

function filledFrom(stretches: readonly string[], slots: Slots): string | null {
  let text = '';
  let isSlot = false;
  for (const stretch of stretches) {
    const words = isSlot ? slots[stretch] : stretch;
    if (isSlot && !words) return null;
    text += words;
    isSlot = !isSlot;
  }
  return text;
}
