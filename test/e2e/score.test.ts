import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ChatRequest } from '../helpers/provider-server.ts';
import { startProviderServer } from '../helpers/provider-server.ts';
import { journalOf, parley, temporaryFolder } from './parley.ts';

const agenda = `agenda:
  - id: release
    title: Summer release
    question: How much water is let out in summer?
    weight: 0.6
    anchors:
      0: the reservoir gates remain shut all summer
      3: a modest flow for fish is released in July
      6: farmers may draw without any ceiling
  - id: meters
    title: Meters
    question: Which pumps are metered?
    weight: 0.4
    anchors:
      0: private wells keep their present freedom
      3: electronic meters stand on large farms
      6: inspectors seal every pump
`;

const talk = `Ann: We propose that farmers may draw without any ceiling. On meters we want inspectors to seal every pump.

Bo: We insist that the reservoir gates remain shut all summer. On meters we want private wells to keep their present freedom.

Chair: Go on.

Ann: We accept that a modest flow for fish is released in July.

Bo: We accept that a modest flow for fish is released in July.
`;

async function folderWith(files: Record<string, string>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [name, text] of Object.entries({ 'agenda.yaml': agenda, 'talk.txt': talk, ...files })) {
    await writeFile(join(cwd, name), text);
  }
  return cwd;
}

const scored = async (cwd: string, ...args: string[]) => {
  const { stdout, stderr, code } = await parley(['score', ...args, '--agenda', 'agenda.yaml', '--json'], {
    cwd,
  });
  expect(stderr).toBe('Judge: lexical, since --judge names no other: no model, no cost, a rough baseline.\n');
  expect(code).toBe(0);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
};

describe('parley score without a model', () => {
  test('reads a talk that parley did not make, and the index is that of its positions', async () => {
    const [score] = await scored(await folderWith({}), 'talk.txt');
    const last = score.verdicts.at(-1);
    const positions = Object.fromEntries(
      last.cells.map((cell: { speaker: string; issue: string; position?: number }) => [
        `${cell.speaker} ${cell.issue}`,
        cell.position,
      ]),
    );
    expect(positions).toEqual({ 'ann release': 3, 'bo release': 3, 'ann meters': 6, 'bo meters': 0 });
    // 0.6 * 1 + 0.4 * (1 - 6 / 6)
    expect(score.convergence.c).toBeCloseTo(0.6, 10);
    expect(score.verdicts[0].convergence.principals).toBe(0);
    expect(score.turns).toHaveLength(4);
    expect(score.roundRule).toBe('passes');
    for (const cell of last.cells) expect(talk).toContain(cell.quote);
  });

  test('reads JSON lines as it reads text, and several files one a line', async () => {
    const lines = talk
      .trim()
      .split('\n\n')
      .map((turn) =>
        JSON.stringify({ role: turn.split(': ')[0], content: turn.slice(turn.indexOf(':') + 2) }),
      );
    const cwd = await folderWith({ 'talk.jsonl': lines.join('\n') });
    const [text, json] = await scored(cwd, 'talk.txt', 'talk.jsonl');
    expect(json.verdicts).toEqual(text.verdicts);
    expect(json.name).toBe('talk.jsonl');
  });

  test('explains itself: what C is, who judged, what was left out, and the quotes', async () => {
    const cwd = await folderWith({});
    const { stdout, code } = await parley(['score', 'talk.txt', '--agenda', 'agenda.yaml'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Convergence C = 0.60 (95% interval 0.27 to 1.00), by the lexical baseline, on 100% of the agenda',
    );
    expect(stdout).toContain('The lexical baseline: no model.');
    expect(stdout).toContain('How to read this');
    expect(stdout).toContain('the interval is what the reader was');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Ann: 3, committed [turn 3] “We accept that a modest flow for fish is released in July.”',
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(140);
  });

  test.each(['md', 'html'])('shows every quote in %s', async (format) => {
    const cwd = await folderWith({});
    const { stdout } = await parley(['score', 'talk.txt', '--agenda', 'agenda.yaml', '--format', format], {
      cwd,
    });
    expect(stdout).toContain('We accept that a modest flow for fish is released in July.');
    expect(stdout).toContain('On meters we want private wells to keep their present freedom.');
  });

  test('reads standard input', async () => {
    const cwd = await folderWith({});
    const { stdout } = await parley(['score', '-', '--agenda', 'agenda.yaml', '--json'], {
      cwd,
      input: talk,
    });
    expect(JSON.parse(stdout).convergence.c).toBeCloseTo(0.6, 10);
  });

  test('counts only those who could sign, where they are named', async () => {
    const cwd = await folderWith({
      'three.txt': `${talk}\nCid: On meters we want inspectors to seal every pump.\n`,
    });
    const [all, two] = [
      ...(await scored(cwd, 'three.txt')),
      ...(await scored(cwd, 'three.txt', '--principals', 'Ann,bo')),
    ];
    expect(all.counting).toEqual(['ann', 'bo', 'cid']);
    expect(two.counting).toEqual(['ann', 'bo']);
    expect(two.convergence.c).toBeCloseTo(0.6, 10);
  });
});

describe('parley score of a run', () => {
  test('with the judge and seed of the run, reads exactly what the run read', async () => {
    const cwd = await temporaryFolder();
    await parley(['run', '--model', 'simulator', '--rounds', '2', '--seed', '7', '--name', 'one'], { cwd });
    const events = await journalOf(join(cwd, 'transcripts'), 'one');
    const own = events.flatMap((event) => (event.type === 'verdict-given' ? [event] : []));
    for (const given of ['one', 'transcripts/one', 'transcripts/one/journal.jsonl']) {
      const { stdout, stderr } = await parley(['score', given, '--judge', 'simulator', '--json'], { cwd });
      const [judge, takes, ...rest] = stderr.trimEnd().split('\n');
      expect(judge).toBe('Judge: simulator, as asked with --judge: 3 readings after each round.');
      expect(takes).toMatch(/^It takes about 6 calls, .* \$0\.00 before cache discounts\.$/);
      expect(rest.slice(0, 2)).toEqual(['one: reading round 1 of 2', 'one: reading round 2 of 2']);
      expect(rest[2]).toMatch(/^Used: 6 calls, /);
      const score = JSON.parse(stdout);
      expect(score.simulated).toBe(true);
      expect(
        score.verdicts.map(({ cells, convergence }: (typeof own)[number]) => ({ cells, convergence })),
      ).toEqual(own.map(({ cells, convergence }) => ({ cells, convergence })));
    }
  });
});

/** Answers as a judge would: reads off a word of each speech, on the scale it is shown. */
function judged({ messages }: ChatRequest): string {
  const [system = '', user = ''] = messages.map(({ content }) => String(content));
  const isReversed = system.indexOf('farmers may draw') < system.indexOf('the reservoir gates remain');
  const readings = [
    ...user.matchAll(/<turn number="(\d+)" speaker="Party (\w)">\n\[Party \w\]: ([^<]*)\n<\/turn>/g),
  ].flatMap(([, turn, party, text = '']) =>
    ['release', 'meters'].map((issue) => {
      const position = text.includes('ceiling') ? 6 : text.includes('shut') ? 0 : 3;
      const shown = isReversed ? 6 - position : position;
      return { party, issue, position: shown, act: 'commit', quote: text.split('.')[0], turn: Number(turn) };
    }),
  );
  return JSON.stringify({ readings });
}

describe('parley score with a model', () => {
  const judge = (baseUrl: string, ...more: string[]) => [
    'score',
    'talk.txt',
    '--agenda',
    'agenda.yaml',
    '--judge',
    'openai:scripted',
    '--base-url',
    baseUrl,
    ...more,
  ];

  test('asks it in several samples with names hidden, and gives the interval', async () => {
    const server = await startProviderServer({ answer: judged });
    const cwd = await folderWith({});
    const { stdout, code } = await parley([...judge(server.baseUrl), '--json'], { cwd });
    expect(code).toBe(0);
    const score = JSON.parse(stdout);
    expect(score.judge).toMatchObject({
      kind: 'model',
      spec: 'openai:scripted',
      simulated: false,
      samples: 3,
    });
    expect(
      score.verdicts.map(
        ({ convergence }: { convergence: { principals: number } }) => convergence.principals,
      ),
    ).toEqual([0, 1]);
    expect(score.convergence.interval).toEqual({ low: 1, high: 1 });
    expect(server.requests).toHaveLength(6);
    for (const { messages } of server.requests) {
      const text = messages.map(({ content }) => content).join('\n');
      expect(text).not.toMatch(/\bAnn\b|\bBo\b|Chair/);
    }
  });

  test('says what it will take before it asks, and what it took', async () => {
    const server = await startProviderServer({ answer: judged });
    const cwd = await folderWith({});
    const { stderr, code } = await parley(judge(server.baseUrl, '--price', '1,10'), { cwd });
    expect(code).toBe(0);
    const [who, takes, ...rest] = stderr.trimEnd().split('\n');
    expect(who).toBe('Judge: openai:scripted, as asked with --judge: 3 readings after each round.');
    expect(takes).toMatch(
      /^It takes about 6 calls, [\d.k]+ tokens in and [\d.k]+ out, \$0\.\d+ before cache/,
    );
    expect(rest.at(-1)).toMatch(/^Used: 6 calls, [\d.k]+ tokens in and [\d.k]+ out, \$0\.\d+\.$/);
  });

  test.each([
    [
      'a budget that it would exceed',
      ['--price', '1000,1000', '--budget', '0.01'],
      'That is more than --budget 0.01.',
    ],
    ['a budget and no price', ['--budget', '5'], '--budget needs the price of the judge'],
  ])('%s: nobody is asked', async (_, more, message) => {
    const server = await startProviderServer({ answer: judged });
    const { stderr, stdout, code } = await parley(judge(server.baseUrl, ...more), {
      cwd: await folderWith({}),
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain('Nobody was asked.');
    expect(server.requests).toHaveLength(0);
  });

  test('a budget used up on the way ends the reading there, and what was read is shown', async () => {
    const wordy = (request: ChatRequest) => `${'Let me think. '.repeat(4000)}${judged(request)}`;
    const server = await startProviderServer({ answer: wordy });
    const { stderr, stdout, code } = await parley(
      [...judge(server.baseUrl, '--price', '1,10', '--budget', '0.2'), '--json'],
      { cwd: await folderWith({}) },
    );
    expect(code).toBe(3);
    expect(server.requests).toHaveLength(3);
    expect(stderr).toContain('the budget is used up, so round 2 of 2 and later ones are not read');
    expect(JSON.parse(stdout).verdicts).toHaveLength(1);
  });

  test('one that cannot be reached gives no score, and says so', async () => {
    const cwd = await folderWith({});
    const { code, stdout, stderr } = await parley(judge('http://127.0.0.1:9/v1', '--judge-samples', '1'), {
      cwd,
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/parley: talk\.txt: .+/);
  });

  test('one that writes no JSON makes failed readings and no number', async () => {
    const server = await startProviderServer({ answer: () => 'I would say 0.9.' });
    const { stdout, code } = await parley(judge(server.baseUrl), { cwd: await folderWith({}) });
    expect(code).toBe(0);
    expect(stdout).toContain('Convergence: no number.');
    expect(stdout).not.toContain('0.9');
  });
});

describe('what parley score refuses, with one line and no call', () => {
  test.each<[string, string[], string, number?]>([
    [
      'no agenda',
      ['talk.txt'],
      'talk.txt says nothing of an agenda. Give one with --scenario NAME or --agenda FILE.yaml.',
    ],
    ['a file that is not there', ['none.txt', '--agenda', 'agenda.yaml'], 'none.txt'],
    ['a transcript with a fault', ['bad.txt', '--agenda', 'agenda.yaml'], 'bad.txt:3: Bo says nothing here'],
    ['an agenda with a fault', ['talk.txt', '--agenda', 'bad.yaml'], 'bad.yaml:1: '],
    [
      'two agendas',
      ['talk.txt', '--agenda', 'agenda.yaml', '--scenario', 'us-dprk-talks'],
      'both name an agenda',
      2,
    ],
    [
      'an unknown judge',
      ['talk.txt', '--agenda', 'agenda.yaml', '--judge', 'gpt-9'],
      '--judge gpt-9 names no model.',
    ],
    [
      'a number that is none',
      ['talk.txt', '--agenda', 'agenda.yaml', '--rounds-of', 'few'],
      '--rounds-of few must be',
      2,
    ],
    [
      'two files on one page',
      ['talk.txt', 'talk.txt', '--agenda', 'agenda.yaml', '--format', 'html'],
      'one page of one transcript',
      2,
    ],
    [
      'a principal who does not speak',
      ['talk.txt', '--agenda', 'agenda.yaml', '--principals', 'Dee'],
      'nobody here is called "Dee"',
    ],
  ])('%s', async (_, args, message, misuse = 1) => {
    const cwd = await folderWith({ 'bad.txt': 'Ann: Yes.\n\nBo:\n', 'bad.yaml': 'agenda: 7\n' });
    const { code, stdout, stderr } = await parley(['score', ...args], { cwd });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(misuse);
  });
});
