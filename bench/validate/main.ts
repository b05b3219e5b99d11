import { parseArgs } from 'node:util';
import { caseOf, kinds } from './cases.ts';
import { river } from './domains/river.ts';
import { workplace } from './domains/workplace.ts';
import { figuresOf, type Read } from './figures.ts';
import { lexicalJudge } from './judges.ts';
import { checks, runCheck } from './metamorphic.ts';
import { readTranscript } from './read-transcript.ts';
import { transcriptOf } from './transcript.ts';
import { reportOf } from './validation-report.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '10' } } });
const seeds = Array.from({ length: Number(values.seeds) }, (_, place) => place + 1);
const judge = lexicalJudge;

const casesOf = (split: 'development' | 'held-out') =>
  [river, workplace].flatMap((domain) =>
    kinds.flatMap((kind) => seeds.map((seed) => caseOf(kind, domain, split, seed))),
  );

const readAll = async (split: 'development' | 'held-out') => {
  const reads: Read[] = [];
  for (const made of casesOf(split)) {
    reads.push({ made, assessments: await readTranscript(made.domain, transcriptOf(made), judge) });
  }
  return reads;
};

const development = await readAll('development');
const heldOut = await readAll('held-out');
const checked = [];
for (const check of checks) {
  checked.push({ name: check.name, ...(await runCheck(check, casesOf('held-out'), judge)) });
}
process.stdout.write(
  reportOf({
    judge: judge.name,
    development: figuresOf(development),
    heldOut: figuresOf(heldOut),
    reads: heldOut,
    checked,
  }),
);
