import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { openServer, type Query } from './server.ts';
import { ServerError, type ServerReason } from './server-error.ts';

/** A part of the schema that one room keeps: steps are only ever added at the end, since databases have taken the others. */
export interface SchemaPart {
  name: string;
  steps: readonly string[];
}

/** The tables of debates. Events and kept files are never changed: a worker's role needs no right to. */
export const journalSchema: SchemaPart = {
  name: 'journal',
  steps: [
    `
create table parley.debates (
  id text collate "C" primary key,
  shard text collate "C" not null,
  events integer not null check (events >= 0),
  made_at timestamptz not null default now(),
  lease_token uuid,
  holder text,
  held_since timestamptz,
  lease_until timestamptz
);
create index debates_in_order on parley.debates (shard, id);
comment on table parley.debates is 'One row a debate: how many events it has, and who may append to it until when.';

create table parley.events (
  debate text collate "C" not null references parley.debates,
  number integer not null check (number >= 0),
  line text not null,
  primary key (debate, number)
);
comment on table parley.events is 'The journals: one event a row, as the JSON that a journal.jsonl has as a line.';

create table parley.kept_files (
  sha256 text collate "C" primary key,
  content bytea not null
);
comment on table parley.kept_files is 'Prompt files as they were used, each once for all debates.';

create table parley.debate_files (
  debate text collate "C" not null references parley.debates,
  path text collate "C" not null,
  sha256 text collate "C" not null references parley.kept_files,
  primary key (debate, path)
);
comment on table parley.debate_files is 'Which prompt files a debate used.';
`,
  ],
};

export interface PreparedSchema {
  /** How many steps were missing and are now taken; 0 where all was in place. */
  steps: number;
}

/** Any number of our own: two that prepare at once take turns by it. */
const turnstile = 7_202_605;

/**
 * Makes the schema `parley` and brings it up to date: the tables of journals, then the parts of other rooms. Either all of
 * it is done or nothing. Needs no right to create anything where all is in place already.
 */
export async function prepareSchema(
  connection: string | Pool,
  { clock, parts = [] }: { clock: Pick<Clock, 'sleep'>; parts?: readonly SchemaPart[] },
): Promise<Outcome<PreparedSchema, ServerReason>> {
  const server = openServer({ connection, clock, max: 1 });
  try {
    return await server.transaction(async (query) => {
      await query(`select pg_advisory_xact_lock(${turnstile})`);
      await makeLedger(query);
      let steps = 0;
      for (const part of [journalSchema, ...parts]) {
        const taken = await stepsTaken(query, part.name);
        if (taken > part.steps.length) return newerThanThis(server.place);
        for (const [index, step] of part.steps.entries()) {
          if (index < taken) continue;
          await query(step);
          await query('insert into parley.migrations (part, step) values ($1, $2)', [part.name, index + 1]);
          steps++;
        }
      }
      return success({ steps });
    });
  } catch (error) {
    if (error instanceof ServerError) return failure(error.reason, error.message);
    throw error;
  } finally {
    await server.close();
  }
}

/** Fails where a database cannot serve as it is: no way to it, no schema, or one of another version. */
export async function checkSchema(
  connection: string | Pool,
  { clock, parts = [] }: { clock: Pick<Clock, 'sleep'>; parts?: readonly SchemaPart[] },
): Promise<Outcome<null, ServerReason>> {
  const server = openServer({ connection, clock, max: 1 });
  try {
    for (const part of [journalSchema, ...parts]) {
      const taken = await stepsTaken(server.query, part.name);
      if (taken > part.steps.length) return newerThanThis(server.place);
      if (taken < part.steps.length) {
        const what =
          taken === 0
            ? 'lacks tables that this version of parley needs'
            : 'was created by an older version of parley';
        return failure('refused', `${server.place} ${what}. Run parley migrate with this address once.`);
      }
    }
    return success(null);
  } catch (error) {
    if (error instanceof ServerError) return failure(error.reason, error.message);
    throw error;
  } finally {
    await server.close();
  }
}

/** Looks first, since asking to create what is there takes the right to create it. */
async function makeLedger(query: Query): Promise<void> {
  const { rows } = await query(
    `select to_regnamespace('parley') is not null as schema, to_regclass('parley.migrations') is not null as ledger`,
  );
  if (!rows[0].schema) await query('create schema parley');
  if (rows[0].ledger) return;
  await query(`
    create table parley.migrations (
      part text not null,
      step integer not null,
      taken_at timestamptz not null default now(),
      primary key (part, step)
    )`);
}

async function stepsTaken(query: Query, part: string): Promise<number> {
  const { rows } = await query(
    'select coalesce(max(step), 0) as taken from parley.migrations where part = $1',
    [part],
  );
  return rows[0].taken;
}

function newerThanThis(place: string) {
  const message = `${place} was migrated by a newer version of parley. Nothing was changed. Update parley here.`;
  return failure('unsupported-version', message);
}
