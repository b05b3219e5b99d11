import type { Command } from './command.ts';

/** What the list of commands says of one, and where its definition is. */
export interface CommandEntry {
  name: string;
  /** As commander takes it, such as `<run>` or `[scenario]`; null where there is none. */
  argument: string | null;
  summary: string;
  load(): Promise<Command>;
}

/** Every command, in the order of the help. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'home',
    argument: null,
    summary: 'browse runs, scenarios, strategies and plans (parley alone opens it)',
    load: async () => (await import('./commands/home.ts')).home,
  },
  {
    name: 'run',
    argument: '[scenario]',
    summary: 'run a debate and watch it',
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'resume',
    argument: '<run>',
    summary: 'continue a debate that was stopped, failed or killed',
    load: async () => (await import('./commands/resume.ts')).resume,
  },
  {
    name: 'batch',
    argument: '<plan>',
    summary: 'run every debate of a plan; run again to continue',
    load: async () => (await import('./commands/batch.ts')).batch,
  },
  {
    name: 'worker',
    argument: '<address>',
    summary: 'run debates from a Postgres database, alongside other workers',
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  {
    name: 'status',
    argument: '<address>',
    summary: 'show the progress of the plans in a Postgres database',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'compare',
    argument: '[plan...]',
    summary: 'compare prompt strategies with a statistical verdict',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  {
    name: 'pull',
    argument: '<address>',
    summary: 'copy runs from a database to a folder; run again to continue',
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  {
    name: 'migrate',
    argument: '<address>',
    summary: "create or update parley's tables in a database",
    load: async () => (await import('./commands/migrate.ts')).migrate,
  },
  {
    name: 'ls',
    argument: null,
    summary: 'list the stored runs',
    load: async () => (await import('./commands/ls.ts')).ls,
  },
  {
    name: 'stats',
    argument: null,
    summary: 'count stored runs by scenario, strategy, model and control',
    load: async () => (await import('./commands/stats.ts')).stats,
  },
  {
    name: 'repair',
    argument: '<run>',
    summary: 'copy a damaged run up to its last intact event',
    load: async () => (await import('./commands/repair.ts')).repair,
  },
  {
    name: 'replay',
    argument: '<run>',
    summary: 'play back a stored debate, without a network',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  {
    name: 'report',
    argument: '<run>',
    summary: 'write a stored debate as one document',
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'serve',
    argument: '<run>',
    summary: 'show a debate as a web page on this machine, while it runs or afterwards',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'score',
    argument: '<file...>',
    summary: 'read positions and convergence from any transcript',
    load: async () => (await import('./commands/score.ts')).score,
  },
  {
    name: 'validate',
    argument: '[files...]',
    summary: "measure a judge's error, for use in its intervals",
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'label',
    argument: '<run...>',
    summary: "label quotes yourself to measure the judge's error",
    load: async () => (await import('./commands/label.ts')).label,
  },
  {
    name: 'set-up',
    argument: '[scenario]',
    summary: 'choose the settings on a screen, then run a debate',
    load: async () => (await import('./commands/set-up.ts')).setUp,
  },
  {
    name: 'fork',
    argument: '<run>',
    summary: 'continue a debate differently from a given turn',
    load: async () => (await import('./commands/fork.ts')).fork,
  },
  {
    name: 'evolve',
    argument: '<strategy>',
    summary: 'have a model rewrite a strategy, and keep only what is shown to be better',
    load: async () => (await import('./commands/evolve.ts')).evolve,
  },
  {
    name: 'why',
    argument: '[run...]',
    summary: 'find out what moved a speaker by having it answer again',
    load: async () => (await import('./commands/why.ts')).why,
  },
  {
    name: 'diff',
    argument: '<run...>',
    summary: 'show where two debates diverge, and how positions differ',
    load: async () => (await import('./commands/diff.ts')).diff,
  },
  {
    name: 'export',
    argument: '<folder>',
    summary: 'write training data from stored debates',
    load: async () => (await import('./commands/export.ts')).exportData,
  },
  {
    name: 'inspect-log',
    argument: '[run...]',
    summary: 'write stored debates as logs for Inspect (inspect view)',
    load: async () => (await import('./commands/inspect-log.ts')).inspectLog,
  },
  {
    name: 'pairs',
    argument: null,
    summary: 'count the preference pairs that stored forks yield',
    load: async () => (await import('./commands/pairs.ts')).pairs,
  },
  {
    name: 'reward',
    argument: null,
    summary: 'compute code-checked rewards for completions',
    load: async () => (await import('./commands/reward.ts')).reward,
  },
  {
    name: 'check-export',
    argument: '<folder>',
    summary: 'check a folder of training data against what trainers require',
    load: async () => (await import('./commands/check-export.ts')).checkExport,
  },
  {
    name: 'push',
    argument: '<folder>',
    summary: 'push an exported data set to the Hugging Face Hub, private by default',
    load: async () => (await import('./commands/push.ts')).push,
  },
  {
    name: 'list',
    argument: '<what>',
    summary: 'list the available scenarios, strategies, models or formats',
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    name: 'check',
    argument: '<folder>',
    summary: 'check a scenario folder and list every fault',
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'article',
    argument: '<source...>',
    summary: 'show how an article is read: passages, source, and what was left out',
    load: async () => (await import('./commands/article.ts')).article,
  },
  {
    name: 'facts',
    argument: '<scenario>',
    summary: 'show or find the facts of a scenario that a debate can follow',
    load: async () => (await import('./commands/list-facts.ts')).facts,
  },
  {
    name: 'agenda',
    argument: '<transcript>',
    summary: 'have a model draft an agenda for a transcript',
    load: async () => (await import('./commands/draft-agenda.ts')).agenda,
  },
  {
    name: 'new',
    argument: '<folder>',
    summary: 'start a scenario of your own',
    load: async () => (await import('./commands/new.ts')).startNew,
  },
  {
    name: 'example',
    argument: '[name]',
    summary: 'list the examples that come with parley, or copy one here',
    load: async () => (await import('./commands/example.ts')).example,
  },
  {
    name: 'completion',
    argument: '<shell>',
    summary: 'print the completion script of bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  {
    name: 'doctor',
    argument: null,
    summary: 'check the set-up and say what is missing',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
];
