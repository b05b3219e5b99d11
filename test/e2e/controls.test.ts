import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/debate/debate.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { debating, taskOf } from '../run/debates.ts';
import { journalOf, parley, startParley, temporaryFolder } from './parley.ts';

const short = ['--model', 'simulator', '--seed', '5', '--rounds', '2', '--pace', '0'];

describe('a control run', () => {
  test('says what it is in the transcript, the report and the score, and stays out of training data', async () => {
    const cwd = await temporaryFolder();
    const run = await parley(['run', ...short, '--control', 'same-persona', '--plain', '--name', 'c'], {
      cwd,
    });
    const words = 'Control run: same-persona. One persona’s text played every seat';
    expect(run.code).toBe(0);
    expect(run.stdout).toContain(words);
    const [started] = await journalOf(join(cwd, 'transcripts'), 'c');
    expect(started).toMatchObject({ control: 'same-persona', settings: { stopEarly: false } });

    for (const args of [
      ['report', 'c'],
      ['report', 'c', '--format', 'html'],
      ['score', 'c', '--format', 'md'],
      ['score', 'c', '--format', 'html'],
    ]) {
      expect((await parley(args, { cwd })).stdout, args.join(' ')).toContain(words);
    }
    const json = JSON.parse((await parley(['report', 'c', '--format', 'json'], { cwd })).stdout);
    expect(json.control).toBe('same-persona');
    expect(JSON.parse((await parley(['score', 'c', '--json'], { cwd })).stdout).controls).toEqual([
      'same-persona',
    ]);

    const without = await parley(['export', 'data', '--include-simulated'], { cwd });
    expect(without.code).toBe(1);
    expect(without.stderr).toMatch(/1 controls, .*--include-controls/);
    const made = await parley(
      ['export', 'data', '--include-simulated', '--include-controls', '--files', 'jsonl'],
      {
        cwd,
      },
    );
    expect(made.stderr).not.toContain('Left out');
    const files = (await readdir(join(cwd, 'data'), { recursive: true })).filter((file) =>
      file.endsWith('.jsonl'),
    );
    const texts = await Promise.all(files.map((file) => readFile(join(cwd, 'data', file), 'utf8')));
    const rows = texts.join('').trim().split('\n');
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(JSON.parse(row)).toMatchObject({ control: 'same-persona' });
  });

  test('an unknown one is refused with those there are', async () => {
    const { code, stderr } = await parley(['run', '--control', 'no-debates'], {
      cwd: await temporaryFolder(),
    });
    expect(code).toBe(2);
    expect(stderr).toContain('no-debate, same-persona, shuffled-turns, neutral');
  });

  test('a stored debate can be read again with its turns shuffled, and the score says so', async () => {
    const cwd = await temporaryFolder();
    await parley(['run', ...short, '--name', 'real'], { cwd });
    const read = async (...more: string[]) =>
      JSON.parse((await parley(['score', 'real', '--json', ...more], { cwd })).stdout);
    const [plain, shuffled, again] = [
      await read(),
      await read('--control', 'shuffled-turns', '--judge', 'simulator'),
      await read('--control', 'shuffled-turns', '--judge', 'simulator'),
    ];
    expect(plain).not.toHaveProperty('controls');
    expect(shuffled.controls).toEqual(['shuffled-turns']);
    expect(again).toEqual(shuffled);
    const said = new Map(plain.turns.map((turn: { turn: number; text: string }) => [turn.turn, turn.text]));
    for (const cell of shuffled.verdicts.at(-1).cells) {
      if (cell.stand === 'position') expect(said.get(cell.turn)).toContain(cell.quote);
    }
  });

  test('shuffled, the last word of a talk that moved step by step is no longer where it ended', async () => {
    const cwd = await temporaryFolder();
    const stands = [
      'the reservoir gates remain shut all summer',
      'farmers may draw without any ceiling',
      'the reservoir gates remain shut all summer',
      'farmers may draw without any ceiling',
      'a modest flow for fish is released in July',
    ];
    const talk = stands.flatMap((stand) => ['Ann', 'Bo'].map((name) => `${name}: We propose that ${stand}.`));
    await writeFile(join(cwd, 'talk.txt'), talk.join('\n\n'));
    const anchors = `{ 0: ${stands[0]}, 3: ${stands[4]}, 6: ${stands[1]} }`;
    const issue = `{ id: release, title: Release, question: How much?, weight: 1, anchors: ${anchors} }`;
    await writeFile(join(cwd, 'agenda.yaml'), `agenda:\n  - ${issue}\n`);
    const last = async (...more: string[]) => {
      const { stdout } = await parley(
        ['score', 'talk.txt', '--agenda', 'agenda.yaml', '--judge', 'simulator', '--json', ...more],
        {
          cwd,
        },
      );
      const { cells } = JSON.parse(stdout).verdicts.at(-1);
      return cells.map(({ position }: { position: number }) => position);
    };
    expect(await last()).toEqual([3, 3]);
    const shuffled = await Promise.all(
      ['1', '2', '3'].map((seed) => last('--control', 'shuffled-turns', '--seed', seed)),
    );
    expect(shuffled.some(([ann, bo]) => ann !== 3 || bo !== 3)).toBe(true);
  });

  test('a plan holds an arm of controls only where it says so, and the comparison names it', async () => {
    const cwd = await temporaryFolder();
    await writeFile(
      join(cwd, 'plan.yaml'),
      [
        'model: simulator',
        'arms:',
        '  - { id: plain, strategy: plain }',
        '  - { id: alone, strategy: plain, control: no-debate }',
        'scenarios: [us-dprk-talks]',
        'debate: { rounds: 1, judgeSamples: 1 }',
      ].join('\n'),
    );
    const { code, stdout } = await parley(['compare', 'plan.yaml', '--yes', '--json'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('The arm alone is a control (no-debate)');
    expect(stdout).not.toContain('The arm plain is a control');
    await writeFile(
      join(cwd, 'bad.yaml'),
      'arms: [{ id: a, strategy: plain, control: neutrl }]\nscenarios: [us-dprk-talks]\n',
    );
    const bad = await parley(['compare', 'bad.yaml', '--yes'], { cwd });
    expect(bad.code).toBe(1);
    expect(bad.stderr).toContain('did you mean "neutral"?');
  });
});

describe('the poll off the record', () => {
  test('killed between two answers, a run asks nobody again who has answered', async () => {
    let polls = 0;
    let isHeld = true;
    const release: (() => void)[] = [];
    const server = await startProviderServer({
      answer: async (request) => {
        if (taskOf(request) !== 'poll') return debating(request);
        polls += 1;
        // The third one is under way when the process is killed.
        if (polls === 3 && isHeld) await new Promise<void>((resolve) => release.push(resolve));
        return JSON.stringify({ positions: [{ issue: 'sequencing', position: 3, why: `answer ${polls}` }] });
      },
    });
    const cwd = await temporaryFolder();
    const args = ['--model', 'openai:scripted', '--base-url', server.baseUrl, '--no-probe'];
    const run = startParley(['run', ...args, '--rounds', '1', '--poll', '--name', 'killed', '--plain'], {
      cwd,
    });
    await run.says(/answering off the record \(3 of 4\)/);
    await expect.poll(() => polls).toBe(3);
    run.process.kill('SIGKILL');
    expect((await run.finished).signal).toBe('SIGKILL');
    isHeld = false;
    for (const go of release) go();

    const resumed = await parley(
      ['resume', 'killed', '--base-url', server.baseUrl, '--no-probe', '--plain'],
      { cwd },
    );
    expect(resumed.code).toBe(0);
    const debate = fold(await journalOf(join(cwd, 'transcripts'), 'killed'));
    expect(debate?.polls.map(({ persona }) => persona)).toEqual(debate?.started.cast.map(({ id }) => id));
    expect(debate?.polls.map(({ positions }) => positions[0]?.why)).toEqual([
      'answer 1',
      'answer 2',
      'answer 4',
      'answer 5',
    ]);
    expect(polls).toBe(5);
    expect(debate?.ended?.reason).toBe('round-limit');
  });

  test('the gap stands in the transcript, the report as text, page and JSON, and the score', async () => {
    const cwd = await temporaryFolder();
    const run = await parley(['run', ...short, '--poll', '--plain', '--name', 'p'], { cwd });
    expect(run.stdout.match(/Off the record, after round \d/g)).toEqual([
      'Off the record, after round 1',
      'Off the record, after round 2',
    ]);
    expect(run.stdout).toMatch(/DPRK negotiator: would settle/);
    expect((await parley(['report', 'p'], { cwd })).stdout).toContain(
      '| Round | C in public | C in private |',
    );
    const page = (await parley(['report', 'p', '--format', 'html'], { cwd })).stdout;
    expect(page).toContain('<h2 id="off-record-h">Off the record</h2>');
    const json = JSON.parse((await parley(['report', 'p', '--format', 'json'], { cwd })).stdout);
    expect(json.polls).toHaveLength(8);
    expect(json.offRecord.map(({ round }: { round: number }) => round)).toEqual([1, 2]);
    for (const { gaps } of json.offRecord) {
      for (const { gap } of gaps) expect(gap === null || (gap >= 0 && gap <= 1)).toBe(true);
    }
    expect((await parley(['score', 'p'], { cwd })).stdout).toContain('Off the record after round 2');
    expect((await parley(['score', 'p', '--json'], { cwd })).stdout).toContain('"offRecord"');
    const exported = await parley(
      ['export', 'data', '--include-simulated', '--format', 'all', '--allow-empty', '--files', 'jsonl'],
      { cwd },
    );
    expect(exported.code).toBe(0);
    const why = json.polls.flatMap(({ positions }: { positions: { why: string }[] }) =>
      positions.map((one) => one.why),
    );
    for (const file of await readdir(join(cwd, 'data'), { recursive: true })) {
      if (!file.endsWith('.jsonl')) continue;
      const text = await readFile(join(cwd, 'data', file), 'utf8');
      for (const words of new Set<string>(why)) expect(text).not.toContain(words);
    }
  });
});
