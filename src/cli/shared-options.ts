import { z } from 'zod';
import { endReasonSchema } from '../debate/events.ts';
import { controlSchema, orderSchema, type Settings } from '../debate/setup.ts';
import { parseTimeouts } from '../models/model-spec.ts';
import { parsePrice } from '../models/prices.ts';
import { statusPartNames } from '../terminal/tui/view.ts';
import { choice, flag, type OptionValues, option, repeatable } from './command.ts';
import {
  aboveZero,
  decimal,
  folder,
  language,
  share,
  text,
  tokens,
  whole,
  wordOf,
  wordsOf,
} from './option-values.ts';

/** The usual place of runs. */
const defaultFolder = 'transcripts';

const controlHelp = [
  'no-debate (each persona is asked for its positions alone)',
  "same-persona (one persona's text in every seat)",
  'shuffled-turns (the judge reads the speeches in an order drawn from the seed)',
  'neutral (the personas only report what the article says)',
].join(', ');

/** How a run is named on the command line. */
export const runHelp =
  "name of a run, a beginning of it that no other has, latest, '#3' (or @3) of the last parley ls, or the run's folder";

/** How a debate is run. */
export const debateOptions = {
  article: option(
    '-a, --article <source>',
    'another text for the same cast: a file, an http(s) address, or - for standard input',
    text,
  ),
  language: option(
    '--language <tag>',
    "the language everyone speaks, such as fr or zh-Hans; the scenario's own by default",
    language,
  ),
  strategy: option(
    '-s, --strategy <name>',
    'how the personas are told to argue: a name or a Markdown file',
    text,
    { usual: 'plain' },
  ),
  rounds: option('-r, --rounds <n>', 'most rounds to run', whole(1, 100), { usual: '6' }),
  order: choice('-o, --order <order>', 'who speaks when', orderSchema.options, { usual: 'fixed' }),
  seed: option(
    '--seed <n>',
    'chance for orders, samples and the simulator; the same seed gives the same debate',
    whole(0, 2 ** 31 - 1),
  ),
  judgeSamples: option('--judge-samples <n>', 'readings of the positions after each round', whole(1, 101), {
    usual: '3',
  }),
  turnTokens: option('--turn-tokens <n>', 'most tokens a speech may use', whole(16, 100_000), {
    usual: '600',
  }),
  temperature: option(
    '--temperature <t>',
    "sampling temperature; the provider's own by default",
    decimal.pipe(z.number().max(2, 'must be at most 2')),
  ),
  budget: option('--budget <usd>', 'end the debate when it has cost this many US dollars', aboveZero),
  budgetTokens: option('--budget-tokens <n>', 'end the debate when it has used this many tokens', tokens),
  stopEarly: flag('--no-stop-early', 'run all rounds whatever the convergence'),
  control: choice(
    '--control <kind>',
    `run a control, to see what the index shows where nothing is negotiated: ${controlHelp}`,
    controlSchema.options,
  ),
  poll: flag('--poll', 'after each reading, ask every persona off the record where it would really settle'),
  name: option('--name <run>', 'name of the run; made from date and scenario by default', text),
};

/** The settings of a debate that its options ask for. */
export function settingsOf(options: OptionValues<typeof debateOptions>): Settings {
  const { rounds, order, judgeSamples, turnTokens, temperature, budget, budgetTokens, stopEarly } = options;
  return {
    ...{ rounds, order, judgeSamples, turnTokens, temperature, budgetTokens, stopEarly },
    budgetUsd: budget,
  };
}

const priceForm = z.string().transform((given, context) => {
  const price = parsePrice(given);
  if (price !== null) return price;
  context.addIssue('is not a price. Write US dollars per million tokens: INPUT,OUTPUT, such as 0.25,2');
  return z.NEVER;
});

const timeoutForm = z.string().transform((given, context) => {
  const timeouts = parseTimeouts(given);
  if (timeouts !== null) return timeouts;
  context.addIssue('is not seconds. Write FIRST/SILENCE/WHOLE, such as 600 or 600/120/1800');
  return z.NEVER;
});

export const priceOption = option(
  '--price <in,out>',
  'US dollars per million tokens, where parley does not know the price',
  priceForm,
);
export const baseUrlOption = option(
  '--base-url <url>',
  'an OpenAI-compatible server for openai: models',
  text,
);
const probeOption = flag('--no-probe', 'do not ask the provider first whether it has the model');
export const cacheOption = flag(
  '--cache',
  'reuse the replies kept from the very same requests, and keep new ones',
);

/** Which model each role has. */
export const modelOptions = {
  model: repeatable(
    '-m, --model <spec>',
    'provider:name or simulator; role=spec for one persona, moderator or judge; may be given again',
    text,
  ),
  roles: option(
    '--roles <file>',
    'a YAML file with a model and its settings for everyone and for single roles; --model goes before it',
    text,
  ),
  timeout: option(
    '--timeout <seconds>',
    'FIRST/SILENCE/WHOLE: to the first word, silent in between, and for a whole reply; 600 sets the first',
    timeoutForm,
  ),
  probe: probeOption,
  cache: cacheOption,
  price: priceOption,
  baseUrl: baseUrlOption,
  pace: option(
    '--pace <tokens>',
    "simulator's tokens a second; 0 is full speed (by default a reading pace in a terminal)",
    decimal,
  ),
};

/** What may be spent unasked. */
export const spendingOptions = {
  dryRun: flag('--dry-run', 'show what it would take, and spend nothing'),
  yes: flag('-y, --yes', 'do not ask before spending'),
  askAbove: option(
    '--ask-above <usd>',
    'ask in a terminal before more US dollars than this are spent',
    decimal,
    {
      usual: '1',
    },
  ),
};

const themeOption = choice(
  '--theme <name>',
  'colours',
  ['auto', 'dark', 'light', 'colour-blind', 'colour-blind-light', 'high-contrast', 'none'],
  { usual: 'auto' },
);

/** How a debate is shown. */
export const screenOptions = {
  ui: choice(
    '--ui <kind>',
    'how to show it; auto is full in a terminal, plain elsewhere',
    ['auto', 'full', 'inline', 'plain'],
    { usual: 'auto' },
  ),
  plain: flag('--plain', 'the transcript as plain text on stdout, the status on stderr'),
  json: flag('--json', 'one event or notice a line, as JSON'),
  screenReader: flag('--screen-reader', 'plain sentences, nothing redrawn'),
  animation: flag('--no-animation', 'nothing moves but the text'),
  quiet: flag('--quiet', 'no bell and no window title'),
  status: option(
    '--status <parts>',
    'what the status line holds, such as C,cost,gap',
    wordsOf(statusPartNames),
  ),
  theme: themeOption,
};

/** For commands that show the progress of many debates on a screen. */
export const progressOptions = {
  plain: flag('--plain', 'a line now and then in place of the progress screen, as in a pipe'),
  theme: themeOption,
};

/** For commands that write runs to files. */
export const storeOptions = {
  transcripts: option('--transcripts <folder>', 'where runs are kept', folder, { usual: defaultFolder }),
};

/** For commands that read runs wherever they are. */
export const sourceOptions = {
  transcripts: option(
    '--transcripts <place>',
    'where runs are kept: a folder, or postgres://USER@HOST/DATABASE',
    text,
    { usual: defaultFolder },
  ),
};

/** For commands that look at many runs. */
export const filterOptions = {
  arm: option('--arm <id>', 'debates of this arm of a plan', text),
  model: option('--model <spec>', 'runs with this model, provider:name or either part', text),
  ending: option(
    '--ending <reason>',
    'runs that ended so, such as converged or failed; or unfinished',
    wordOf([...endReasonSchema.options, 'unfinished']),
  ),
  control: option(
    '--control <kind>',
    'runs that are this control, such as no-debate; any of them; or none',
    wordOf([...controlSchema.options, 'any', 'none']),
  ),
  scenario: option('--scenario <id>', 'runs of this scenario', text),
  strategy: option('--strategy <id>', 'runs of this strategy', text),
  minConvergence: option('--min-convergence <c>', 'runs whose last C is at least this, from 0 to 1', share),
  maxConvergence: option('--max-convergence <c>', 'runs whose last C is at most this', share),
};

/** For commands that give one document. */
export function resultOptions<const Format extends string>(
  formats: readonly Format[],
  usual: NoInfer<Format>,
) {
  return {
    format: choice('--format <kind>', 'form of the document', formats, { usual }),
    out: option('--out <file>', 'write to this file; to stdout by default', text),
    force: flag('--force', 'replace the file where there is one'),
  };
}
