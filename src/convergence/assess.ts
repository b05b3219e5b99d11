import type { Agenda } from '../debate/agenda.ts';
import type { JudgeSample } from '../debate/readings.ts';
import type { CastMember } from '../debate/setup.ts';
import type { Advice, Cell, Convergence } from '../debate/verdict.ts';
import { acceptability, ownLines } from './acceptable.ts';
import { cellsOf } from './cells.ts';
import { agreedClaims, agreedStretches, changeBorneOut, confidenceOf } from './confidence.ts';
import {
  noiseCorrected,
  overallConvergence,
  pairMatrix,
  polarisation,
  positionsOf,
  principalConvergence,
} from './convergence-index.ts';
import { cuesOf, type TermsOf } from './cues.ts';
import { type EarlierReading, type History, historyOf, movementsOf, reciprocityOf } from './history.ts';
import { hollowness } from './hollow.ts';
import { indexInterval } from './interval.ts';
import { judgeQuality } from './judge-quality.ts';
import { movesOf, retractionsOf } from './moves.ts';
import { type ReaderError, unvalidatedError } from './reader-error.ts';
import { principalsOf, type Stands, standsOf } from './stands.ts';
import { stopAdvice } from './stop-advice.ts';

/** A speech, as far as the index looks at it. */
export interface AssessedTurn {
  turn: number;
  round: number;
  speaker: string;
  text: string;
}

export interface AssessInput {
  agenda: Agenda;
  /** Openings and red lines may be empty. Where fewer than two are principals, everyone counts as one. */
  cast: readonly Pick<CastMember, 'id' | 'principal' | 'redLines' | 'opening'>[];
  /** All speeches so far, without the moderator's. */
  turns: readonly AssessedTurn[];
  /** The round just judged; its speeches are looked at for cues. */
  round: number;
  /** This round's samples of the judge, failed ones included. */
  samples: readonly JudgeSample[];
  /** Earlier verdicts of the debate, failed ones included. */
  earlier: readonly EarlierReading[];
  /** Largest share, 0..1, of a turn of this round that repeats its speaker's earlier turns; null where unknown. */
  repetition: number | null;
  /** The names, dates and numbers of a text, in a form that can be compared. */
  termsOf: TermsOf;
  /** What the judge was measured to be off by; absent where it was never validated. */
  readerError?: ReaderError;
}

export interface Assessment {
  /** One a speaker and issue, in the order of the cast and the agenda; empty where no sample was read. */
  cells: Cell[];
  /** null where no sample was read: no score is made up. */
  convergence: Convergence | null;
  advice: Advice;
}

/** Puts the judge's samples of one round together: where everyone stands, the index with its companions, and whether to stop. */
export function assess(input: AssessInput): Assessment {
  const { agenda, cast, samples } = input;
  if (samples.every((sample) => sample.outcome === 'failed')) {
    return {
      cells: [],
      convergence: null,
      advice: { stop: null, why: 'No number: the judge could not be read in this round.' },
    };
  }
  const history = historyOf(cast, input.earlier);
  const speakers = cast.map((member) => member.id);
  const cells = cellsOf(agenda, speakers, samples);
  const stands = standsOf(cells);
  const convergence = measure(input, cells, stands, history);
  const ids = principalsOf(cast);
  const principals = cast.filter(({ id }) => ids.includes(id));
  const advice = stopAdvice({
    agenda,
    principals,
    present: { round: input.round, cells, convergence },
    history,
  });
  return { cells, convergence, advice };
}

function measure(input: AssessInput, cells: readonly Cell[], stands: Stands, history: History): Convergence {
  const { agenda, cast, samples, round, readerError: error = unvalidatedError } = input;
  const speakers = cast.map((member) => member.id);
  const principals = principalsOf(cast);
  const headline = principalConvergence(agenda, stands, principals);
  const everyone = overallConvergence(agenda, stands, speakers);
  const speeches = input.turns.filter((turn) => turn.round === round);
  const cues = cuesOf({ ...input, speeches, principals });
  const judge = judgeQuality(agenda, speakers, samples, error);
  const last = history.readings.at(-1)?.convergence ?? null;
  const before = lastIndex(history);
  const positions = cells.filter((cell) => cell.stand === 'position');
  const moves = movesOf(positions, history, principals);
  const agreements = agreedClaims(samples, principals, 'agreements');
  const pledges = agreedClaims(samples, principals, 'pledges');
  const roleBreaks = agreedStretches(samples, speeches, 'roleBreaks');
  const facts = agreedStretches(samples, speeches, 'facts');
  return {
    principals: headline.value,
    all: everyone.value,
    min: headline.min,
    rms: noiseCorrected(agenda, cells, principals),
    interval: indexInterval({ agenda, cells, principals, samples, value: headline.value, error }),
    coverage: headline.coverage,
    byIssue: agenda.map(({ id }) => ({
      issue: id,
      principals: headline.byIssue.get(id) ?? null,
      all: everyone.byIssue.get(id) ?? null,
      polarisation: polarisation(positionsOf(stands, id, speakers)),
    })),
    pairs: pairMatrix(agenda, stands, speakers),
    movements: movementsOf(agenda, stands, history, speakers),
    reciprocity: reciprocityOf(agenda, stands, history, principals),
    retractions: retractionsOf(moves, positions),
    moves,
    ...(agreements ? { agreements } : {}),
    ...(pledges ? { pledges } : {}),
    hollow: hollowness({
      ...{ agreements, pledges: pledges ?? [], cells: positions, moves, history, principals },
      change: headline.value === null || before === null ? null : headline.value - before,
      firstTurnOfRound: Math.min(...speeches.map(({ turn }) => turn)),
    }),
    ownLines: ownLines(cast, positions, samples),
    ...(roleBreaks ? { roleBreaks } : {}),
    ...(facts ? { facts } : {}),
    acceptable: acceptability(cast, stands, principals),
    judge,
    cues,
    confidence: confidenceOf(
      {
        ...{ principals: headline.value, cues, judge, isNoiseKnown: error.noise !== null },
        borneOut: changeBorneOut(agenda, headline.byIssue, last, moves, positions, principals),
      },
      last,
    ),
  };
}

/** C of the principals when it was last read; null where it never was. */
function lastIndex(history: History): number | null {
  const read = history.readings.findLast((reading) => (reading.convergence?.principals ?? null) !== null);
  return read?.convergence?.principals ?? null;
}
