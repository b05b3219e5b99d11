import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureDebate } from '../../compare/measure-debate.ts';
import { type Debate, fold } from '../../debate/debate.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { type EvalGroup, evalLog, groupKey, groupOf } from '../../integrations/inspect/eval-log.ts';
import { type DebateScore, type EvalSample, evalSample } from '../../integrations/inspect/eval-sample.ts';
import { makeFolder } from '../../journal/disk.ts';
import { version } from '../../run/version.ts';
import { range } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { passingRuns, readFilter } from '../many/runs.ts';
import { type Runs, withRuns } from '../open-runs.ts';

interface Group {
  group: EvalGroup;
  samples: EvalSample[];
}

/** `parley inspect-log`: stored debates as logs that `inspect view` and Inspect's data frames read. */
export async function inspectLog(
  _argument: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
  named: readonly string[],
): Promise<number> {
  const filter = readFilter(options);
  if (!filter.ok) return complain(environment, filter.failure.message);
  return withRuns(String(options['transcripts']), environment, async (runs) => {
    const groups = new Map<string, Group>();
    for await (const run of wanted(named, runs, filter.value, environment)) {
      const added = await addRun(run, runs, groups);
      if (!added.ok) return complain(environment, added.failure.message);
    }
    if (groups.size === 0) return complain(environment, 'No run was found to make a log of.');
    return writeLogs([...groups.values()], String(options['out']), options['force'] === true, environment);
  });
}

async function* wanted(
  named: readonly string[],
  { listed }: Runs,
  filter: Parameters<typeof passingRuns>[1],
  environment: Environment,
): AsyncGenerator<string> {
  if (named.length > 0) yield* named;
  else for await (const { run } of passingRuns(listed(), filter, environment)) yield run;
}

async function addRun(run: string, { store }: Runs, groups: Map<string, Group>): Promise<Outcome<null>> {
  const stored = await store.read(run);
  if (!stored.ok) return stored;
  const { events } = stored.value;
  const debate = fold(events);
  if (!debate) return failure('empty', `${run} holds no event yet: there is nothing to make a log of.`);
  const group = groupOf(debate);
  const key = groupKey(group);
  const known = groups.get(key) ?? { group, samples: [] };
  groups.set(key, known);
  known.samples.push(evalSample(debate, scoresOf(debate), events.at(-1)?.at ?? debate.started.at));
  return success(null);
}

/** What a comparison measures, as scores; figures without enough evidence are left out. */
function scoresOf(debate: Debate): DebateScore[] {
  const { scenario, strategy, article } = debate.started;
  const measured = measureDebate(debate, { arm: strategy, article: article.title, cell: scenario.id });
  const { grounding, fidelity, hollow, converged } = measured;
  const last = debate.verdicts.at(-1)?.convergence ?? null;
  const interval = last?.interval ? `, 95% interval ${range(last.interval)}` : '';
  const scores: [name: string, value: number | null, explanation: string][] = [
    ['convergence', last?.principals ?? null, `C of those who could sign after the last round${interval}`],
    ['convergence_all', last?.all ?? null, 'C of everyone after the last round'],
    ['acceptable', last?.acceptable.share ?? null, 'Share of those who could sign whose red lines hold'],
    ['grounding', grounding, 'Share of the claims that cite a passage or turn that exists'],
    ['fidelity', fidelity, 'Share of the speeches that stay in the role'],
    ['hollow', hollow, 'Share of the judged rounds that were hollow agreement'],
    ['converged', Number(converged), debate.ended?.detail ?? 'The debate has not ended.'],
  ];
  return scores.flatMap(([name, value, explanation]) =>
    value === null ? [] : [{ name, value, explanation }],
  );
}

async function writeLogs(
  groups: readonly Group[],
  folder: string,
  force: boolean,
  { stderr, ...rest }: Environment,
) {
  const environment = { stderr, ...rest };
  for (const { group, samples } of groups) {
    const { fileName, log } = evalLog(group, samples, version);
    const path = join(folder, fileName);
    try {
      await makeFolder(folder);
      await writeFile(path, `${escapedJson(log)}\n`, { flag: force ? 'w' : 'wx' });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') return complain(environment, `${path} could not be written: ${code ?? error}.`);
      stderr.write(
        `${sanitizeLine(`${path} is there already, with the same debates; --force writes it anew.`)}\n`,
      );
      continue;
    }
    const several = samples.length === 1 ? '1 debate' : `${samples.length} debates`;
    stderr.write(`${sanitizeLine(`Wrote ${path}: ${several}.`)}\n`);
  }
  stderr.write(`${sanitizeLine(`Look at them with: inspect view --log-dir ${folder}`)}\n`);
  return exitCode.done;
}
