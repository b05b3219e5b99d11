import { stringify } from 'yaml';
import { z } from 'zod';
import type { ChatMessage } from '../debate/calls.ts';
import { parseAgendaFile } from './agenda-file.ts';
import { taskBlock, turnBlock } from './blocks.ts';
import { type Drafting, sharesOf } from './drafting.ts';
import { block } from './fence.ts';
import { replyKind } from './replies.ts';

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
