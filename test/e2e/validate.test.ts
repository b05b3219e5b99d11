import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ChatRequest, startProviderServer } from '../helpers/provider-server.ts';
import { journalOf, parley, temporaryFolder } from './parley.ts';

/** A transcript in which everyone says its number, and the truth, which may be another. */
function labelled(id: string, said: [number, number], truth: [number | null, number | null]) {
  return JSON.stringify({
    id,
    agenda: [
      {
        id: 'gate',
        title: 'Gate',
        weight: 2,
        scale: { 0: 'the gate is shut', 3: 'half open', 6: 'wide open' },
      },
    ],
    speakers: [
      { id: 'ann', name: 'Ann', principal: true },
      { id: 'bo', name: 'Bo', principal: true },
    ],
    turns: said.map((position, place) => ({
      ...{ n: place + 1, round: 1, speaker: ['ann', 'bo'][place] },
      text: `For the gate of ${id} I will sign number ${position} today.`,
    })),
    labels: { final: { ann: { gate: truth[0] }, bo: { gate: truth[1] } } },
  });
}

/** Reads the numbers off the speeches, on the scale it is shown. */
function reader({ messages }: ChatRequest): string {
  const [system = '', user = ''] = messages.map(({ content }) => String(content));
  const isReversed = system.indexOf('wide open') < system.indexOf('the gate is shut');
  const readings = [
    ...user.matchAll(/<turn number="(\d+)" speaker="Party (\w)">\n\[Party \w\]: ([^<]*)\n<\/turn>/g),
  ].map(([, turn, party, text = '']) => {
    const position = Number(/number ([\d.]+) today/.exec(text)?.[1]);
    const shown = isReversed ? 6 - position : position;
    return { party, issue: 'gate', position: shown, act: 'commit', quote: text.trim(), turn: Number(turn) };
  });
  return JSON.stringify({ readings });
}

const truths: [string, [number, number], [number | null, number | null]][] = [
  ['one', [1, 5], [1, 5]],
  ['two', [2, 2], [2, 2]],
  ['three', [0, 3], [0, 4]],
  ['four', [6, 5], [6, null]],
];

async function folder() {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'own.jsonl'), `${truths.map((each) => labelled(...each)).join('\n')}\n`);
  return cwd;
}

const command = (baseUrl: string, ...more: string[]) => [
  ...['validate', 'own.jsonl', '--sample', '0', '--judge', 'openai:scripted', '--base-url', baseUrl],
  ...['--price', '1,10', ...more],
];

describe('parley validate', () => {
  test('measures a judge on labelled transcripts, keeps what it is off by, and later scores rest on it', async () => {
    const server = await startProviderServer({ answer: reader });
    const cwd = await folder();
    const { stdout, stderr, code } = await parley(command(server.baseUrl, '--json'), { cwd });
    expect(code).toBe(0);
    expect(stderr.split('\n')[0]).toMatch(
      /^Judge: openai:scripted\. 4 transcripts take about 12 calls, .* before cache discounts; what was read before/,
    );
    expect(server.requests).toHaveLength(12);
    const figures = JSON.parse(stdout);
    expect(figures).toMatchObject({ transcripts: 4, of: 4, kept: 0, isStopped: false });
    // Of seven labelled stands one is read a point off.
    expect(figures.cellsRead.value).toBe(1);
    expect(figures.cellError.value).toBeCloseTo((0 + 0 + 0.5 + 0) / 4, 12);
    expect(figures.indexError.value).toBeCloseTo(1 / 6 / 3, 12);
    // Seven squares of which one is 1, beside 20 of the default's 0.16 squared.
    expect(figures.error).toMatchObject({ basis: 'measured', transcripts: 4, noise: 0 });
    expect(figures.error.points).toBeCloseTo(Math.sqrt((1 + 20 * 0.16 ** 2) / 27), 12);

    await writeFile(
      join(cwd, 'talk.txt'),
      'Ann: For the gate I will sign number 1 today.\n\nBo: For the gate I will sign number 5 today.\n',
    );
    await writeFile(
      join(cwd, 'agenda.yaml'),
      'agenda:\n  - id: gate\n    title: Gate\n    question: How far open?\n    weight: 1\n    anchors:\n      0: the gate is shut\n      3: half open\n      6: wide open\n',
    );
    const score = await parley(
      [
        'score',
        'talk.txt',
        '--agenda',
        'agenda.yaml',
        '--judge',
        'openai:scripted',
        '--base-url',
        server.baseUrl,
        '--price',
        '1,10',
        '--json',
      ],
      { cwd },
    );
    const [verdict] = JSON.parse(score.stdout).verdicts;
    expect(verdict.convergence.judge.error).toMatchObject({ basis: 'measured', transcripts: 4, labels: 7 });
    expect(verdict.convergence.judge.error.points).toBeCloseTo(figures.error.points, 12);
  });

  test('asks again only for what it has not read, and stops where the budget is used up', async () => {
    const server = await startProviderServer({ answer: reader });
    const cwd = await folder();
    const first = await parley(command(server.baseUrl, '--budget', '0.000001'), { cwd });
    expect(first.code).toBe(3);
    expect(first.stdout).toContain('read 1 of 4 transcripts whose truth is known.');
    expect(first.stdout).toContain('The same command continues from here.');
    expect(server.requests).toHaveLength(3);
    const second = await parley(command(server.baseUrl), { cwd });
    expect(second.code).toBe(0);
    expect(second.stdout).toContain(
      'read 4 of 4 transcripts whose truth is known, 1 of them before and not again.',
    );
    expect(server.requests).toHaveLength(12);
    const [file = ''] = await readdir(join(cwd, 'transcripts', '.judges'));
    expect(
      (await readFile(join(cwd, 'transcripts', '.judges', file), 'utf8')).trim().split('\n'),
    ).toHaveLength(4);
  });

  test('a run rests its intervals on what its judge was measured to be off by', async () => {
    const cwd = await temporaryFolder();
    await parley(['validate', '--judge', 'simulator', '--sample', '2'], { cwd });
    await parley(['run', '--model', 'simulator', '--rounds', '1', '--name', 'one'], { cwd });
    const [verdict] = (await journalOf(join(cwd, 'transcripts'), 'one')).filter(
      (event) => event.type === 'verdict-given',
    );
    expect(verdict?.convergence?.judge.error).toMatchObject({ basis: 'measured', transcripts: 2 });
  });

  test('says what it would take and asks nobody', async () => {
    const { stdout, stderr, code } = await parley(['validate', '--judge', 'simulator', '--estimate'], {
      cwd: await temporaryFolder(),
    });
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/^Judge: simulator\. 18 transcripts take about 54 calls, /);
  });

  test.each([
    [[], 2, 'Name the judge with --judge PROVIDER:NAME.'],
    [['--judge', 'simulator', '--sample', '0'], 2, 'there is nothing to read'],
    [['--judge', 'simulator', 'bad.jsonl'], 1, 'bad.jsonl:2: labels.final names cy, who is no speaker.'],
    [['--judge', 'simulator', 'none.jsonl'], 1, 'none.jsonl cannot be read.'],
  ] as const)('refuses %j', async (more, exit, message) => {
    const cwd = await temporaryFolder();
    const wrong = labelled('two', [1, 2], [1, 2]).replace('"final":{"ann"', '"final":{"cy"');
    await writeFile(join(cwd, 'bad.jsonl'), `${labelled('one', [1, 2], [1, 2])}\n${wrong}\n`);
    const { stderr, stdout, code } = await parley(['validate', ...more], { cwd });
    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toContain(message);
  });
});
