import { principalConvergence } from '../convergence/convergence-index.ts';
import { studentTQuantile, wilson } from '../convergence/distributions.ts';
import type { ReaderError } from '../convergence/reader-error.ts';
import { principalsOf } from '../convergence/stands.ts';
import { type Interval, mean, sampleVariance } from '../convergence/statistics.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { type Budget, isUsedUp } from '../run/budget.ts';
import { type CheckedTranscript, errorOf, openChecks, sha256Of } from '../run/reading/judge-errors.ts';
import type { LabelledTranscript } from './labelled-transcripts.ts';
import {
  nothingSpent,
  type Spent,
  scoreTranscript,
  spentTogether,
  type Verdict,
} from './score-transcript.ts';
import type { NamedJudge } from './score-transcripts.ts';

/** With the budget after which no further transcript is read. */
export interface ValidationInput extends Budget {
  transcripts: readonly LabelledTranscript[];
  judge: NamedJudge;
  /** Where runs are kept; the checks lie beside them. */
  place: string;
  seed: number;
  /** Called before each transcript that is read anew. */
  onTranscript?(progress: { transcript: string; done: number; of: number }): void;
}

/** A figure with its 95% interval; null where nothing allows it. */
export interface Figure {
  value: number;
  interval: Interval | null;
}

export interface Validation {
  judge: NamedJudge['named'];
  /** Of these transcripts, those read, now or before. */
  transcripts: number;
  of: number;
  /** Those read before and not again. */
  kept: number;
  /** The budget was used up before everything was read. */
  isStopped: boolean;
  spent: Spent;
  /** Share of the transcripts that got a number. */
  numbered: Figure | null;
  /** Mean |read C - true C|, 0..1. */
  indexError: Figure | null;
  /** Mean |read - true| of a stand, in points. */
  cellError: Figure | null;
  /** Share of the labelled stands that were read. */
  cellsRead: Figure | null;
  /** Share of the intervals that hold the true C, and their mean width. */
  intervalsHold: Figure | null;
  intervalWidth: Figure | null;
  /** Share of the quotes that were found. */
  quotes: Figure | null;
  /** What every later interval of this judge rests on; null where nothing was read. */
  error: ReaderError | null;
}

/**
 * Has a judge read transcripts whose truth is known, and keeps what it was off by for every later interval of it. What was
 * read before by the same judge, prompt and number of samples is not read again.
 */
export async function validateJudge(input: ValidationInput): Promise<Outcome<Validation>> {
  const { judge, place, seed, onTranscript } = input;
  const { named } = judge;
  const identity = { spec: named.spec, prompt: judge.prompt };
  const opened = openChecks(place, identity);
  if (!opened.ok) return failure(opened.failure.reason, opened.failure.message);
  const file = opened.value;
  const wanted = input.transcripts.map((transcript) => ({ transcript, sha256: hashOf(transcript) }));
  const isSame = (sha256: string) => (check: CheckedTranscript) =>
    check.sha256 === sha256 && check.samples === named.samples;
  const checks: CheckedTranscript[] = [];
  let spent = nothingSpent;
  let kept = 0;
  let isStopped = false;
  try {
    for (const [done, { transcript, sha256 }] of wanted.entries()) {
      const before = file.entries.findLast(isSame(sha256));
      if (before) {
        checks.push(before);
        kept += 1;
        continue;
      }
      isStopped ||= isUsedUp(input, spent);
      if (isStopped) continue;
      onTranscript?.({ transcript: transcript.id, done, of: wanted.length });
      let own = nothingSpent;
      const onSpent = (more: Spent) => {
        own = spentTogether(own, more);
      };
      const read = await scoreTranscript({ transcript, judge: judge.judge, seed, onSpent });
      spent = spentTogether(spent, own);
      if (!read.ok) {
        const { reason, message } = read.failure;
        return failure(reason, `${transcript.id}: ${message}`);
      }
      const check = checkOf(transcript, read.value.at(-1), {
        ...{ transcript: transcript.id, sha256, judge: identity.spec, prompt: identity.prompt },
        ...{ samples: named.samples, costUsd: own.hasUnpriced ? null : own.costUsd },
      });
      await file.append(check);
      checks.push(check);
    }
  } finally {
    file.close();
  }
  return success({
    ...{ judge: named, transcripts: checks.length, of: wanted.length, kept, isStopped, spent },
    ...figuresOf(checks),
    error: errorOf(checks),
  });
}

type Known = Pick<CheckedTranscript, 'transcript' | 'sha256' | 'judge' | 'prompt' | 'samples' | 'costUsd'>;

function checkOf(
  labelled: LabelledTranscript,
  verdict: Verdict | undefined,
  known: Known,
): CheckedTranscript {
  const { agenda, cast, final, by } = labelled;
  const convergence = verdict?.convergence ?? null;
  const cells = cast.flatMap(({ id }) =>
    agenda.map(({ id: issue }) => {
      const cell = verdict?.cells.find((each) => each.speaker === id && each.issue === issue);
      const isRead = cell?.stand === 'position';
      return {
        ...{ speaker: id, issue, truth: final[id]?.[issue] ?? null },
        read: isRead ? cell.mean : null,
        variance: isRead ? cell.variance : 0,
        samples: isRead ? cell.samples : 0,
      };
    }),
  );
  return {
    ...known,
    by,
    cells,
    trueC: trueIndex(labelled),
    readC: convergence?.principals ?? null,
    interval: convergence?.interval ?? null,
    quotes: convergence?.cues.quoteMatchRate ?? null,
  };
}

/** C of the labelled stands; null where too few are labelled. */
function trueIndex({ agenda, cast, final }: LabelledTranscript): number | null {
  const stands = new Map(
    agenda.map(({ id }) => [
      id,
      new Map(
        cast.flatMap((member): [string, number][] => {
          const stand = final[member.id]?.[id] ?? null;
          return stand === null ? [] : [[member.id, stand]];
        }),
      ),
    ]),
  );
  return principalConvergence(agenda, stands, principalsOf(cast)).value;
}

function figuresOf(checks: readonly CheckedTranscript[]) {
  const known = checks.filter(({ trueC }) => trueC !== null);
  const numbered = known.filter(({ readC }) => readC !== null);
  const labelled = checks.map(({ cells }) => cells.filter(({ truth }) => truth !== null));
  const errors = labelled.map((cells) =>
    cells.flatMap(({ read, truth }) => (read === null ? [] : [Math.abs(read - (truth as number))])),
  );
  const held = numbered.filter(({ interval }) => interval !== null);
  return {
    numbered: shareOf(numbered.length, known.length),
    indexError: meanOf(numbered.map(({ readC, trueC }) => Math.abs((readC as number) - (trueC as number)))),
    cellError: meanOf(errors.filter((own) => own.length > 0).map(mean)),
    cellsRead: shareOf(errors.flat().length, labelled.flat().length),
    intervalsHold: shareOf(
      held.filter(({ interval, trueC }) => isInside(trueC as number, interval as Interval)).length,
      held.length,
    ),
    intervalWidth: meanOf(
      held.map(({ interval }) => (interval as Interval).high - (interval as Interval).low),
    ),
    quotes: meanOf(checks.flatMap(({ quotes }) => quotes ?? [])),
  };
}

function isInside(value: number, { low, high }: Interval): boolean {
  return value >= low - 1e-9 && value <= high + 1e-9;
}

/** A share with Wilson's interval. */
function shareOf(count: number, of: number): Figure | null {
  return of === 0 ? null : { value: count / of, interval: wilson(count, of) };
}

/** A mean over transcripts, each counting the same, with its t interval. */
function meanOf(values: readonly number[]): Figure | null {
  if (values.length === 0) return null;
  const value = mean(values);
  if (values.length === 1) return { value, interval: null };
  const reach =
    studentTQuantile(0.975, values.length - 1) * Math.sqrt(sampleVariance(values) / values.length);
  return { value, interval: { low: Math.max(0, value - reach), high: value + reach } };
}

/** Of all that the judge is shown and of the truth: another word, and the transcript is read again. */
function hashOf({ agenda, cast, speeches, final }: LabelledTranscript): string {
  return sha256Of(JSON.stringify({ agenda, cast, speeches, final }));
}
