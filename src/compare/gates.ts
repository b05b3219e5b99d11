import { readFile } from 'node:fs/promises';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { type BaselineCheck, compareWithBaseline } from './baseline.ts';
import type { Comparison } from './comparison.ts';
import { type ConditionResult, checkCondition, type FailCondition, parseFailIf } from './fail-if.ts';
import { readComparison } from './stored-comparison.ts';

/** What a comparison is held to, read before anything is spent. */
export interface Gates {
  conditions: FailCondition[];
  /** null without --baseline. */
  baseline: Comparison | null;
}

/** How the comparison stood up to its gates. */
export interface GateResults {
  conditions: ConditionResult[];
  baseline: BaselineCheck | null;
  /** What else the baseline shows, and how far it can be trusted, in sentences. */
  notes: string[];
  /** What failed, in sentences; empty where all is well. */
  failures: string[];
}

export async function readGates(
  asked: { failIf: readonly string[]; baseline: string | null },
  arms: readonly string[],
): Promise<Outcome<Gates>> {
  const conditions: FailCondition[] = [];
  for (const text of asked.failIf) {
    const condition = parseFailIf(text, arms);
    if (!condition.ok) return condition;
    conditions.push(condition.value);
  }
  if (asked.baseline === null) return success({ conditions, baseline: null });
  const baseline = await readBaseline(asked.baseline);
  return baseline.ok ? success({ conditions, baseline: baseline.value }) : baseline;
}

async function readBaseline(file: string): Promise<Outcome<Comparison>> {
  try {
    return readComparison(await readFile(file, 'utf8'), file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? String(error)})`;
    return failure('no-baseline', `${file} ${why}.`);
  }
}

export function holdToGates(result: Comparison, { conditions, baseline }: Gates): GateResults {
  const checked = conditions.flatMap((condition) => checkCondition(condition, result));
  const against = baseline && compareWithBaseline(result, baseline);
  const missed = checked.filter(({ outcome }) => outcome !== 'passed').map(({ message }) => message);
  const { rows = [], warnings = [] } = against ?? {};
  const regressed = rows.filter(({ finding }) => finding === 'regressed');
  const others = rows.filter(({ finding }) => finding !== 'regressed');
  return {
    conditions: checked,
    baseline: against,
    notes: [...warnings, ...others.map(({ message }) => message)],
    failures: [...missed, ...regressed.map(({ message }) => message)],
  };
}
