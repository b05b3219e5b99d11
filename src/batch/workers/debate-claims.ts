import type { Pool } from 'pg';
import type { RunSummary } from '../../run/catalogue/run-summary.ts';
import type { LedgerEntry } from '../planned-debate.ts';
import { inTransaction } from './persistence.ts';
import type { DebateQueue, Job } from './queue.ts';
import { fundedJobs } from './shared-funding.ts';

/** A debate is set aside once it was tried so often without a turn being finished. */
export const mostTries = 5;

/** What a debate has to show for a try: speeches and verdicts. */
export function progressOf(entry: LedgerEntry | undefined): number {
  if (entry === undefined || entry.state === 'empty' || entry.summary === null) return 0;
  return entry.summary.turns + entry.summary.rounds;
}

/** After a try that failed: into the queue again, later each time, or aside. */
export function afterFailing(tries: number, why: string, leaseMs: number): Release {
  if (tries >= mostTries) return { to: 'set-aside', why };
  return { to: 'waiting', waitMs: (leaseMs / 6) * 3 ** (tries - 1), tries, why, hasFailed: true };
}

/** After a try that says nothing against the debate: it was stopped, or its journal could not be had. */
export function afterNoTry(tries: number, why: string | null, waitMs: number): Release {
  return { to: 'waiting', waitMs, tries: Math.max(0, tries - 1), why, hasFailed: false };
}

/** A debate of a plan in this worker's hands. */
export interface DebateClaim {
  plan: string;
  job: Job;
  arm: string;
  cell: string;
  /** The independent unit its article is, as in measures. */
  article: string;
  seed: number;
  /** Hash of its prompt set. */
  prompts: string;
  /** How often it was tried without a turn being finished. */
  tries: number;
  /** Speeches and verdicts it had when it was last tried. */
  progress: number;
  /** What went wrong the last time; null where nothing did. */
  why: string | null;
  /** Where it was settled before, how: there is nothing to do but to say so. */
  settledAs: 'done' | 'set-aside' | null;
}

/** How far a debate in hand is. */
export interface DebateUse {
  plan: string;
  job: Job;
  usd: number;
  tokens: number;
  unpricedCalls: number;
}

/** What becomes of a debate that a worker lets go of. */
export type Release =
  | { to: 'done' }
  | { to: 'set-aside'; why: string | null }
  /** Back into the queue; `tries` and `why` are kept for the next worker. */
  | { to: 'waiting'; waitMs: number; tries: number; why: string | null; hasFailed: boolean };

/** Milliseconds until a debate that the budget did not carry may be taken again. */
const unfundedWaitMs = 1000;

export type Claims = ReturnType<typeof createClaims>;

/** What workers note of debates. Everything names the attempt: a worker that lost a debate changes nothing. */
export function createClaims(pool: Pool, queue: DebateQueue, worker: string) {
  const mine = 'plan = $1 and debate = $2 and worker = $3 and job = $4 and attempt = $5';
  const names = ({ plan, job }: DebateClaim) => [plan, job.debate, worker, job.id, job.attempt];

  return {
    /** Takes those that the plan's budget carries; the others go back into the queue for a while. */
    claim: (plan: string, jobs: readonly Job[]): Promise<DebateClaim[]> =>
      inTransaction(pool, async (client) => {
        const { now, later } = await fundedJobs(client, plan, jobs);
        for (const job of later) {
          await queue.putBack(plan, job, { waitMs: unfundedWaitMs, isBegun: false }, client);
        }
        if (now.length === 0) return [];
        const { rows } = await client.query<Omit<DebateClaim, 'plan' | 'job'> & { debate: string }>(
          `update parley.plan_debates d set
           state = case when d.state in ('done', 'set-aside') then d.state else 'held' end,
           worker = $2, job = j.job, attempt = j.attempt,
           why = case when d.state = 'held' then 'The worker running this debate stopped responding.' else d.why end
         from unnest($3::text[], $4::uuid[], $5::int[]) as j(debate, job, attempt)
         where d.plan = $1 and d.debate = j.debate
         returning d.debate, d.arm, d.cell, d.article, d.seed::float8 as seed, d.prompts, d.tries, d.progress, d.why,
           nullif(d.state, 'held') as "settledAs"`,
          [plan, worker, ...(['debate', 'id', 'attempt'] as const).map((key) => now.map((job) => job[key]))],
        );
        const jobOf = new Map(now.map((job) => [job.debate, job]));
        return rows.map(({ debate, ...row }) => ({ ...row, plan, job: jobOf.get(debate) as Job }));
      }),
    /** Notes a try before it is made, so that one that kills its worker counts too. */
    async noteTry(claim: DebateClaim, tries: number, progress: number): Promise<void> {
      await pool.query(`update parley.plan_debates set tries = $6, progress = $7 where ${mine}`, [
        ...names(claim),
        tries,
        progress,
      ]);
    },
    /** False where the debate was another's already. */
    settle: (claim: DebateClaim, release: Release, summary: RunSummary | null): Promise<boolean> =>
      inTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `update parley.plan_debates set worker = null, job = null, attempt = null,
             state = $6, why = $7, tries = coalesce($8, tries), summary = coalesce($9, summary),
             usd = coalesce($10, usd), tokens = coalesce($11, tokens), unpriced_calls = coalesce($12, unpriced_calls),
             progress = coalesce($13, progress)
           where ${mine}`,
          [
            ...names(claim),
            release.to,
            release.to === 'done' ? null : release.why,
            release.to === 'waiting' ? release.tries : null,
            summary === null ? null : JSON.stringify(summary),
            summary?.costUsd ?? null,
            summary === null ? null : summary.inputTokens + summary.outputTokens,
            summary?.unpricedCalls ?? null,
            summary === null ? null : summary.turns + summary.rounds,
          ],
        );
        if (rowCount === 0) return false;
        if (release.to === 'waiting') {
          const isBegun = (summary?.turns ?? claim.progress) > 0;
          await queue.putBack(claim.plan, claim.job, { waitMs: release.waitMs, isBegun }, client);
        } else await queue.done(claim.plan, claim.job, client);
        return true;
      }),
  };
}
