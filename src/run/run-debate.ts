import type { Debate } from '../debate/debate.ts';
import type { DebateEvent } from '../debate/events.ts';
import { judgeRole } from '../debate/judges.ts';
import type { Notice, RunSignal } from '../debate/notices.ts';
import { failure, type Outcome, orThrow, ParleyError, success } from '../debate/outcome.ts';
import { type Control, type Settings, settingsSchema } from '../debate/setup.ts';
import { languageTag } from '../text/language.ts';
import { beginDebate, loadSubject } from './begin-debate.ts';
import { findRun } from './catalogue/find-run.ts';
import { openRuns } from './catalogue/open-runs.ts';
import type { DebateRun } from './debate-run.ts';
import { extractFacts } from './extract-facts.ts';
import { forkDebate, freeBranches } from './fork-debate.ts';
import { type GivenModels, modelsOf } from './given-models.ts';
import { defaultSettings } from './prepare.ts';
import { resumeDebate } from './resume-debate.ts';
import { checkSeats, type Seat } from './seats.ts';

export interface RunDebateOptions extends Partial<Settings>, GivenModels {
  /** A bundled scenario's name, or a folder; `us-dprk-talks` by default. */
  scenario?: string;
  /** A bundled strategy's name, or a Markdown file; `plain` by default. */
  strategy?: string;
  /** Another text for the same cast, or several that make a dossier: files, or http(s) addresses. */
  article?: string | readonly string[];
  /** The language everyone speaks, as a BCP 47 tag such as fr; the scenario's own by default. */
  language?: string;
  /** A control, in which nothing is negotiated. */
  control?: Control;
  /** The same seed gives the same debate on the simulator; by chance otherwise. */
  seed?: number;
  /** Folder for the journal; in memory only where there is none. */
  transcripts?: string;
  /** For very many runs in one folder: spreads them over 256 folders and has them share their prompt files. */
  sharded?: boolean;
  /** Name of the run; made of the date and the scenario by default. */
  name?: string;
  /** Keep what the speakers think, where that can be seen, in `thoughts.jsonl` beside the journal; false by default. */
  keepThoughts?: boolean;
  /** People who speak for personas in a model's place, by persona: `{ mayor: async (turn) => 'Words.' }`. */
  seats?: Readonly<Record<string, Seat>>;
}

/** A stored debate, by its name and where it is kept. */
export interface StoredDebateOptions {
  /** Name of the run, its folder, or a database's address with the name after it. */
  run: string;
  /** Where runs are kept: a folder, or a postgres:// address; `transcripts` by default. */
  transcripts?: string;
}

/** Events that are at hand, or a stored debate to read them from. */
export type EventSource =
  | {
      /** The events themselves, in place of a stored debate. */
      events: readonly DebateEvent[];
    }
  | StoredDebateOptions;

export interface ResumeOptions
  extends StoredDebateOptions,
    GivenModels,
    Pick<RunDebateOptions, 'keepThoughts'> {
  /** Rounds in all. */
  rounds?: number;
  /** New budget in US dollars. */
  budgetUsd?: number;
  /** New budget in tokens, input and output. */
  budgetTokens?: number;
  /** False goes on to the round limit whatever the convergence. */
  stopEarly?: boolean;
  /** People who speak for personas from here on. */
  seats?: Readonly<Record<string, Seat>>;
}

export interface ForkOptions
  extends StoredDebateOptions,
    GivenModels,
    Pick<RunDebateOptions, 'keepThoughts'> {
  /** The speech that is given anew. */
  turn: number;
  /** Another strategy: a bundled one's name, or a Markdown file. */
  strategy?: string;
  /** Another file for the persona whose id it holds. */
  personaFile?: string;
  /** New budget in US dollars, in which the shared part counts. */
  budgetUsd?: number;
  /** New budget in tokens, in which the shared part counts. */
  budgetTokens?: number;
  /** Name of the fork; made of the run and the turn by default. */
  name?: string;
}

/** A debate to be iterated: `for await` gives every event and notice, and starts it. */
export interface RunningDebate
  extends AsyncIterable<DebateEvent | Notice>,
    Omit<DebateRun, 'start' | 'signals' | 'subscribe' | 'account'> {
  /** The whole debate once it has ended; starts it where nobody iterates. */
  result(): Promise<Debate>;
}

/**
 * Runs a new debate in this process. Throws a ParleyError, before any call is made, where something given does
 * not fit; a debate that fails later ends with a `debate-ended` event that says why.
 */
export async function runDebate(options: RunDebateOptions = {}): Promise<RunningDebate> {
  const settings = settingsOf(options);
  const { scenario = 'us-dprk-talks', strategy = 'plain', article = null } = options;
  const { control = null, poll = false, transcripts = null, seed = null, name = null } = options;
  const { language } = options;
  const spoken = language === undefined ? {} : { language: orThrow(readLanguage(language)) };
  const subject = await loadSubject({
    ...{ scenario, strategy, articles: [article ?? []].flat(), control, poll, ...spoken },
    facts: options.facts ?? false,
    caucus: settings.caucus,
    variables: options.environment ?? {},
  });
  const { prompts: given } = orThrow(subject);
  const personas = given.scenario.personas.map(({ member }) => member.id);
  const { modelOf, judges } = orThrow(await modelsOf({ model: 'simulator', ...options })(personas, {}));
  const isSharded = options.sharded ?? false;
  const prompts =
    options.facts && !given.scenario.facts
      ? orThrow(await extractFacts(given, { model: modelOf(judgeRole) })).prompts
      : given;
  const { seats = {} } = options;
  orThrow(checkSeats(personas, Object.keys(seats)));
  const begun = await beginDebate({
    prompts,
    modelOf,
    judges,
    settings,
    seed,
    transcripts,
    isSharded,
    name,
    seats,
    keepsThoughts: options.keepThoughts ?? false,
  });
  return iterable(orThrow(begun), async () => {});
}

/** Goes on with a stored debate from its last finished event, with the models it had unless others are given. */
export function resume(options: ResumeOptions): Promise<RunningDebate> {
  const { rounds = null, budgetUsd = null, budgetTokens = null, stopEarly = true } = options;
  return goOn(options, ({ store }, name) =>
    resumeDebate({
      ...{ store, name, changes: { rounds, budgetUsd, budgetTokens, stopEarly } },
      ...(options.seats ? { seats: options.seats } : {}),
      models: modelsOf(options),
      keepsThoughts: options.keepThoughts ?? false,
    }),
  );
}

/** Makes a new run that shares everything before a speech with a stored debate, and goes on from there by itself. */
export function fork(options: ForkOptions): Promise<RunningDebate> {
  const { turn, name = null, strategy = null, personaFile = null, budgetUsd, budgetTokens } = options;
  const changes = { strategy, personaFile, budgetUsd: budgetUsd ?? null, budgetTokens: budgetTokens ?? null };
  return goOn(options, async ({ store }, run) => {
    const [branch = 1] = await freeBranches({ store, run, turn }, 1);
    return forkDebate({
      ...{ store, run, turn, branch, name, changes },
      models: modelsOf(options),
      keepsThoughts: options.keepThoughts ?? false,
    });
  });
}

async function goOn(
  { run, transcripts = 'transcripts' }: StoredDebateOptions,
  prepare: (
    runs: Extract<Awaited<ReturnType<typeof openRuns>>, { ok: true }>['value'],
    name: string,
  ) => Promise<Outcome<{ run: DebateRun }>>,
): Promise<RunningDebate> {
  const { folder, name } = orThrow(await findRun(run, transcripts));
  const runs = orThrow(await openRuns(folder));
  try {
    return iterable(orThrow(await prepare(runs, name)).run, runs.close);
  } catch (error) {
    await runs.close();
    throw error;
  }
}

/** Gives a run's signals as they come; `close` is called once it has ended. */
function iterable(run: DebateRun, close: () => Promise<void>): RunningDebate {
  const { start, signals, subscribe: _, ...controls } = run;
  let ended: Promise<Debate> | null = null;
  const result = () => {
    ended ??= start().finally(close);
    return ended;
  };
  return {
    ...controls,
    result,
    [Symbol.asyncIterator]: () => itemsOf(signals(), result),
  };
}

/** Events and notices, one by one. `start` is called once somebody reads; what it throws comes after the last of them. */
export async function* itemsOf(
  signals: AsyncIterable<RunSignal>,
  start: () => Promise<unknown>,
): AsyncGenerator<DebateEvent | Notice, undefined> {
  const finished = start();
  finished.catch(() => {});
  for await (const signal of signals) yield signal.kind === 'event' ? signal.event : signal.notice;
  await finished;
}

function settingsOf(options: RunDebateOptions): Settings {
  const known = Object.keys(settingsSchema.shape) as (keyof Settings)[];
  const given = Object.fromEntries(
    known.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])),
  );
  const parsed = settingsSchema.safeParse({ ...defaultSettings, ...given });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ParleyError('bad-option', `${issue?.path.join('.')}: ${issue?.message}`);
}

function readLanguage(given: string): Outcome<string, 'bad-language'> {
  const tag = languageTag(given);
  if (tag !== null) return success(tag);
  return failure('bad-language', `"${given}" is not a language tag. Write it like fr, pt-BR or zh-Hans.`);
}
