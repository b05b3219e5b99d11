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

describe('parley score without a model', () => {
  test('says in at most twelve lines that nobody read, what code counts, and how to have it read', async () => {
    const cwd = await folderWith({});
    const { stdout, code } = await parley(['score', 'talk.txt', '--agenda', 'agenda.yaml'], { cwd });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
    expect(lines[0]).toBe('talk.txt');
    expect(stdout).toContain('no positions were read and there is no C.');
    expect(stdout).toContain('name a judge such as openai:gpt-6-luna');
    expect(stdout).not.toMatch(/C = /);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(140);
  });

  test('shows the last six of many rounds and says how many it left out', async () => {
    const cwd = await folderWith({ 'long.txt': talk.replace(/Chair: .*\n\n/, '').repeat(5) });
    const { stdout } = await parley(['score', 'long.txt', '--agenda', 'agenda.yaml'], { cwd });
    expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(12);
    expect(stdout).toContain('(4 earlier rounds are not shown; the JSON form has them all.)');
  });

  test('gives the cues of every round as JSON, with no C', async () => {
    const cwd = await folderWith({});
    const { stdout } = await parley(['score', 'talk.txt', '--agenda', 'agenda.yaml', '--json'], { cwd });
    const score = JSON.parse(stdout);
    expect(score).toMatchObject({ name: 'talk.txt', judge: null, convergence: null });
    expect(score.cues.map(({ round }: { round: number }) => round)).toEqual([1, 2]);
    // Round 2: two phrases that agree, none that refuses.
    expect(score.cues[1].agreeRatio).toBe(1);
  });

  test.each(['md', 'html'])('makes no %s of what nobody read', async (format) => {
    const cwd = await folderWith({});
    const { code, stderr } = await parley(
      ['score', 'talk.txt', '--agenda', 'agenda.yaml', '--format', format],
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--judge PROVIDER:NAME');
  });
});

describe('parley score of a run', () => {
  test('shows what its own judge read, and asks nobody', async () => {
    const cwd = await temporaryFolder();
    await parley(['run', '--model', 'simulator', '--rounds', '2', '--seed', '7', '--name', 'one'], { cwd });
    const events = await journalOf(join(cwd, 'transcripts'), 'one');
    const own = events.flatMap((event) => (event.type === 'verdict-given' ? [event] : []));
    const { stdout, stderr, code } = await parley(['score', 'one', '--json'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const score = JSON.parse(stdout);
    expect(score.judge).toMatchObject({ kind: 'run', spec: 'simulator', samples: 3 });
    expect(score.verdicts.map(({ cells }: (typeof own)[number]) => cells)).toEqual(
      own.map(({ cells }) => cells),
    );
    const { stdout: text } = await parley(['score', 'one'], { cwd });
    const flat = text.replace(/\s+/g, ' ');
    expect(flat).toContain('the readings of the run itself, as its journal holds them');
    const moves = own.flatMap(({ round, convergence }) =>
      (convergence?.moves ?? []).map(({ from, to, turn, quote, why }) => ({
        round,
        from,
        to,
        turn,
        quote,
        why,
      })),
    );
    expect(moves.length).toBeGreaterThan(0);
    const [, shown = ''] = flat.split('Who moved Round');
    for (const { from, to, turn, quote, why } of moves) {
      expect(shown).toMatch(new RegExp(`, ${from} to ${to}, [a-z ,]+ \\[turn ${turn}\\] “`));
      expect(shown).toContain(`“${quote.replace(/\s+/g, ' ')}”`);
      if (why) expect(shown).toContain(`reason: “${why.replace(/\s+/g, ' ')}”`);
    }
  });

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
    // Samples that agree still share what a judge that was never validated is off by.
    expect(score.convergence.interval.high).toBe(1);
    expect(score.convergence.interval.low).toBeGreaterThan(0.9);
    expect(score.convergence.interval.low).toBeLessThan(1);
    expect(score.verdicts.at(-1).convergence.judge.error).toMatchObject({ basis: 'default', points: 0.16 });
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
    const [how, who, takes, ...rest] = stderr.trimEnd().split('\n');
    expect(how).toMatch(/^talk\.txt: read as names before colons, 2 speakers/);
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
    [
      'a budget and no price',
      ['--budget', '5'],
      'A budget in US dollars needs a price, and none is known for the judge. Give --price',
    ],
  ])('%s: nobody is asked', async (_, more, message) => {
    const server = await startProviderServer({ answer: judged });
    const { stderr, stdout, code } = await parley(judge(server.baseUrl, ...more), {
      cwd: await folderWith({}),
    });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).toContain('No model was called.');
    expect(server.requests).toHaveLength(0);
  });

  test('a budget used up on the way ends the reading there, and what was read is shown', async () => {
    // Long, and not the same sentence over and over, which would end the call.
    const thought = Array.from({ length: 1000 }, (_, step) => `Thought ${step * 7919}. `).join('');
    const wordy = (request: ChatRequest) => `${thought}${judged(request)}`;
    const server = await startProviderServer({ answer: wordy });
    const { stderr, stdout, code } = await parley(
      [...judge(server.baseUrl, '--price', '1,40', '--budget', '0.2'), '--json'],
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
      'talk.txt has no agenda. Give one with --scenario NAME or --agenda FILE.yaml.',
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
    const lines = stderr.trimEnd().split('\n');
    // How a transcript was read is said even where what follows is refused.
    expect(lines.filter((line) => !line.startsWith('talk.txt: read as '))).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(misuse);
  });
});
