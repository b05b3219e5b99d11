import { randomUUID } from 'node:crypto';
import { failure, type Outcome } from '../../debate/outcome.ts';
import { openPostgresStore } from '../../journal/postgres/postgres-store.ts';
import type { ModelSettings } from '../../models/providers/provider.ts';
import { systemClock } from '../../run/system-clock.ts';
import { version } from '../../run/version.ts';
import type { Plan } from '../plan.ts';
import { createPlanModels, type PlanModels } from '../plan-models.ts';
import type { PlanDatabase } from './plan-database.ts';
import type { DebateQueue } from './queue.ts';
import { createWorker, type Worker, type WorkerOptions } from './run-worker.ts';
import { keyHash } from './shared-limits.ts';

export interface WorkerRequest
  extends Pick<
    WorkerOptions,
    'name' | 'leaseMs' | 'mostCalls' | 'untilEmpty' | 'report' | 'onTrouble' | 'watchRun'
  > {
  /** Keys and addresses of this machine; prices come with the plans. */
  settings: ModelSettings;
}

/** A worker on a database's plans, with this machine's keys. */
export function openWorker(
  { pool }: PlanDatabase,
  queue: DebateQueue,
  { settings, ...request }: WorkerRequest,
): Worker {
  const { leaseMs, name } = request;
  const worker: Worker = createWorker({
    ...request,
    ...{ pool, queue, version, worker: randomUUID(), clock: systemClock, jitter: Math.random },
    store: openPostgresStore({
      ...{ connection: pool, clock: systemClock, leaseMs, holder: `the worker ${name}` },
      onLeaseLost: (debate) => worker.lost(debate),
    }),
    modelsFor: ({ plan, price }) => modelsHere(plan, { ...settings, ...(price === null ? {} : { price }) }),
    keyHashOf: (spec) => keyHash(spec, settings.environment),
  });
  return worker;
}

/** A plan's models with this machine's keys. Which model is used was decided when the plan was submitted. */
function modelsHere(plan: Plan, settings: ModelSettings): Outcome<PlanModels> {
  const models = createPlanModels(plan, settings);
  if (models.ok || models.failure.reason !== 'missing-key') return models;
  const message = models.failure.message.replace(/\.$/, ' here, and start the worker again.');
  return failure('missing-key', message);
}
