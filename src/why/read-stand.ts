import { median } from '../convergence/statistics.ts';
import type { CallFailure } from '../debate/calls.ts';
import type { Debate, Turn } from '../debate/debate.ts';
import { judgeRoles } from '../debate/judges.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { readingMask, renderReadingOf } from '../prompts/render-reading.ts';
import { readSamples } from '../run/reading/read-samples.ts';
import type { StandRead } from './why-log.ts';
import type { WhySurroundings } from './why-request.ts';

/** What is read of whom: the speech of a turn, as it was given or another in its place, for one issue alone. */
export interface StandToRead {
  turn: Pick<Turn, 'speaker' | 'turn' | 'text' | 'round'>;
  issue: string;
  /** Readings of the speech, and how many judges share them in turn. */
  samples: number;
  judges: number;
  seed: number;
}

/** The stand that a speech takes on one issue: the median of those readings that find one, where most do. */
export async function readStand(
  { started, settings, turns, verdicts }: Debate,
  { turn, issue, samples, judges, seed }: StandToRead,
  context: WhySurroundings,
): Promise<Outcome<StandRead, CallFailure>> {
  const { speaker, round } = turn;
  const { prompts } = context;
  const cast = started.cast.filter(({ id }) => id === speaker);
  const own = turns.filter((one) => one.speaker === speaker && one.turn < turn.turn);
  const input = {
    agenda: started.agenda.filter(({ id }) => id === issue).map((one) => ({ ...one, weight: 1 })),
    cast,
    // What it said before is shown too: a speech may go on from it ("a step further than I said").
    speeches: [...own, { turn: turn.turn, round, speaker, text: turn.text }],
    round,
    earlier: verdicts.filter((verdict) => verdict.round < round),
    seed,
  };
  const { outcome } = await readSamples(
    {
      ...{ input, samples, temperature: settings.temperature },
      judges: judgeRoles(judges),
      render: (plan) => renderReadingOf(prompts, { ...input, rounds: settings.rounds }, plan),
      mask: (plan) => readingMask(prompts, cast, plan),
    },
    { ...context, notify: () => {} },
  );
  if (!outcome.ok) return failure(outcome.reason, outcome.message);
  const read = outcome.samples.filter((sample) => sample.outcome !== 'failed');
  const stated = read.flatMap(({ readings }) => readings.filter((one) => one.turn === turn.turn).slice(-1));
  const isStated = stated.length * 2 > read.length;
  return success({
    outcome: read.length === 0 ? 'unread' : isStated ? 'stated' : 'unstated',
    position: isStated ? median(stated.map(({ position }) => position)) : null,
    quote: isStated ? (stated[0]?.quote ?? null) : null,
    calls: outcome.calls,
  });
}
