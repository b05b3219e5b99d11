import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresForFile } from '../helpers/postgres.ts';
import { databaseOf } from '../helpers/postgres-server.ts';
import { parley, temporaryFolder } from './parley.ts';

const postgres = postgresForFile();

test('a run damaged in the middle is refused with its line, and its repaired copy goes on', async () => {
  const cwd = await temporaryFolder();
  await parley(['run', '--model', 'simulator', '--rounds', '1', '--seed', '1', '--name', 'hurt'], { cwd });
  const path = join(cwd, 'transcripts', 'hurt', 'journal.jsonl');
  const lines = (await readFile(path, 'utf8')).split('\n');
  lines[3] = lines[3]?.slice(0, 40) ?? '';
  const damaged = lines.join('\n');
  await writeFile(path, damaged);

  const refused = await parley(['resume', 'hurt'], { cwd });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/journal\.jsonl line 4 is damaged/);
  expect(refused.stderr).toContain('parley repair hurt');
  expect(await readFile(path, 'utf8')).toBe(damaged);

  const repaired = await parley(['repair', 'hurt'], { cwd });
  expect(repaired.stdout).toContain(
    'Copied 3 events of hurt to hurt-repaired: line 4 and all after it were left out.',
  );
  const resumed = await parley(['resume', 'hurt-repaired'], { cwd });
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toContain('Think-tank analyst');
});

test('a run whose rows in a database are damaged is refused with its event, and its repaired copy goes on there', async () => {
  const cwd = await temporaryFolder();
  const address = await postgres().createDatabase();
  const plan = ['us-dprk-talks', '--model', 'simulator', '--count', '1'];
  expect((await parley(['batch', ...plan, '--on', address], { cwd })).code).toBe(0);
  expect((await parley(['worker', address, '--until-empty'], { cwd })).code).toBe(0);
  const [stored] = await postgres().run(databaseOf(address), 'select id from parley.debates');
  const run = String(stored?.['id']);
  await postgres().run(databaseOf(address), 'delete from parley.events where number = 4');

  const shown = `postgres://postgres@127.0.0.1:${postgres().port}/${databaseOf(address)}/${run}`;
  const refused = await parley(['resume', run, '--transcripts', address], { cwd });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`Event 4 of ${run} in postgres://`);
  expect(refused.stderr.replaceAll('\n', ' ')).toContain(`parley repair ${shown}`);

  // As the messages say it, with the password where they say that it may stand.
  const asTold = { cwd, env: { PGPASSWORD: postgres().password } };
  const repaired = await parley(['repair', shown], asTold);
  expect(repaired.stdout).toBe(
    `Copied 4 events of ${run} to ${run}-repaired: event 4 and all after it were left out. ${run} is unchanged.\n` +
      `Continue with: parley resume ${shown}-repaired\n`,
  );
  expect((await parley(['repair', run, '--transcripts', address], { cwd })).stderr).toContain(
    'already exists',
  );
  const resumed = await parley(['resume', `${shown}-repaired`, '--plain'], asTold);
  expect(resumed.code).toBe(0);
  expect(resumed.stdout).toContain('Think-tank analyst');
});
