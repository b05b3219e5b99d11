import type { Agenda } from '../../src/debate/agenda.ts';
import type { CallRecord } from '../../src/debate/calls.ts';
import type { BodyOf, EventBody } from '../../src/debate/events.ts';
import type { CastMember } from '../../src/debate/setup.ts';
import type { Cell, Convergence } from '../../src/debate/verdict.ts';

interface VerdictOptions {
  round: number;
  rounds: number;
  agenda: Agenda;
  cast: readonly CastMember[];
  /** The events so far; quotes are taken from the turns in them. */
  bodies: readonly EventBody[];
  /** Number of the first speech of the round. */
  firstTurn: number;
  failed: boolean;
  calls: CallRecord[];
}

type PositionCell = Extract<Cell, { stand: 'position' }>;

/** A verdict whose positions drift from the openings towards the middle, round by round. */
export function plausibleVerdict(options: VerdictOptions): BodyOf<'verdict-given'> {
  const { round, failed, calls } = options;
  const cells = failed ? [] : options.cast.flatMap((member) => cellsOf(member, options));
  return {
    type: 'verdict-given',
    round,
    outcome: failed ? 'failed' : 'read',
    failure: failed ? 'No sample of the judge could be read as JSON.' : '',
    samples: [0, 1, 2].map((sample) => sampleOf(sample, cells, options)),
    cells,
    convergence: failed ? null : convergenceOf(cells, options),
    advice: { stop: null, why: 'Positions are still moving.' },
    calls,
  };
}

function cellsOf(
  member: CastMember,
  { round, rounds, agenda, cast, bodies, firstTurn }: VerdictOptions,
): Cell[] {
  const turn = firstTurn + cast.indexOf(member);
  const speech = bodies.find((body) => body.type === 'turn-ended' && body.turn === turn);
  const quote = speech?.type === 'turn-ended' ? (speech.text.split(/(?<=[.!?])\s/u)[0] ?? '') : '';
  return agenda.map((issue): Cell => {
    const opening = member.opening[issue.id];
    if (opening === undefined && round === 1) {
      return { stand: 'abstain', speaker: member.id, issue: issue.id, reason: 'no-evidence' };
    }
    const start = opening ?? 3;
    const position = Math.round((start + ((3 - start) * 0.8 * round) / (rounds + 1)) * 10) / 10;
    return {
      stand: 'position',
      speaker: member.id,
      issue: issue.id,
      position,
      mean: position,
      variance: 0.1,
      spread: 0.5,
      samples: 3,
      act: round > 1 ? 'conditional' : 'propose',
      quote,
      turn,
    };
  });
}

function sampleOf(sample: number, cells: readonly Cell[], { agenda, cast }: VerdictOptions) {
  const readings = cells
    .filter((cell) => cell.stand === 'position')
    .map(({ speaker, issue, position, act, quote, turn }) => ({
      speaker,
      issue,
      position,
      act,
      quote,
      turn,
    }));
  return {
    sample,
    speakerOrder: cast.map(({ id }) => id),
    issueOrder: agenda.map(({ id }) => id),
    reversed: sample % 2 === 1,
    outcome: readings.length > 0 ? ('read' as const) : ('failed' as const),
    failure: readings.length > 0 ? '' : 'not JSON',
    readings,
    rejected: [],
  };
}

function convergenceOf(cells: readonly Cell[], { round, agenda, cast }: VerdictOptions): Convergence {
  const positions = cells.filter((cell): cell is PositionCell => cell.stand === 'position');
  const at = (speaker: string, issue: string) =>
    positions.find((cell) => cell.speaker === speaker && cell.issue === issue)?.position ?? null;
  const agreement = (a: string, b: string, issues = agenda): number | null => {
    const gaps = issues.flatMap(({ id }) => {
      const [one, other] = [at(a, id), at(b, id)];
      return one === null || other === null ? [] : [1 - Math.abs(one - other) / 6];
    });
    return mean(gaps);
  };
  const pairs = pairsOf(cast.map(({ id }) => id)).map(([a, b]) => ({ a, b, agreement: agreement(a, b) }));
  const principals = cast.filter((member) => member.principal).map(({ id }) => id);
  const headline = agreement(principals[0] ?? '', principals[1] ?? '') ?? 0;
  const byIssue = agenda.map((issue) => ({
    issue: issue.id,
    principals: agreement(principals[0] ?? '', principals[1] ?? '', [issue]),
    all: mean(pairs.flatMap(({ a, b }) => agreement(a, b, [issue]) ?? [])),
    polarisation: 0.2,
  }));
  return {
    principals: headline,
    all: mean(pairs.flatMap((pair) => pair.agreement ?? [])),
    min: Math.min(...byIssue.flatMap((one) => one.principals ?? [])),
    rms: Math.max(0, headline - 0.03),
    interval: { low: Math.max(0, headline - 0.07), high: Math.min(1, headline + 0.06) },
    coverage: round === 1 ? 0.8 : 1,
    byIssue,
    pairs,
    movements: [{ speaker: principals[0] ?? '', towards: principals[1] ?? '', amount: round > 1 ? 0.05 : 0 }],
    reciprocity: round > 1 ? 0.6 : null,
    retractions: [],
    hollow: { isHollow: false, why: '' },
    acceptable: {
      share: 0.5,
      breaches: [
        {
          holder: 'farmers-union',
          issue: 'price',
          speaker: 'river-authority',
          position: at('river-authority', 'price') ?? 4,
          min: 0,
          max: 3,
        },
      ],
    },
    judge: { samples: 3, failed: 0, spread: 0.4, orderGap: 0.2, reversalGap: 0.3 },
    cues: { quoteMatchRate: 0.95, agreeRatio: 0.5, concreteOverlap: 0.3, repetition: 0.1 },
    confidence:
      round === 1
        ? { level: 'low', reasons: ['Two speakers took no stand on an issue.'] }
        : { level: 'usual', reasons: [] },
  };
}

function pairsOf(ids: readonly string[]): [string, string][] {
  return ids.flatMap((a, index) => ids.slice(index + 1).map((b): [string, string] => [a, b]));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
