import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measureDebate } from '../../compare/measure-debate.ts';
import { type Debate, fold } from '../../debate/debate.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { makeFolder } from '../../journal/disk.ts';
import type { JournalStore } from '../../journal/types.ts';
import { version } from '../../run/version.ts';
import { range } from '../../text/figures.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { type EvalGroup, evalLog, groupKey, groupOf } from './eval-log.ts';
import { type DebateScore, type EvalSample, evalSample } from './eval-sample.ts';

export interface LogsToWrite {
  store: Pick<JournalStore, 'read'>;
  /** Names of the runs, in any order. */
  runs: Iterable<string> | AsyncIterable<string>;
  /** The folder of the logs; made where it is not there. */
  out: string;
  /** Replace logs that are there? */
  replace: boolean;
}

/** One log; it holds the debates of one scenario, strategy and set of models. */
export interface WrittenLog {
  path: string;
  debates: number;
  /** False where it was there already and stayed. */
  isNew: boolean;
}

/** Writes runs as evaluation logs that `inspect view` and Inspect's data frames read. */
export async function writeInspectLogs({
  store,
  runs,
  out,
  replace,
}: LogsToWrite): Promise<Outcome<WrittenLog[]>> {
  const groups = new Map<string, { group: EvalGroup; samples: EvalSample[] }>();
  for await (const run of runs) {
    const stored = await store.read(run);
    if (!stored.ok) return stored;
    const { events } = stored.value;
    const debate = fold(events);
    if (!debate) return failure('empty', `${run} holds no event yet: there is nothing to make a log of.`);
    const group = groupOf(debate);
    const known = groups.get(groupKey(group)) ?? { group, samples: [] };
    groups.set(groupKey(group), known);
    known.samples.push(evalSample(debate, scoresOf(debate), events.at(-1)?.at ?? debate.started.at));
  }
  if (groups.size === 0) return failure('nothing', 'No run was found to make a log of.');
  const written: WrittenLog[] = [];
  for (const { group, samples } of groups.values()) {
    const { fileName, log } = evalLog(group, samples, version);
    const path = join(out, fileName);
    try {
      await makeFolder(out);
      await writeFile(path, `${escapedJson(log)}\n`, { flag: replace ? 'w' : 'wx' });
      written.push({ path, debates: samples.length, isNew: true });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') {
        return failure('not-writable', `${path} could not be written: ${code ?? String(error)}.`);
      }
      written.push({ path, debates: samples.length, isNew: false });
    }
  }
  return success(written);
}

/** What a comparison measures, as scores; figures without enough evidence are left out. */
function scoresOf(debate: Debate): DebateScore[] {
  const { scenario, strategy, article } = debate.started;
  const measured = measureDebate(debate, { arm: strategy, article: article.title, cell: scenario.id });
  const { grounding, fidelity, hollow, converged, factsKept = null, factsShared = null } = measured;
  const last = debate.verdicts.at(-1)?.convergence ?? null;
  const interval = last?.interval ? `, 95% interval ${range(last.interval)}` : '';
  const scores: [name: string, value: number | null, explanation: string][] = [
    ['convergence', last?.principals ?? null, `C of the principals after the last round${interval}`],
    ['convergence_all', last?.all ?? null, 'C of everyone after the last round'],
    ['acceptable', last?.acceptable.share ?? null, 'Share of the principals whose red lines hold'],
    ['grounding', grounding, 'Share of the claims that cite a passage or turn that exists'],
    ['fidelity', fidelity, 'Share of the speeches that stay in the role'],
    ['hollow', hollow, 'Share of the judged rounds that were hollow agreement'],
    ['facts_kept', factsKept, 'Share of the facts of the article that are alive at the end'],
    ['facts_shared', factsShared, 'Of the facts that only some hold, the share that a holder said'],
    ['converged', Number(converged), debate.ended?.detail ?? 'The debate has not ended.'],
  ];
  return scores.flatMap(([name, value, explanation]) =>
    value === null ? [] : [{ name, value, explanation }],
  );
}
