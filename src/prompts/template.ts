import type { FileReport } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import type { Placeholder } from './placeholders.ts';

const placeholder = /\{\{([^{}]*)\}\}/g;

/** Reports every placeholder that is unknown, or has no value where this template is used. */
export function checkTemplate(
  text: string,
  firstLine: number,
  allowed: readonly Placeholder[],
  everywhere: readonly string[],
  report: FileReport,
): void {
  for (const [index, line] of text.split('\n').entries()) {
    for (const [whole, inner = ''] of line.matchAll(placeholder)) {
      const name = inner.trim();
      if (allowed.some((known) => known === name)) continue;
      const message = everywhere.includes(name)
        ? `${whole} has no value here; it may use ${allowed.map((known) => `{{${known}}}`).join(' ')}`
        : `unknown placeholder ${whole}${orKnown(name, allowed)}`;
      report.fault(firstLine + index, message);
    }
    const rest = line.replace(placeholder, '');
    if (/\{\{|\}\}/.test(rest))
      report.fault(firstLine + index, 'a placeholder is not closed: write {{name}}');
  }
}

/** Puts values in. A value is never looked through for placeholders again. */
export function fillTemplate(text: string, values: Partial<Record<Placeholder, string>>): string {
  return text.replace(placeholder, (whole, inner: string) => {
    const value = values[inner.trim() as Placeholder];
    if (value === undefined) throw new Error(`${whole} was not given a value`);
    return value;
  });
}
