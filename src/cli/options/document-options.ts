import { type Command, Option } from 'commander';
import { collect } from './collect.ts';

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
