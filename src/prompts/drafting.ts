import { stringify } from 'yaml';
import { z } from 'zod';
import type { ChatMessage } from '../debate/calls.ts';
import { parseAgendaFile } from './agenda-file.ts';
import { taskBlock, turnBlock } from './blocks.ts';
import { block, fenced } from './fence.ts';
import { replyKind } from './replies.ts';
import { fillTemplate, loadSections, type Sections } from './template.ts';

/** How a model is asked for a draft: by what rules, for what, and to repair what is wrong with it. */
export type Drafting = Sections<'rules' | 'task' | 'repair'>;

/** The texts of a drafting prompt by section. Throws where the file is not whole: it comes with parley. */
export function draftingPrompts(promptRoot: string, name: 'drafting.md' | 'drafting-agenda.md'): Drafting {
  const read = loadSections<keyof Drafting>(promptRoot, name, { rules: [], task: [], repair: ['fault'] });
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
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

const text = z.string().trim().min(1);

/** What a model is asked for: an agenda by which a talk can be read. */
export const draftedAgendaReply = replyKind(
  'agenda',
  z.strictObject({
    agenda: z.array(
      z.strictObject({
        id: text,
        title: text,
        question: text,
        importance: z.number(),
        anchors: z.strictObject({ low: text, middle: text, high: text }),
        reason: text,
      }),
    ),
  }),
);

export type DraftedAgenda = z.infer<typeof draftedAgendaReply.schema>;

/** A speech of the talk, with the name under which its speaker is known. */
export interface TalkSpeech {
  turn: number;
  name: string;
  text: string;
}

/** Asks for an agenda for a talk. */
export function renderAgendaDrafting(
  { rules, task }: Drafting,
  speeches: readonly TalkSpeech[],
): ChatMessage[] {
  const turns = speeches.map(({ turn, name, text }) =>
    turnBlock({ number: turn, speaker: name, name, text }),
  );
  return [
    { role: 'system', content: block('rules', {}, rules) },
    { role: 'user', content: `${turns.join('\n')}\n${taskBlock('draft-agenda', {}, task)}` },
  ];
}

/** The agenda as a file that `parley score --agenda` reads, with the reason for each scale above it. */
export function agendaFileOf({ agenda }: DraftedAgenda): string {
  const weights = sharesOf(agenda.map(({ importance }) => importance));
  const issues = agenda.map(({ id, title, question, anchors, reason }, at) => {
    const issue = {
      id,
      title,
      question,
      weight: weights[at],
      anchors: { 0: anchors.low, 3: anchors.middle, 6: anchors.high },
    };
    const why = `# ${reason.replace(/\s+/g, ' ')}`;
    const lines = stringify([issue], { lineWidth: 100 }).trimEnd().split('\n');
    return [why, ...lines].map((line) => `  ${line}`).join('\n');
  });
  return `agenda:\n${issues.join('\n')}\n`;
}

/** What `parley check` finds wrong with the file, one line each. */
export function faultsInAgenda(file: string): string[] {
  const parsed = parseAgendaFile(file, 'agenda.yaml');
  return parsed.ok ? [] : parsed.faults.map(({ message }) => message);
}
