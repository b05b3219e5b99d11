import type { SchemaPart } from '../../journal/postgres/journal-schema.ts';

export const planSchemaName = 'parley';
export const limitsTable = 'rate_limits';

/** The tables of plans, workers, budgets and limits, beside the journals; pg-boss has a schema of its own. */
export const planSchema: SchemaPart = {
  name: 'plans',
  steps: [
    `
  create table parley.plans (
    plan text primary key,
    file text not null,
    design jsonb not null,
    price jsonb,
    budget_usd numeric,
    budget_tokens numeric,
    used_usd numeric not null default 0,
    used_tokens numeric not null default 0,
    reserved_usd numeric not null default 0,
    reserved_tokens numeric not null default 0,
    lost_usd numeric not null default 0,
    lost_tokens numeric not null default 0,
    submitted_at timestamptz not null default now()
  );
  create table parley.prompt_files (sha256 text primary key, content text not null);
  create table parley.prompt_sets (sha256 text primary key, files jsonb not null);
  create table parley.workers (
    worker uuid primary key,
    name text not null,
    lease_ms integer not null,
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
  );
  create table parley.plan_debates (
    plan text not null references parley.plans,
    debate text not null,
    place integer not null,
    arm text not null,
    cell text not null,
    article text not null,
    seed bigint not null,
    prompts text not null references parley.prompt_sets,
    state text not null default 'waiting' check (state in ('waiting', 'held', 'done', 'set-aside')),
    worker uuid,
    job uuid,
    attempt integer,
    tries integer not null default 0,
    progress integer not null default 0,
    why text,
    usd numeric not null default 0,
    tokens numeric not null default 0,
    unpriced_calls integer not null default 0,
    summary jsonb,
    primary key (plan, debate)
  );
  create index plan_debates_by_state on parley.plan_debates (plan, state);
  create index plan_debates_held on parley.plan_debates (worker) where state = 'held';
  create table parley.reservations (
    call uuid primary key,
    plan text not null references parley.plans,
    worker uuid not null,
    usd numeric not null,
    tokens numeric not null
  );
  create index reservations_by_worker on parley.reservations (worker);
  create table parley.provider_limits (
    provider text primary key,
    requests_per_minute integer,
    tokens_per_minute integer
  );
  create table parley.rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint);
  `,
    // Listing runs asks which arms a debate is of.
    'create index plan_debates_by_debate on parley.plan_debates (debate);',
    // What a whole debate is expected to use; null where its plan was submitted before, or its price is not known.
    'alter table parley.plan_debates add column expected_usd numeric, add column expected_tokens numeric;',
  ],
};
