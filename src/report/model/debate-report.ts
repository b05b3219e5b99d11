import { askedBefore, type Debate, fold, quotedOf } from '../../debate/debate.ts';
import { type DebateEvent, moderatorId } from '../../debate/events.ts';
import type { Convergence } from '../../debate/verdict.ts';
import { type DebateGrounding, groundDebate } from '../../grounding/debate-grounding.ts';
import { groundTurn, type TurnGrounding } from '../../grounding/turn-grounding.ts';
import { fidelityOf, type PersonaFidelity } from '../../run/reading/fidelity.ts';
import type { Explanation } from '../../why/explanations.ts';
import type { Subject } from './subject.ts';
import { movementsOverall } from './subject.ts';

/** Everything a report of a debate shows, worked out of its events alone. */
export interface DebateReport {
  debate: Debate;
  subject: Subject;
  /** By turn number, the moderator's turns included. */
  groundings: ReadonlyMap<number, TurnGrounding>;
  /** Of the speeches; the moderator is not counted. */
  grounding: DebateGrounding;
  fidelity: PersonaFidelity[];
  movements: Convergence['movements'];
  /** Why its shifts happened, as far as it was asked; null where nobody asked. */
  why: readonly Explanation[] | null;
  /** ISO 8601, of the first event and the last. */
  startedAt: string;
  lastAt: string;
}

export interface ReportChoices {
  /** Private notes are shown only where they were asked for. */
  notes: boolean;
  /** What is known of why its speakers moved; none where absent. */
  why?: readonly Explanation[] | null;
}

/** Works out a report; null where nothing has happened yet. */
export function reportOf(
  events: readonly DebateEvent[],
  { notes, why = null }: ReportChoices,
): DebateReport | null {
  const debate = fold(events);
  if (!debate) return null;
  const { article, agenda, cast } = debate.started;
  const turns = debate.turns.map((turn) => (notes ? turn : { ...turn, notes: '' }));
  const subject: Subject = { agenda, cast, turns, verdicts: debate.verdicts, polls: debate.polls };
  const castNames = cast.flatMap(({ name, short }) => [name, short]);
  const groundings = new Map(
    turns.map(({ turn, round, speaker, text }, place) => {
      const earlierTurns = turns.slice(0, place);
      const questions = askedBefore(debate, turn);
      const { passages } = article;
      const knows = cast.find(({ id }) => id === speaker)?.knows;
      const quoted = quotedOf(debate, { turn, round });
      return [
        turn,
        groundTurn({ text, passages, agenda, castNames, earlierTurns, questions, knows, ...quoted }),
      ];
    }),
  );
  const speeches = turns.filter(({ kind, speaker }) => kind === 'speech' && speaker !== moderatorId);
  const grounded = speeches.map(({ turn, round, speaker, text }) => ({
    ...{ turn, round, speaker, text },
    grounding: groundings.get(turn) as TurnGrounding,
  }));
  return {
    debate,
    subject,
    groundings,
    grounding: groundDebate(grounded, article.passages),
    fidelity: fidelityOf({ agenda, cast, turns: speeches, readings: debate.verdicts }),
    movements: movementsOverall(subject),
    why,
    startedAt: debate.started.at,
    lastAt: events.at(-1)?.at ?? debate.started.at,
  };
}
