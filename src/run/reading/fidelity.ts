import { ownLines } from '../../convergence/acceptable.ts';
import { historyOf } from '../../convergence/history.ts';
import { movesOf } from '../../convergence/moves.ts';
import { principalsOf } from '../../convergence/stands.ts';
import type { Agenda } from '../../debate/agenda.ts';
import type { CastMember } from '../../debate/setup.ts';
import type { Cell, Convergence, Move, PositionCell } from '../../debate/verdict.ts';
import { formalBreaksIn, type RoleBreak, roleBreaksIn, wrappersOf } from '../../grounding/role-breaks.ts';

/** A stand that the speaker's own persona does not allow, from the round in which it was first read. */
export interface CrossedLine {
  issue: string;
  round: number;
  position: number;
  min: number;
  max: number;
  /** The red line in the persona's words. */
  redLine: string;
  quote: string;
  turn: number;
}

/** How true a persona stayed to its role. Only red lines crossed and roles left are breaches: a change of mind is none. */
export interface PersonaFidelity {
  speaker: string;
  redLinesCrossed: CrossedLine[];
  roleBreaks: RoleBreak[];
  moves: (Move & { round: number })[];
}

export interface FidelityInput {
  agenda: Agenda;
  cast: readonly CastMember[];
  /** Speeches only. */
  turns: readonly {
    turn: number;
    round: number;
    speaker: string;
    text: string;
    raw?: string | undefined;
  }[];
  /** Verdicts, oldest first; failed ones have no cells. */
  readings: readonly { round: number; cells: readonly Cell[]; convergence: Convergence | null }[];
}

/**
 * The fidelity of each persona, in the order of the cast: from what each verdict holds, computed anew for verdicts made before they held
 * it. Roles left are what the judge quoted in the round of a speech and what shows by its form; where the judge was not asked, what
 * code finds.
 */
export function fidelityOf(input: FidelityInput): PersonaFidelity[] {
  const { cast, turns } = input;
  const rounds = input.readings.map((_, place) => roundOf(input, place));
  return cast.map((member) => ({
    speaker: member.id,
    redLinesCrossed: crossingsOf(member, rounds),
    roleBreaks: turns.filter(({ speaker }) => speaker === member.id).flatMap((turn) => breaksOf(turn, input)),
    moves: rounds.flatMap(({ round, moves }) =>
      moves.filter(({ speaker }) => speaker === member.id).map((move) => ({ ...move, round })),
    ),
  }));
}

interface Round {
  round: number;
  crossed: NonNullable<Convergence['ownLines']>['crossed'];
  moves: readonly Move[];
}

function roundOf({ cast, readings }: FidelityInput, place: number): Round {
  const reading = readings[place] as FidelityInput['readings'][number];
  const { round, cells, convergence } = reading;
  const positions = cells.filter((cell): cell is PositionCell => cell.stand === 'position');
  const history = historyOf(cast, readings.slice(0, place));
  return {
    round,
    crossed: (convergence?.ownLines ?? ownLines(cast, positions, [])).crossed,
    moves: convergence?.moves ?? movesOf(positions, history, principalsOf(cast)),
  };
}

function crossingsOf({ id, redLines }: CastMember, rounds: readonly Round[]): CrossedLine[] {
  return rounds.flatMap(({ round, crossed }, place) =>
    crossed
      .filter(({ speaker, issue }) => {
        const before = rounds[place - 1]?.crossed ?? [];
        return speaker === id && !before.some((one) => one.speaker === id && one.issue === issue);
      })
      .map(({ speaker: _, ...line }) => ({
        ...line,
        round,
        redLine: redLines.find(({ issue }) => issue === line.issue)?.text ?? '',
      })),
  );
}

function breaksOf(speech: FidelityInput['turns'][number], { cast, readings }: FidelityInput): RoleBreak[] {
  const { turn, round, speaker, text } = speech;
  const read = readings.find((reading) => reading.round === round)?.convergence?.roleBreaks;
  if (read === undefined) return roleBreaksIn(speech, cast);
  const quoted = read
    .filter((one) => one.turn === turn)
    .map(({ kind, quote }) => ({ turn, kind, text: quote, start: text.indexOf(quote), as: null }));
  const forms = formalBreaksIn(speaker, text, cast)
    .filter(
      (form) =>
        !quoted.some(
          (one) => one.start < form.start + form.text.length && form.start < one.start + one.text.length,
        ),
    )
    .map((form) => ({ turn, ...form }));
  return [...wrappersOf(speech, cast), ...quoted, ...forms];
}
