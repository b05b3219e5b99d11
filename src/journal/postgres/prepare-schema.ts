import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { journalSchema, type SchemaPart } from './journal-schema.ts';
import { openServer, type Query } from './server.ts';
import { ServerError, type ServerReason } from './server-error.ts';

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
        const what = taken === 0 ? 'lacks tables of this parley' : 'was made by an older parley';
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
  const message = `${place} was brought up to date by a newer parley than this. Nothing was changed. Update parley here.`;
  return failure('unsupported-version', message);
}
