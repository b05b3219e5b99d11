import type { Assessment } from '../../src/convergence/assess.ts';
import { type EvidenceKind, evidenceKinds } from '../../src/convergence/lexical/evidence-kind.ts';
import { computedError, type PositionCell } from '../../src/convergence/reader-error.ts';
import { type Case, caseOf, kinds, standsAfter } from './cases.ts';
import { domainsOf } from './domains/all.ts';
import { indexAfter } from './figures.ts';
import { lexicalJudge } from './judges.ts';
import { mean } from './metrics.ts';
import { readTranscript } from './read-transcript.ts';
import { type Speech, speakers, transcriptOf } from './transcript.ts';

export interface Calibration {
  cells: Record<EvidenceKind, Measure<'points'>>;
  unreadIssue: Measure<'share'>;
  quantiles: { low: number; high: number };
  transcripts: number;
}

type Measure<Unit extends string> = Record<Unit | 'count', number>;

/** One round of one transcript, read. */
interface Reading {
  /** What is talked about, by name. */
  field: string;
  made: Case;
  round: number;
  assessment: Assessment;
  kindOf: (cell: PositionCell) => EvidenceKind;
}

/** What one field of talk says: its mean squared errors and how many there are. */
type Errors = Map<string, { square: number; count: number }>;

const tail = 0.025;
/** Fewer cells of a kind in a field say nothing about it. */
const fewest = 20;
const unread = 'unread issue';

/**
 * Calibrates the lexical reader on the development transcripts that are talk. Every field counts the same, however often it gets a number.
 * The quantiles are those of cross-conformal prediction (Vovk 2015) with fields as folds: each is standardised by the errors of the others.
 */
export async function calibrated(seeds: readonly number[]): Promise<Calibration> {
  const readings = await readingsOf(seeds);
  const fields = [...new Set(readings.map(({ field }) => field))];
  const byField = new Map(
    fields.map((field) => [field, errorsIn(readings.filter((reading) => reading.field === field))]),
  );
  const scores = fields.flatMap((field) => {
    const others = meanErrors(
      fields.filter((other) => other !== field).flatMap((other) => byField.get(other) ?? []),
    );
    const own = readings
      .filter((reading) => reading.field === field)
      .flatMap((reading) => scoreOf(reading, others) ?? []);
    return own.map((score) => ({ score, weight: 1 / own.length }));
  });
  const errors = meanErrors([...byField.values()]);
  return {
    cells: Object.fromEntries(
      evidenceKindsInOrder.map((kind) => {
        const { square, count } = errors.get(kind) ?? unknown(kind);
        return [kind, { points: rounded(Math.sqrt(square)), count }];
      }),
    ) as Calibration['cells'],
    unreadIssue: {
      share: rounded(Math.sqrt((errors.get(unread) ?? unknown(unread)).square)),
      count: (errors.get(unread) ?? unknown(unread)).count,
    },
    quantiles: { low: rounded(quantileOf(scores, tail)), high: rounded(quantileOf(scores, 1 - tail)) },
    transcripts: readings.filter(({ round }) => round === 1).length,
  };
}

const evidenceKindsInOrder = (['number', 'anchor', 'paraphrase', 'condition'] as const).flatMap((basis) =>
  (['last speech', 'earlier speech'] as const).map((age): EvidenceKind => `${basis}, ${age}`),
);

async function readingsOf(seeds: readonly number[]): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const domain of domainsOf('development').filter(({ phrasing }) => phrasing.isTalk)) {
    for (const made of kinds.flatMap((kind) => seeds.map((seed) => caseOf(kind, domain, seed)))) {
      const speeches = transcriptOf(made);
      for (const [place, assessment] of (await readTranscript(domain, speeches, lexicalJudge)).entries()) {
        const round = place + 1;
        const heard = speeches.filter((speech: Speech) => speech.round <= round);
        readings.push({
          field: domain.name,
          made,
          round,
          assessment,
          kindOf: evidenceKinds(domain.agenda, heard),
        });
      }
    }
  }
  return readings;
}

function errorsIn(readings: readonly Reading[]): Errors {
  const squares = new Map<string, number[]>();
  const add = (kind: string, square: number) => squares.set(kind, [...(squares.get(kind) ?? []), square]);
  for (const { made, round, assessment, kindOf } of readings) {
    const truth = standsAfter(made, round);
    for (const cell of assessment.cells) {
      const stand = truth[speakers.indexOf(cell.speaker as never)]?.[issueAt(made, cell.issue)];
      if (cell.stand === 'position' && typeof stand === 'number') {
        add(kindOf(cell), (cell.position - stand) ** 2);
      }
    }
    for (const square of unreadSquares(made, round, assessment)) add(unread, square);
  }
  return new Map(
    [...squares]
      .filter(([, own]) => own.length >= fewest)
      .map(([kind, own]) => [kind, { square: mean(own), count: own.length }]),
  );
}

/** How far the truth on each unread issue lies from C on the others, squared. */
function unreadSquares(made: Case, round: number, { convergence }: Assessment): number[] {
  const value = convergence?.principals ?? null;
  if (value === null) return [];
  const truth = standsAfter(made, round);
  return (convergence?.byIssue ?? [])
    .filter(({ principals }) => principals === null)
    .map(({ issue }) => {
      const [one, other] = truth.map((row) => row[issueAt(made, issue)] ?? 3);
      return (1 - Math.abs((one as number) - (other as number)) / 6 - value) ** 2;
    });
}

/** The mean over fields, so that none speaks louder for being read more. */
function meanErrors(fields: readonly Errors[]): Errors {
  const names = new Set(fields.flatMap((errors) => [...errors.keys()]));
  return new Map(
    [...names].map((kind) => {
      const own = fields.flatMap((errors) => errors.get(kind) ?? []);
      const count = own.reduce((sum, entry) => sum + entry.count, 0);
      return [kind, { square: mean(own.map(({ square }) => square)), count }];
    }),
  );
}

/** A kind that the other fields lack is as uncertain as the worst one they have. */
function scoreOf({ made, round, assessment, kindOf }: Reading, errors: Errors): number | null {
  const value = assessment.convergence?.principals ?? null;
  if (value === null) return null;
  const worst = Math.max(...[...errors].filter(([kind]) => kind !== unread).map(([, { square }]) => square));
  const computed = computedError({
    agenda: made.domain.agenda,
    cells: assessment.cells,
    principals: speakers,
    error: {
      ofCell: (cell) => Math.sqrt(errors.get(kindOf(cell))?.square ?? worst),
      ofUnreadIssue: Math.sqrt((errors.get(unread) ?? unknown(unread)).square),
    },
  });
  return (indexAfter(made, round) - value) / computed;
}

function quantileOf(scores: readonly { score: number; weight: number }[], share: number): number {
  const sorted = [...scores].sort((one, other) => one.score - other.score);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  for (const { score, weight } of sorted) {
    passed += weight;
    if (passed >= share * total - 1e-12) return score;
  }
  throw new Error('no scores to take a quantile of');
}

function issueAt({ domain }: Case, issue: string): number {
  return domain.agenda.findIndex(({ id }) => id === issue);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function unknown(kind: string): never {
  throw new Error(`too few cells of the kind "${kind}" to measure its error: give more --seeds`);
}
