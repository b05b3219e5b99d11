import { checkDataset } from './dataset/check/check-dataset.ts';
import {
  type ExportInput,
  type ExportResult,
  exportDataset as exportFromStore,
} from './dataset/export-dataset.ts';
import { type PushInput, type PushResult, pushDataset as pushFolder } from './dataset/push/push-dataset.ts';
import { fold } from './debate/debate.ts';
import type { DebateEvent } from './debate/events.ts';
import type { Notice } from './debate/notices.ts';
import { orThrow, ParleyError } from './debate/outcome.ts';
import { modelOfObject } from './models/create-models.ts';
import { modelSettingsOf } from './models/providers/provider.ts';
import type { ChatModel, ModelHandle } from './models/types.ts';
import { type ReportFormat, renderReport } from './report/render-report.ts';
import { type ScoreReport, scoreReportOf } from './report/score/score-report.ts';
import { findRun } from './run/catalogue/find-run.ts';
import { openRuns, readRun } from './run/catalogue/open-runs.ts';
import { passesFilter, type RunFilter } from './run/catalogue/run-summary.ts';
import type { ListedRun } from './run/catalogue/stored-run.ts';
import { type GivenModel, type GivenModels, givenList } from './run/given-models.ts';
import { createReplay, type Replay } from './run/replay-debate.ts';
import { type EventSource, itemsOf, type StoredDebateOptions } from './run/run-debate.ts';
import { systemClock } from './run/system-clock.ts';
import { chooseJudge, scoreOfRun, scoreTranscripts } from './score/score-transcripts.ts';
import { loadAgenda, readTranscript, type TranscriptOptions } from './score/transcripts.ts';
import type { Explanation } from './why/explanations.ts';
import { storedWhy } from './why/explanations.ts';

export { type BatchResult, type NamedModel, type RunBatchOptions, runBatch } from './batch/run-batch.ts';
export type { Comparison } from './compare/comparison.ts';
export { type Compared, compare } from './compare/run-comparison.ts';
export type { CheckedDataset } from './dataset/check/check-dataset.ts';
export type { ExportFailure, ExportResult } from './dataset/export-dataset.ts';
export type { ExportProgress } from './dataset/export-request.ts';
export { defaultFilters, type FilterOptions } from './dataset/filters.ts';
export type { FormatName } from './dataset/formats/index.ts';
export type { Format } from './dataset/formats/training-format.ts';
export type { PushFailure, PushInput, PushResult } from './dataset/push/push-dataset.ts';
export type { Agenda } from './debate/agenda.ts';
export type { Debate } from './debate/debate.ts';
export { type DebateEvent, type EventOf, eventSchema } from './debate/events.ts';
export type { Notice } from './debate/notices.ts';
export { ParleyError } from './debate/outcome.ts';
export type { Article, CastMember, Control, Settings } from './debate/setup.ts';
export type { Cell, Convergence } from './debate/verdict.ts';
export { type EvolveOptions, evolveStrategy } from './evolve/evolve-strategy.ts';
export type { EvolutionResult } from './evolve/run-evolution.ts';
export type { Price, Timeouts } from './models/types.ts';
export type { ReportFormat } from './report/render-report.ts';
export type { ScoreReport } from './report/score/score-report.ts';
export type { RunFilter, RunSummary } from './run/catalogue/run-summary.ts';
export type { ListedRun } from './run/catalogue/stored-run.ts';
export type { GivenModel, GivenModels, LangChainChatModel } from './run/given-models.ts';
export {
  type EventSource,
  type ForkOptions,
  fork,
  type ResumeOptions,
  type RunDebateOptions,
  type RunningDebate,
  resume,
  runDebate,
  type StoredDebateOptions,
} from './run/run-debate.ts';
export type { Seat, SeatTurn } from './run/seats.ts';
export type { MovementShares, WhySummary } from './why/credit.ts';
export { type WhyOfStored, type WhyOptions, why } from './why/explain-stored.ts';
export { checkDataset, type Explanation };

/** The usual place of runs. */
const usualPlace = 'transcripts';

export type ReplayOptions = EventSource & {
  /** 1 is a reading pace of seven words a second; 0, the default, gives everything at once. */
  speed?: number;
  /** Longest silence between two events, in milliseconds at speed 1; 2000 by default. */
  idleLimitMs?: number;
};

/** A stored debate that is shown again: `for await` gives its events and the notices that a run would have given. */
export interface ReplayedDebate
  extends AsyncIterable<DebateEvent | Notice>,
    Pick<Replay, 'pause' | 'resume' | 'step' | 'stop' | 'setSpeed' | 'jump'> {}

/** Shows a debate again from its events alone, with no model and no network. */
export async function replay(options: ReplayOptions): Promise<ReplayedDebate> {
  const { speed = 0, idleLimitMs = 2000 } = options;
  const { events } = await debateAt(options);
  const replayed = createReplay({ events, clock: systemClock, speed, idleLimitMs, staysAtEnd: false });
  const { pause, resume, step, stop, setSpeed, jump, signals, start } = replayed;
  return {
    ...{ pause, resume, step, stop, setSpeed, jump },
    [Symbol.asyncIterator]: () => itemsOf(signals(), start),
  };
}

export type ReportOptions = EventSource & {
  /** Markdown, one self-contained web page, or JSON; Markdown by default. */
  format?: ReportFormat;
  /** Include the private notes, where the strategy asked for them. */
  notes?: boolean;
};

/** A debate as one document, with the evidence for every figure, and why its speakers moved where that was asked. */
export async function report(options: ReportOptions): Promise<string> {
  const { format = 'md', notes = false } = options;
  const { events, why } = await debateAt(options);
  const text = renderReport(events, { format, notes, why });
  if (text === null)
    throw new ParleyError('empty', 'The debate holds no event yet: there is nothing to report.');
  return text;
}

export interface ScoreOptions
  extends Pick<GivenModels, 'environment' | 'baseUrl' | 'price'>,
    Partial<Omit<TranscriptOptions, 'agenda' | 'stdin'>> {
  /** Transcripts: files (`Name: speech`, or JSON), names of runs, their folders, or database addresses. */
  files: readonly string[];
  /** What transcripts are measured against: a scenario's agenda, or a YAML file's. A run of parley's own has one. */
  agenda?: { scenario: string } | { file: string };
  /** Who reads: a model spec, or any LangChain chat model; several share the readings. Where none is given, a run shows what its own judge read, and another transcript is refused. */
  judge?: GivenModel | readonly GivenModel[];
  /** Readings of a model after each round; 3 by default. */
  judgeSamples?: number;
  /** Shows the judge the speeches in an order drawn from the seed. */
  shuffled?: boolean;
  /** US dollars after which no further round is read; no limit by default. */
  budgetUsd?: number;
  /** Tokens after which no further round is read. */
  budgetTokens?: number;
  /** Aborting stops the calls of the judge. */
  signal?: AbortSignal;
}

/** Reads who stands where in any transcript, and computes how far the speakers have converged. One report a file. */
export async function score(options: ScoreOptions): Promise<ScoreReport[]> {
  const {
    files,
    judge: given,
    environment = {},
    baseUrl,
    price,
    budgetUsd = null,
    budgetTokens = null,
  } = options;
  const reading: TranscriptOptions = {
    agenda: options.agenda ? orThrow(await loadAgenda(options.agenda)) : null,
    principals: options.principals ?? null,
    seed: options.seed ?? null,
    roundsOf: options.roundsOf ?? null,
    speakers: options.speakers ?? null,
    leaveOut: options.leaveOut ?? ['moderator', 'chair', 'host', 'system'],
    transcripts: options.transcripts ?? usualPlace,
  };
  const transcripts = [];
  for (const file of files) transcripts.push(orThrow(await readTranscript(file, reading)));
  if (given === undefined) {
    return transcripts.map((transcript) => {
      const own = scoreOfRun(transcript);
      if (own) return scoreReportOf(own);
      throw new ParleyError('no-judge', `${transcript.name} was read by no judge. Give one as judge.`);
    });
  }
  const judge = orThrow(
    await chooseJudge(givenList(given).map(modelOfGiven), {
      samples: options.judgeSamples ?? 3,
      settings: modelSettingsOf({ environment, baseUrl, price }),
      signal: options.signal ?? new AbortController().signal,
      place: reading.transcripts,
    }),
  );
  const { shuffled = false } = options;
  const scored = orThrow(await scoreTranscripts({ transcripts, judge, shuffled, budgetUsd, budgetTokens }));
  return scored.transcripts.map(scoreReportOf);
}

function modelOfGiven(given: GivenModel): string | ModelHandle {
  return typeof given === 'string' ? given : modelOfObject(given as unknown as ChatModel);
}

export type ExportOptions = Omit<ExportInput, 'store'> & {
  /** Where runs are kept: a folder, or a postgres:// address; `transcripts` by default. */
  transcripts?: string;
};

/** Makes a data set folder of training rows from stored debates, checked, whole or not at all. */
export async function exportDataset({
  transcripts = usualPlace,
  ...options
}: ExportOptions): Promise<ExportResult> {
  const { store, close } = orThrow(await openRuns(transcripts));
  try {
    return orThrow(await exportFromStore({ ...options, store }));
  } finally {
    await close();
  }
}

/** Pushes an exported data set to the Hugging Face Hub: checked, scanned for keys, private unless it is asked otherwise. */
export async function pushDataset(input: PushInput): Promise<PushResult> {
  return orThrow(await pushFolder(input));
}

/** Every stored run that passes the filter, one at a time; a run that cannot be read is there with its failure. */
export async function* listRuns({
  transcripts = usualPlace,
  ...filter
}: Partial<RunFilter> & Partial<Pick<StoredDebateOptions, 'transcripts'>> = {}): AsyncGenerator<ListedRun> {
  const { listed, close } = orThrow(await openRuns(transcripts));
  const wanted = { ...anyRun, ...filter };
  try {
    for await (const run of listed()) {
      if (!run.ok || run.summary === null || passesFilter(run.summary, run.arms, wanted)) yield run;
    }
  } finally {
    await close();
  }
}

const anyRun: RunFilter = {
  ...{ arm: null, model: null, ending: null, control: null, scenario: null, strategy: null },
  ...{ minConvergence: null, maxConvergence: null },
};

async function debateAt(
  source: EventSource,
): Promise<{ events: readonly DebateEvent[]; why: readonly Explanation[] | null }> {
  if ('events' in source) return { events: source.events, why: null };
  const { folder, name } = orThrow(await findRun(source.run, source.transcripts ?? usualPlace));
  const { events } = orThrow(await readRun(folder, name));
  const debate = fold(events);
  if (debate === null) throw new ParleyError('empty', `${name} holds no event yet.`);
  return { events, why: storedWhy(folder, name, debate) };
}
