import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { caseOf, kinds } from './cases.ts';
import { whyReport } from './causes-of-shifts.ts';
import { domainsOf } from './domains/all.ts';
import type { Split } from './domains/domain.ts';
import { evolutionReport } from './evolutions.ts';
import { figuresOf, type Read } from './figures.ts';
import { firstRoundReport } from './first-round.ts';
import { lexicalJudge } from './judges.ts';
import { keptReplies, labelledIn, labelledReport, scoreLabelled } from './labelled-cases.ts';
import { checks, runCheck } from './metamorphic.ts';
import { judgeContext, modelJudge } from './model-judge.ts';
import { coverageReport } from './noisy-judge.ts';
import { omissionsReport } from './planted-omissions.ts';
import { readTranscript } from './read-transcript.ts';
import { strongReport } from './strong-reader.ts';
import { transcriptOf } from './transcript.ts';
import { reportOf } from './validation-report.ts';
import { verdictReport } from './verdicts.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Transcripts of each kind, domain and split. */
    seeds: { type: 'string', default: '10' },
    /** lexical, or a model spec such as openai:NAME. A model is called about 24 times a transcript. */
    judge: { type: 'string' },
    'base-url': { type: 'string' },
    /** Readings of the noisy judge in each cell of the grid. */
    readings: { type: 'string', default: '100' },
    /** Comparisons in each row of the verdicts. */
    comparisons: { type: 'string', default: '400' },
    /** Answers in each condition of `why`. */
    answers: { type: 'string', default: '5' },
    /** Debates of each scenario and openness in `why`, and the seed of the first. */
    debates: { type: 'string', default: '2' },
    'first-seed': { type: 'string', default: '1' },
    /** Evolutions in each row of `evolve`. */
    evolutions: { type: 'string', default: '200' },
    /** Folder of labelled transcripts for `cases`, parley's own by default; folders of stored runs, separated by commas, for `first-round`. */
    dir: { type: 'string' },
    /** Of these only those with one of these names, separated by commas. */
    only: { type: 'string' },
  },
});
/** What is validated: by default the reading of transcripts and the interval. */
const parts = [
  ...['transcripts', 'intervals', 'verdicts', 'evolve', 'why', 'facts', 'cases', 'first-round'],
] as const;
const asked = positionals.length > 0 ? positionals : ['transcripts', 'intervals'];
const unknown = asked.find((part) => !parts.some((known) => known === part));
if (unknown !== undefined) fail(`There is nothing called ${unknown} to validate. Name ${parts.join(', ')}.`);
if (asked.includes('intervals')) {
  print(coverageReport(Number(values.readings)));
  print(strongReport());
}
if (asked.includes('verdicts')) print(verdictReport(Number(values.comparisons)));
if (asked.includes('why')) {
  print(await whyReport(Number(values.answers), Number(values.debates), Number(values['first-seed'])));
}
if (asked.includes('facts')) print(await omissionsReport());
if (asked.includes('evolve')) print(await evolutionReport(Number(values.evolutions)));
if (asked.includes('cases')) print(await casesReport());
if (asked.includes('first-round')) print(await firstRound());
if (!asked.includes('transcripts')) process.exit(process.exitCode ?? 0);

const seeds = Array.from({ length: Number(values.seeds) || 0 }, (_, place) => place + 1);
if (seeds.length === 0) fail(`--seeds ${values.seeds} is no number of transcripts. Give 1 or more.`);
const judge =
  values.judge === undefined || values.judge === 'lexical'
    ? lexicalJudge
    : await modelJudge(values.judge, values['base-url']).catch((error: Error) => fail(error.message));

const casesOf = (split: Split) =>
  domainsOf(split).flatMap((domain) =>
    kinds.flatMap((kind) => seeds.map((seed) => caseOf(kind, domain, seed))),
  );

const readAll = async (split: Split) => {
  const reads: Read[] = [];
  for (const made of casesOf(split)) {
    reads.push({ made, assessments: await readTranscript(made.domain, transcriptOf(made), judge) });
  }
  return reads;
};

const unread = (error: Error) => fail(`The judge could not be asked: ${error.message}`);
const development = await readAll('development').catch(unread);
const heldOut = await readAll('held-out').catch(unread);
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

function print({ text, isKept }: { text: string; isKept: boolean }): void {
  process.stdout.write(`${text}\n`);
  if (!isKept) process.exitCode = 1;
}

/** Labelled transcripts, read by a model, one sample a round, or as the replies kept beside them say; how right it was. */
async function casesReport(): Promise<{ text: string; isKept: boolean }> {
  const { dir = join(import.meta.dirname, 'labelled-debates'), judge: given } = values;
  const only = values.only?.split(',');
  const isKept = given === undefined;
  try {
    const context = await judgeContext(given ?? 'simulator', values['base-url']);
    const scores = await Promise.all(
      labelledIn(dir)
        .filter(({ id }) => only === undefined || only.includes(id))
        .map((made) => scoreLabelled(made, 1, isKept ? keptReplies(made, context) : context)),
    );
    const about = isKept
      ? 'Read as the replies kept in the transcripts say; no model was called.'
      : `Read by ${given}.`;
    return { text: `${about}\n${labelledReport(scores)}`, isKept: true };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** How many stored debates have a number after their first round. */
function firstRound() {
  const places = values.dir?.split(',') ?? fail('Name the folder of the runs: first-round --dir DIR.');
  return firstRoundReport(places).catch((error: Error) => fail(error.message));
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
