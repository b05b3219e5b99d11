import { z } from 'zod';
import { endReasonSchema } from '../debate/events.ts';
import {
  type CaucusChoice,
  caucusSchema,
  controlSchema,
  orderSchema,
  type Settings,
} from '../debate/setup.ts';
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
export const defaultFolder = 'transcripts';

const controlHelp = [
  'no-debate (each persona is asked for its positions alone)',
  "same-persona (one persona's text in every seat)",
  'shuffled-turns (the judge reads the speeches in an order drawn from the seed)',
  'neutral (the personas only report what the article says)',
].join(', ');

/** How a run is named on the command line. */
export const runHelp =
  "a run’s name or a unique prefix, latest, '#3' (or @3) from the last parley ls, or its folder";

const caucusForm = z.string().transform((given, context): CaucusChoice => {
  const parsed = caucusSchema.safeParse(/^\d+$/.test(given) ? Number(given) : given);
  if (parsed.success) return parsed.data;
  context.addIssue('must be a number from 1 to 12, moderator, or off');
  return z.NEVER;
});

/** How a debate is run. */
export const debateOptions = {
  article: repeatable(
    '-a, --article <source>',
    "article to debate instead of the scenario's: a file, an http(s) address, or - for stdin; repeat for several, which make one dossier",
    text,
  ),
  language: option(
    '--language <tag>',
    "language of the debate, such as fr or zh-Hans; the scenario's by default",
    language,
  ),
  strategy: option(
    '-s, --strategy <name>',
    'how personas are told to argue: a name or a Markdown file',
    text,
    { usual: 'plain' },
  ),
  rounds: option('-r, --rounds <n>', 'maximum number of rounds', whole(1, 100), { usual: '6' }),
  order: choice('-o, --order <order>', 'speaking order', orderSchema.options, { usual: 'fixed' }),
  seed: option(
    '--seed <n>',
    'random seed for orders, samples and the simulator; the same seed gives the same simulated debate',
    whole(0, 2 ** 31 - 1),
  ),
  judgeSamples: option('--judge-samples <n>', 'readings of the positions after each round', whole(1, 101), {
    usual: '3',
  }),
  turnTokens: option('--turn-tokens <n>', 'maximum tokens per speech', whole(16, 100_000), {
    usual: '600',
  }),
  temperature: option(
    '--temperature <t>',
    "sampling temperature; the provider's default if not set",
    decimal.pipe(z.number().max(2, 'must be at most 2')),
  ),
  budget: option('--budget <usd>', 'end the debate when it has cost this many US dollars', aboveZero),
  budgetTokens: option('--budget-tokens <n>', 'end the debate when it has used this many tokens', tokens),
  stopEarly: flag('--no-stop-early', 'run every round, even after convergence'),
  control: choice(
    '--control <kind>',
    `run a control, to see what the index shows where nothing is negotiated: ${controlHelp}`,
    controlSchema.options,
  ),
  facts: flag(
    '--facts',
    'track which facts of the article stay in the debate, in one call per round; facts come from the scenario, or else the judge finds them first, in one call',
  ),
  poll: flag(
    '--poll',
    'after each round, poll every persona off the record for where it would really settle',
  ),
  caucus: option(
    '--caucus <turns>',
    'let two principals talk in private before each round but the first: a number of turns, moderator (it decides), or off; the scenario decides by default',
    caucusForm,
  ),
  name: option('--name <run>', 'name of the run; made from the date and scenario by default', text),
};

export const keepThoughtsOption = flag(
  '--keep-thoughts',
  'keep what the speakers think in thoughts.jsonl beside the journal; it is shown, sent and exported nowhere',
);

/** For commands that make calls of their own: what all of them together may take. */
export function budgetOptions(what: string) {
  return {
    budget: option('--budget <usd>', `US dollars for ${what}`, aboveZero),
    budgetTokens: option('--budget-tokens <n>', 'the same limit in tokens, in and out', tokens),
  };
}

/** The settings of a debate that its options ask for. */
export function settingsOf(options: OptionValues<typeof debateOptions>): Settings {
  const { rounds, order, judgeSamples, turnTokens, temperature, budget, budgetTokens, stopEarly, caucus } =
    options;
  return {
    ...(caucus === null ? {} : { caucus }),
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
  'price in US dollars per million input,output tokens, for models parley has no price for',
  priceForm,
);
export const baseUrlOption = option(
  '--base-url <url>',
  'an OpenAI-compatible server for openai: models',
  text,
);
const probeOption = flag('--no-probe', 'skip the check that the provider has the model');
export const cacheOption = flag('--cache', 'cache replies on disk and reuse them for identical requests');

const judgeOption = repeatable(
  '--judge <spec>',
  "model that reads positions (the moderator's by default); repeat for several that share the readings",
  text,
);

const rolesOption = option(
  '--roles <file>',
  'YAML file of models and settings for all roles or single ones; --model and --judge take precedence',
  text,
);
export const timeoutOption = option(
  '--timeout <seconds>',
  'limits as FIRST/SILENCE/WHOLE: to the first word, between words, for the whole reply; one number sets FIRST',
  timeoutForm,
);

/** Which model each role has. */
export const modelOptions = {
  model: repeatable(
    '-m, --model <spec>',
    'provider:name or simulator; role=spec sets one persona, the moderator or the judge; repeatable',
    text,
  ),
  judge: judgeOption,
  roles: rolesOption,
  timeout: timeoutOption,
  probe: probeOption,
  cache: cacheOption,
  price: priceOption,
  baseUrl: baseUrlOption,
  pace: option(
    '--pace <tokens>',
    'tokens per second of the simulator; 0 is full speed (reading pace in a terminal by default)',
    decimal,
  ),
};

/** Who speaks for personas in a model's place. */
export const seatOptions = {
  seat: repeatable(
    '--seat <persona>',
    "write this persona's speeches yourself; repeat for other people at the terminal",
    text,
  ),
};

/** What may be spent unasked. */
export const spendingOptions = {
  dryRun: flag('--dry-run', 'print the estimate and exit; nothing is spent'),
  yes: flag('-y, --yes', 'spend without asking'),
  askAbove: option(
    '--ask-above <usd>',
    'in a terminal, ask first if the estimate exceeds this many US dollars',
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
    'user interface; auto is full in a terminal and plain elsewhere',
    ['auto', 'full', 'inline', 'plain'],
    { usual: 'auto' },
  ),
  plain: flag('--plain', 'print the transcript as plain text on stdout, status on stderr'),
  json: flag('--json', 'print events and notices as JSON lines'),
  screenReader: flag('--screen-reader', 'plain sentences for a screen reader; nothing is redrawn'),
  animation: flag('--no-animation', 'no animation except the text itself'),
  quiet: flag('--quiet', 'no bell and no window title'),
  status: option(
    '--status <parts>',
    'what the status line shows, such as C,cost,gap',
    wordsOf(statusPartNames),
  ),
  theme: themeOption,
};

/** For commands that show the progress of many debates on a screen. */
export const progressOptions = {
  plain: flag('--plain', 'print progress as lines instead of a screen, as in a pipe'),
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
  arm: option('--arm <id>', 'only debates of this arm of a plan', text),
  model: option('--model <spec>', 'only runs with this model: provider:name, or either part of it', text),
  ending: option(
    '--ending <reason>',
    'only runs with this ending, such as converged, failed or unfinished',
    wordOf([...endReasonSchema.options, 'unfinished']),
  ),
  control: option(
    '--control <kind>',
    'only this kind of control, such as no-debate; or any, or none',
    wordOf([...controlSchema.options, 'any', 'none']),
  ),
  scenario: option('--scenario <id>', 'only runs of this scenario', text),
  strategy: option('--strategy <id>', 'only runs of this strategy', text),
  minConvergence: option('--min-convergence <c>', 'only runs whose last C is at least this (0 to 1)', share),
  maxConvergence: option('--max-convergence <c>', 'only runs whose last C is at most this', share),
};

/** For commands that give one document. */
export function resultOptions<const Format extends string>(
  formats: readonly Format[],
  usual: NoInfer<Format>,
) {
  return {
    format: choice('--format <kind>', 'form of the document', formats, { usual }),
    out: option('--out <file>', 'output file; stdout by default', text),
    force: flag('--force', 'overwrite an existing file'),
  };
}
