import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeNumber, judgeRole, judgeRoles, modelName, samplesFor } from '../debate/judges.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import { createModels } from '../models/create-models.ts';
import { parseModelSpec } from '../models/model-spec.ts';
import type { ModelSettings } from '../models/providers/provider.ts';
import type { ModelHandle } from '../models/types.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { loadModerator } from '../prompts/load-prompts.ts';
import { faultsFailure } from '../prompts/prompt-set.ts';
import { type Budget, isUsedUp } from '../run/budget.ts';
import { errorOfPanel, readingPrompt, readJudgeError, sha256Of } from '../run/reading/judge-errors.ts';
import { systemClock } from '../run/system-clock.ts';
import { version } from '../run/version.ts';
import {
  nothingSpent,
  type ScoreJudge,
  type Spent,
  scoreTranscript,
  spentTogether,
  type Verdict,
} from './score-transcript.ts';
import type { Transcript } from './transcripts.ts';

/** A judge that is ready to read, and as reports name it. */
export interface NamedJudge {
  judge: ScoreJudge;
  /** SHA-256 of the prompt by which it reads. */
  prompt: string;
  named: JudgeName;
}

/** Who read. `kind`: the run's own judges as its journal holds them, or models that were asked for the score. */
interface JudgeName {
  kind: 'run' | 'model';
  /** The judges' specs, joined by "and". */
  spec: string;
  /** Each judge's spec; several share the readings. */
  specs: string[];
  /** Those that also speak in the transcript, by provider and name. */
  alsoSpeaks: string[];
  simulated: boolean;
  samples: number;
}

export interface JudgeOptions {
  samples: number;
  settings: ModelSettings;
  signal: AbortSignal;
  /** Where runs are kept, and beside them what judges were measured to be off by; absent: nothing is known of any. */
  place?: string;
}

/** The judges of model specs or handles, which share the readings. Makes no call. */
export async function chooseJudge(
  given: readonly (string | ModelHandle)[],
  { samples: asked, settings, signal, place }: JudgeOptions,
): Promise<Outcome<NamedJudge>> {
  const models: ModelHandle[] = [];
  for (const one of given) {
    const model = typeof one === 'string' ? modelOfSpec(one, settings) : success(one);
    if (!model.ok) return model;
    models.push(model.value);
  }
  const samples = samplesFor(asked, models.length);
  const moderator = loadModerator(bundledPrompts());
  if (!moderator.ok) return faultsFailure(moderator.faults);
  const context = {
    prompts: { moderator: moderator.value },
    modelOf: (role: string) => models[(judgeNumber(role) ?? 1) - 1] as ModelHandle,
    clock: systemClock,
    jitter: Math.random,
    signal,
    notify: () => {},
  };
  const judges = models.map(({ spec }) => spec);
  const prompt = sha256Of(readFileSync(join(bundledPrompts(), readingPrompt), 'utf8'));
  const error =
    place === undefined
      ? undefined
      : errorOfPanel(judges.map((spec) => readJudgeError(place, { spec, prompt })));
  return success({
    judge: {
      samples,
      temperature: null,
      context,
      judges: judgeRoles(models.length),
      ...(error ? { error } : {}),
    },
    prompt,
    named: {
      kind: 'model',
      spec: judges.join(' and '),
      specs: judges,
      alsoSpeaks: [],
      simulated: models.some(({ simulated }) => simulated),
      samples,
    },
  });
}

function modelOfSpec(text: string, settings: ModelSettings): Outcome<ModelHandle> {
  const spec = parseModelSpec(text, settings.providers);
  if (!spec.ok) return spec;
  const models = createModels(spec.value, new Map(), settings);
  return models.ok ? success(models.value(judgeRole)) : models;
}

/** A transcript whose positions were read, and how that was done. */
export interface ScoredTranscript extends Transcript {
  verdicts: readonly Verdict[];
  judge: NamedJudge['named'];
  /** Version of parley that read it. */
  parley: string;
}

/** What a run's own judge read, as its journal holds it; null where the transcript is no run that was read, or is held against another agenda. */
export function scoreOfRun(transcript: Transcript): ScoredTranscript | null {
  const { readings, readBy } = transcript;
  if (readBy === null || readings.length === 0) return null;
  return {
    ...transcript,
    verdicts: readings,
    recorded: [],
    judge: { kind: 'run', ...readBy },
    parley: version,
  };
}

/** Judges whose model also wrote the words that they read; the simulator's words are labelled as such already. */
function alsoSpeaking(judges: readonly string[], { spokenBy }: Transcript): string[] {
  const speaking = new Set(spokenBy.map(modelName));
  return [...new Set(judges.map(modelName))].filter((name) => speaking.has(name) && name !== 'simulator');
}

/** With the budget after which no further round is read. */
export interface ScoreInput extends Budget {
  transcripts: readonly Transcript[];
  judge: NamedJudge;
  /** Shows the judge the speeches in an order drawn from the seed. */
  shuffled: boolean;
  /** Called before each round is read, and where it is not read since the budget is used up. */
  onRound?(round: { transcript: string; round: number; of: number; isRead: boolean }): void;
}

export interface Scored {
  transcripts: ScoredTranscript[];
  spent: Spent;
  /** The budget was used up before everything was read. */
  isStopped: boolean;
}

/** Reads the positions of transcripts after each round and computes the index. Fails where the judge cannot be reached. */
export async function scoreTranscripts(input: ScoreInput): Promise<Outcome<Scored>> {
  const { shuffled, onRound, judge } = input;
  let spent = nothingSpent;
  let isStopped = false;
  const transcripts: ScoredTranscript[] = [];
  for (const transcript of input.transcripts) {
    const verdicts = await scoreTranscript({
      ...{ transcript, judge: judge.judge, seed: transcript.seed, shuffled },
      onRound: (round, of) => {
        isStopped ||= isUsedUp(input, spent);
        onRound?.({ transcript: transcript.name, round, of, isRead: !isStopped });
        return !isStopped;
      },
      onSpent: (more) => {
        spent = spentTogether(spent, more);
      },
    });
    if (!verdicts.ok) {
      const { reason, message } = verdicts.failure;
      return { ok: false, failure: { reason, message: `${transcript.name}: ${message}` } };
    }
    const controls = [...transcript.controls, ...(shuffled ? (['shuffled-turns'] as const) : [])];
    transcripts.push({
      ...transcript,
      controls,
      verdicts: verdicts.value,
      judge: { ...judge.named, alsoSpeaks: alsoSpeaking(judge.named.specs, transcript) },
      parley: version,
    });
  }
  return success({ transcripts, spent, isStopped });
}
