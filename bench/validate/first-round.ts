import { isCovered } from '../../src/convergence/convergence-index.ts';
import { wilson } from '../../src/convergence/distributions.ts';
import { gapsOf, principalsOf } from '../../src/convergence/stands.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { openRuns } from '../../src/run/catalogue/open-runs.ts';
import { inColumns } from '../../src/text/columns.ts';
import { decimal, percent } from '../../src/text/figures.ts';

/** Share of debates that should have a number after their first round, where a capable model speaks. */
const aim = 0.9;

/** What one stored debate shows after its first round. */
interface FirstRound {
  run: string;
  model: string;
  coverage: number;
  c: number | null;
  /** "principal on issue", for what was not read. */
  unread: string[];
  /** Speeches of the round, and those longer than their prompt asks for. */
  speeches: number;
  tooLong: number;
}

/**
 * How many of the stored debates of some folders or databases have a C after their first round (coverage of at least 70%), with a 95% interval.
 * `isKept` where nine of ten do. A debate whose first round was not read counts as one without a number.
 */
export async function firstRoundReport(
  places: readonly string[],
): Promise<{ text: string; isKept: boolean }> {
  const rounds: FirstRound[] = [];
  for (const place of places) {
    const opened = await openRuns(place);
    if (!opened.ok) throw new Error(opened.failure.message);
    const { store, close } = opened.value;
    try {
      for await (const name of store.list()) {
        const stored = await store.read(name);
        const debate = stored.ok ? fold(stored.value.events) : null;
        if (debate?.verdicts.length) rounds.push(firstRoundOf(name, debate));
      }
    } finally {
      await close();
    }
  }
  return { text: textOf(rounds), isKept: rounds.length > 0 && numbered(rounds) / rounds.length >= aim };
}

function firstRoundOf(run: string, { started, turns, verdicts }: Debate): FirstRound {
  const [first] = verdicts;
  const principals = principalsOf(started.cast);
  const said = turns.filter(({ kind, round }) => kind === 'speech' && round === 1);
  const gaps = gapsOf(started.agenda, first?.cells ?? [], principals);
  return {
    run,
    model: [...new Set(principals.map((id) => started.models[id]?.spec ?? ''))].join(', '),
    coverage: first?.convergence?.coverage ?? 0,
    c: first?.convergence?.principals ?? null,
    unread: gaps.flatMap((gap) =>
      gap.kind === 'unread' ? gap.speakers.map((speaker) => `${speaker} on ${gap.issue}`) : [],
    ),
    speeches: said.length,
    tooLong: said.filter(({ overLength }) => overLength).length,
  };
}

function numbered(rounds: readonly FirstRound[]): number {
  return rounds.filter(({ coverage }) => isCovered(coverage)).length;
}

function textOf(rounds: readonly FirstRound[]): string {
  if (rounds.length === 0) return 'No stored debate has been read after a round.';
  const rows = rounds.map(({ run, model, coverage, c, unread, speeches, tooLong }) => [
    run,
    model,
    percent(coverage),
    decimal(c),
    `${tooLong} of ${speeches}`,
    unread.join('; '),
  ]);
  const head = ['run', 'model', 'coverage', 'C', 'too long', 'not read'];
  const { low, high } = wilson(numbered(rounds), rounds.length);
  return [
    ...inColumns([head, ...rows]).map((row) => row.trimEnd()),
    '',
    `A number after round 1: ${numbered(rounds)} of ${rounds.length} debates (${percent(low)} to ${percent(high)}); the aim is ${percent(aim)} with a capable model.`,
  ].join('\n');
}
