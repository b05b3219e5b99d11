import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventSchema } from '../../src/debate/events.ts';
import { exportDataset, report, resume, runDebate } from '../../src/index.ts';
import { readRun } from '../../src/run/catalogue/open-runs.ts';
import { type ChatRequest, startProviderServer } from '../helpers/provider-server.ts';
import { debating, taskOf } from './debates.ts';

const first = 'Both sides freeze launches for ninety days.';
const change = 'Both sides freeze launches for sixty days.';
const statement = (text: string) => {
  const items = [
    { issue: 'testing', status: 'agreed', text },
    { issue: 'sequencing', status: 'open', text: 'Who moves first is not settled.' },
  ];
  return JSON.stringify({ text: `The parties met. ${text}`, items });
};
const contentOf = ({ messages }: ChatRequest) => messages.map(({ content }) => content).join('\n');

/** One principal refuses ninety days and names the words that it would sign; everything else is signed. */
function scripted(request: ChatRequest): string {
  const said = contentOf(request);
  switch (taskOf(request)) {
    case 'draft':
      return statement(said.includes(change) ? change : first);
    case 'answer': {
      const isRefused = said.includes('persona id="dprk-negotiator"') && said.includes(first);
      return JSON.stringify(
        isRefused
          ? { answer: 'refuse', reason: 'Ninety days is too long.', change }
          : { answer: 'sign', reason: 'We can live with that.', change: null },
      );
    }
    default:
      return debating(request);
  }
}

async function redrafted() {
  const transcripts = await mkdtemp(join(tmpdir(), 'redraft-'));
  onTestFinished(() => rm(transcripts, { recursive: true, force: true }));
  const server = await startProviderServer({ answer: scripted });
  const models = { model: 'openai:scripted', baseUrl: server.baseUrl, environment: { OPENAI_API_KEY: 'k' } };
  const running = await runDebate({
    ...models,
    transcripts,
    name: 'talks',
    rounds: 1,
    seed: 1,
    judgeSamples: 1,
  });
  const debate = await running.result();
  const stored = await readRun(transcripts, 'talks');
  if (!stored.ok) throw new Error(stored.failure.message);
  return { transcripts, server, models, debate, events: stored.value.events };
}

test('a refused statement is drafted once more with the words asked for, and both answer anew: journal, report and export', async () => {
  const { transcripts, server, debate, events } = await redrafted();
  const closing = events.flatMap((event) =>
    event.type === 'statement-drafted'
      ? [`draft ${event.draft ?? 1}`]
      : event.type === 'statement-answered'
        ? [`${event.persona} ${event.answer}${event.change ? `: ${event.change}` : ''}`]
        : [],
  );
  expect(closing).toEqual([
    'draft 1',
    'state-department signed',
    `dprk-negotiator refused: ${change}`,
    'draft 2',
    'state-department signed',
    'dprk-negotiator signed',
  ]);
  for (const event of events) expect(eventSchema.safeParse(event).error).toBeUndefined();
  expect(debate.statement).toMatchObject({ draft: 2, text: `The parties met. ${change}` });
  expect(debate.earlierStatements[0]?.answers.map(({ change: wanted }) => wanted)).toEqual([null, change]);
  expect(debate.ended?.reason).toBe('round-limit');
  const drafts = server.requests.filter((request) => taskOf(request) === 'draft').map(contentOf);
  expect(drafts).toHaveLength(2);
  expect(drafts[1]).toContain('A principal refused this closing statement');
  expect(drafts[1]).toContain(first);
  // Every call of both drafts is counted once.
  expect(debate.totals.calls).toBe(server.requests.length);

  const stored = { run: 'talks', transcripts };
  for (const format of ['md', 'html'] as const) {
    const text = await report({ ...stored, format });
    const places = [
      'Agreed and open',
      change,
      'The first draft, which was not signed by all',
      first,
      'Convergence',
    ];
    const from = text.indexOf('Agreed and open', text.indexOf('<h2') + 1);
    const found = places.map((words) => text.indexOf(words, Math.max(0, format === 'html' ? from : 0)));
    expect(found.every((place) => place >= 0)).toBe(true);
    expect([found[0], found[1], found[2]]).toEqual([...found.slice(0, 3)].sort((one, other) => one - other));
    expect(text).toContain('Ninety days is too long.');
    const [agreed, figures] =
      format === 'md' ? ['## Agreed and open', '## Convergence'] : ['id="statement"', 'id="convergence"'];
    expect(text.indexOf(agreed ?? '')).toBeLessThan(text.indexOf(figures ?? ''));
    expect(text.indexOf(agreed ?? '')).toBeGreaterThan(0);
  }
  const value = JSON.parse(await report({ ...stored, format: 'json' }));
  expect(value.statement).toMatchObject({ draft: 2, text: `The parties met. ${change}` });
  expect(value.answers).toMatchObject([{ answer: 'signed' }, { answer: 'signed', change: null }]);
  expect(value.earlierStatements).toMatchObject([
    {
      statement: { draft: 1, text: `The parties met. ${first}` },
      answers: [{}, { answer: 'refused', change }],
    },
  ]);

  const out = join(transcripts, 'rows');
  await exportDataset({ formats: ['transcript'], files: ['jsonl'], out, transcripts });
  const files = (await readdir(out, { recursive: true })).filter((file) => file.endsWith('.jsonl'));
  const rows = await Promise.all(files.map((file) => readFile(join(out, file), 'utf8')));
  const row = JSON.parse(rows.join('').trim());
  expect(row.statement).toBe(`The parties met. ${change}`);
  expect(row.answers.map(({ answer }: { answer: string }) => answer)).toEqual(['signed', 'signed']);
});

test('a debate that was cut between the refusal and the second draft goes on with it', async () => {
  const { transcripts, models } = await redrafted();
  const folder = join(transcripts, 'talks', 'journal.jsonl');
  const lines = (await readFile(folder, 'utf8')).trimEnd().split('\n');
  const cut = lines.findIndex((line) => line.includes('"change":"'));
  await writeFile(folder, `${lines.slice(0, cut + 1).join('\n')}\n`);
  const debate = await (await resume({ run: 'talks', transcripts, ...models })).result();
  expect(debate.statement).toMatchObject({ draft: 2 });
  expect(debate.answers.map(({ answer }) => answer)).toEqual(['signed', 'signed']);
});
