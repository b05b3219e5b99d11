import { type Command, Option } from 'commander';
import { isPostgresAddress } from '../journal/postgres/address.ts';
import { defaultFolder } from './run-place.ts';

const orders = ['fixed', 'rotating', 'shuffled', 'moderator', 'simultaneous', 'bidding'];

const controlHelp = [
  'no-debate (positions asked of each alone)',
  'same-persona (one persona’s text in every seat)',
  'shuffled-turns (the judge reads the speeches in an order drawn from the seed)',
  'neutral (the personas only tell what the article says)',
].join(', ');
const controls = ['no-debate', 'same-persona', 'shuffled-turns', 'neutral'];

const collect = (value: string, before: readonly string[] = []) => [...before, value];

export function addDebateOptions(command: Command): void {
  command
    .option(
      '-a, --article <source>',
      'another text for the same cast: a file, an http(s) address, or - for standard input',
    )
    .option('-s, --strategy <name>', 'how the personas are told to argue: a name or a Markdown file', 'plain')
    .option('-r, --rounds <n>', 'most rounds to hold', '6')
    .addOption(new Option('-o, --order <order>', 'who speaks when').choices(orders).default('fixed'))
    .option('--seed <n>', 'chance for orders, samples and the simulator; the same seed gives the same debate')
    .option('--judge-samples <n>', 'readings of the positions after each round', '3')
    .option('--turn-tokens <n>', 'most tokens a speech may use', '600')
    .option('--temperature <t>', "sampling temperature; the provider's own by default")
    .option('--budget <usd>', 'end the debate when this many US dollars are used')
    .option('--budget-tokens <n>', 'end the debate when this many tokens are used')
    .option('--no-stop-early', 'hold all rounds whatever the convergence')
    .addOption(
      new Option(
        '--control <kind>',
        `no debate like others, to see what the index shows when nothing real happens: ${controlHelp}`,
      ).choices(controls),
    )
    .option('--poll', 'after each reading ask every persona off the record where it would really settle')
    .option('--name <run>', 'name of the run; made from date and scenario by default');
}

export function addModelOptions(command: Command): void {
  command
    .addOption(
      new Option(
        '-m, --model <spec>',
        'provider:name or simulator; role=spec for one persona, moderator or judge; may be given again',
      ).argParser(collect),
    )
    .option('--no-probe', 'do not ask the provider first whether it has the model')
    .option('--cache', 'take replies that were kept for the very same requests, and keep new ones')
    .option('--price <in,out>', 'US dollars per million tokens, where parley does not know the price')
    .option('--base-url <url>', 'an OpenAI-compatible server for openai: models')
    .option(
      '--pace <tokens>',
      "simulator's tokens a second; 0 is full speed (by default a reading pace in a terminal)",
    );
}

export function addScreenOptions(command: Command): void {
  command
    .addOption(
      new Option('--ui <kind>', 'how to show it; auto is full in a terminal, plain elsewhere')
        .choices(['auto', 'full', 'inline', 'plain'])
        .default('auto'),
    )
    .option('--plain', 'the transcript as plain text on stdout, the status on stderr')
    .option('--json', 'one event or notice a line, as JSON')
    .option('--screen-reader', 'plain sentences, nothing redrawn')
    .option('--no-animation', 'nothing moves but the text')
    .addOption(themeOption());
}

/** For commands that show on a screen how far many debates are. */
export function addProgressOptions(command: Command): void {
  command
    .option('--plain', 'a line now and then in place of the progress screen, as in a pipe')
    .addOption(themeOption());
}

function themeOption(): Option {
  return new Option('--theme <name>', 'colours')
    .choices(['auto', 'dark', 'light', 'colour-blind', 'colour-blind-light', 'high-contrast', 'none'])
    .default('auto');
}

/** For commands that write runs to files. */
export function addStoreOptions(command: Command): void {
  command.option('--transcripts <folder>', 'where runs are kept', defaultFolder).hook('preAction', () => {
    if (isPostgresAddress(String(command.opts()['transcripts'])))
      command.error('error: --transcripts must be a folder here, not the address of a database');
  });
}

/** For commands that read runs wherever they are. */
export function addSourceOptions(command: Command): void {
  command.option(
    '--transcripts <place>',
    'where runs are kept: a folder, or postgres://USER@HOST/DATABASE',
    defaultFolder,
  );
}

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

export function addScoreOptions(command: Command): void {
  command
    .option(
      '--scenario <name>',
      'take the agenda, red lines and openings of this scenario: a bundled one, or a folder',
    )
    .option(
      '--agenda <file>',
      "a YAML file with `agenda` as in a scenario's, and `cast` where speakers have red lines",
    )
    .option(
      '--principals <names>',
      'speakers who could sign, parted by commas; C is theirs (by default those the scenario names, else everyone’s)',
    )
    .option(
      '--judge <model>',
      'who reads: lexical (no model, a rough baseline; the default), provider:name, or simulator',
    )
    .option('--budget <usd>', 'ask no judge that would use more US dollars than this for all transcripts')
    .option(
      '--price <in,out>',
      'US dollars per million tokens of the judge, where parley does not know the price',
    )
    .addOption(
      new Option(
        '--control <kind>',
        'shuffled-turns: show the judge the speeches in an order drawn from the seed',
      ).choices(['shuffled-turns']),
    )
    .option('--judge-samples <n>', 'readings of a model after each round', '3')
    .option('--base-url <url>', 'an OpenAI-compatible server for an openai: judge')
    .option(
      '--rounds-of <turns>',
      'so many turns make a round, or all; by default the numbers in the transcript, else a pass over the speakers',
    )
    .option('--speakers <names>', 'the only names that begin a turn in plain text, parted by commas')
    .option(
      '--leave-out <names>',
      'who chairs or instructs and takes no stand',
      'moderator,chair,host,system',
    )
    .option(
      '--seed <n>',
      'chance for the order in which a judge sees things (by default the run’s own, or 0)',
    )
    .option('--json', 'one JSON object a transcript and line; the same as --format json');
}

/** For commands that give one document. */
export function addResultOptions(command: Command, formats: readonly string[], usual: string): void {
  command
    .addOption(new Option('--format <kind>', 'form of the document').choices(formats).default(usual))
    .option('--out <file>', 'write to this file; to stdout by default')
    .option('--force', 'replace the file where there is one');
}

export function addExportOptions(command: Command): void {
  command
    .option('-f, --format <names>', 'formats, with commas between them, or all', 'sft')
    .option('--files <kinds>', 'jsonl, parquet, or both', 'jsonl,parquet')
    .addOption(new Option('--run <name>', 'only this run; may be given again').argParser(collect))
    .option('--splits <shares>', 'train=0.9,validation=0.05,test=0.05 by default')
    .option('--include-simulated', 'take the words of the built-in simulator too')
    .option('--include-controls', 'take controls too, in which nothing real happens')
    .option('--include-unfinished', 'take debates that stopped or failed, and speeches cut short')
    .option('--min-grounding <share>', 'least mean grounding of a persona')
    .option('--max-misquotes <n>', 'most misquotes of a persona')
    .option('--max-breaches <n>', 'most breaches of its role by a persona')
    .option('--max-tokens <n>', 'longest row, in estimated tokens')
    .option('--drop-low-confidence', 'leave out debates whose last verdict says low confidence')
    .option(
      '--near-duplicates <share>',
      'similarity from which a debate is left out (0.9 by default), or off',
    )
    .option('--all-forks', 'keep rows of forks that repeat what another row is learned from')
    .option('--allow-secrets', 'do not scan for keys and personal data')
    .addOption(
      new Option('--rank-by <rule>', 'what makes one fork better than another')
        .choices(['grounding', 'movement', 'fidelity', 'judge'])
        .default('grounding'),
    )
    .option('--min-margin <n>', 'least difference that makes a pair')
    .option('--fold-system', 'put the system text into the first user message')
    .option('--notes', 'include private notes, in a column of their own')
    .option('--no-check', 'do not read back what was written')
    .option('--force', 'replace the directory where there is one');
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
