/** The arrows of the house: which room of src may import which. Rooms not named may not be imported. */
const pure = ['debate', 'convergence', 'grounding'];
const providers = ['models', 'prompts', 'article', 'journal'];
const arrows = {
  debate: [],
  convergence: ['debate'],
  grounding: ['debate'],
  models: pure,
  prompts: pure,
  article: pure,
  journal: pure,
  run: [...pure, ...providers],
  batch: [...pure, ...providers, 'run'],
  compare: [...pure, ...providers, 'run', 'batch'],
  dataset: [...pure, ...providers, 'run', 'batch'],
  report: [...pure, ...providers],
  terminal: pure,
  cli: [...pure, ...providers, 'run', 'batch', 'compare', 'dataset', 'report', 'terminal'],
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
      comment: 'debate, convergence and grounding touch no file, clock, randomness or environment.',
      severity: 'error',
      from: { path: '^src/(debate|convergence|grounding)/' },
      to: { pathNot: ['^src/', '^node_modules/zod/'] },
    },
    {
      name: 'pure-rooms-share-types-only',
      comment: 'A pure room uses the code of debate/, and of the other two only types.',
      severity: 'error',
      from: { path: '^src/(convergence|grounding)/' },
      to: { path: '^src/(convergence|grounding)/', pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
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
