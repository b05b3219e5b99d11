import type { EvolutionResult } from '../../evolve/run-evolution.ts';
import { batchOptions } from '../batch-options.ts';
import { choice, defineCommand, flag, option } from '../command.ts';
import { need, say, sayLines } from '../complain.ts';
import { scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { folder, readBy, text, whole } from '../option-values.ts';
import { budgetOptions, progressOptions } from '../shared-options.ts';

const sizes = readBy((given) => {
  const [, breed, test, sealed] = /^(\d{1,5})\/(\d{1,5})\/(\d{1,5})$/.exec(given)?.map(Number) ?? [];
  return breed && test && sealed !== undefined ? { breed, test, sealed } : null;
}, 'must be three numbers of articles, such as 4/12/8: to breed on, to test on, sealed');

const { yes, dryRun, retryFailed, concurrency, rpm, tpm, model, roles, timeout, probe } = batchOptions;
const { cache, price, baseUrl } = batchOptions;

/** `parley evolve`: has a model rewrite a strategy, and keeps only what is shown to be better. */
export const command = defineCommand({
  description:
    'Have a model rewrite a strategy from the debates that went worst under it. A child is kept only if a test on articles that it was not bred on shows it to be better; the final claim is made once, on sealed articles. Run the same command again to continue.',
  argument: { help: 'a strategy to begin with: a name or a Markdown file' },
  options: {
    plan: option(
      '--plan <file>',
      'a plan file: its scenarios, articles, model, judge, measures and controls',
      text,
      { isRequired: true },
    ),
    generations: option(
      '--generations <n>',
      'number of times the best strategy so far is rewritten',
      whole(1, 100),
      { usual: '3' },
    ),
    children: option('--children <n>', 'strategies written in each generation', whole(1, 50), { usual: '2' }),
    split: option(
      '--split <numbers>',
      'articles to breed on, to test on and sealed, such as 4/12/8 (a fifth, the rest and three tenths by default)',
      sizes,
    ),
    look: option(
      '--look <n>',
      'test articles between two looks at the evidence (a fifth of them by default)',
      whole(1, 100_000),
    ),
    proof: choice(
      '--proof <kind>',
      'claim that a child must refute: alike (it performs like its parent), or mean (its mean gain is 0 or less, for any distribution; takes many more articles)',
      ['alike', 'mean'],
      { usual: 'alike' },
    ),
    rewriter: option('--rewriter <model>', "model that rewrites (the plan's first arm's by default)", text),
    ...budgetOptions('all debates and all rewriting together'),
    folder: option(
      '--folder <folder>',
      'where everything is kept (a new folder in evolutions/ by default)',
      folder,
    ),
    ...{ yes, dryRun, retryFailed, concurrency, rpm, tpm, model, roles, timeout },
    ...{ probe, cache, price, baseUrl },
    show: flag('--show', 'run nothing; show the tree as it stands, with what each child changed'),
    json: flag('--json', 'the whole lineage as one line of JSON on stdout'),
    ...progressOptions,
  },
  async action({ args: [strategy = ''], options: given }, environment) {
    const { agreeToSpend, callLimits, complainOfPlan } = await import('../batch/plan-request.ts');
    const { openEvolution } = await import('../../evolve/open-evolution.ts');
    const { evolutionOutlook, evolutionText, tooFewInWords } = await import('../evolve/evolution-words.ts');
    const { modelSettings, rolesIn } = await import('../models.ts');
    const opened = await openEvolution({
      ...{ strategy, generations: given.generations, children: given.children, sizes: given.split },
      ...{ lookEvery: given.look, proof: given.proof, rewriter: given.rewriter },
      ...{ budgetUsd: given.budget, budgetTokens: given.budgetTokens, folder: given.folder },
      batch: {
        ...{ file: given.plan, model: given.model, retryFailed: given.retryFailed },
        ...{ stdin: environment.stdin, places: scenarioPlaces(environment), limits: callLimits(given) },
        roles: need(await rolesIn(given.roles, environment)),
        settings: modelSettings(given, environment),
      },
    });
    if (!opened.ok) {
      const code = complainOfPlan(environment, opened);
      if (opened.fewest) sayLines(environment, tooFewInWords(opened.fewest));
      return code;
    }
    const open = opened.value;
    const { escapedJson } = await import('../../text/json-in-text.ts');
    const { sanitizeText } = await import('../../text/sanitize.ts');
    const printed = (result: EvolutionResult) => {
      const { lineage, ...told } = result;
      const { strains, ...others } = lineage;
      environment.stdout.write(
        given.json
          ? `${escapedJson({ ...told, ...others, strains: [...strains.values()] })}\n`
          : sanitizeText(evolutionText(open, result)),
      );
      return exitCode.done;
    };
    if (given.show) {
      const { showEvolution } = await import('../evolve/reported-evolution.ts');
      const { storedResult } = await import('../../evolve/run-evolution.ts');
      if (!given.json && (await showEvolution(open, given, environment))) return exitCode.done;
      return printed(await storedResult(open));
    }
    sayLines(environment, evolutionOutlook(open));
    if (given.dryRun) return exitCode.done;
    const refused = await agreeToSpend(
      { models: open, estimate: open.estimate, budgetUsd: given.budget },
      given,
      environment,
    );
    if (refused !== null) return refused;
    const { runReportedEvolution } = await import('../evolve/reported-evolution.ts');
    const { result, code } = await runReportedEvolution(open, given, environment);
    const evolved = need(result);
    const { stop } = evolved;
    printed(evolved);
    if (stop === null) return exitCode.done;
    say(environment, `${stop.message} Run the same command again to continue.`);
    if (stop.reason === 'failed') return exitCode.failed;
    return code ?? exitCode.incomplete;
  },
});
