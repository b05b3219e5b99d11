import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Control } from '../../src/debate/setup.ts';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import { withExtras } from '../../src/prompts/load-extras.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { defaultSettings, type NewDebate, prepareDebate } from '../../src/run/prepare.ts';
import { prepareFork } from '../../src/run/prepare-fork.ts';
import { prepareResumption } from '../../src/run/resume-debate.ts';
import { createSimulator } from '../../src/simulator/simulator.ts';
import { type ChatRequest, startProviderServer } from '../helpers/provider-server.ts';
import { debating, held, taskOf } from './debates.ts';

const contentOf = ({ messages }: ChatRequest) => messages.map(({ content }) => content).join('\n');
const speakerOf = (request: ChatRequest) => /<persona id="([^"]+)"/.exec(contentOf(request))?.[1] ?? null;

async function overTheWire(control: Control, rounds: number) {
  const server = await startProviderServer({ answer: debating });
  const held_ = await held({ model: 'openai:scripted', baseUrl: server.baseUrl, control, rounds });
  return { ...held_, requests: server.requests };
}

/** The change of the headline from the first reading to the last. */
const rise = (debate: Awaited<ReturnType<typeof held>>['debate']) => {
  const read = debate.verdicts.flatMap(({ convergence }) => convergence?.principals ?? []);
  return (read.at(-1) ?? Number.NaN) - (read[0] ?? Number.NaN);
};

describe('the control no-debate', () => {
  test('no prompt of a persona holds a word that another one said, and there are as many readings', async () => {
    const { debate, requests } = await overTheWire('no-debate', 3);
    expect(debate.started.control).toBe('no-debate');
    expect(debate.verdicts.map(({ round }) => round)).toEqual([1, 2, 3]);
    const asked = requests.filter((request) => speakerOf(request) !== null);
    expect(asked).toHaveLength(12);
    for (const request of asked) {
      const own = speakerOf(request);
      const text = contentOf(request);
      for (const turn of debate.turns.filter(({ kind }) => kind === 'speech')) {
        if (turn.speaker !== own) expect(text).not.toContain(turn.text.slice(0, 60));
      }
      expect(text.match(/<turn number="\d+" speaker="([^"]+)"/g) ?? []).toEqual([
        '<turn number="1" speaker="moderator"',
      ]);
    }
    expect(requests.map(taskOf)).not.toContain('steer');
    expect(requests.map(taskOf)).not.toContain('draft');
  });

  test('nobody moves who hears nobody', async () => {
    const { debate } = await held({ control: 'no-debate', rounds: 4 });
    const alone = Math.abs(rise(debate));
    const heard = rise((await held({ rounds: 4 })).debate);
    expect(alone).toBeLessThan(heard / 2);
  });
});

describe('the control same-persona', () => {
  test('every seat keeps its name and has the red lines and the words of one', async () => {
    const { debate, requests } = await overTheWire('same-persona', 1);
    const { cast } = debate.started;
    expect(cast.map(({ name }) => name)).toEqual([
      'State Department official',
      'DPRK negotiator',
      'Arms-control advocate',
      'Think-tank analyst',
    ]);
    for (const { redLines, opening } of cast) {
      expect(redLines).toEqual(cast[0]?.redLines);
      expect(opening).toEqual(cast[0]?.opening);
    }
    const bodies = requests
      .filter((request) => taskOf(request) === 'speak')
      .map((request) => /<persona [^>]*>([\s\S]*)<\/persona>/.exec(contentOf(request))?.[1]);
    expect(bodies).toHaveLength(4);
    expect(new Set(bodies).size).toBe(1);
  });

  test('they agree from the first reading, having negotiated nothing', async () => {
    const usual = (await held({ rounds: 1 })).debate.verdicts[0]?.convergence?.principals ?? 0;
    const { debate } = await held({ control: 'same-persona', rounds: 2 });
    for (const { convergence } of debate.verdicts)
      expect(convergence?.principals).toBeGreaterThan(usual + 0.3);
  });
});

describe('the control neutral', () => {
  test('nothing can be read from those who only tell what the article says', async () => {
    const { debate } = await held({ control: 'neutral', rounds: 2 });
    expect(debate.verdicts).toHaveLength(2);
    for (const { convergence } of debate.verdicts) expect(convergence?.principals ?? null).toBeNull();
    for (const { redLines, opening } of debate.started.cast)
      expect({ redLines, opening }).toEqual({ redLines: [], opening: {} });
  });
});

describe('the control shuffled-turns', () => {
  test('the judge is shown another order, and every reading names the turn in which it was said', async () => {
    const { debate, requests } = await overTheWire('shuffled-turns', 3);
    const speeches = debate.turns.filter(({ kind }) => kind === 'speech');
    const shown = requests
      .filter((request) => taskOf(request) === 'judge')
      .slice(-3)
      .map((request) =>
        [...contentOf(request).matchAll(/\[Party \w\]: ([^\n]{30})/g)].map((match) => match[1]),
      );
    const masked = (text: string) =>
      shown[0]?.findIndex((start) => start !== undefined && text.startsWith(start)) ?? -1;
    const places = speeches.map(({ text }) => masked(text)).filter((place) => place >= 0);
    expect(places.length).toBeGreaterThan(3);
    expect(places).not.toEqual([...places].sort((one, other) => one - other));
    const readings = debate.verdicts.flatMap(({ samples }) => samples.flatMap((sample) => sample.readings));
    expect(readings.length).toBeGreaterThan(0);
    for (const { turn, speaker, quote } of readings) {
      const said = debate.turns.find((one) => one.turn === turn);
      expect(said?.speaker).toBe(speaker);
      expect(said?.text.replace(/[“”]/g, '"')).toContain(quote.replace(/[“”]/g, '"').slice(0, 20));
    }
  });

  test('the speeches are those of the debate without it', async () => {
    const texts = async (control?: Control) =>
      (await held({ rounds: 2, ...(control ? { control } : {}) })).debate.turns.map(({ text }) => text);
    expect(await texts('shuffled-turns')).toEqual(await texts());
  });
});

describe('a control that is gone on with', () => {
  const simulator = createSimulator({ sleep: async () => {} });
  const modelOf = () => simulator;
  const clock = { now: () => 0, sleep: async () => {} };

  async function stopped(control: Control, rounds: number) {
    const promptRoot = resolve('prompts');
    const loaded = await loadPrompts({ promptRoot, scenario: 'us-dprk-talks', strategy: 'plain' });
    const extended = loaded.ok ? withExtras(loaded.value, { control, poll: true }, promptRoot) : null;
    if (!extended?.ok) throw new Error('the prompts do not load');
    const store = openMemoryStore({ clock });
    const settings = { ...defaultSettings, rounds, judgeSamples: 1 };
    const surroundings = { store, modelOf, version: '0', clock, jitter: () => 0 };
    const debate: NewDebate = { ...surroundings, name: 'one', prompts: extended.value, seed: 4, settings };
    const prepared = await prepareDebate(debate);
    if (!prepared.ok) throw new Error(prepared.failure.message);
    await prepared.value.start();
    return { surroundings, settings };
  }

  test('resumed with more rounds it is still one, and still asks off the record', async () => {
    const { surroundings, settings } = await stopped('no-debate', 1);
    const goOn = async () => ({
      ok: true as const,
      value: { modelOf, settings: { ...settings, rounds: 2 } },
    });
    const resumed = await prepareResumption({ ...surroundings, name: 'one', goOn });
    if (!resumed.ok) throw new Error(resumed.failure.message);
    const debate = await resumed.value.start();
    expect(debate.started.control).toBe('no-debate');
    expect(debate.settings).toMatchObject({ stopEarly: false, poll: true });
    expect(debate.turns.map(({ kind }) => kind)).not.toContain('steering');
    expect(debate.polls.map(({ round }) => round)).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
    expect(debate.statement).toBeNull();
  });

  test('forked it is still one', async () => {
    const { surroundings } = await stopped('same-persona', 2);
    const fork = await prepareFork({
      ...{ ...surroundings, run: 'one', turn: 7, name: 'two', branch: 1 },
      goOn: async ({ prompts, settings }) => ({ ok: true, value: { modelOf, settings, prompts } }),
    });
    if (!fork.ok) throw new Error(fork.failure.message);
    const debate = await fork.value.start();
    const [first, second] = debate.started.cast;
    expect(debate.started.control).toBe('same-persona');
    expect(second?.redLines).toEqual(first?.redLines);
    expect(debate.verdicts).toHaveLength(2);
  });
});
