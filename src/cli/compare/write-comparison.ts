import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Comparison } from '../../compare/comparison.ts';
import { storedComparison } from '../../compare/comparison.ts';
import { contrastsCsv, debatesCsv } from '../../compare/csv.ts';
import { type GateResults, type Gates, holdToGates } from '../../compare/gates.ts';
import { comparisonPage } from '../../compare/html/comparison-page.ts';
import { junitXml } from '../../compare/junit.ts';
import {
  type Compared,
  compareStored,
  comparisonErrors,
  type StoredPlanDebates,
} from '../../compare/run-comparison.ts';
import { comparisonText } from '../../compare/text/comparison-text.ts';
import type { Outcome } from '../../debate/outcome.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import type { comparisonOptions } from '../batch-options.ts';
import type { OptionValues } from '../command.ts';
import { CommandError, need, say } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

type ComparisonValues = OptionValues<typeof comparisonOptions>;

/** Files that a comparison is written to, by their options. */
const resultKinds = ['html', 'junit', 'debates', 'store'] as const;
type ResultKind = (typeof resultKinds)[number];

/** Columns where the output is no terminal. */
const usualWidth = 100;

/** Looks whether the results can be written, so that nothing is paid for and then lost. */
export async function checkResults(given: ComparisonValues): Promise<void> {
  for (const kind of resultKinds) {
    const path = given[kind];
    if (path === null) continue;
    if (!existsSync(dirname(path)))
      throw new CommandError(`--${kind} ${path} cannot be written: its folder does not exist.`);
    if (!given.force && existsSync(path)) {
      throw new CommandError(
        `--${kind} ${path} already exists and was not changed. Choose another name, or add --force.`,
      );
    }
  }
}

/** Compares what is stored of a plan's debates, prints and writes it, and holds it to its gates; the exit code. */
export async function reportComparison(
  stored: StoredPlanDebates,
  {
    given,
    gates,
    onMissing = () => {},
  }: { given: ComparisonValues; gates: Gates; onMissing?(stored: number): void },
  environment: Environment,
): Promise<number> {
  const compared = await compareStored(stored, {
    isReported: given.html !== null,
    people: given.people,
  });
  if (compared.ok && compared.value.measured.debates.length < stored.planned) {
    onMissing(compared.value.measured.debates.length);
  }
  return reportCompared(compared, { given, gates }, environment);
}

/** Prints and writes a comparison, and holds it to its gates; the exit code. */
export async function reportCompared(
  compared: Outcome<Compared>,
  { given, gates }: { given: ComparisonValues; gates: Gates },
  environment: Environment,
): Promise<number> {
  const { comparison, measured, isWhole } = need(compared);
  for (const { message } of measured.unreadable) say(environment, message);
  const held = holdToGates(comparison, gates);
  environment.stdout.write(printedText(comparison, given, environment));
  await writeResults({ comparison, measured, isWhole, gates: held }, given, environment);
  for (const line of held.notes) say(environment, line);
  for (const line of held.failures) say(environment, `Failed: ${line}`);
  if (held.failures.length > 0) return exitCode.threshold;
  return isWhole ? exitCode.done : exitCode.incomplete;
}

/** Writes the files asked for, and says which. */
async function writeResults(
  result: Compared & { gates: GateResults },
  given: ComparisonValues,
  environment: Environment,
): Promise<void> {
  for (const kind of resultKinds) {
    const path = given[kind];
    if (path === null) continue;
    try {
      await writeFile(path, texts[kind](result), { flag: given.force ? 'w' : 'wx' });
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new CommandError(`--${kind} ${path} could not be written: ${why}.`);
    }
    say(environment, `Wrote ${path}.`);
  }
}

const texts: Record<ResultKind, (result: Compared & { gates: GateResults }) => string> = {
  html: ({ comparison, measured }) => comparisonPage(comparison, measured.reported),
  junit: ({ comparison, measured, gates }) =>
    junitXml(comparison, gates.conditions, gates.baseline, comparisonErrors(measured)),
  debates: ({ measured }) => debatesCsv(measured.debates),
  store: ({ comparison }) => storedComparison(comparison),
};

function printedText(
  comparison: Comparison,
  { json, csv }: ComparisonValues,
  { stdout, isDumbTerminal }: Environment,
): string {
  if (json) return `${escapedJson(comparison)}\n`;
  if (csv) return contrastsCsv(comparison);
  const width = Math.max(40, Math.min(stdout.columns ?? usualWidth, 120));
  return sanitizeText(comparisonText(comparison, { width, ascii: isDumbTerminal }));
}
