import { askedBefore, type Debate, quotedOf, type Turn } from '../debate/debate.ts';
import type { Ending } from '../debate/speech-events.ts';
import { repetitionsInOrder } from '../grounding/repetition.ts';
import { groundTurn, isFaithful } from '../grounding/turn-grounding.ts';
import { fidelityOf, type PersonaFidelity } from '../run/reading/fidelity.ts';
import { refusesTask } from '../run/reading/refusals.ts';
import { speechCredits } from '../why/credit.ts';
import type { Explanation } from '../why/explanations.ts';

/** What code finds in one speech. */
export interface SpeechFacts {
  turn: number;
  speaker: string;
  ending: Ending;
  /** A person wrote it from a seat, and no model. */
  byPerson: boolean;
  /** Share of what can be checked that checks out, 0..1; null where nothing can be. */
  grounding: number | null;
  /** Quotations of four words or more that stand in no source, or not in the one cited. */
  misquotes: number;
  /** Own red lines crossed and roles left; null where none shows and no reading followed the speech, so that lines crossed are unknown. */
  breaches: number | null;
  /** Places where it leaves its role, by form or by what a judge read. */
  roleBreaks: number;
  /** Its words refuse the task, whatever the provider called its end: by what the judge of its round quoted, where it was asked. */
  refuses: boolean;
  /** Share of its four-word runs that stood in its speaker's speeches before, 0..1. */
  repetition: number;
  /** Numbers of passages that it cites. */
  cites: readonly number[];
  /** Points of the scale given with a stated reason, less those given without one. */
  reasonedPoints: number;
  /** Points of the scale by which its reasons moved others towards its speaker's stand; null where nobody asked why they moved. */
  persuasion: number | null;
}

/** The facts of every speech, in order; `why` is what was asked of why others moved. */
export function speechFactsOf(debate: Debate, why: readonly Explanation[] | null): SpeechFacts[] {
  const credits = why && speechCredits(debate, why);
  const { agenda, article, cast } = debate.started;
  const { passages } = article;
  const castNames = cast.flatMap(({ name, short }) => [name, short]);
  const speeches = debate.turns.filter((turn) => turn.kind === 'speech');
  const fidelity = fidelityOf({ agenda, cast, turns: speeches, readings: debate.verdicts });
  const repetitions = repetitionsIn(speeches);
  const read = new Set(debate.verdicts.flatMap(({ round, convergence }) => (convergence ? [round] : [])));
  return speeches.map(({ turn, round, speaker, text, ending, author }) => {
    const earlierTurns = debate.turns.filter((earlier) => earlier.turn < turn);
    const grounding = groundTurn({
      text,
      passages,
      agenda,
      castNames,
      earlierTurns,
      questions: askedBefore(debate, turn),
      knows: cast.find(({ id }) => id === speaker)?.knows,
      ...quotedOf(debate, { turn, round }),
    });
    const own = fidelity.find((one) => one.speaker === speaker);
    return {
      turn,
      speaker,
      ending,
      byPerson: author === 'person',
      grounding: grounding.score,
      misquotes: grounding.quotations.filter((quotation) => !isFaithful(quotation)).length,
      breaches: own ? knownBreaches(breachesIn(own, turn), read.has(round)) : null,
      roleBreaks: own ? own.roleBreaks.filter((one) => one.turn === turn).length : 0,
      refuses: refusesTask(debate, { turn, round, text }),
      repetition: repetitions.get(turn) ?? 0,
      cites: grounding.citations.flatMap(({ label }) =>
        /^P\d+$/.test(label) ? [Number(label.slice(1))] : [],
      ),
      reasonedPoints: own ? pointsIn(own.moves, turn) : 0,
      persuasion: credits?.get(turn) ?? null,
    };
  });
}

/** How far each speech repeats its speaker's earlier ones, by turn. */
function repetitionsIn(speeches: readonly Turn[]): ReadonlyMap<number, number> {
  const bySpeaker = Map.groupBy(speeches, ({ speaker }) => speaker);
  return new Map(
    [...bySpeaker.values()].flatMap((own) => {
      const shares = repetitionsInOrder(own);
      return own.map(({ turn }, place) => [turn, shares[place] ?? 0] as const);
    }),
  );
}

/** What speeches together are credited with; null where it is known of none. */
export function sumOfPersuasion(speeches: readonly SpeechFacts[]): number | null {
  const known = speeches.flatMap(({ persuasion }) => persuasion ?? []);
  return known.length === 0 ? null : known.reduce((sum, credit) => sum + credit, 0);
}

export function meanGrounding(speeches: readonly SpeechFacts[]): number | null {
  const scores = speeches.flatMap(({ grounding }) => grounding ?? []);
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function knownBreaches(count: number, isRead: boolean): number | null {
  return isRead || count > 0 ? count : null;
}

function breachesIn({ redLinesCrossed, roleBreaks }: PersonaFidelity, turn: number): number {
  return [...redLinesCrossed, ...roleBreaks].filter((one) => one.turn === turn).length;
}

function pointsIn(moves: PersonaFidelity['moves'], turn: number): number {
  return moves
    .filter((move) => move.turn === turn)
    .reduce((sum, { kind, from, to }) => {
      const points = Math.abs(to - from);
      return kind === 'concession' ? sum + points : kind === 'drift' ? sum - points : sum;
    }, 0);
}
