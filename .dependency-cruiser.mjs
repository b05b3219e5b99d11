/** The arrows of the house: which room of src may import which (ARCHITECTURE.md says why). Rooms not named may not be imported. */
const ground = ['text'];
const pure = [...ground, 'debate', 'convergence', 'grounding'];
const documents = [...pure, 'html', 'source'];
const providers = ['models', 'simulator', 'prompts', 'article', 'journal'];
const upToRun = [...documents, ...providers, 'run'];
const upToWhy = [...upToRun, 'why'];
const readers = ['terminal', 'report', 'dataset', 'compare', 'score', 'batch', 'evolve'];
const arrows = {
  text: [],
  debate: ground,
  html: ground,
  source: ground,
  convergence: [...ground, 'debate'],
  grounding: [...ground, 'debate'],
  // Nothing of convergence: the null model and the instrument that measures it share no mind.
  simulator: [...ground, 'debate'],
  models: [...pure, 'simulator'],
  prompts: documents,
  article: documents,
  journal: pure,
  run: [...documents, ...providers],
  why: upToRun,
  score: upToRun,
  batch: upToRun,
  compare: [...upToRun, 'batch', 'score'],
  evolve: [...upToRun, 'batch', 'compare'],
  dataset: [...upToWhy, 'batch'],
  report: [...upToWhy, 'score'],
  terminal: pure,
  integrations: [...upToWhy, ...readers],
  cli: [...upToWhy, ...readers, 'integrations'],
};

const roomRules = Object.entries(arrows).map(([room, allowed]) => ({
  name: `arrows-of-${room}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [room, ...allowed].map((name) => `^src/${name}/`) },
}));

export default {
  forbidden: [
    ...roomRules,
    {
      name: 'pure-rooms-import-zod-only',
      comment: 'text, debate, convergence and grounding touch no file, clock, randomness or environment.',
      severity: 'error',
      from: { path: '^src/(text|debate|convergence|grounding)/' },
      to: {
        pathNot: [
          '^src/',
          '^node_modules/zod/',
          '^node_modules/(fastest-levenshtein|string-width|wrap-ansi)/',
        ],
      },
    },
    {
      name: 'pure-rooms-share-types-only',
      comment: 'A pure room uses the code of debate/, and of the other two only types.',
      severity: 'error',
      from: { path: '^src/(convergence|grounding)/' },
      to: { path: '^src/(convergence|grounding)/', pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-library-is-no-command',
      comment:
        "index.ts exports use cases; options, words for flags and the environment are the command line's.",
      severity: 'error',
      from: { path: '^src/index\\.ts$' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'commands-load-lazily',
      comment: "A command's file imports what is heavy in its action only, so that its help answers at once.",
      severity: 'error',
      from: { path: '^src/cli/commands/' },
      to: {
        path: '^src/(article|batch|compare|dataset|evolve|integrations|journal|models|prompts|report|run|score|simulator|terminal|why)/',
        pathNot: ['^src/journal/postgres/address', '^src/dataset/formats/index', '^src/run/version'],
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['\\.d\\.ts$', '^src/index\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
