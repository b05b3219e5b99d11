import { type Command, Option } from 'commander';
import { collect } from './collect.ts';

export function addBatchOptions(command: Command): void {
  command
    .option('--count <n>', 'hold so many debates in all; a larger number later goes on')
    .option('-y, --yes', 'do not ask before spending')
    .option('--dry-run', 'say what it would take, and spend nothing')
    .option('--retry-failed', 'try debates again that failed')
    .option('--concurrency <n>', 'most calls at once with one provider; how many it bears is found out', '64')
    .option(
      '--openai-batch',
      'have openai: models answer in jobs of the Batch API: half the price, hours of waiting',
    )
    .option('--look-every <seconds>', 'time between two looks at a job of --openai-batch', '30')
    .option('--rpm <n>', 'most requests a minute with one provider')
    .option('--tpm <n>', 'most tokens a minute with one provider')
    .option('--budget <usd>', 'begin no call once all debates together have used this many US dollars')
    .option('--budget-tokens <n>', 'the same in tokens')
    .option('-m, --model <spec>', 'for arms that name no model: provider:name or simulator')
    .option('--no-probe', 'do not ask the providers first whether they have the models')
    .option('--cache', 'take replies that were kept for the very same requests, and keep new ones')
    .option('--price <in,out>', 'US dollars per million tokens, where parley does not know the price')
    .option('--base-url <url>', 'an OpenAI-compatible server for openai: models');
}

export function addWorkerOptions(command: Command): void {
  command
    .option('--concurrency <n>', 'most calls at once with one provider; how many it bears is found out', '64')
    .option('--until-empty', 'end once no debate is left that this worker could hold')
    .option(
      '--lease <seconds>',
      'a worker that is not heard of for so long loses its debates to others',
      '30',
    )
    .option('--base-url <url>', 'an OpenAI-compatible server for openai: models');
}

/** For commands that look at many runs. */
export function addFilterOptions(command: Command): void {
  command
    .option('--arm <id>', 'debates of this arm of a plan')
    .option('--model <spec>', 'runs with this model, provider:name or either part')
    .option('--ending <reason>', 'runs that ended so, such as converged or failed; or unfinished')
    .option('--control <kind>', 'runs that are this control, such as no-debate; any of them; or none')
    .option('--scenario <id>', 'runs of this scenario')
    .option('--strategy <id>', 'runs of this strategy')
    .option('--min-convergence <c>', 'runs whose last C is at least this, from 0 to 1')
    .option('--max-convergence <c>', 'runs whose last C is at most this');
}

/** What becomes of a comparison's result. */
export function addComparisonOptions(command: Command): void {
  command
    .option('--json', 'the comparison as one line of JSON on stdout')
    .option('--csv', 'one row a pair and measure as CSV on stdout')
    .option('--html <file>', 'write one self-contained web page')
    .option('--debates <file>', 'write what was measured of every debate, as CSV')
    .option('--junit <file>', 'write JUnit XML for a build server')
    .addOption(
      new Option(
        '--fail-if <condition>',
        'exit with 4 where it holds of an arm, such as "grounding < 0.9" or "steelman.cost > 0.05"; may be given again',
      ).argParser(collect),
    )
    .option('--baseline <file>', 'exit with 4 where an arm is worse than in this stored comparison')
    .option('--store <file>', 'store the comparison, to be a --baseline later')
    .option('--force', 'replace files where there are any');
}
