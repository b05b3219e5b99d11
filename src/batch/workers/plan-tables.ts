import type { SchemaPart } from '../../journal/postgres/journal-schema.ts';

export const planSchemaName = 'parley';
export const limitsTable = 'rate_limits';

/** What debates that no worker holds come to, of one sign: rows that were there are taken away, rows that are there are added. */
const summed = (sign: string, rows: string) =>
  `select plan, ${sign} * count(*) filter (where state = 'waiting') as waiting,
     ${sign} * count(*) filter (where state = 'waiting' and tries > 0) as retrying,
     ${sign} * count(*) filter (where state = 'done') as done,
     ${sign} * count(*) filter (where state = 'set-aside') as set_aside,
     ${sign} * sum(usd) as usd, ${sign} * sum(tokens) as tokens, ${sign} * sum(unpriced_calls) as unpriced_calls
   from ${rows} where state <> 'held' group by plan`;
const counted = ['waiting', 'retrying', 'done', 'set_aside', 'usd', 'tokens', 'unpriced_calls'];
const addition = (rows: string) =>
  `insert into parley.plan_counts as c (plan, slot, ${counted.join(', ')})
   select plan, pg_backend_pid() % 32, ${counted.map((name) => `sum(${name})`).join(', ')} from (${rows}) changes group by plan
   on conflict (plan, slot) do update set ${counted.map((name) => `${name} = c.${name} + excluded.${name}`).join(', ')};`;

/**
 * Every worker looks at all plans every few seconds. Counted anew, ten million debates take seconds each time: a trigger
 * keeps the counts with its owner's rights, so that a worker needs none on them, in the slot of its connection so that workers do not wait for one another, and indexes find the
 * cheapest debate and the dearest miss. Held debates are few, and counted when they are asked for.
 */
const countingStep = `
  create table parley.plan_counts (
    plan text not null references parley.plans on delete cascade,
    slot integer not null,
    ${counted.map((name) => `${name} ${name === 'usd' || name === 'tokens' ? 'numeric' : 'bigint'} not null default 0`).join(',\n    ')},
    primary key (plan, slot)
  ) with (fillfactor = 50);
  create function parley.count_debates() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
  begin
    if tg_op = 'INSERT' then
      ${addition(summed('1', 'after'))}
    elsif tg_op = 'DELETE' then
      ${addition(summed('-1', 'before'))}
    else
      ${addition(`${summed('-1', 'before')} union all ${summed('1', 'after')}`)}
    end if;
    return null;
  end $$;
  create trigger count_inserted after insert on parley.plan_debates
    referencing new table as after for each statement execute function parley.count_debates();
  create trigger count_updated after update on parley.plan_debates
    referencing old table as before new table as after for each statement execute function parley.count_debates();
  create trigger count_deleted after delete on parley.plan_debates
    referencing old table as before for each statement execute function parley.count_debates();
  ${addition(summed('1', 'parley.plan_debates'))}
  create index plan_debates_least_usd on parley.plan_debates (plan, (coalesce(expected_usd, 0))) where state = 'waiting';
  create index plan_debates_least_tokens on parley.plan_debates (plan, (coalesce(expected_tokens, 0))) where state = 'waiting';
  create index plan_debates_returned on parley.plan_debates (plan) where state = 'waiting' and (usd <> 0 or tokens <> 0);
  create index plan_debates_scale_usd on parley.plan_debates (plan, (usd / nullif(expected_usd, 0))) where state = 'done';
  create index plan_debates_scale_tokens on parley.plan_debates (plan, (tokens / nullif(expected_tokens, 0))) where state = 'done';
`;

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
    countingStep,
    // One whose worker ended before it noted what was used came back as well.
    `drop index parley.plan_debates_returned;
     create index plan_debates_returned on parley.plan_debates (plan)
       where state = 'waiting' and (progress > 0 or usd <> 0 or tokens <> 0);`,
  ],
};
