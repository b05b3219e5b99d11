import type { Pool, PoolClient } from 'pg';
import type { Job } from './queue.ts';

type Kind = 'usd' | 'tokens';
const kinds: readonly Kind[] = ['usd', 'tokens'];

/** Of one kind: what a plan may use, has used, and will use by what is known so far. */
interface Need {
  /** null for no limit. */
  budget: number | null;
  /** By debates that no worker holds, and by calls that a worker's end cut short. */
  used: number;
  /** By how much debates that are over were off their estimates, the dearest of them; null before there is one. */
  scale: number | null;
  /** What debates that workers hold will have used by their end. */
  held: number;
  /** What debates that came back unfinished are still expected to use: it is kept for them while others could begin. */
  returned: number;
  /** What the cheapest debate that was not begun, or came back, is still expected to use; null where there is none. */
  leastFresh: number | null;
  leastReturned: number | null;
  /** The bare estimate of the cheapest that waits. */
  leastEstimate: number | null;
}

export interface PlanNeeds extends Record<Kind, Need> {
  underWay: number;
}

/** Before a debate is over it may take so many times its estimate: a model that thinks for long does. */
const supposedTimes = 3;
/** With nothing known and nothing under way, one debate is begun where this share of its estimate is left. */
const leastOfEstimate = 0.5;
const roundingError = 1e-9;
/** Waits, and was begun before, even where its worker ended before it noted what was used. */
const cameBack = "= 'waiting' and (progress > 0 or usd <> 0 or tokens <> 0)";

/** By how much the dearest miss of a plan's finished debates was off; its index holds the shares. */
function scaleOf(kind: Kind): string {
  const share = `${kind} / nullif(expected_${kind}, 0)`;
  return `(select max(${share}) from parley.plan_debates d where d.plan = p.plan and d.state = 'done') as scale_${kind}`;
}

/** What the debates of plans need, by plan; each debate's estimate was stored when its plan was submitted. */
export async function readNeeds(client: Pool | PoolClient): Promise<Map<string, PlanNeeds>> {
  const own = kinds.map((kind) => {
    const whole = `coalesce(expected_${kind}, 0) * coalesce(s.scale_${kind}, ${supposedTimes})`;
    const sumOf = (what: string, state: string) =>
      `(select ${what} from parley.plan_debates d where d.plan = p.plan and d.state ${state})`;
    const least = `min(coalesce(expected_${kind}, 0))`;
    const rest = `greatest(${whole} - ${kind}, 0)`;
    return `p.budget_${kind}::float8, s.scale_${kind}::float8,
      (p.lost_${kind} + coalesce((select sum(c.${kind}) from parley.plan_counts c where c.plan = p.plan), 0))::float8
        as used_${kind},
      ${sumOf(`coalesce(sum(greatest(${whole}, ${kind})), 0)`, "= 'held'")}::float8 as held_${kind},
      ${sumOf(`coalesce(sum(${rest}), 0)`, cameBack)}::float8 as returned_${kind},
      (${sumOf(least, `= 'waiting' and progress = 0 and ${kind} = 0`)} * coalesce(s.scale_${kind}, ${supposedTimes}))::float8
        as fresh_${kind},
      ${sumOf(`min(${rest})`, cameBack)}::float8 as back_${kind},
      ${sumOf(least, "= 'waiting'")}::float8 as estimate_${kind}`;
  });
  const { rows } = await client.query(
    `select p.plan, ${own.join(',')},
       (select count(*) from parley.plan_debates d where d.plan = p.plan and d.state = 'held')::int as under_way
     from parley.plans p, lateral (select ${kinds.map(scaleOf).join(', ')}) s
     where p.budget_usd is not null or p.budget_tokens is not null`,
  );
  return new Map(
    rows.map((row) => {
      const need = (kind: Kind): Need => ({
        budget: row[`budget_${kind}`],
        used: row[`used_${kind}`],
        scale: row[`scale_${kind}`],
        held: row[`held_${kind}`],
        returned: row[`returned_${kind}`],
        leastFresh: row[`fresh_${kind}`],
        leastReturned: row[`back_${kind}`],
        leastEstimate: row[`estimate_${kind}`],
      });
      return [row.plan, { usd: need('usd'), tokens: need('tokens'), underWay: row.under_way }];
    }),
  );
}

/** Does what is left of a budget carry one more of the debates that wait, beside those under way? */
export function carriesAnother(needs: PlanNeeds): boolean {
  const carries = (isBegun: boolean) =>
    kinds.every((kind) => {
      const { leastFresh, leastReturned, leastEstimate } = needs[kind];
      const need = isBegun ? leastReturned : leastFresh;
      return need !== null && fits(needs, kind, { isBegun, need, estimate: leastEstimate ?? 0 });
    });
  const { leastFresh, leastReturned } = needs.usd;
  return (leastFresh === null && leastReturned === null) || carries(true) || carries(false);
}

interface Wanted {
  /** It came back unfinished: what is kept for such debates is kept for it. */
  isBegun: boolean;
  need: number;
  estimate: number;
}

function fits(needs: PlanNeeds, kind: Kind, { isBegun, need, estimate }: Wanted): boolean {
  const { budget, used, scale, held, returned } = needs[kind];
  if (budget === null) return true;
  const kept = isBegun ? 0 : returned;
  if (used + held + kept + need <= budget * (1 + roundingError)) return true;
  return scale === null && needs.underWay === 0 && used + estimate * leastOfEstimate <= budget;
}

/**
 * Those of the jobs that the plan's budget carries, and those that must wait. Locks the plan's row, so that no two workers
 * begin on the same dollars; to be followed by the claim in the same transaction.
 */
export async function fundedJobs(
  client: PoolClient,
  plan: string,
  jobs: readonly Job[],
): Promise<{ now: Job[]; later: Job[] }> {
  await client.query('select from parley.plans where plan = $1 for update', [plan]);
  const needs = (await readNeeds(client)).get(plan);
  if (!needs) return { now: [...jobs], later: [] };
  const { rows } = await client.query(
    `select debate, state, state ${cameBack} as "isBegun", usd::float8 as usd, tokens::float8 as tokens,
       coalesce(expected_usd, 0)::float8 as expected_usd, coalesce(expected_tokens, 0)::float8 as expected_tokens
     from parley.plan_debates where plan = $1 and debate = any($2)`,
    [plan, jobs.map(({ debate }) => debate)],
  );
  const rowOf = new Map(rows.map((row) => [row.debate, row]));
  const funded = { now: [] as Job[], later: [] as Job[] };
  for (const job of jobs) {
    const row = rowOf.get(job.debate);
    const isOpen = row !== undefined && ['waiting', 'held'].includes(row.state);
    const wanted = (kind: Kind): Wanted => {
      const [used, estimate] = [row[kind], row[`expected_${kind}`]];
      const need = Math.max(0, estimate * (needs[kind].scale ?? supposedTimes) - used);
      return { isBegun: row.isBegun || row.state === 'held', need, estimate };
    };
    if (isOpen && !kinds.every((kind) => fits(needs, kind, wanted(kind)))) {
      funded.later.push(job);
      continue;
    }
    funded.now.push(job);
    // One that a lost worker held is counted among those under way already.
    if (!isOpen || row.state === 'held') continue;
    needs.underWay += 1;
    for (const kind of kinds) {
      const { isBegun, need } = wanted(kind);
      needs[kind].held += need;
      if (isBegun) needs[kind].returned -= need;
    }
  }
  return funded;
}
