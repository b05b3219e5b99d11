import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { personaConversations } from '../../src/dataset/persona-side.ts';
import { type Debate, fold, fullFromOf } from '../../src/debate/debate.ts';
import { type DebateEvent, type EventOf, eventSchema } from '../../src/debate/events.ts';
import { turnNote } from '../../src/debate/phrases.ts';
import { renderReading } from '../../src/prompts/render-reading.ts';
import { renderSpeech } from '../../src/prompts/render-speech.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { debatePage } from '../../src/report/html/debate-page.ts';
import { debateMarkdown } from '../../src/report/markdown/debate-markdown.ts';
import { beginDebate, loadSubject } from '../../src/run/begin-debate.ts';
import { defaultSettings } from '../../src/run/prepare.ts';
import { chooseRoleModels } from '../../src/run/role-models.ts';
import { fork, type RunningDebate, resume } from '../../src/run/run-debate.ts';
import { estimatePromptTokens } from '../../src/text/token-estimate.ts';
import { type ChatRequest, startProviderServer } from '../helpers/provider-server.ts';
import { madeReport } from '../report/made-up-report.ts';
import { debating, held, taskOf } from './debates.ts';

const lengthOf = ({ messages }: ChatRequest) => JSON.stringify(messages).length;
const roundOf = ({ messages }: ChatRequest) =>
  Number(/<task kind="speak" round="(\d+)"/.exec(messages.at(-1)?.content ?? '')?.[1] ?? 0);

/** Words that no other speech has, so that speeches are as long as those of a real model. */
const own = (number: number) =>
  Array.from(
    { length: 40 },
    (_, place) => `Clause ${place} of paper ${number} rests on word${number}x${place}.`,
  ).join(' ');

/** A debate of four rounds with a server whose context holds no more than the longest prompt of the first two. */
async function outgrown() {
  let longest = 0;
  const speeches: { round: number; text: string; refused: boolean }[] = [];
  const server = await startProviderServer({
    answer: (request) => {
      if (taskOf(request) !== 'speak') return debating(request);
      const round = roundOf(request);
      if (round < 3) longest = Math.max(longest, lengthOf(request));
      const refused = lengthOf(request) > longest;
      speeches.push({ round, refused, text: JSON.stringify(request.messages) });
      if (!refused) return `${debating(request)} ${own(request.number)}`;
      const error = { message: 'maximum context length exceeded', code: 'context_length_exceeded' };
      return { status: 400, body: { error } };
    },
  });
  const options = { model: 'openai:scripted', rounds: 4, judgeSamples: 1, turnTokens: 600 };
  const { debate, events } = await held({ ...options, environment, baseUrl: server.baseUrl });
  return { debate, events, speeches };
}

async function prompts(): Promise<PromptSet> {
  const subject = { scenario: 'us-dprk-talks', strategy: 'plain', articles: [], control: null, poll: false };
  const loaded = await loadSubject(subject);
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return loaded.value.prompts;
}

const isSpeech = (event: DebateEvent): event is EventOf<'turn-ended'> =>
  event.type === 'turn-ended' && event.kind === 'speech';

test('a debate that outgrows its context goes on over the verified positions of its earlier rounds, and renders again byte for byte', async () => {
  const { debate, events, speeches } = await outgrown();
  expect(debate.ended?.reason).toBe('round-limit');
  const spoken = events.filter(isSpeech);
  const [first, ...later] = spoken.filter(({ fullFrom }) => fullFrom !== undefined);
  if (!first) throw new Error('no speech stood over earlier rounds');
  expect(first.round).toBe(3);
  expect(spoken.filter(({ turn }) => turn > first.turn)).toEqual(later);
  expect(fullFromOf(fold(events) as Debate)).toBe(later.at(-1)?.fullFrom);
  // A refusal teaches how much the context holds at most, so not every speech has to be refused first.
  expect(speeches.filter(({ refused }) => refused).length).toBeLessThan(later.length);

  const set = await prompts();
  for (const event of spoken) {
    const before = fold(events.slice(0, event.number)) as Debate;
    const sent = JSON.stringify(renderSpeech(set, before, event.speaker, event.fullFrom));
    expect(createHash('sha256').update(sent).digest('hex')).toBe(event.promptHash);
  }

  const earliest = spoken.filter(({ round }) => round === 1);
  const quotes =
    debate.verdicts[2]?.cells.flatMap((cell) => (cell.stand === 'position' ? [cell.quote] : [])) ?? [];
  const prompt = speeches.findLast(({ refused }) => !refused)?.text ?? '';
  expect(quotes.length).toBeGreaterThan(3);
  for (const quote of quotes) expect(prompt).toContain(JSON.stringify(quote).slice(1, -1));
  for (const { text } of earliest) expect(prompt).not.toContain(JSON.stringify(text).slice(1, -1));
  expect(prompt).toContain('shown-as=\\"verified positions and quotes\\"');
  expect(turnNote(first)).toContain('shown to the speakers as verified positions');

  for (const { id } of debate.started.cast) {
    const sides = personaConversations(set, debate, id);
    expect(sides.length).toBeGreaterThan(1);
    const own = sides.flatMap(({ speeches: said, verified, fullFrom }) =>
      said.flatMap((turn, place) =>
        turn.type === 'turn-ended' && (turn.fullFrom ?? 1) === fullFrom ? [verified[place]] : [],
      ),
    );
    expect(own).toEqual(spoken.filter(({ speaker }) => speaker === id).map(() => true));
    for (const { messages } of sides)
      expect(messages.slice(1).map(({ role }) => role)).toEqual(
        messages.slice(1).map((_, place) => (place % 2 === 0 ? 'user' : 'assistant')),
      );
  }
});

/** Every call of the debate that can be rendered again has the hash of what was sent. */
async function expectSameBytes(events: readonly DebateEvent[]): Promise<void> {
  const set = await prompts();
  const hashOf = (messages: unknown) => createHash('sha256').update(JSON.stringify(messages)).digest('hex');
  for (const event of events) {
    const before = event.number === 0 ? null : (fold(events.slice(0, event.number)) as Debate);
    if (!before) continue;
    if (isSpeech(event))
      expect(hashOf(renderSpeech(set, before, event.speaker, event.fullFrom))).toBe(event.promptHash);
    if (event.type !== 'verdict-given') continue;
    for (const [place, sample] of event.samples.entries())
      expect(hashOf(renderReading(set, before, sample, event.fullFrom))).toBe(event.calls[place]?.promptHash);
  }
}

const environment = { OPENAI_API_KEY: 'sk-0123456789' };
const wordy = (request: ChatRequest) =>
  taskOf(request) === 'speak' ? `${debating(request)} ${own(request.number)}` : debating(request);

test('by a stated window speakers and judge are shown what was read of earlier rounds, with no call refused, and reports say so at their head', async () => {
  const window = 12_000;
  const server = await startProviderServer({ answer: wordy, contextLength: window });
  const set = await prompts();
  const settings = { environment, baseUrl: server.baseUrl };
  const personas = set.scenario.personas.map(({ member }) => member.id);
  const asked = { personas, models: ['openai:scripted'], settings, finds: false, probes: true, cache: null };
  const chosen = await chooseRoleModels(asked);
  if (!chosen.ok) throw new Error(chosen.failure.message);
  const begun = await beginDebate({
    prompts: set,
    modelOf: chosen.value.modelOf,
    settings: { ...defaultSettings, rounds: 6, judgeSamples: 1, stopEarly: false },
    ...{ seed: 1, transcripts: null, name: null },
  });
  if (!begun.ok) throw new Error(begun.failure.message);
  const events: DebateEvent[] = [];
  begun.value.subscribe((signal) => {
    if (signal.kind === 'event') events.push(signal.event);
  });
  await begun.value.start();
  const debate = fold(events) as Debate;
  expect(debate.ended?.reason).toBe('round-limit');
  expect(debate.totals.failedAttempts).toBe(0);
  expect(debate.turns.some(({ fullFrom }) => fullFrom !== undefined)).toBe(true);
  expect(debate.verdicts.at(-1)?.fullFrom).toBeGreaterThan(1);
  for (const { messages } of server.requests)
    expect(estimatePromptTokens(messages as never)).toBeLessThan(window);
  await expectSameBytes(events);
  // A stand of a round that gave way holds until its speaker takes another.
  const read = debate.verdicts.map(({ cells }) => cells.filter(({ stand }) => stand === 'position').length);
  expect(read).toEqual(read.toSorted((one, other) => one - other));
  const report = madeReport(events);
  for (const text of [debateMarkdown(report), debatePage(report)])
    expect(text).toMatch(
      /outgrew a model.s context: earlier rounds stood before the speakers from turn \d+ on and the judge from round \d on/,
    );
});

test('a debate that was resumed or forked after it had been outgrown renders again byte for byte', async () => {
  const transcripts = await mkdtemp(join(tmpdir(), 'parley-outgrown-'));
  onTestFinished(() => rm(transcripts, { recursive: true, force: true }));
  let longest = 0;
  const server = await startProviderServer({
    answer: (request) => {
      const round = Number(
        /<task kind="(?:speak|judge)" round="(\d+)"/.exec(request.messages.at(-1)?.content ?? '')?.[1],
      );
      if (!(round > 0)) return debating(request);
      if (round < 3) longest = Math.max(longest, taskOf(request) === 'speak' ? lengthOf(request) : 0);
      if (taskOf(request) === 'speak' && lengthOf(request) > longest)
        return { status: 400, body: { error: { message: 'prompt is too long' } } };
      return wordy(request);
    },
  });
  const where = { environment, baseUrl: server.baseUrl, transcripts };
  const started = await held({
    ...where,
    model: 'openai:scripted',
    rounds: 3,
    judgeSamples: 1,
    turnTokens: 600,
    name: 'long',
  });
  expect(fullFromOf(started.debate)).toBeGreaterThan(1);
  const all = async (running: RunningDebate) => {
    const { started } = await running.result();
    const journal = await readFile(join(transcripts, started.debate, 'journal.jsonl'), 'utf8');
    return journal
      .trimEnd()
      .split('\n')
      .map((line) => eventSchema.parse(JSON.parse(line)));
  };
  const resumed = await all(await resume({ ...where, run: 'long', rounds: 4, stopEarly: false }));
  expect(resumed.filter(isSpeech).at(-1)).toMatchObject({ round: 4 });
  expect(resumed.filter(isSpeech).at(-1)?.fullFrom).toBeGreaterThan(1);
  await expectSameBytes(resumed);
  const turn = resumed.filter(isSpeech).at(-2)?.turn ?? 0;
  const forked = await all(await fork({ ...where, run: 'long', turn, name: 'other' }));
  expect(forked.filter(isSpeech).at(-1)?.fullFrom).toBeGreaterThan(1);
  await expectSameBytes(forked);
});
