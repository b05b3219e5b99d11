import { createHash } from 'node:crypto';
import { mean, sampleVariance } from '../../convergence/statistics.ts';
import type { Debate } from '../../debate/debate.ts';
import type { EvalSample } from './eval-sample.ts';
import { inspectModel, usageOfAll } from './eval-sample.ts';

/** Version of the log's form, as inspect_ai numbers it. */
const logVersion = 2;

/** What the debates of one log have in common: Inspect keeps a log for each task, solver and model. */
export interface EvalGroup {
  scenario: Debate['started']['scenario'];
  strategy: string;
  /** Spec by role: personas, moderator and judge. */
  models: Record<string, string>;
  settings: Debate['settings'];
  simulated: boolean;
}

export interface EvalLog {
  /** By which `inspect view` finds it: it begins with the time. */
  fileName: string;
  log: Record<string, unknown>;
}

export function groupOf({ started, models, settings }: Debate): EvalGroup {
  return {
    scenario: started.scenario,
    strategy: started.strategy,
    models: Object.fromEntries(Object.entries(models).map(([role, { spec }]) => [role, spec])),
    settings,
    simulated: started.simulated,
  };
}

/** Equal for debates that belong into one log. */
export function groupKey({ scenario, strategy, models, settings }: EvalGroup): string {
  return JSON.stringify([scenario.id, strategy, Object.entries(models).sort(), settings]);
}

/**
 * Debates of one group as a log of Inspect (https://inspect.aisi.org.uk/eval-logs.html), in the JSON form that `inspect
 * view` reads. Fields follow inspect_ai's EvalLog: src/inspect_ai/_view/inspect-openapi.json in its repository,
 * August 2026. The same debates give the same bytes.
 */
export function evalLog(group: EvalGroup, given: readonly EvalSample[], version: string): EvalLog {
  const samples = withEpochs(given);
  const started = samples.map(({ started_at }) => started_at).sort()[0] ?? '';
  const completed =
    samples
      .map(({ completed_at }) => completed_at)
      .sort()
      .at(-1) ?? '';
  const id = hashOf([groupKey(group), ...samples.map(({ uuid }) => uuid)]);
  const done = samples.filter(({ error }) => error === undefined).length;
  const scores = evalScores(samples);
  const log = {
    version: logVersion,
    status: done > 0 ? 'success' : 'error',
    eval: specOf(group, samples, { id, started, version, scorers: scores.map(({ name }) => String(name)) }),
    plan: {
      name: 'plan',
      steps: [{ solver: group.strategy, params: {}, params_passed: {} }],
      config: {},
    },
    results: { total_samples: samples.length, completed_samples: done, scores },
    stats: {
      started_at: started,
      completed_at: completed,
      model_usage: usageOfAll(samples.map(({ model_usage }) => model_usage)),
      role_usage: {},
      connection_limit_history: [],
    },
    ...(done > 0 ? {} : { error: samples[0]?.error ?? null }),
    invalidated: false,
    tags: group.simulated ? ['simulated'] : [],
    metadata: {},
    samples,
  };
  const time = started.replace(/\.\d+Z$/, '+00:00').replaceAll(':', '-');
  return { fileName: `${time}_${group.scenario.id}_${group.strategy}-${id}.json`, log };
}

function specOf(
  { scenario, strategy, models, settings }: EvalGroup,
  samples: readonly EvalSample[],
  { id, started, version, scorers }: { id: string; started: string; version: string; scorers: string[] },
): Record<string, unknown> {
  const ids = [...new Set(samples.map((sample) => sample.id))];
  const epochs = Math.max(0, ...samples.map(({ epoch }) => epoch));
  const metrics = [{ name: 'inspect_ai/mean' }, { name: 'inspect_ai/stderr' }];
  const [first = ''] = Object.values(models);
  return {
    eval_id: hashOf(['eval', id]),
    run_id: hashOf(['run', id]),
    created: started,
    task: scenario.id,
    task_id: hashOf(['task', scenario.id]),
    task_version: 0,
    task_display_name: scenario.title,
    task_attribs: {},
    task_args: { strategy, ...settings },
    task_args_passed: { strategy },
    solver: strategy,
    solver_args: {},
    dataset: { name: scenario.id, samples: ids.length, sample_ids: ids, shuffled: false },
    model: inspectModel(first),
    model_generate_config: {
      max_tokens: settings.turnTokens,
      ...(settings.temperature === null ? {} : { temperature: settings.temperature }),
    },
    model_args: {},
    model_roles: Object.fromEntries(
      Object.entries(models).map(([role, spec]) => [
        role,
        { model: inspectModel(spec), config: {}, args: {} },
      ]),
    ),
    config: { epochs, epochs_reducer: ['mean'], fail_on_error: false },
    packages: { parley: version },
    scorers: scorers.map((name) => ({ name, metrics, options: {} })),
  };
}

/** Debates of one sample are its epochs, in the order in which they were begun. */
function withEpochs(samples: readonly EvalSample[]): EvalSample[] {
  const counts = new Map<string, number>();
  const ordered = [...samples].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return ordered.map((sample) => {
    const epoch = (counts.get(sample.id) ?? 0) + 1;
    counts.set(sample.id, epoch);
    return { ...sample, epoch };
  });
}

function keyOf({ started_at, uuid }: EvalSample): string {
  return `${started_at} ${uuid}`;
}

/** Ids as long as Inspect's own. */
function hashOf(parts: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('base64url')
    .replace(/[-_]/g, 'x')
    .slice(0, 22);
}

/**
 * The results of every scorer over the samples: epochs of a sample are averaged first, as Inspect does, so that the
 * standard error is that of samples and not of debates. A debate without the figure is counted as unscored.
 */
function evalScores(samples: readonly EvalSample[]): Record<string, unknown>[] {
  const names = [...new Set(samples.flatMap(({ scores }) => Object.keys(scores)))].sort();
  return names.map((name) => {
    const bySample = new Map<string, number[]>();
    for (const { id, scores } of samples) {
      const value = scores[name]?.value;
      if (value !== undefined) bySample.set(id, [...(bySample.get(id) ?? []), value]);
    }
    const means = [...bySample.values()].map(mean);
    const scored = [...bySample.values()].reduce((sum, values) => sum + values.length, 0);
    return {
      name,
      scorer: name,
      reducer: 'mean',
      params: {},
      metrics: {
        mean: { name: 'mean', value: mean(means), params: {} },
        stderr: { name: 'stderr', value: standardError(means), params: {} },
      },
      scored_samples: scored,
      unscored_samples: samples.length - scored,
    };
  });
}

/** 0 for a single sample, as Inspect has it. */
function standardError(values: readonly number[]): number {
  return Math.sqrt(sampleVariance(values) / values.length);
}
