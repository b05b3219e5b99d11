import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ChatMessage } from '../../src/debate/calls.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { modelOfObject } from '../../src/models/create-models.ts';
import type { ChatModel, ModelHandle } from '../../src/models/types.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { loadReplacementSpeeches } from '../../src/prompts/replacement-speeches.ts';
import type { PromptSet } from '../../src/prompts/types.ts';
import { replyTo } from '../../src/simulator/reply-to.ts';
import { sentencesOf } from '../../src/text/sentences.ts';
import { speechUnder } from '../../src/why/conditions.ts';
import { explainShifts } from '../../src/why/examination.ts';
import { counterpartOf, type Shift, shiftsOf } from '../../src/why/shifts.ts';
import { openWhyLog } from '../../src/why/why-log.ts';
import type { WhyRequest } from '../../src/why/why-request.ts';
import { held } from '../run/debates.ts';

const promptRoot = resolve('prompts');

let events: DebateEvent[];
let debate: Debate;
let prompts: PromptSet;
/** A shift of one principal that followed a speech with a known stand. */
let shift: Shift;
let number: number;

beforeAll(async () => {
  ({ events } = await held({ rounds: 4, seed: 3, judgeSamples: 1 }));
  debate = fold(events) as Debate;
  const loaded = await loadPrompts({ promptRoot, scenario: 'us-dprk-talks', strategy: 'plain' });
  if (!loaded.ok) throw new Error('the prompts load');
  prompts = loaded.value;
  const shifts = shiftsOf(debate);
  const found = shifts.find((one) => (counterpartOf(debate, one)?.position ?? null) !== null);
  if (!found) throw new Error('the debate has a shift');
  shift = found;
  number = shifts.indexOf(found) + 1;
});

type Plant = 'itself' | 'pressure' | 'persuasion';

const whole = (messages: readonly ChatMessage[]) => messages.map(({ content }) => content).join('\n');

/** A chat model that answers with a text of what it is sent. */
function modelSaying(answer: (messages: ChatMessage[]) => string, onCall = () => {}): ModelHandle {
  const model: ChatModel = {
    async stream(messages) {
      onCall();
      const text = answer(messages);
      const usage_metadata = { input_tokens: 1000, output_tokens: 100 };
      return (async function* () {
        yield { text, response_metadata: { finish_reason: 'stop' }, usage_metadata, additional_kwargs: {} };
      })();
    },
  };
  return { ...modelOfObject(model), price: { input: 1, cachedInput: 1, output: 10 } };
}

/** A sentence of the counterpart's speech that only the real speech holds. */
function reason(): string {
  const speech = counterpartOf(debate, shift)?.turn.text ?? '';
  return sentencesOf(speech).toSorted((one, other) => other.text.length - one.text.length)[0]?.text ?? '';
}

/** A speaker with a planted cause: it gives its real speech where the cause is in its prompt, else its speech before. */
function planted(plant: Plant): (messages: ChatMessage[]) => string {
  const [moved, stayed] = [shift.turn, shift.fromTurn].map((turn) => debate.turns[turn - 1]?.text ?? '');
  return (messages) => {
    const text = whole(messages);
    const hasReasons = text.includes(reason());
    const hasStand = hasReasons || text.includes('our position is this:');
    const moves = plant === 'itself' || (plant === 'pressure' ? hasStand : hasReasons);
    return (moves ? moved : stayed) as string;
  };
}

async function why(
  plant: Plant,
  { judges, ...more }: Partial<WhyRequest> & { judges?: number } = {},
  folder?: string,
  onCall: (role: string) => void = () => {},
) {
  const place = folder ?? (await mkdtemp(join(tmpdir(), 'parley-why-')));
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  const log = openWhyLog(place);
  const speeches = loadReplacementSpeeches(promptRoot);
  if (!log.ok || !speeches.ok) throw new Error('both open');
  const speaker = modelSaying(planted(plant), () => onCall('speaker'));
  const judge = (role: string) =>
    modelSaying(
      (messages) => replyTo(messages, 1),
      () => onCall(role),
    );
  const result = await explainShifts(
    {
      ...{ events, shifts: [number], issue: null, repeats: 3, otherMouth: false, sentences: 0 },
      ...{ judgeSamples: 1, budgetUsd: null, concurrency: 2, ...more },
    },
    {
      prompts,
      modelOf: (role) => (role.startsWith('judge') ? judge(role) : speaker),
      ...(judges === undefined ? {} : { judges }),
      clock: { now: () => 0, sleep: async () => {} },
      jitter: () => 0,
      signal: new AbortController().signal,
      speeches: speeches.value,
      log: log.value,
    },
  );
  log.value.close();
  return { result, place };
}

describe('a planted cause is found by answering again', () => {
  test.each<Plant>(['itself', 'pressure', 'persuasion'])('%s', async (plant) => {
    const { result } = await why(plant);
    if (!result.ok) throw new Error(result.failure.message);
    const [explanation] = result.value.explanations;
    expect(explanation?.causes?.cause).toBe(plant);
    expect(explanation?.causes?.[plant].points).toBeCloseTo(Math.abs(shift.to - shift.from), 1);
    expect(explanation?.conditions.map(({ condition }) => condition)).toEqual([
      'real',
      'silence',
      'bare',
      'vacuous',
    ]);
  });

  test('the sentence that did it is named by leaving sentences out', async () => {
    const { result } = await why('persuasion', { sentences: 3 });
    if (!result.ok) throw new Error(result.failure.message);
    expect(result.value.explanations[0]?.sentence?.text).toBe(reason());
  });

  test('the same words from another mouth move as far where only the reasons count', async () => {
    const { result } = await why('persuasion', { otherMouth: true });
    if (!result.ok) throw new Error(result.failure.message);
    expect(result.value.explanations[0]?.source?.points).toBe(0);
  });
});

describe('a bare stand says neither more nor less than the real speech', () => {
  test('its place is read anew from the speech, by the reader of the answers', async () => {
    const { result, place } = await why('pressure');
    const log = openWhyLog(place);
    if (!result.ok || !log.ok) throw new Error('both are there');
    log.value.close();
    const [first] = log.value.entries;
    const known = counterpartOf(debate, shift);
    expect(first).toMatchObject({
      type: 'speech-read',
      counterpartTurn: known?.turn.turn,
      outcome: 'stated',
    });
    const read = first?.type === 'speech-read' ? first.position : null;
    expect(result.value.explanations[0]?.counterpart?.position).toBe(read);
  });

  test.each([
    [0.25, /is this: {low}\.$/],
    [1, /is this: closer to "{low}" than to "{middle}"\.$/],
    [1.5, /is this: half way between "{low}" and "{middle}"\.$/],
    [2, /is this: closer to "{middle}" than to "{low}"\.$/],
    [4, /is this: closer to "{middle}" than to "{high}"\.$/],
    [6, /is this: {high}\.$/],
  ])('at %d it is told to half a point in the words of the agenda', (position, form) => {
    const issue = debate.started.agenda.find(({ id }) => id === shift.issue);
    const speeches = loadReplacementSpeeches(promptRoot);
    const counterpart = counterpartOf(debate, shift);
    if (!speeches.ok || !counterpart || !issue) throw new Error('all are there');
    const heard = speechUnder('bare', { ...counterpart, position }, shift, debate, speeches.value);
    const named = { low: issue.anchors[0], middle: issue.anchors[3], high: issue.anchors[6] };
    const words = Object.entries(named).reduce(
      (text, [name, by]) => text.replace(by, `{${name}}`),
      heard?.text ?? '',
    );
    expect(words).toMatch(form);
  });
});

test('every judge of a debate reads each answer', async () => {
  const asked: string[] = [];
  const { result } = await why('pressure', { judges: 2 }, undefined, (role) => asked.push(role));
  if (!result.ok) throw new Error(result.failure.message);
  const times = (role: string) => asked.filter((one) => one === role).length;
  expect(times('speaker')).toBeGreaterThan(0);
  // One reading more each: of the speech that was heard.
  expect([times('judge'), times('judge-2')]).toEqual([times('speaker') + 1, times('speaker') + 1]);
  expect(result.value.explanations[0]?.causes?.cause).toBe('pressure');
});

describe('what was answered is never paid for twice', () => {
  test('the same request again makes no call and says the same', async () => {
    const { result, place } = await why('persuasion');
    let calls = 0;
    const again = await why('persuasion', {}, place, () => {
      calls += 1;
    });
    expect(calls).toBe(0);
    expect(again.result).toEqual(result);
  });

  test('a budget ends it before the next answer, and a larger one goes on', async () => {
    // The reading of the counterpart's speech costs $0.002 here, an answer with its reading $0.004.
    const { result, place } = await why('pressure', { budgetUsd: 0.021, concurrency: 1 });
    expect(result).toMatchObject({ ok: true, value: { ended: 'budget' } });
    const lines = async () => (await readFile(join(place, 'why.jsonl'), 'utf8')).trimEnd().split('\n').length;
    expect(await lines()).toBe(9);
    // What was spent before counts: the same budget again buys nothing but an answer that still fits.
    const again = await why('pressure', { budgetUsd: 0.017, concurrency: 1 }, place);
    expect(again.result).toMatchObject({ ok: true, value: { ended: 'budget' } });
    expect(await lines()).toBe(9);
    const rest = await why('pressure', {}, place);
    expect(rest.result).toMatchObject({ ok: true, value: { ended: 'done' } });
    expect(await lines()).toBe(25);
  });

  test('a line torn by a crash is asked again, and the file stays readable', async () => {
    const { place } = await why('itself');
    const path = join(place, 'why.jsonl');
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, -20));
    let calls = 0;
    const again = await why('itself', {}, place, () => {
      calls += 1;
    });
    expect(calls).toBe(1);
    expect(again.result).toMatchObject({ ok: true, value: { ended: 'done' } });
  });

  test('a file of somebody else is not touched', async () => {
    const { place } = await why('itself');
    const path = join(place, 'why.jsonl');
    await writeFile(path, '{"v":9}\n');
    expect(openWhyLog(place)).toMatchObject({ ok: false, failure: { reason: 'damaged' } });
    expect(await readFile(path, 'utf8')).toBe('{"v":9}\n');
  });
});

describe('what cannot be explained is refused with its reason', () => {
  test.each([
    ['a shift that there is not', { shifts: [99] }, 'unknown-shift'],
    ['an issue that is not on the agenda', { issue: 'weather' }, 'unknown-issue'],
  ] as const)('%s', async (_, request, reason) => {
    const { result } = await why('itself', {
      ...request,
      shifts: [...('shifts' in request ? request.shifts : [])],
    });
    expect(result).toMatchObject({ ok: false, failure: { reason } });
  });

  test('a debate without a shift', async () => {
    const first = events.slice(0, events.findIndex(({ type }) => type === 'verdict-given') + 1);
    const { result } = await why('itself', { events: first });
    expect(result).toMatchObject({ ok: false, failure: { reason: 'no-shifts' } });
  });
});
