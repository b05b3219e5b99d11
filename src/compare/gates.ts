import { readFile } from 'node:fs/promises';
import { type MeasureId, measureIdSchema, measureNamed, measureNames } from '../batch/comparison-aims.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { counted } from '../text/figures.ts';
import { orKnown } from '../text/near-names.ts';
import { type BaselineCheck, compareWithBaseline } from './baseline.ts';
import { type Comparison, readComparison } from './comparison.ts';
import { measureOf } from './measures.ts';
import { inUnits } from './numbers-in-words.ts';

type Operator = '<' | '<=' | '>' | '>=';

/** "grounding < 0.9" for every arm, or "steelman.grounding < 0.9" for one: true means the run has failed. */
interface FailCondition {
  text: string;
  /** null: every arm. */
  arm: string | null;
  measure: MeasureId;
  /** The measure in the words of the person who asked, such as C. */
  named: string;
  operator: Operator;
  /** In the units of the measure; shares as 0..1. */
  bound: number;
}

export interface ConditionResult {
  condition: FailCondition;
  arm: string;
  mean: number | null;
  /** `no-number` counts as a failure: a gate that could not look has not passed. */
  outcome: 'passed' | 'failed' | 'no-number';
  message: string;
}

const form =
  /^\s*(?:([a-z0-9-]+)\s*\.\s*)?([a-z0-9-]+(?: [a-z]+)?)\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)\s*(%?)\s*$/i;

export function parseFailIf(
  text: string,
  arms: readonly string[],
): Outcome<FailCondition, 'bad-condition' | 'unknown-measure' | 'unknown-arm'> {
  const match = form.exec(text);
  if (!match) {
    return failure(
      'bad-condition',
      `"${text}" cannot be read. Write MEASURE < NUMBER or ARM.MEASURE < NUMBER, with <, <=, > or >=, such as "grounding < 0.9".`,
    );
  }
  const [, arm, word = '', operator, number, percent] = match;
  const measure = measureIdSchema.safeParse(measureNamed(word));
  if (!measure.success) {
    return failure('unknown-measure', `"${text}": there is no measure ${word}${orKnown(word, measureNames)}`);
  }
  if (arm !== undefined && !arms.includes(arm)) {
    return failure('unknown-arm', `"${text}": there is no arm ${arm}${orKnown(arm, arms)}`);
  }
  return success({
    text: text.trim(),
    arm: arm ?? null,
    measure: measure.data,
    named: word,
    operator: operator as Operator,
    bound: Number(number) / (percent ? 100 : 1),
  });
}

/** One result for each arm the condition speaks of. */
export function checkCondition(condition: FailCondition, result: Comparison): ConditionResult[] {
  const arms = result.arms.filter((arm) => condition.arm === null || arm.arm === condition.arm);
  return arms.map(({ arm, measures, debates, failed = 0 }) => {
    const mean = measures.find((each) => each.measure === condition.measure)?.mean ?? null;
    if (mean === null) {
      const why = failed > 0 && failed === debates ? `: every debate of it failed` : '';
      const message = `${arm} has no number for ${condition.named}${why}, so "${condition.text}" cannot be ruled out.`;
      return { condition, arm, mean, outcome: 'no-number' as const, message };
    }
    const isTrue = holds(mean, condition);
    const message = `${arm}: ${condition.named} is ${inUnits(measureOf(condition.measure), mean)} (${mean}${failed > 0 ? `, ${failed} of ${counted(debates, 'debate')} failed and left out` : ''}); fails if ${condition.text}.`;
    return { condition, arm, mean, outcome: isTrue ? ('failed' as const) : ('passed' as const), message };
  });
}

function holds(mean: number, { operator, bound }: FailCondition): boolean {
  switch (operator) {
    case '<':
      return mean < bound;
    case '<=':
      return mean <= bound;
    case '>':
      return mean > bound;
    case '>=':
      return mean >= bound;
  }
}

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
