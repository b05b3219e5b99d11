import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultFilters } from '../../src/dataset/filters.ts';
import { eventSchema } from '../../src/debate/events.ts';
import { exportDataset, fork, report, resume } from '../../src/index.ts';
import { openFileStore } from '../../src/journal/file-store.ts';
import { loadKept } from '../../src/prompts/load-kept.ts';
import { renderSpeech } from '../../src/prompts/render-speech.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import { debateBefore } from '../../src/why/conditions.ts';
import type { ChatRequest } from '../helpers/provider-server.ts';
import { debating, type Held, held, hold, taskOf } from './debates.ts';

/** Words that only two principals hear. */
const canary = 'zebra-crossing';
const offer = 'I would take the main plant shut under foreign monitors, and a list of further sites later.';
const contentOf = ({ messages }: Pick<ChatRequest, 'messages'>) =>
  messages.map(({ content }) => content).join('\n');
const personaOf = (request: ChatRequest) => /<persona id="([^"]+)"/.exec(contentOf(request))?.[1] ?? null;
const pair = ['state-department', 'dprk-negotiator'];

/** A provider that says canaries in private. */
function secretive({ messages, number }: ChatRequest): string {
  const request = { messages, number } as ChatRequest;
  const task = taskOf(request);
  if (task === 'caucus') return `${canary} ${personaOf(request)}. ${offer}`;
  if (task !== 'offers') return debating(request);
  const turn = Number(/<caucus number="(\d+)"/.exec(contentOf(request))?.[1]);
  const party = /speaker="Party ([A-D])"/.exec(contentOf(request))?.[1] ?? '';
  const read = { party, issue: 'nuclear-facilities', position: 3, act: 'conditional', turn };
  return JSON.stringify({
    offers: [
      { ...read, quote: 'I would take the main plant shut under foreign monitors' },
      { ...read, quote: 'I would shut everything tomorrow morning, gladly' },
    ],
  });
}

let folder: string;
const requests: ChatRequest[] = [];
let run: Held;
/** The scripted provider without a wire, for every role. */
const over = {
  model: {
    async stream(messages: ChatRequest['messages']) {
      const request = { messages, number: requests.length + 1 } as ChatRequest;
      requests.push(request);
      const text = secretive(request);
      return [{ text, additional_kwargs: {}, response_metadata: { finish_reason: 'stop' } }].values();
    },
  } as never,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-caucus-'));
  run = await held({
    ...over,
    rounds: 3,
    caucus: 2,
    poll: true,
    transcripts: join(folder, 'runs'),
    name: 'talk',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a caucus', () => {
  test('is held before every round but the first, each of the two in turn, and journaled apart from the turns', () => {
    const { debate, events } = run;
    expect(
      debate.caucus.map(({ round, speaker, to, turn, part, parts }) => ({
        round,
        speaker,
        to,
        turn,
        part,
        parts,
      })),
    ).toEqual(
      [2, 3].flatMap((round, place) => {
        const [one, other] = round % 2 === 0 ? pair : [...pair].reverse();
        const said = { round, parts: 2 };
        return [
          { ...said, speaker: one, to: other, turn: 2 * place + 1, part: 1 },
          { ...said, speaker: other, to: one, turn: 2 * place + 2, part: 2 },
        ];
      }),
    );
    for (const event of events) expect(eventSchema.safeParse(event).error).toBeUndefined();
    expect(debate.turns.map(({ turn }) => turn)).toEqual(debate.turns.map((_, place) => place + 1));
    expect(debate.turns.some(({ text }) => text.includes(canary))).toBe(false);
    expect(debate.started.settings.caucus).toBe(2);
    expect(debate.totals.calls).toBe(requests.length);
  });

  test('stands in the prompts of the two alone, from the moment it was said', () => {
    const holders = new Set(
      requests
        .filter((one) => contentOf(one).includes(canary))
        .map((one) => `${taskOf(one)} ${personaOf(one)}`),
    );
    const allowed = pair.flatMap((persona) =>
      ['caucus', 'speak', 'poll', 'answer'].map((task) => `${task} ${persona}`),
    );
    expect([...holders].filter((one) => !allowed.includes(one) && one !== 'offers null')).toEqual([]);
    for (const persona of pair) expect(holders).toContain(`speak ${persona}`);
    const others = requests.filter((one) => personaOf(one) !== null && !pair.includes(personaOf(one) ?? ''));
    expect(others.length).toBeGreaterThan(4);
    for (const one of others) expect(contentOf(one)).not.toMatch(/caucus|zebra/u);
    // The judge of the public rounds and the moderator see nothing of it either.
    const chair = requests.filter((one) => ['judge', 'steer', 'open', 'draft', 'pick'].includes(taskOf(one)));
    for (const one of chair) expect(contentOf(one)).not.toContain(canary);
  });

  test('leaves every prompt the one before it with the reply and one message more', () => {
    for (const persona of pair) {
      const own = requests.filter(
        (one) => personaOf(one) === persona && ['speak', 'caucus'].includes(taskOf(one)),
      );
      for (const [index, one] of own.entries()) {
        const before = own[index - 1]?.messages ?? [];
        expect(one.messages.slice(0, before.length)).toEqual(before);
        expect(one.messages.length).toBe(2 + 2 * index);
      }
    }
  });

  test('is read apart: offers whose words stand there are kept, and no figure of the rounds knows of them', () => {
    const { debate } = run;
    expect(debate.caucusReadings).toHaveLength(2);
    for (const { round, offers, rejected } of debate.caucusReadings) {
      const first = debate.caucus.find((one) => one.round === round);
      expect(offers).toEqual([
        {
          ...{
            speaker: first?.speaker,
            issue: 'nuclear-facilities',
            position: 3,
            act: 'conditional',
            turn: first?.turn,
          },
          quote: 'I would take the main plant shut under foreign monitors',
        },
      ]);
      expect(rejected.map(({ reason }) => reason)).toEqual(['quote-not-found']);
    }
    const reading = requests.find((one) => taskOf(one) === 'offers');
    expect(contentOf(reading as ChatRequest)).not.toContain('DPRK negotiator');
    expect(JSON.stringify(debate.verdicts)).not.toContain('foreign monitors, and a list of further');
  });

  test('each persona’s row holds exactly what it heard, and nothing is learned from words in private', async () => {
    const out = join(folder, 'data');
    await exportDataset({
      ...{
        transcripts: join(folder, 'runs'),
        out,
        formats: ['sft', 'prompt-completion', 'transcript', 'judge', 'openai'],
      },
      splits: [{ name: 'train', share: 1 }],
      filters: { ...defaultFilters, includeSimulated: true },
      files: ['jsonl'],
      allowEmpty: true,
    });
    const rows = async (format: string) =>
      (await readFile(join(out, 'data', format, 'train.jsonl'), 'utf8')).trim().split('\n');
    for (const format of ['sft', 'prompt-completion']) {
      for (const row of (await rows(format)).filter((one) => one.includes(canary)))
        expect(pair).toContain(JSON.parse(row).persona);
    }
    expect((await rows('sft')).some((row) => row.includes(canary))).toBe(true);
    for (const row of [...(await rows('transcript')), ...(await rows('judge'))])
      expect(row).not.toContain(canary);
    for (const row of await rows('prompt-completion'))
      expect(JSON.stringify(JSON.parse(row).completion)).not.toContain(canary);
    for (const row of await rows('openai')) {
      const { messages } = JSON.parse(row) as {
        messages: { role: string; content: string; weight?: number }[];
      };
      for (const { content, weight } of messages.filter(({ role }) => role === 'assistant'))
        expect(weight).toBe(content.startsWith(canary) ? 0 : 1);
    }
  });

  test('is told apart in every report', async () => {
    for (const format of ['md', 'html'] as const) {
      const text = await report({ events: run.events, format });
      expect(text).toContain('In private');
      expect(text).toContain('3 of 6, on a condition: “I would take the main plant');
      expect(text.indexOf(canary)).toBeGreaterThan(text.indexOf('In private'));
    }
    const value = JSON.parse(await report({ events: run.events, format: 'json' }));
    expect(value.caucus.turns).toHaveLength(4);
    expect(JSON.stringify(value.turns)).not.toContain(canary);
  });

  test('a fork and a resumed debate go on with what was heard, to the same ears', async () => {
    const before = requests.length;
    const turn =
      run.debate.turns.find(
        ({ round, speaker, kind }) => kind === 'speech' && round === 2 && !pair.includes(speaker),
      )?.turn ?? 0;
    const forked = await fork({ run: 'talk', transcripts: join(folder, 'runs'), turn, ...over });
    const debate = await forked.result();
    expect(debate.caucus.map(({ round }) => round)).toEqual([2, 2, 3, 3]);
    const more = await resume({ run: 'talk', transcripts: join(folder, 'runs'), rounds: 4, ...over });
    expect((await more.result()).caucus.map(({ round }) => round)).toEqual([2, 2, 3, 3, 4, 4]);
    for (const one of requests.slice(before)) {
      const persona = personaOf(one);
      if (persona !== null && !pair.includes(persona)) expect(contentOf(one)).not.toContain(canary);
    }
  });

  test('a question why asks a third persona again without a word of it', async () => {
    const { debate, events } = run;
    const turn = debate.turns.find(
      ({ round, speaker, kind }) => kind === 'speech' && round === 3 && !pair.includes(speaker),
    );
    const heard = debate.turns.findLast((one) => one.turn < (turn?.turn ?? 0));
    if (!turn || !heard) throw new Error('nobody spoke');
    const stored = await openFileStore({ directory: join(folder, 'runs'), clock: systemClock }).read('talk');
    const set = stored.ok ? loadKept(stored.value.files) : null;
    if (!set?.ok) throw new Error('its prompts were not kept');
    const before = debateBefore(
      events,
      turn.turn,
      { turn: heard, position: null },
      { speaker: heard.speaker, text: 'Silence.' },
      'Where do you stand now?',
    );
    const asked = renderSpeech(set.value, before, turn.speaker);
    expect(JSON.stringify(asked)).toContain('Silence.');
    expect(JSON.stringify(asked)).not.toContain(canary);
  });

  test('changes no public word where nobody is moved by it, and is off by default and in controls', async () => {
    const texts = async (options: Parameters<typeof held>[0]) => (await held(options)).debate;
    const [plain, talked] = [await texts({ rounds: 2 }), await texts({ rounds: 2, caucus: 2 })];
    expect(talked.turns.map(({ text }) => text)).toEqual(plain.turns.map(({ text }) => text));
    expect(talked.verdicts.map(({ convergence }) => convergence?.principals)).toEqual(
      plain.verdicts.map(({ convergence }) => convergence?.principals),
    );
    expect(plain.caucus).toEqual([]);
    expect(plain.started.settings).not.toHaveProperty('caucus');
    expect(plain.started.prompts.map(({ path }) => path)).not.toContain('caucus.md');
    expect((await texts({ rounds: 2, caucus: 2, control: 'same-persona' })).caucus).toEqual([]);
    expect((await texts({ rounds: 2, caucus: 'off' })).caucus).toEqual([]);
  });

  test('the simulator speaks in it, offers terms that can be quoted, and its moderator decides on it', async () => {
    const { debate } = await held({ rounds: 3, caucus: 'moderator' });
    expect(debate.caucusCalls).toHaveLength(2);
    for (const { round, turns } of debate.caucusCalls)
      expect(debate.caucus.filter((one) => one.round === round)).toHaveLength(turns);
    expect(debate.caucus.length).toBeGreaterThan(0);
    expect(debate.caucusReadings.flatMap(({ offers }) => offers).length).toBeGreaterThan(0);
    expect(new Set(debate.caucus.map(({ text }) => text)).size).toBe(debate.caucus.length);
  });

  test('a person who holds a seat speaks in it too', async () => {
    const asked: (string | null)[] = [];
    const { debate } = await held({
      ...{ rounds: 2, caucus: 2 },
      seats: {
        'dprk-negotiator': async ({ to, round }) => {
          asked.push(to);
          return `Mine in ${round}, to ${to ?? 'all'}.`;
        },
      },
    });
    expect(asked).toEqual([null, 'State Department official', null]);
    const own = debate.caucus.find(({ speaker }) => speaker === 'dprk-negotiator');
    expect(own).toMatchObject({
      author: 'person',
      text: 'Mine in 2, to State Department official.',
      costUsd: 0,
    });
  });

  test('a stop in the middle of it resumes there', async () => {
    const options = { transcripts: join(folder, 'half'), name: 'half', rounds: 2, caucus: 4 as const };
    const running = await hold(options);
    for await (const item of running) {
      if (item.type === 'caucus-spoken' && item.turn === 1) running.stop();
    }
    const first = await running.result();
    expect(first.caucus.length).toBeLessThan(4);
    const debate = await (await resume({ run: 'half', transcripts: join(folder, 'half') })).result();
    expect(debate.caucus.map(({ part }) => part)).toEqual([1, 2, 3, 4]);
    expect(debate.ended?.reason).toBe('round-limit');
  });
});
