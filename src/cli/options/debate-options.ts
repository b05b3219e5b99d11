import { type Command, Option } from 'commander';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import { defaultFolder } from '../run-place.ts';
import { collect } from './collect.ts';

const orders = ['fixed', 'rotating', 'shuffled', 'moderator', 'simultaneous', 'bidding'];

const controlHelp = [
  'no-debate (positions asked of each alone)',
  'same-persona (one persona’s text in every seat)',
  'shuffled-turns (the judge reads the speeches in an order drawn from the seed)',
  'neutral (the personas only tell what the article says)',
].join(', ');
const controls = ['no-debate', 'same-persona', 'shuffled-turns', 'neutral'];

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
