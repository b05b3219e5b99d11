import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { measuredError, type ReaderError, unvalidatedError } from '../../convergence/reader-error.ts';
import type { Outcome } from '../../debate/outcome.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { openSideFile, type SideFile } from '../../journal/side-file.ts';
import { defaultFolder } from '../catalogue/find-run.ts';

/** The prompt by which positions are read, among the prompt files of a run. */
export const readingPrompt = 'moderator/reading.md';

/** Beside the runs; hidden, so that no store takes it for one. */
const folderName = '.judges';

/** One transcript whose truth is known, as a judge read it. */
const checkedTranscriptSchema = z.strictObject({
  /** Id of the transcript, and the SHA-256 of all that the judge was shown and of its truth. */
  transcript: z.string().min(1),
  sha256: z.string(),
  judge: z.string().min(1),
  /** SHA-256 of the prompt by which positions are read. */
  prompt: z.string(),
  samples: z.int().positive(),
  by: z.enum(['construction', 'person']),
  cells: z.array(
    z.strictObject({
      speaker: z.string(),
      issue: z.string(),
      /** null: not labelled. */
      truth: z.number().min(0).max(6).nullable(),
      /** null: the judge abstained. */
      read: z.number().min(0).max(6).nullable(),
      variance: z.number().min(0),
      samples: z.int().nonnegative(),
    }),
  ),
  /** C of the true and of the read positions, 0..1; null where there is none. */
  trueC: z.number().min(0).max(1).nullable(),
  readC: z.number().min(0).max(1).nullable(),
  interval: z.strictObject({ low: z.number(), high: z.number() }).nullable(),
  /** Share of the judge's quotes that were found. */
  quotes: z.number().min(0).max(1).nullable(),
  costUsd: z.number().min(0).nullable(),
});

export type CheckedTranscript = z.infer<typeof checkedTranscriptSchema>;

/** What names a judge: its model, and the prompt by which it reads. */
export interface JudgeIdentity {
  spec: string;
  /** SHA-256 of `moderator/reading.md`. */
  prompt: string;
}

/** The file in which the checks of a judge are kept, beside the runs of a place; `place` may be a database, whose runs have them in the usual folder. */
export function openChecks(place: string, judge: JudgeIdentity): Outcome<SideFile<CheckedTranscript>> {
  const path = fileOf(place, judge);
  try {
    mkdirSync(join(path, '..'), { recursive: true });
  } catch {
    // Opening the file says what is wrong.
  }
  return openSideFile(path, checkedTranscriptSchema);
}

/** What a judge was measured to be off by, where it was validated beside these runs; undefined where not. */
export function readJudgeError(place: string, judge: JudgeIdentity): ReaderError | undefined {
  const path = fileOf(place, judge);
  if (!existsSync(path)) return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return errorOf(text.split('\n').flatMap(checkIn)) ?? undefined;
}

/** What the checks come to; null where nothing was read that has a truth. */
export function errorOf(checks: readonly CheckedTranscript[]): ReaderError | null {
  const cells = checks.flatMap(({ by, cells }) =>
    cells.flatMap((cell) => (cell.read === null ? [] : [{ ...cell, read: cell.read, by }])),
  );
  return measuredError(cells, checks.length);
}

/** The error of several judges that read in turn: that of the worst of them, by default where one was never validated. */
export function errorOfPanel(errors: readonly (ReaderError | undefined)[]): ReaderError | undefined {
  if (errors.every((error) => error === undefined)) return undefined;
  const known = errors.map((error) => error ?? unvalidatedError);
  return known.reduce((worst, error) => (error.points > worst.points ? error : worst));
}

/** SHA-256 of a text, in hexadecimal digits. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function fileOf(place: string, { spec, prompt }: JudgeIdentity): string {
  const folder = isPostgresAddress(place) ? defaultFolder : place;
  const name = spec.replace(/[^a-zA-Z0-9.-]+/g, '-').slice(0, 60);
  return join(folder, folderName, `${name}-${sha256Of(`${spec}\n${prompt}`).slice(0, 12)}.jsonl`);
}

/** A line that a crash cut short, or that another version wrote, tells nothing. */
function checkIn(line: string): CheckedTranscript[] {
  try {
    const parsed = checkedTranscriptSchema.safeParse(JSON.parse(line));
    return parsed.success ? [parsed.data] : [];
  } catch {
    return [];
  }
}
