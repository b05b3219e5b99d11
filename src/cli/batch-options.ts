import { z } from 'zod';
import { choice, flag, type OptionValues, option, repeatable } from './command.ts';
import { aboveZero, decimal, text, tokens, whole } from './option-values.ts';
import {
  baseUrlOption,
  cacheOption,
  judgeSamplesOption,
  keepThoughtsOption,
  priceOption,
  progressOptions,
  storeOptions,
  timeoutOption,
} from './shared-options.ts';

const file = z.string().min(1, 'must be the name of a file');

const concurrency = option(
  '--concurrency <n>',
  'upper limit of concurrent calls per provider; parley finds how many the provider accepts',
  whole(1, 2000),
  { usual: '64' },
);

/** For commands that run many debates. */
export const batchOptions = {
  count: option(
    '--count <n>',
    'total number of debates; a larger number later continues the batch',
    whole(1, 1_000_000),
  ),
  yes: flag('-y, --yes', 'spend without asking'),
  dryRun: flag('--dry-run', 'print the estimate and exit; nothing is spent'),
  retryFailed: flag('--retry-failed', 'retry failed debates'),
  concurrency,
  openaiBatch: flag(
    '--openai-batch',
    "use OpenAI's Batch API for openai: models: half the price, results within hours",
  ),
  lookEvery: option('--look-every <seconds>', 'polling interval for jobs of --openai-batch', aboveZero, {
    usual: '30',
  }),
  rpm: option('--rpm <n>', 'maximum requests per minute and provider', tokens),
  tpm: option('--tpm <n>', 'maximum tokens per minute and provider', tokens),
  budget: option(
    '--budget <usd>',
    'total budget of all debates in US dollars; no call begins beyond it',
    aboveZero,
  ),
  budgetTokens: option('--budget-tokens <n>', 'the same limit in tokens', tokens),
  model: option('-m, --model <spec>', 'model for arms that name none: provider:name or simulator', text),
  judge: repeatable(
    '--judge <spec>',
    "judge of every arm, in place of the plan's; repeat for several that share the readings",
    text,
  ),
  roles: option(
    '--roles <file>',
    'YAML file of models and settings for roles that the plan leaves open; --model and --judge take precedence',
    text,
  ),
  timeout: timeoutOption,
  probe: flag('--no-probe', 'skip the check that the providers have the models'),
  keepThoughts: keepThoughtsOption,
  cache: cacheOption,
  price: priceOption,
  baseUrl: baseUrlOption,
};

/** For `parley batch` itself. */
export const batchCommandOptions = {
  on: option('--on <address>', 'submit the plan to this postgres:// database for workers to run', text),
  ...batchOptions,
  ...progressOptions,
  ...storeOptions,
};

export type BatchValues = OptionValues<typeof batchCommandOptions>;

/** For commands that work on plans in a database. */
export const workerOptions = {
  concurrency,
  untilEmpty: flag('--until-empty', 'exit when no debate is left that this worker could run'),
  lease: option(
    '--lease <seconds>',
    'a worker without a heartbeat for this long loses its debates to others',
    // A fraction serves tests.
    decimal.pipe(z.number().min(1, 'must be from 1 to 3600').max(3600, 'must be from 1 to 3600')),
    { usual: '30' },
  ),
  timeout: timeoutOption,
  baseUrl: baseUrlOption,
};

/** What becomes of a comparison's result. */
export const comparisonOptions = {
  runs: repeatable(
    '--runs <folder>',
    'compare stored runs in these folders or databases instead of a plan; with --judge, that judge reads all of them again',
    text,
  ),
  arms: choice('--arms <kind>', 'with --runs: what distinguishes the arms', ['strategy', 'model', 'folder'], {
    usual: 'strategy',
  }),
  people: flag('--people', 'include debates in which people wrote speeches'),
  judgeSamples: judgeSamplesOption('with --runs and --judge: readings by that judge after each round', '3'),
  json: flag('--json', 'print the comparison as one line of JSON'),
  csv: flag('--csv', 'print CSV with one row per pair and measure'),
  html: option('--html <file>', 'write a self-contained web page', file),
  debates: option('--debates <file>', 'write the measures of every debate as CSV', file),
  junit: option('--junit <file>', 'write JUnit XML for CI', file),
  failIf: repeatable(
    '--fail-if <condition>',
    'exit with 4 if this holds for any arm, such as "grounding < 0.9" or "steelman.cost > 0.05"; repeatable',
    text,
  ),
  baseline: option(
    '--baseline <file>',
    'exit with 4 if an arm is worse than in this stored comparison',
    file,
  ),
  store: option('--store <file>', 'store the comparison for use as a later --baseline', file),
  force: flag('--force', 'overwrite existing files'),
};
