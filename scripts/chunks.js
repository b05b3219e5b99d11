// Which modules of the bundle lie in one file. Left alone, the bundler makes a file of every set of modules that some
// commands share, 130 of them before the first frame of a debate, and to read so many costs more than what is in them.
import { resolve } from 'node:path';

/**
 * What is loaded together, in the order in which it is: a file holds what its modules import and no file before it
 * does. What is loaded later, and only by some commands, is left to the bundler.
 */
const stages = [
  { name: 'start', roots: ['src/cli/program.ts'] },
  { name: 'options', roots: ['src/cli/commands/run.ts', 'src/cli/complain.ts', 'src/cli/command.ts'] },
  {
    name: 'debate',
    roots: [
      'src/cli/models.ts',
      'src/run/begin-debate.ts',
      'src/run/estimate.ts',
      'src/run/seats.ts',
      'src/cli/spending.ts',
      'src/cli/reading-pace.ts',
      'src/cli/watch.ts',
    ],
  },
  { name: 'screen', roots: ['src/terminal/tui/create-tui.ts'] },
];

/** The groups of modules, and the plugin that finds what is in them. The library shares no file with the command line. */
export function stagedChunks() {
  const placeOf = new Map();
  const place = (name, isCli) => `${isCli ? 'cli-' : ''}${name}`;
  const plugin = {
    name: 'staged-chunks',
    buildEnd() {
      const add = (id, name) => {
        if (placeOf.has(id)) return;
        placeOf.set(id, place(name, id.startsWith(resolve('src/cli'))));
        for (const imported of this.getModuleInfo(id)?.importedIds ?? []) add(imported, name);
      };
      for (const { name, roots } of stages) for (const root of roots) add(resolve(root), name);
    },
  };
  const names = stages.flatMap(({ name }) => [place(name, false), place(name, true)]);
  const groups = names.map((name, index) => ({
    ...{ name, priority: names.length - index },
    test: (id) => placeOf.get(id) === name,
  }));
  return { plugin, groups };
}
