import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { comparisonSchema } from '../../src/compare/comparison.ts';
import { type Finished, journalOf, parley, startParley, temporaryFolder } from './parley.ts';

const example = resolve('examples/steelman.yaml');
/** Wherever the lines of a page break. */
const caveat = /this\s+tests\s+the\s+pipeline\s+and\s+tells\s+nothing\s+about\s+language\s+models/;

/** A folder in which the example of the README is compared once, by the first test that needs it. */
let cwd: string;
let held: Promise<Finished> | null = null;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'parley-compare-'));
  await cp(resolve('examples'), join(cwd, 'examples'), { recursive: true });
});

afterAll(() => rm(cwd, { recursive: true, force: true }));

const compareExample = (...more: string[]) =>
  parley(['compare', 'examples/steelman.yaml', '--yes', ...more], { cwd });

function first(): Promise<Finished> {
  held ??= compareExample();
  return held;
}

async function again(...more: string[]): Promise<Finished> {
  await first();
  return compareExample(...more);
}

/** The example with one round a debate, in a folder of its own. */
async function shortExample(model = 'simulator'): Promise<string> {
  const folder = await temporaryFolder();
  await cp(resolve('examples'), folder, { recursive: true });
  const plan = await readFile(example, 'utf8');
  const short = plan.replace('rounds: 4', 'rounds: 1').replace('model: simulator', `model: ${model}`);
  await writeFile(join(folder, 'steelman.yaml'), short);
  return folder;
}

/** Runs by name, with the folder each lies in. */
/** Whole runs only: a killed process may leave one it was still preparing, under a hidden name. */
async function runsOf(folder: string): Promise<{ run: string; parent: string }[]> {
  const transcripts = join(folder, 'transcripts');
  const files = await readdir(transcripts, { recursive: true }).catch(() => []);
  return files
    .filter((file) => basename(file) === 'journal.jsonl')
    .map((file) => join(transcripts, dirname(file)))
    .map((place) => ({ run: basename(place), parent: dirname(place) }))
    .filter(({ run }) => !run.startsWith('.'));
}

describe('parley compare', () => {
  test('holds every debate of the example and ends in a verdict that says what the simulator is', async () => {
    const { code, stdout, stderr } = await first();
    expect(code).toBe(0);
    expect(stderr).toMatch(/14 debates/);
    expect(stdout).toMatch(/^(Inconclusive|No worse|\w+ is better|Mixed)/m);
    expect(stdout).toMatch(caveat);
    expect(await runsOf(cwd)).toHaveLength(14);
  });

  test('gives both arms the same cells and each its own strategy', async () => {
    await first();
    const strategies = new Map<string, number>();
    const articles = new Map<string, Set<string>>();
    for (const { parent, run } of await runsOf(cwd)) {
      const [started] = await journalOf(parent, run);
      if (started?.type !== 'debate-started') throw new Error('no start');
      const { strategy, article } = started;
      strategies.set(strategy, (strategies.get(strategy) ?? 0) + 1);
      articles.set(strategy, (articles.get(strategy) ?? new Set()).add(article.sha256));
    }
    expect(Object.fromEntries(strategies)).toEqual({ plain: 7, steelman: 7 });
    expect(articles.get('plain')).toEqual(articles.get('steelman'));
    expect(articles.get('plain')?.size).toBe(7);
  });

  test('run again, holds no debate anew and says the same', async () => {
    await first();
    const [one] = await runsOf(cwd);
    const journal = join(one?.parent ?? '', one?.run ?? '', 'journal.jsonl');
    const before = await readFile(journal, 'utf8');
    const second = await again();
    expect(second.stdout).toBe((await first()).stdout);
    expect(await readFile(journal, 'utf8')).toBe(before);
    expect(await runsOf(cwd)).toHaveLength(14);
  });

  test('gives JSON that reads back as the comparison, naming articles as the plan does', async () => {
    const { stdout, code } = await again('--json');
    const result = comparisonSchema.parse(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(result.planned).toBe(14);
    expect(result.articles).toContain('articles/one-site-short.md');
    expect(result.arms.map(({ arm, debates, simulated }) => ({ arm, debates, simulated }))).toEqual([
      { arm: 'plain', debates: 7, simulated: 7 },
      { arm: 'steelman', debates: 7, simulated: 7 },
    ]);
    expect(result.caveat).toMatch(caveat);
  });

  test('gives CSV with a row for every measure', async () => {
    const { stdout } = await again('--csv');
    const [head, ...rows] = stdout.trimEnd().split('\r\n');
    expect(head).toMatch(/^a,b,measure,/);
    expect(rows).toHaveLength(7);
    expect(rows[0]).toMatch(/^steelman,plain,principals,primary,7,/);
  });

  test('writes the page, the measures, JUnit and the stored result, and leaves files that are there alone', async () => {
    const folder = await temporaryFolder();
    const place = (name: string) => join(folder, name);
    const files = ['--html', place('a.html'), '--debates', place('a.csv')];
    const more = ['--junit', place('a.xml'), '--store', place('a.json')];
    expect((await again(...files, ...more)).code).toBe(0);
    const page = await readFile(place('a.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    // Whole pairs of debates stand in it, as many as a page of 300 kB holds.
    expect(Buffer.byteLength(page)).toBeLessThan(300_000);
    expect(page.match(/class="debate"/g)).toHaveLength(10);
    expect(page).toContain('The first 10 of 14 debates in full');
    expect(page).toMatch(caveat);
    expect((await readFile(place('a.csv'), 'utf8')).trimEnd().split('\r\n')).toHaveLength(15);
    expect(await readFile(place('a.xml'), 'utf8')).toContain('failures="0"');
    comparisonSchema.parse(JSON.parse(await readFile(place('a.json'), 'utf8')));

    await writeFile(place('a.html'), 'mine');
    const refused = await again(...files);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('already exists and was not changed');
    expect(await readFile(place('a.html'), 'utf8')).toBe('mine');
    expect((await again('--html', place('a.html'), '--force')).code).toBe(0);
    expect(await readFile(place('a.html'), 'utf8')).toBe(page);
  });

  test('fails with 4 where a condition holds, and tells the build server', async () => {
    const file = join(await temporaryFolder(), 'a.xml');
    const failed = await again('--fail-if', 'plain.principals < 0.99', '--junit', file);
    expect(failed.code).toBe(4);
    expect(failed.stderr).toMatch(/plain: principals is 0\.\d\d .*fails if plain\.principals < 0\.99/);
    expect(await readFile(file, 'utf8')).toContain('failures="1"');
    expect((await again('--fail-if', 'plain.principals < 0.01')).code).toBe(0);
  });

  test('fails with 4 where an arm is worse than in a stored result', async () => {
    const folder = await temporaryFolder();
    const stored = join(folder, 'stored.json');
    await again('--store', stored);
    expect((await again('--baseline', stored)).code).toBe(0);

    const better = comparisonSchema.parse(JSON.parse(await readFile(stored, 'utf8')));
    better.arms = better.arms.filter(({ arm }) => arm === 'plain');
    const measure = better.arms[0]?.measures.find((each) => each.measure === 'principals');
    for (const article of measure?.byArticle ?? []) article.value += 0.2;
    await writeFile(stored, JSON.stringify(better));
    const worse = await again('--baseline', stored);
    expect(worse.code).toBe(4);
    expect(worse.stderr).toMatch(/plain: C at the end regressed/);
  });

  test('says what is wrong before it holds any debate', async () => {
    const elsewhere = await temporaryFolder();
    const told = async (...args: string[]) => {
      const { code, stderr } = await parley(['compare', ...args], { cwd: elsewhere });
      expect(code).not.toBe(0);
      return stderr;
    };
    expect(await told(example, '--yes', '--fail-if', 'groundng < 0.9')).toContain(
      'did you mean "grounding"?',
    );
    expect(await told(example, '--yes', '--baseline', 'none.json')).toContain('none.json does not exist');
    expect(await told(example, '--yes', '--html', 'no/such/folder.html')).toContain(
      'its folder does not exist',
    );
    expect(await told(example, '--yes', '--json', '--csv')).toContain('--json and --csv');
    expect(await told('none.yaml')).toContain('none.yaml');
    const plan = join(elsewhere, 'plan.yaml');
    await writeFile(
      plan,
      'arms: [{ id: one, strategy: steelmann }]\nscenarios: [us-dprk-talks]\nmodel: simulator\n',
    );
    expect(await told(plan, '--yes')).toMatch(/plan\.yaml:1: there is no strategy "steelmann".*steelman/);
    await writeFile(
      plan,
      'arms: [{ id: one, strategy: plain }]\nscenarios: [us-dprk-talks]\nmodel: simulator\n',
    );
    expect(await told(plan, '--yes')).toContain('two arms');
    expect(await runsOf(elsewhere)).toEqual([]);
  });

  test('shows what it would take with --dry-run, and spends nothing', async () => {
    const elsewhere = await temporaryFolder();
    const shown = await parley(['compare', example, '--dry-run'], { cwd: elsewhere });
    expect(shown.code).toBe(0);
    expect(shown.stdout + shown.stderr).toMatch(/14 debates[\s\S]*490 calls[\s\S]*tokens[\s\S]*\$0\.00/);
    expect(await runsOf(elsewhere)).toEqual([]);
  });

  test('stops at the budget, compares what there is as an early look, and goes on under a larger one', async () => {
    const elsewhere = await shortExample();
    const args = ['compare', 'steelman.yaml', '--yes'];
    const early = await parley([...args, '--budget-tokens', '250000'], { cwd: elsewhere });
    expect(early.code).toBe(3);
    expect(early.stderr).toMatch(/The rest of the budget [\s\S]*of 250000 tokens[\s\S]*a larger budget/);
    expect(early.stdout).toMatch(/of 14 planned debates are compared\. Looking early/);
    const whole = await parley(args, { cwd: elsewhere });
    expect(whole.code).toBe(0);
    expect(whole.stdout).toContain('14 debates');
    expect(whole.stdout).not.toContain('Looking early');
  });

  test('spends nothing on a paid model where nobody can be asked and nobody said yes', async () => {
    const elsewhere = await shortExample('openai:gpt-6-luna');
    const env = { OPENAI_API_KEY: 'not-a-key' };
    const refused = await parley(['compare', 'steelman.yaml', '--no-probe'], { cwd: elsewhere, env });
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/about 154 calls, .* \$0\.\d*[1-9]/);
    expect(refused.stderr).toContain('Add --yes');
    expect(await runsOf(elsewhere)).toEqual([]);
  });

  test('killed on the way, it goes on where it was and ends in the same comparison', async () => {
    const elsewhere = await shortExample();
    const args = ['compare', 'steelman.yaml', '--yes', '--json'];
    const started = startParley(args, { cwd: elsewhere });
    const begun = async () => (await runsOf(elsewhere)).length;
    await expect.poll(begun, { timeout: 60_000 }).toBeGreaterThan(8);
    started.process.kill('SIGKILL');
    expect((await started.finished).stdout).toBe('');

    const resumed = await parley(args, { cwd: elsewhere });
    expect(resumed.code).toBe(0);
    expect(resumed.stderr).toMatch(/done already|to continue/);
    expect(await begun()).toBe(14);
    const undisturbed = await parley([...args, '--transcripts', 'others'], { cwd: elsewhere });
    expect(resumed.stdout).toBe(undisturbed.stdout);
  });
});
