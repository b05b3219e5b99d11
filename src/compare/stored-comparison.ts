import { failure, type Outcome, success } from '../debate/outcome.ts';
import { type Comparison, comparisonSchema, comparisonVersion } from './comparison.ts';

/** The comparison as it is kept: JSON with a fixed layout, so that two files differ only where results do. */
export function storedComparison(result: Comparison): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** Reads back what `storedComparison` wrote; `file` is for the message. */
export function readComparison(
  text: string,
  file: string,
): Outcome<Comparison, 'not-a-comparison' | 'unsupported-version'> {
  const value = parsed(text);
  if (!isRecord(value) || value['format'] !== 'parley-comparison') {
    return failure('not-a-comparison', `${file} is not a stored comparison.`);
  }
  if (value['version'] !== comparisonVersion) {
    return failure(
      'unsupported-version',
      `${file} is a comparison of version ${String(value['version'])}; this parley reads version ${comparisonVersion}. Run the comparison again to renew it.`,
    );
  }
  const checked = comparisonSchema.safeParse(value);
  if (checked.success) return success(checked.data);
  const issue = checked.error.issues[0];
  return failure(
    'not-a-comparison',
    `${file} is damaged at ${issue?.path.join('.') || 'its top'} (${issue?.message ?? 'unreadable'}). Run the comparison again to renew it.`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
