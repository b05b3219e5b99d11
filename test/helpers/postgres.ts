import { afterAll, beforeAll } from 'vitest';
import { type PostgresOptions, type PostgresServer, startPostgres } from './postgres-server.ts';

/**
 * One Postgres server for the tests of a file, started before the first and gone after the last. Call it at the top of
 * the file, and what it gives inside of tests; a test that needs tables takes a database of its own.
 */
export function postgresForFile(options: PostgresOptions = {}): () => PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres(options);
  }, 120_000);
  afterAll(async () => {
    await server?.dispose();
  });
  return () => {
    if (!server) throw new Error('Postgres runs only while tests run');
    return server;
  };
}
