import { join } from 'node:path';
import { z } from 'zod';
import { type Debate, fold } from '../debate/debate.ts';
import { verdictGivenSchema } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { folderOf } from '../journal/run-folder.ts';
import { openSideFile, type SideFile } from '../journal/side-file.ts';
import { questionsOf } from '../prompts/render-reading.ts';
import { type Budget, isUsedUp } from '../run/budget.ts';
import type { Estimate } from '../run/estimate.ts';
import { sha256Of } from '../run/reading/judge-errors.ts';
import { systemClock } from '../run/system-clock.ts';
import {
  estimateScore,
  nothingSpent,
  type Spent,
  scoreTranscript,
  spentTogether,
  type Verdict,
} from '../score/score-transcript.ts';
import type { NamedJudge } from '../score/score-transcripts.ts';
import type { ReadAnew, StoredRun } from './stored-runs.ts';

const readingsFile = 'readings.jsonl';

/** A round of a run as a judge that is not its own read it. The journal stays as it is. */
const roundReadSchema = z.strictObject({
  v: z.literal(1),
  /** Milliseconds since 1970. */
  at: z.int().nonnegative(),
  /** SHA-256 of who read and how: the judge's models, its samples, the prompt, and every speech up to this round. */
  key: z.string().min(1),
  judge: z.string().min(1),
  verdict: verdictGivenSchema,
});
type RoundRead = z.infer<typeof roundReadSchema>;

/** A run with what one judge has read of it so far. */
interface RunToRead {
  run: StoredRun;
  debate: Debate;
  file: SideFile<RoundRead>;
  known: Map<number, Verdict>;
  rounds: number;
}

export interface Anew {
  /** Runs of which some round is still to be read. */
  unread: number;
  /** What reading those takes in full. */
  estimate: Estimate;
  /** Reads what is left, several runs at once; each round is kept before the next. Fails where the judge cannot be reached. */
  read(options: ReadAnewOptions): Promise<Outcome<ReadAnew & { spent: Spent; isStopped: boolean }>>;
  close(): void;
}

/** With the budget after which no further round is read. */
interface ReadAnewOptions extends Budget {
  /** Runs that are read at once. */
  atOnce: number;
  signal: AbortSignal;
  onRun?(done: number, of: number): void;
}

/**
 * Makes ready to read stored runs by one judge, so that every arm is read by the same judge. What the same judge has read of the same words
 * before is taken from beside the run, and not read again. Calls no model.
 */
export async function openAnew(
  runs: readonly StoredRun[],
  judge: NamedJudge,
): Promise<Outcome<Anew, 'not-in-files' | 'damaged' | 'not-writable' | 'unreadable'>> {
  const opened: RunToRead[] = [];
  const close = () => {
    for (const { file } of opened) file.close();
  };
  for (const run of runs) {
    const one = await openRun(run, judge);
    if (!one.ok) {
      close();
      return one;
    }
    opened.push(one.value);
  }
  const unread = opened.filter(({ known, rounds }) => known.size < rounds);
  const estimate = await estimateScore(
    unread.map(({ debate }) => transcriptOf(debate)),
    judge.judge,
  );
  return success({
    unread: unread.length,
    estimate,
    close,
    read: (options) => readAll(opened, unread, judge, options),
  });
}

async function openRun(
  run: StoredRun,
  judge: NamedJudge,
): Promise<Outcome<RunToRead, 'not-in-files' | 'damaged' | 'not-writable' | 'unreadable'>> {
  const { store } = run.runs;
  const folder = folderOf(store.place, run.name);
  if (folder === null) {
    return failure(
      'not-in-files',
      `${run.name} is in a database, beside which no reading can be kept. Copy it to a folder first: parley pull.`,
    );
  }
  const stored = await store.read(run.name);
  const debate = stored.ok ? fold(stored.value.events) : null;
  if (!stored.ok || !debate) {
    const why = stored.ok ? `${run.name} has not begun.` : stored.failure.message;
    return failure('unreadable', why);
  }
  const file = openSideFile(join(folder, readingsFile), roundReadSchema);
  if (!file.ok) return file;
  const rounds = roundsOf(debate);
  const known = new Map<number, Verdict>();
  for (const { key, verdict } of file.value.entries) {
    if (key === keyOf(debate, verdict.round, judge)) known.set(verdict.round, verdict);
  }
  return success({ run, debate, file: file.value, known, rounds: rounds.length });
}

async function readAll(
  all: readonly RunToRead[],
  unread: readonly RunToRead[],
  judge: NamedJudge,
  { atOnce, signal, onRun, ...budget }: ReadAnewOptions,
): ReturnType<Anew['read']> {
  let spent = nothingSpent;
  let done = 0;
  let fault: Outcome<never> | null = null;
  const mayRead = () => !signal.aborted && fault === null && !isUsedUp(budget, spent);
  const queue = [...unread];
  const work = async () => {
    for (let next = queue.shift(); next && mayRead(); next = queue.shift()) {
      const { debate, file, known, run } = next;
      const read = await scoreTranscript({
        ...{ transcript: transcriptOf(debate), judge: judge.judge, seed: debate.started.seed, known },
        // Where the run's judge saw the speeches out of order, so does this one.
        shuffled: debate.started.control === 'shuffled-turns',
        onRound: mayRead,
        onSpent: (more) => {
          spent = spentTogether(spent, more);
        },
        async keep(verdict) {
          const key = keyOf(debate, verdict.round, judge);
          await file.append({ v: 1, at: systemClock.now(), key, judge: judge.named.spec, verdict });
          known.set(verdict.round, verdict);
        },
      });
      if (!read.ok && !signal.aborted)
        fault ??= failure(read.failure.reason, `${run.name}: ${read.failure.message}`);
      done += 1;
      onRun?.(done, unread.length);
    }
  };
  // Runs begun side by side would all go beyond a budget that none of them has used up yet.
  const isBound = budget.budgetUsd !== null || (budget.budgetTokens ?? null) !== null;
  await Promise.all(Array.from({ length: Math.min(isBound ? 1 : atOnce, unread.length) }, work));
  if (fault !== null) return fault;
  const byRun = new Map(all.map((each) => [each.run, each]));
  return success({
    ...{ judge: judge.named.spec, simulated: judge.named.simulated, spent },
    isStopped: all.some(({ known, rounds }) => known.size < rounds),
    verdictsOf(run) {
      const read = byRun.get(run);
      if (!read || read.known.size < read.rounds) return null;
      return [...read.known.values()].sort((one, other) => one.round - other.round);
    },
  });
}

/** Who reads and how, and the very words that are read: another prompt, judge or speech makes another reading. */
function keyOf(debate: Debate, round: number, { named, prompt }: NamedJudge): string {
  const { speeches, questions, agenda, cast } = transcriptOf(debate);
  const words = speeches.filter((speech) => speech.round <= round);
  const last = words.at(-1)?.turn ?? 0;
  const asked = questions.filter(({ afterTurn }) => afterTurn < last);
  const read = [
    named.specs,
    named.samples,
    prompt,
    agenda,
    cast,
    words,
    asked,
    debate.started.control ?? null,
  ];
  return sha256Of(JSON.stringify(read));
}

function transcriptOf(debate: Debate) {
  const { agenda, cast } = debate.started;
  const speeches = debate.turns
    .filter(({ kind }) => kind === 'speech')
    .map(({ turn, round, speaker, text }) => ({ turn, round, speaker, text }));
  return { agenda, cast, speeches, questions: questionsOf(debate) };
}

function roundsOf({ turns }: Debate): number[] {
  return [...new Set(turns.filter(({ kind }) => kind === 'speech').map(({ round }) => round))];
}
