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
  /** What the cheapest waiting debate is still expected to use, and its bare estimate; null where none waits. */
  least: number | null;
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
    const returned = "= 'waiting' and (usd <> 0 or tokens <> 0)";
    // The cheapest of those that have used nothing, by their index, or of the few that came back with a part done.
    return `p.budget_${kind}::float8, s.scale_${kind}::float8,
      (p.lost_${kind} + coalesce((select sum(c.${kind}) from parley.plan_counts c where c.plan = p.plan), 0))::float8
        as used_${kind},
      ${sumOf(`coalesce(sum(greatest(${whole}, ${kind})), 0)`, "= 'held'")}::float8 as held_${kind},
      least(${sumOf(least, `= 'waiting' and ${kind} = 0`)} * coalesce(s.scale_${kind}, ${supposedTimes}),
        ${sumOf(`min(greatest(${whole} - ${kind}, 0))`, returned)})::float8 as least_${kind},
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
        least: row[`least_${kind}`],
        leastEstimate: row[`estimate_${kind}`],
      });
      return [row.plan, { usd: need('usd'), tokens: need('tokens'), underWay: row.under_way }];
    }),
  );
}

/** Does what is left of a budget carry one more of the debates that wait, beside those under way? */
export function carriesAnother(needs: PlanNeeds): boolean {
  return kinds.every((kind) => {
    const { least, leastEstimate } = needs[kind];
    return fits(needs, kind, least ?? 0, leastEstimate ?? 0);
  });
}

function fits(needs: PlanNeeds, kind: Kind, need: number, estimate: number): boolean {
  const { budget, used, scale, held } = needs[kind];
  if (budget === null) return true;
  if (used + held + need <= budget * (1 + roundingError)) return true;
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
    `select debate, state, usd::float8 as usd, tokens::float8 as tokens,
       coalesce(expected_usd, 0)::float8 as expected_usd, coalesce(expected_tokens, 0)::float8 as expected_tokens
     from parley.plan_debates where plan = $1 and debate = any($2)`,
    [plan, jobs.map(({ debate }) => debate)],
  );
  const rowOf = new Map(rows.map((row) => [row.debate, row]));
  const funded = { now: [] as Job[], later: [] as Job[] };
  for (const job of jobs) {
    const row = rowOf.get(job.debate);
    const isOpen = row !== undefined && ['waiting', 'held'].includes(row.state);
    const needOf = (kind: Kind) =>
      Math.max(0, row[`expected_${kind}`] * (needs[kind].scale ?? supposedTimes) - row[kind]);
    if (isOpen && !kinds.every((kind) => fits(needs, kind, needOf(kind), row[`expected_${kind}`]))) {
      funded.later.push(job);
      continue;
    }
    funded.now.push(job);
    // One that a lost worker held is counted among those under way already.
    if (!isOpen || row.state === 'held') continue;
    needs.underWay += 1;
    for (const kind of kinds) needs[kind].held += needOf(kind);
  }
  return funded;
}
