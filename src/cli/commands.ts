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
    summary: 'run every debate of a plan; run it again to continue',
    load: async () => (await import('./commands/batch.ts')).batch,
  },
  {
    name: 'worker',
    argument: '<address>',
    summary: 'run debates of the plans in a Postgres database, beside other workers',
    load: async () => (await import('./commands/worker.ts')).worker,
  },
  {
    name: 'status',
    argument: '<address>',
    summary: 'show how far the plans in a Postgres database are, and who works on them',
    load: async () => (await import('./commands/status.ts')).status,
  },
  {
    name: 'compare',
    argument: '[plan...]',
    summary: 'compare prompt strategies, and say honestly which is better',
    load: async () => (await import('./commands/compare.ts')).compare,
  },
  {
    name: 'pull',
    argument: '<address>',
    summary: 'copy the runs of a database to a folder; run it again to continue',
    load: async () => (await import('./commands/pull.ts')).pull,
  },
  {
    name: 'migrate',
    argument: '<address>',
    summary: 'create the tables of parley in a database, or update them',
    load: async () => (await import('./commands/migrate.ts')).migrate,
  },
  {
    name: 'ls',
    argument: null,
    summary: 'list the stored runs, one a line',
    load: async () => (await import('./commands/ls.ts')).ls,
  },
  {
    name: 'stats',
    argument: null,
    summary: 'count the stored runs by scenario, strategy, models and control',
    load: async () => (await import('./commands/stats.ts')).stats,
  },
  {
    name: 'repair',
    argument: '<run>',
    summary: 'copy a damaged run up to its last whole event',
    load: async () => (await import('./commands/repair.ts')).repair,
  },
  {
    name: 'replay',
    argument: '<run>',
    summary: 'watch a stored debate again, with no network',
    load: async () => (await import('./commands/replay.ts')).replay,
  },
  {
    name: 'report',
    argument: '<run>',
    summary: 'write a stored debate as one document',
    load: async () => (await import('./commands/report.ts')).report,
  },
  {
    name: 'score',
    argument: '<file...>',
    summary: 'read who stands where in any transcript, and how far they have converged',
    load: async () => (await import('./commands/score.ts')).score,
  },
  {
    name: 'validate',
    argument: '[files...]',
    summary: 'measure how well a judge reads, and keep it for its intervals',
    load: async () => (await import('./commands/validate.ts')).validate,
  },
  {
    name: 'label',
    argument: '<run...>',
    summary: 'read quotes yourself, to see how far the judge is off',
    load: async () => (await import('./commands/label.ts')).label,
  },
  {
    name: 'set-up',
    argument: null,
    summary: 'choose everything on a screen, then run a debate',
    load: async () => (await import('./commands/set-up.ts')).setUp,
  },
  {
    name: 'fork',
    argument: '<run>',
    summary: 'replay a debate up to a turn, then let it go on differently',
    load: async () => (await import('./commands/fork.ts')).fork,
  },
  {
    name: 'why',
    argument: '<run>',
    summary: 'find out what moved a speaker, by letting it answer again',
    load: async () => (await import('./commands/why.ts')).why,
  },
  {
    name: 'diff',
    argument: '<run...>',
    summary: 'show where two debates part, and what changed in the positions',
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
    summary: 'show how many preference pairs stored forks give, and why others give none',
    load: async () => (await import('./commands/pairs.ts')).pairs,
  },
  {
    name: 'reward',
    argument: null,
    summary: 'compute code-checked rewards for completions, line by line or as a local server',
    load: async () => (await import('./commands/reward.ts')).reward,
  },
  {
    name: 'check-export',
    argument: '<folder>',
    summary: 'check a folder of training data against what trainers require',
    load: async () => (await import('./commands/check-export.ts')).checkExport,
  },
  {
    name: 'list',
    argument: '<what>',
    summary: 'list the scenarios, strategies, models or formats there are',
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
    summary: 'show what an article is read as: passages, source, and what was left out',
    load: async () => (await import('./commands/article.ts')).article,
  },
  {
    name: 'new',
    argument: '<folder>',
    summary: 'start a scenario of your own',
    load: async () => (await import('./commands/new.ts')).startNew,
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
    summary: 'find what keeps parley from working here',
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
];
