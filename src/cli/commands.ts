import type { Command } from './command.ts';

/** What the list of commands says of one, and where its definition is. */
export interface CommandEntry {
  name: string;
  /** As commander takes it, such as `<run>` or `[scenario]`; null where there is none. */
  argument: string | null;
  summary: string;
  load(): Promise<Command>;
}

/** `usage` is the name and the argument: `run [scenario]`. */
function entry(usage: string, summary: string, file: () => Promise<{ command: Command }>): CommandEntry {
  const [name = '', argument = null] = usage.split(' ');
  return { name, argument, summary, load: async () => (await file()).command };
}

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  entry(
    'home',
    'browse runs, scenarios, strategies and plans (parley alone opens it)',
    () => import('./commands/home.ts'),
  ),
  entry('run [scenario]', 'run a debate and watch it', () => import('./commands/run.ts')),
  entry(
    'resume <run>',
    'continue a debate that was stopped, failed or killed',
    () => import('./commands/resume.ts'),
  ),
  entry(
    'batch <plan>',
    'run every debate of a plan; run again to continue',
    () => import('./commands/batch.ts'),
  ),
  entry(
    'worker <address>',
    'run debates from a Postgres database, alongside other workers',
    () => import('./commands/worker.ts'),
  ),
  entry(
    'status <address>',
    'show the progress of the plans in a Postgres database',
    () => import('./commands/status.ts'),
  ),
  entry(
    'compare [plan...]',
    'compare prompt strategies with a statistical verdict',
    () => import('./commands/compare.ts'),
  ),
  entry(
    'pull <address>',
    'copy runs from a database to a folder; run again to continue',
    () => import('./commands/pull.ts'),
  ),
  entry(
    'migrate <address>',
    "create or update parley's tables in a database",
    () => import('./commands/migrate.ts'),
  ),
  entry('ls', 'list the stored runs', () => import('./commands/ls.ts')),
  entry(
    'stats',
    'count stored runs by scenario, strategy, model and control',
    () => import('./commands/stats.ts'),
  ),
  entry(
    'repair <run>',
    'copy a damaged run up to its last intact event',
    () => import('./commands/repair.ts'),
  ),
  entry('replay <run>', 'play back a stored debate, without a network', () => import('./commands/replay.ts')),
  entry('report <run>', 'write a stored debate as one document', () => import('./commands/report.ts')),
  entry(
    'serve <run>',
    'show a debate as a web page on this machine, while it runs or afterwards',
    () => import('./commands/serve.ts'),
  ),
  entry(
    'score <file...>',
    'read positions and convergence from any transcript',
    () => import('./commands/score.ts'),
  ),
  entry(
    'validate [files...]',
    "measure a judge's error, for use in its intervals",
    () => import('./commands/validate.ts'),
  ),
  entry(
    'label <run...>',
    "label quotes yourself to measure the judge's error",
    () => import('./commands/label.ts'),
  ),
  entry(
    'set-up [scenario]',
    'choose the settings on a screen, then run a debate',
    () => import('./commands/set-up.ts'),
  ),
  entry('fork <run>', 'continue a debate differently from a given turn', () => import('./commands/fork.ts')),
  entry(
    'evolve <strategy>',
    'have a model rewrite a strategy, and keep only what is shown to be better',
    () => import('./commands/evolve.ts'),
  ),
  entry(
    'why [run...]',
    'find out what moved a speaker by having it answer again',
    () => import('./commands/why.ts'),
  ),
  entry(
    'diff <run...>',
    'show where two debates diverge, and how positions differ',
    () => import('./commands/diff.ts'),
  ),
  entry('export <folder>', 'write training data from stored debates', () => import('./commands/export.ts')),
  entry(
    'inspect-log [run...]',
    'write stored debates as logs for Inspect (inspect view)',
    () => import('./commands/inspect-log.ts'),
  ),
  entry('pairs', 'count the preference pairs that stored forks yield', () => import('./commands/pairs.ts')),
  entry('reward', 'compute code-checked rewards for completions', () => import('./commands/reward.ts')),
  entry(
    'check-export <folder>',
    'check a folder of training data against what trainers require',
    () => import('./commands/check-export.ts'),
  ),
  entry(
    'push <folder>',
    'push an exported data set to the Hugging Face Hub, private by default',
    () => import('./commands/push.ts'),
  ),
  entry(
    'list <what>',
    'list the available scenarios, strategies, models or formats',
    () => import('./commands/list.ts'),
  ),
  entry(
    'check <folder>',
    'check a scenario folder and list every fault',
    () => import('./commands/check.ts'),
  ),
  entry(
    'article <source...>',
    'show how an article is read: passages, source, and what was left out',
    () => import('./commands/article.ts'),
  ),
  entry(
    'facts <scenario>',
    'show or find the facts of a scenario that a debate can follow',
    () => import('./commands/list-facts.ts'),
  ),
  entry(
    'agenda <transcript>',
    'have a model draft an agenda for a transcript',
    () => import('./commands/draft-agenda.ts'),
  ),
  entry('new <folder>', 'start a scenario of your own', () => import('./commands/new.ts')),
  entry(
    'example [name]',
    'list the examples that come with parley, or copy one here',
    () => import('./commands/example.ts'),
  ),
  entry(
    'completion <shell>',
    'print the completion script of bash, zsh or fish',
    () => import('./commands/completion.ts'),
  ),
  entry('doctor', 'check the set-up and say what is missing', () => import('./commands/doctor.ts')),
];
