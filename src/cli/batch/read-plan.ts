import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  cannotRun,
  type FaultyPlan,
  faultyPlan,
  type ParsedPlan,
  parsePlan,
} from '../../batch/parse-plan.ts';
import { withBudget, withCount } from '../../batch/plan.ts';
import { failure } from '../../debate/outcome.ts';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import type { BatchCommandOptions } from './options.ts';

type ReadPlan = Extract<ParsedPlan, { ok: true }> & {
  /** What its paths are taken from. */
  folder: string;
};

/** The plan in a file, or the plain debates of a scenario that is named in its place; changed as the options say. */
export async function readPlan(given: string, options: BatchCommandOptions): Promise<ReadPlan | FaultyPlan> {
  const text = await planText(given);
  if (text === null) {
    return cannotRun(
      failure(
        'not-found',
        `${given} is neither a plan file nor a scenario. Give the path of a plan, or a scenario.`,
      ),
    );
  }
  const parsed = parsePlan(text.content, given);
  if (!parsed.ok) return faultyPlan(parsed.faults);
  const counted = options.count === undefined ? null : withCount(parsed.plan, options.count);
  if (counted && !counted.ok) return cannotRun(counted);
  const plan = withBudget(counted?.value ?? parsed.plan, {
    ...(options.budget === undefined ? {} : { usd: options.budget }),
    ...(options.budgetTokens === undefined ? {} : { tokens: options.budgetTokens }),
  });
  return { ...parsed, plan, folder: text.folder };
}

async function planText(given: string): Promise<{ content: string; folder: string } | null> {
  const kind = await stat(given).catch(() => null);
  if (kind?.isFile()) return { content: await readFile(given, 'utf8'), folder: dirname(given) };
  const isBundled =
    /^[a-z0-9-]+$/.test(given) && (await isFolder(join(bundledPrompts(), 'scenarios', given)));
  if (!kind?.isDirectory() && !isBundled) return null;
  const content = JSON.stringify({ arms: [{ id: 'plain', strategy: 'plain' }], scenarios: [given] });
  return { content, folder: '.' };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() === true;
}
