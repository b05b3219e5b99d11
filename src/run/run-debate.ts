import { randomInt } from 'node:crypto';
import type { Debate } from '../debate/debate.ts';
import { type DebateEvent, moderatorId } from '../debate/events.ts';
import type { Notice } from '../debate/notices.ts';
import { type Control, type Settings, settingsSchema } from '../debate/setup.ts';
import { openFileStore } from '../journal/file-store.ts';
import { openMemoryStore } from '../journal/memory-store.ts';
import { createModels, modelOfObject } from '../models/create-models.ts';
import { type ModelSpec, parseModelSpec } from '../models/model-spec.ts';
import type { ChatModel, ModelHandle } from '../models/types.ts';
import { withExtras } from '../prompts/load-extras.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import { judgeRole } from './context.ts';
import type { DebateRun } from './debate-run.ts';
import { prepareDebate } from './prepare.ts';
import { runName, underFreeName } from './run-name.ts';
import { defaultSettings } from './start.ts';
import { systemClock } from './system-clock.ts';

/** A model as library users give it: a spec such as `openai:NAME` or `simulator`, or any LangChain chat model. */
export type GivenModel = string | ChatModel;

export interface RunDebateOptions extends Partial<Settings> {
  /** A bundled scenario's name, or a folder. */
  scenario?: string;
  /** A bundled strategy's name, or a Markdown file. */
  strategy?: string;
  /** For everyone; `simulator` by default. */
  model?: GivenModel;
  /** For single roles: a persona's id, `moderator` or `judge`. */
  models?: Readonly<Record<string, GivenModel>>;
  /** Where API keys are looked for, such as process.env. Nothing is read from the environment by itself. */
  environment?: Readonly<Record<string, string | undefined>>;
  /** A server that speaks OpenAI's protocol, for models of openai. */
  baseUrl?: string;
  /** No debate like others, but one in which nothing real happens. */
  control?: Control;
  /** The same seed gives the same debate; by chance otherwise. */
  seed?: number;
  /** Folder for the journal; in memory only where there is none. */
  transcripts?: string;
  /** For very many runs in one folder: spreads them over 256 folders and has them share their prompt files. */
  sharded?: boolean;
  /** Name of the run. */
  name?: string;
}

/** What went wrong before a debate could begin; `reason` is for code, the message for people. */
export class ParleyError extends Error {
  override readonly name = 'ParleyError';
  readonly reason: string;

  constructor(reason: string, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A debate to be iterated: `for await` gives every event and notice, and starts it. */
export interface RunningDebate
  extends AsyncIterable<DebateEvent | Notice>,
    Omit<DebateRun, 'start' | 'signals' | 'subscribe'> {
  /** The whole debate once it has ended; starts it where nobody iterates. */
  result(): Promise<Debate>;
}

/**
 * Holds a debate in this process. Throws a ParleyError, before any call is made, where something given does
 * not fit; a debate that fails later ends with a `debate-ended` event that says why.
 */
export async function holdDebate(
  options: RunDebateOptions,
  { promptRoot, version }: { promptRoot: string; version: string },
): Promise<RunningDebate> {
  const settings = settingsOf(options);
  const { scenario = 'us-dprk-talks', strategy = 'plain', transcripts } = options;
  const loaded = orThrow(await loadPrompts({ promptRoot, scenario, strategy }));
  const { control = null, poll = false } = options;
  const prompts = orThrow(withExtras(loaded, { control, poll }, promptRoot));
  const seed = options.seed ?? randomInt(2 ** 31 - 1);
  const debate = {
    store: transcripts
      ? openFileStore({ directory: transcripts, clock: systemClock, isSharded: options.sharded ?? false })
      : openMemoryStore({ clock: systemClock }),
    prompts,
    modelOf: modelsOf(options, [
      ...prompts.scenario.personas.map(({ member }) => member.id),
      moderatorId,
      judgeRole,
    ]),
    seed,
    settings,
    version,
    clock: systemClock,
    jitter: Math.random,
  };
  const makeName = () => runName(prompts.scenario.id, systemClock.now(), randomInt(2 ** 31 - 1));
  const prepared = await underFreeName(options.name, makeName, (name) => prepareDebate({ ...debate, name }));
  return iterable(orThrow(prepared));
}

function iterable(run: DebateRun): RunningDebate {
  const { start, signals, subscribe: _, ...controls } = run;
  return {
    ...controls,
    result: start,
    async *[Symbol.asyncIterator]() {
      const stream = signals();
      const finished = start();
      // The journal's error, if any, is thrown to the reader after the last signal.
      finished.catch(() => {});
      for await (const signal of stream) yield signal.kind === 'event' ? signal.event : signal.notice;
      await finished;
    },
  };
}

function settingsOf(options: RunDebateOptions): Settings {
  const known = Object.keys(defaultSettings) as (keyof Settings)[];
  const given = Object.fromEntries(
    known.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])),
  );
  const parsed = settingsSchema.safeParse({ ...defaultSettings, ...given });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ParleyError('bad-option', `${issue?.path.join('.')}: ${issue?.message}`);
}

function modelsOf(options: RunDebateOptions, roles: readonly string[]): (role: string) => ModelHandle {
  const { model = 'simulator', models = {}, environment = {}, baseUrl } = options;
  const stranger = Object.keys(models).find((role) => !roles.includes(role));
  if (stranger)
    throw new ParleyError(
      'unknown-role',
      `models: nobody is called "${stranger}". Roles: ${roles.join(', ')}.`,
    );
  const given = new Map(Object.entries(models));
  const judge = given.get(moderatorId);
  if (judge !== undefined && !given.has(judgeRole)) given.set(judgeRole, judge);

  const specs = new Map<string, ModelSpec>();
  for (const [role, value] of given) if (typeof value === 'string') specs.set(role, specOf(value));
  const everyone = typeof model === 'string' ? specOf(model) : specOf('simulator');
  const where = { environment, ...(baseUrl === undefined ? {} : { baseUrl }) };
  const bySpec = orThrow(createModels(everyone, specs, where));
  return (role) => {
    const own = given.get(role) ?? model;
    return typeof own === 'string' ? bySpec(role) : modelOfObject(own);
  };
}

function specOf(text: string): ModelSpec {
  return orThrow(parseModelSpec(text));
}

function orThrow<Value>(
  outcome: { ok: true; value: Value } | { ok: false; failure: { reason: string; message: string } },
): Value {
  if (outcome.ok) return outcome.value;
  throw new ParleyError(outcome.failure.reason, outcome.failure.message);
}
