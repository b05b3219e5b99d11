import { counted, dollars } from '../../text/figures.ts';
import type { ArmSummary, Comparison, Pair } from '../comparison.ts';
import { armsText, spreadText } from './arms-text.ts';
import { differencesText } from './differences-text.ts';
import { asciiMarks, boxMarks, type Page, wrapped } from './text-page.ts';

export interface TextOptions {
  /** Columns; words are wrapped to it, and bars fill what the numbers leave. */
  width: number;
  /** Draw with ASCII alone. */
  ascii?: boolean;
}

/** The comparison for a terminal or a log: verdicts first, then the arms and the differences with their intervals as bars. */
export function comparisonText(result: Comparison, options: TextOptions): string {
  const page = { result, width: options.width, marks: options.ascii ? asciiMarks : boxMarks };
  const blocks = [
    heading(page),
    ...result.warnings.map((warning) => wrapped(page, `Warning: ${warning}`)),
    ...result.pairs.map((pair) => verdictBlock(page, pair)),
    armsText(page),
    ...[spreadText(page)].filter(Boolean),
    ...result.pairs.map((pair) => differencesText(page, pair)),
  ];
  const text = `${blocks.join('\n\n')}\n`;
  return options.ascii ? inAscii(text) : text;
}

function heading(page: Page): string {
  const { result } = page;
  const debates = result.arms.reduce((sum, arm) => sum + arm.debates, 0);
  const failed = result.arms.reduce((sum, arm) => sum + (arm.failed ?? 0), 0);
  const facts = [
    counted(result.arms.length, 'arm'),
    counted(result.articles.length, 'article'),
    counted(result.cells, 'cell'),
    counted(debates, 'debate'),
    ...(failed > 0 ? [`${failed} failed`] : []),
    costOf(result.arms),
  ];
  const lines = [result.title, facts.join(' · '), result.caveat];
  return lines
    .filter(Boolean)
    .map((line) => wrapped(page, line))
    .join('\n');
}

function costOf(arms: readonly ArmSummary[]): string {
  let total = 0;
  for (const { costUsd } of arms) {
    if (costUsd === null) return 'cost unknown';
    total += costUsd;
  }
  return dollars(total);
}

function verdictBlock(page: Page, pair: Pair): string {
  return [pair.verdict, pair.sensitivity]
    .filter(Boolean)
    .map((line) => wrapped(page, line))
    .join('\n');
}

function inAscii(text: string): string {
  return text.replaceAll('−', '-').replaceAll('±', '').replaceAll('·', '-');
}
