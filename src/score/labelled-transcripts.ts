import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Agenda } from '../debate/agenda.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { CastMember } from '../debate/setup.ts';
import { packageRoot } from '../prompts/bundled-prompts.ts';
import { parsedJson } from '../text/json-in-text.ts';

/** A transcript with the truth about where everyone ends. */
export interface LabelledTranscript {
  id: string;
  agenda: Agenda;
  cast: CastMember[];
  speeches: { turn: number; round: number; speaker: string; text: string }[];
  /** By speaker and issue: 0..6; null where no stand was taken. What is not named is not labelled. */
  final: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  /** Was the truth set before the words were written, or by a person who read them? */
  by: 'construction' | 'person';
}

const position = z.number().min(0).max(6);
const anchors = z.object({ '0': z.string().min(1), '3': z.string().min(1), '6': z.string().min(1) });

/** A labelled transcript as a file holds it; further fields are left alone. */
const labelledSchema = z.object({
  id: z.string().min(1),
  agenda: z
    .array(
      z.object({
        id: z.string().min(1),
        title: z.string().min(1),
        question: z.string().optional(),
        /** Any positive unit: weights are shares of their sum. */
        weight: z.number().positive(),
        scale: anchors,
      }),
    )
    .min(1),
  speakers: z
    .array(
      z.object({
        id: z.string().min(1),
        name: z.string().min(1),
        principal: z.boolean().optional(),
      }),
    )
    .min(2),
  turns: z
    .array(
      z.object({
        n: z.int().positive(),
        round: z.int().positive(),
        speaker: z.string().min(1),
        text: z.string().min(1),
      }),
    )
    .min(1),
  labels: z.object({ final: z.record(z.string(), z.record(z.string(), position.nullable())) }),
});

/** The constructed transcripts that come with parley: who ends where was written first, the words after it. */
export function constructedTranscripts(): Promise<Outcome<LabelledTranscript[]>> {
  return labelledIn(join(packageRoot(), 'examples', 'validation', 'constructed.jsonl'), 'construction');
}

/** The labelled transcripts of a file: one as JSON, or one a line. */
export async function labelledIn(
  file: string,
  by: LabelledTranscript['by'] = 'person',
): Promise<Outcome<LabelledTranscript[]>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return failure('unreadable', `${file} cannot be read.`);
  }
  const whole = parsedJson(text);
  const lines =
    whole === undefined
      ? text
          .split('\n')
          .map((line, place) => ({ where: `${file}:${place + 1}`, line }))
          .filter(({ line }) => line.trim() !== '')
          .map(({ where, line }) => ({ where, value: parsedJson(line) }))
      : [{ where: file, value: whole }];
  const transcripts: LabelledTranscript[] = [];
  for (const { where, value } of lines) {
    const parsed = labelledSchema.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const at = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
      return failure('not-labelled', `${where}: ${at}${issue?.message ?? 'no labelled transcript'}.`);
    }
    const known = fitting(parsed.data);
    if (known !== null) return failure('not-labelled', `${where}: ${known}.`);
    transcripts.push(ofFile(parsed.data, by));
  }
  return transcripts.length > 0 ? success(transcripts) : failure('empty', `${file} holds no transcript.`);
}

type InFile = z.infer<typeof labelledSchema>;

/** What in a file speaks of somebody or something that the file does not name; null for nothing. */
function fitting({ agenda, speakers, turns, labels }: InFile): string | null {
  const ids = new Set(speakers.map(({ id }) => id));
  const issues = new Set(agenda.map(({ id }) => id));
  const stranger = turns.find(({ speaker }) => !ids.has(speaker));
  if (stranger) return `turn ${stranger.n} is by ${stranger.speaker}, who is no speaker`;
  for (const [speaker, row] of Object.entries(labels.final)) {
    if (!ids.has(speaker)) return `labels.final names ${speaker}, who is no speaker`;
    const issue = Object.keys(row).find((id) => !issues.has(id));
    if (issue !== undefined) return `labels.final names ${issue}, which is no issue`;
  }
  return null;
}

function ofFile(
  { id, agenda, speakers, turns, labels }: InFile,
  by: LabelledTranscript['by'],
): LabelledTranscript {
  const total = agenda.reduce((sum, { weight }) => sum + weight, 0);
  return {
    id,
    by,
    agenda: agenda.map(({ id: issue, title, question, weight, scale }) => ({
      ...{ id: issue, title, question: question ?? title, weight: weight / total, passages: [] },
      anchors: { 0: scale['0'], 3: scale['3'], 6: scale['6'] },
    })),
    cast: speakers.map((speaker) => ({
      ...{ id: speaker.id, name: speaker.name, short: speaker.name, principal: speaker.principal ?? false },
      ...{ redLines: [], opening: {} },
    })),
    // Only where everyone ends is labelled, so that the whole transcript is read once, as one round.
    speeches: turns.map(({ n, speaker, text }) => ({ turn: n, round: 1, speaker, text })),
    final: labels.final,
  };
}
