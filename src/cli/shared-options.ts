import { endReasonSchema } from '../debate/events.ts';
import { controlSchema } from '../debate/setup.ts';
import { parseTimeouts } from '../models/model-spec.ts';
import { parsePrice } from '../models/prices.ts';
import { statusPartNames } from '../terminal/tui/view.ts';
import { choice, flag, option, repeatable } from './command.ts';
import {
  aboveZero,
  decimal,
  folder,
  names,
  readBy,
  share,
  text,
  tokens,
  whole,
  wordOf,
  wordsOf,
} from './option-values.ts';

/** The usual place of runs. */
export const defaultFolder = 'transcripts';

/** How a run is named on the command line. */
export const runHelp =
  "a run’s name or a unique prefix, latest, '#3' (or @3) from the last parley ls, or its folder";

export function judgeSamplesOption(help: string, usual: string) {
  return option('--judge-samples <n>', help, whole(1, 101), { usual });
}

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

const priceForm = readBy(
  parsePrice,
  'is not a price. Write US dollars per million tokens: INPUT,OUTPUT, such as 0.25,2',
);
const timeoutForm = readBy(
  parseTimeouts,
  'is not seconds. Write FIRST/SILENCE/WHOLE, such as 600 or 600/120/1800',
);

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
export const cacheOption = flag('--cache', 'cache replies on disk and reuse them for identical requests');

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
  judge: repeatable(
    '--judge <spec>',
    "model that reads positions (the moderator's by default); repeat for several that share the readings",
    text,
  ),
  roles: option(
    '--roles <file>',
    'YAML file of models and settings for all roles or single ones; --model and --judge take precedence',
    text,
  ),
  timeout: timeoutOption,
  probe: flag('--no-probe', 'skip the check that the provider has the model'),
  cache: cacheOption,
  price: priceOption,
  baseUrl: baseUrlOption,
  pace: option(
    '--pace <tokens>',
    'tokens per second of the simulator; 0 is full speed (reading pace in a terminal by default)',
    decimal,
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
    { usual: '1' },
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

/** For commands that run a debate in front of a person. */
export const watchedOptions = {
  ...modelOptions,
  ...spendingOptions,
  seat: repeatable(
    '--seat <persona>',
    "write this persona's speeches yourself; repeat for other people at the terminal",
    text,
  ),
  keepThoughts: keepThoughtsOption,
  ...screenOptions,
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

const transcriptKinds = [
  ...['json', 'labels', 'vtt', 'srt', 'csv', 'xml', 'chat', 'prompt', 'console', 'whatsapp', 'zoom', 'irc'],
  ...['discord', 'slack', 'minutes', 'turns', 'qa', 'records', 'bold', 'lines'],
];

/** How a transcript that parley did not make is read. */
export const readingOptions = {
  speakers: option(
    '--speakers <names>',
    'comma-separated names; in plain text only these begin a turn',
    names,
  ),
  as: option(
    '--as <kind>',
    `read transcripts as this kind: ${transcriptKinds.slice(0, -1).join(', ')} or ${transcriptKinds.at(-1)}`,
    wordOf(transcriptKinds),
  ),
  leaveOut: option('--leave-out <names>', 'speakers who chair or instruct and take no position', names, {
    usual: 'moderator,chair,host,system',
  }),
};
