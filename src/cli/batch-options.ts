import { z } from 'zod';
import { choice, flag, type OptionValues, option, repeatable } from './command.ts';
import { aboveZero, decimal, text, tokens, whole } from './option-values.ts';
import { baseUrlOption, cacheOption, priceOption, progressOptions, storeOptions } from './shared-options.ts';

const most = Number.MAX_SAFE_INTEGER;
const file = z.string().min(1, 'must be the name of a file');

const concurrency = option(
  '--concurrency <n>',
  'most calls at once with one provider; parley measures how many it accepts',
  whole(1, 2000),
  { usual: '64' },
);

/** For commands that run many debates. */
export const batchOptions = {
  count: option(
    '--count <n>',
    'run so many debates in all; a larger number later continues',
    whole(1, 1_000_000),
  ),
  yes: flag('-y, --yes', 'do not ask before spending'),
  dryRun: flag('--dry-run', 'show what it would take, and spend nothing'),
  retryFailed: flag('--retry-failed', 'try failed debates again'),
  concurrency,
  openaiBatch: flag(
    '--openai-batch',
    'have openai: models answer in jobs of the Batch API: half the price, hours of waiting',
  ),
  lookEvery: option(
    '--look-every <seconds>',
    'time between two looks at a job of --openai-batch',
    aboveZero,
    {
      usual: '30',
    },
  ),
  rpm: option('--rpm <n>', 'most requests a minute with one provider', whole(1, most)),
  tpm: option('--tpm <n>', 'most tokens a minute with one provider', whole(1, most)),
  budget: option(
    '--budget <usd>',
    'begin no call once all debates together have used this many US dollars',
    aboveZero,
  ),
  budgetTokens: option('--budget-tokens <n>', 'the same in tokens', tokens),
  model: option('-m, --model <spec>', 'for arms that name no model: provider:name or simulator', text),
  probe: flag('--no-probe', 'do not ask the providers first whether they have the models'),
  cache: cacheOption,
  price: priceOption,
  baseUrl: baseUrlOption,
};

/** For `parley batch` itself. */
export const batchCommandOptions = {
  on: option(
    '--on <address>',
    'put the plan into this postgres:// database instead, for workers to run',
    text,
  ),
  ...batchOptions,
  ...progressOptions,
  ...storeOptions,
};

export type BatchValues = OptionValues<typeof batchCommandOptions>;

/** For commands that work on plans in a database. */
export const workerOptions = {
  concurrency,
  untilEmpty: flag('--until-empty', 'end once no debate is left that this worker could run'),
  lease: option(
    '--lease <seconds>',
    'a worker that gives no sign of life for so long loses its debates to others',
    // A fraction serves tests.
    decimal.pipe(z.number().min(1, 'must be from 1 to 3600').max(3600, 'must be from 1 to 3600')),
    { usual: '30' },
  ),
  baseUrl: baseUrlOption,
};

/** What becomes of a comparison's result. */
export const comparisonOptions = {
  runs: repeatable(
    '--runs <folder>',
    'compare the runs that are stored in these folders or databases, in place of a plan',
    text,
  ),
  arms: choice('--arms <kind>', 'with --runs: what tells the arms apart', ['strategy', 'model', 'folder'], {
    usual: 'strategy',
  }),
  json: flag('--json', 'the comparison as one line of JSON on stdout'),
  csv: flag('--csv', 'one row a pair and measure as CSV on stdout'),
  html: option('--html <file>', 'write one self-contained web page', file),
  debates: option('--debates <file>', 'write what was measured of every debate, as CSV', file),
  junit: option('--junit <file>', 'write JUnit XML for a build server', file),
  failIf: repeatable(
    '--fail-if <condition>',
    'exit with 4 where it holds of an arm, such as "grounding < 0.9" or "steelman.cost > 0.05"; may be given again',
    text,
  ),
  baseline: option(
    '--baseline <file>',
    'exit with 4 where an arm is worse than in this stored comparison',
    file,
  ),
  store: option('--store <file>', 'store the comparison, to be a --baseline later', file),
  force: flag('--force', 'replace files where there are any'),
};
