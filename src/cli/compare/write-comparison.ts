import { writeFile } from 'node:fs/promises';
import type { Comparison } from '../../compare/comparison.ts';
import { contrastsCsv, debatesCsv } from '../../compare/csv.ts';
import { comparisonPage } from '../../compare/html/comparison-page.ts';
import { junitXml } from '../../compare/junit.ts';
import { storedComparison } from '../../compare/stored-comparison.ts';
import { comparisonText } from '../../compare/text/comparison-text.ts';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { escapedJson } from '../../text/json-in-text.ts';
import { sanitizeText } from '../../text/sanitize.ts';
import type { Environment } from '../environment.ts';
import type { GateResults } from './gates.ts';
import type { MeasuredCells } from './measure-cells.ts';
import { type CompareOptions, type ResultKind, resultKinds } from './read-options.ts';

export interface Compared {
  result: Comparison;
  measured: MeasuredCells;
  gates: GateResults;
}

/** Columns where nobody says how wide the output is. */
const usualWidth = 100;

/** Prints the comparison and writes the files asked for; tells which on stderr. */
export async function writeComparison(
  compared: Compared,
  { printed, files, force }: CompareOptions,
  environment: Environment,
): Promise<Outcome<null>> {
  const { stdout, stderr } = environment;
  stdout.write(printedText(compared.result, printed, environment));
  for (const kind of resultKinds) {
    const path = files[kind];
    if (path === null) continue;
    try {
      await writeFile(path, texts[kind](compared), { flag: force ? 'w' : 'wx' });
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      return failure('not-writable', `--${kind} ${path} could not be written: ${why}.`);
    }
    stderr.write(`Wrote ${path}.\n`);
  }
  return success(null);
}

const texts: Record<ResultKind, (compared: Compared) => string> = {
  html: ({ result, measured }) => comparisonPage(result, measured.reported),
  junit: ({ result, gates }) => junitXml(result, gates.conditions, gates.baseline),
  debates: ({ measured }) => debatesCsv(measured.debates),
  store: ({ result }) => storedComparison(result),
};

function printedText(
  result: Comparison,
  printed: CompareOptions['printed'],
  { stdout, isDumbTerminal }: Environment,
): string {
  switch (printed) {
    case 'json':
      return `${escapedJson(result)}\n`;
    case 'csv':
      return contrastsCsv(result);
    case 'text': {
      const width = Math.max(40, Math.min(stdout.columns ?? usualWidth, 120));
      return sanitizeText(comparisonText(result, { width, ascii: isDumbTerminal }));
    }
  }
}
