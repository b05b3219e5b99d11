import { z } from 'zod';
import { caucusSchema, controlSchema, orderSchema, type Settings } from '../debate/setup.ts';
import { choice, flag, type OptionValues, option, repeatable } from './command.ts';
import { aboveZero, decimal, language, readBy, seed, text, tokens, whole } from './option-values.ts';
import { judgeSamplesOption } from './shared-options.ts';

const controlHelp = [
  'no-debate (each persona is asked for its positions alone)',
  "same-persona (one persona's text in every seat)",
  'shuffled-turns (the judge reads the speeches in an order drawn from the seed)',
  'neutral (the personas only report what the article says)',
].join(', ');

const caucusForm = readBy(
  (given) => caucusSchema.safeParse(/^\d+$/.test(given) ? Number(given) : given).data ?? null,
  'must be a number from 1 to 12, moderator, or off',
);

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
    seed,
  ),
  judgeSamples: judgeSamplesOption('readings of the positions after each round', '3'),
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
