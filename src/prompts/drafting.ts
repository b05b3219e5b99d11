import type { ChatMessage } from '../debate/calls.ts';
import { readMarkdown, sectionsOf } from '../source/markdown-file.ts';
import { createFaultLog, reportOn } from '../source/source-fault.ts';
import { taskBlock } from './blocks.ts';
import { fenced } from './fence.ts';
import { fillTemplate } from './template.ts';
import { readTextFile } from './text-file.ts';

/** How a model is asked for a draft: by what rules, for what, and to repair what is wrong with it. */
export type Drafting = Record<'rules' | 'task' | 'repair', string>;

/** The texts of a drafting prompt by section. Throws where the file is not whole: it comes with parley. */
export function draftingPrompts(promptRoot: string, name: 'drafting.md' | 'drafting-agenda.md'): Drafting {
  const log = createFaultLog();
  const file = readTextFile(promptRoot, name);
  if (!file.ok) throw new Error(file.message);
  const { body, bodyLine } = readMarkdown(file.text, reportOn(log, name));
  const sections = new Map(sectionsOf(body, bodyLine, 2).sections.map(({ name, text }) => [name, text]));
  const section = (heading: string) => {
    const found = sections.get(heading);
    if (!found) throw new Error(`${name} has no section "## ${heading}"`);
    return found;
  };
  return { rules: section('rules'), task: section('task'), repair: section('repair') };
}

/** Asks for a draft again, with what is wrong with it. */
export function renderRedrafting(
  { repair }: Drafting,
  before: readonly ChatMessage[],
  reply: string,
  faults: readonly string[],
): ChatMessage[] {
  const fault = faults.map((one) => `- ${fenced(one)}`).join('\n');
  return [
    ...before,
    { role: 'assistant', content: reply },
    { role: 'user', content: taskBlock('repair', {}, fillTemplate(repair, { fault })) },
  ];
}

/** Whole hundredths that sum to 1, in proportion; the largest remainders get what rounding leaves. */
export function sharesOf(importances: readonly number[]): number[] {
  const positive = importances.map((importance) => Math.max(importance, 0.01));
  const total = positive.reduce((sum, one) => sum + one, 0);
  const exact = positive.map((one) => (100 * one) / total);
  const shares = exact.map(Math.floor);
  const order = exact
    .map((one, at) => ({ at, rest: one - Math.floor(one) }))
    .sort((one, other) => other.rest - one.rest);
  const left = 100 - shares.reduce((sum, one) => sum + one, 0);
  for (const { at } of order.slice(0, left)) shares[at] = (shares[at] ?? 0) + 1;
  return shares.map((share) => share / 100);
}
