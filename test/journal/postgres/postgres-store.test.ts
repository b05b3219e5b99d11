import { openPostgresStore } from '../../../src/journal/postgres/postgres-store.ts';
import { prepareSchema } from '../../../src/journal/postgres/prepare-schema.ts';
import { systemClock } from '../../../src/run/system-clock.ts';
import { postgresForFile } from '../../helpers/postgres.ts';
import { describeStore, tickingClock } from '../store-suite.ts';

const postgres = postgresForFile();

describeStore('the Postgres store', async () => {
  const connection = await postgres().createDatabase();
  await prepareSchema(connection, { clock: systemClock });
  const clock = { ...tickingClock(), sleep: systemClock.sleep };
  const [store, again] = [1, 2].map(() => openPostgresStore({ connection, clock })) as [
    ReturnType<typeof openPostgresStore>,
    ReturnType<typeof openPostgresStore>,
  ];
  return {
    store,
    again,
    async cleanUp() {
      await store.close();
      await again.close();
    },
  };
});
