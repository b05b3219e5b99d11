import { cp, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { journalOf, parley, temporaryFolder } from './parley.ts';

/** Written by parley 0.1.0 of 29 November 2026. They are never written again: what is in them must be read for ever. */
const fixtures = resolve('test/fixtures/journals');

const runs = [
  { name: 'plain', events: 15, speeches: 6, polls: 0, simulated: true },
  { name: 'forked-with-poll-and-control', events: 19, speeches: 6, polls: 6, simulated: true },
  { name: 'spoken-by-a-model', events: 15, speeches: 6, polls: 0, simulated: false },
];

async function copied(name: string): Promise<string> {
  const cwd = await temporaryFolder();
  await cp(join(fixtures, name), join(cwd, 'transcripts', name), { recursive: true });
  return cwd;
}

describe.each(runs)(
  'the journal $name of an earlier version',
  ({ name, events, speeches, polls, simulated }) => {
    test('opens with every event in it', async () => {
      const read = await journalOf(fixtures, name);
      const ofType = (type: string) => read.filter((event) => event.type === type);
      expect(read).toHaveLength(events);
      expect(ofType('poll-answered')).toHaveLength(polls);
      const debate = fold(read);
      expect(debate?.turns.filter(({ kind }) => kind === 'speech')).toHaveLength(speeches);
      expect(debate?.ended?.reason).toBe('round-limit');
    });

    test('is replayed word for word', async () => {
      const cwd = await copied(name);
      const { code, stdout } = await parley(['replay', name, '--plain', '--speed', '0'], { cwd });
      expect(code).toBe(0);
      const shown = stdout.replace(/\s+/g, ' ');
      for (const turn of fold(await journalOf(fixtures, name))?.turns ?? [])
        expect(shown).toContain(turn.text.replace(/\s+/g, ' ').slice(0, 200));
    });

    test('is reported with the figures that were read at the time', async () => {
      const cwd = await copied(name);
      const { code, stdout } = await parley(['report', name, '--format', 'json'], { cwd });
      expect(code).toBe(0);
      const report = JSON.parse(stdout);
      const verdicts = (await journalOf(fixtures, name)).flatMap((event) =>
        event.type === 'verdict-given' ? [event.convergence] : [],
      );
      expect(verdicts).toHaveLength(2);
      expect(report.verdicts.map((verdict: { convergence: unknown }) => verdict.convergence)).toEqual(
        verdicts,
      );
      expect(report.simulated).toBe(simulated);
      for (const format of ['md', 'html']) {
        const page = await parley(['report', name, '--format', format], { cwd });
        expect([page.code, page.stdout.length > 4000]).toEqual([0, true]);
      }
    });

    test('is exported as training rows that check', async () => {
      const cwd = await copied(name);
      const made = await parley(
        ['export', 'data', '--format', 'sft', '--include-simulated', '--include-controls'],
        { cwd },
      );
      expect([made.code, made.stderr]).toEqual([0, expect.stringContaining('sft')]);
      expect((await parley(['check-export', 'data'], { cwd })).code).toBe(0);
      const rows = await readFile(join(cwd, 'data', 'data', 'sft', 'train.jsonl'), 'utf8');
      const [spoken] = (fold(await journalOf(fixtures, name))?.turns ?? []).filter(
        ({ kind }) => kind === 'speech',
      );
      expect(rows).toContain(JSON.stringify(spoken?.text).slice(1, 80));
    });

    test('goes on from the middle, and keeps every line that was there', async () => {
      const cwd = await copied(name);
      const path = join(cwd, 'transcripts', name, 'journal.jsonl');
      const lines = (await readFile(path, 'utf8')).split('\n');
      const third = lines.flatMap((line, at) => (line.includes('"kind":"speech"') ? [at] : []))[2] ?? 0;
      const beginning = `${lines.slice(0, third + 1).join('\n')}\n`;
      await writeFile(path, beginning);
      const model = simulated ? [] : ['--model', 'simulator'];
      const { code, stderr } = await parley(['resume', name, '--pace', '0', ...model], { cwd });
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      expect((await readFile(path, 'utf8')).startsWith(beginning)).toBe(true);
      const debate = fold(await journalOf(join(cwd, 'transcripts'), name));
      expect(debate?.turns.filter(({ kind }) => kind === 'speech')).toHaveLength(speeches);
      expect(debate?.ended?.reason).toBe('round-limit');
    });

    test('is forked', async () => {
      const cwd = await copied(name);
      const args = ['fork', name, '--turn', '3', '--name', 'other', '--model', 'simulator', '--pace', '0'];
      const { code, stderr } = await parley(args, { cwd });
      expect([code, stderr]).toEqual([0, expect.any(String)]);
      const before = fold(await journalOf(fixtures, name))?.turns.slice(0, 2);
      const after = fold(await journalOf(join(cwd, 'transcripts'), 'other'))?.turns.slice(0, 2);
      expect(after?.map(({ text }) => text)).toEqual(before?.map(({ text }) => text));
    });
  },
);
