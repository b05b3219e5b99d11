import type { BaselineCheck } from './baseline.ts';
import type { Comparison } from './comparison.ts';
import type { ConditionResult } from './gates.ts';

interface Case {
  name: string;
  /** null: passed. */
  failure: string | null;
  /** Something that could not be looked at at all; null for none. */
  error?: string;
  output: string;
}

/** Something of a comparison that could not be measured: a debate that failed or cannot be read, an arm without a number. */
export interface ComparisonError {
  name: string;
  message: string;
}

/**
 * The comparison as JUnit XML, for a build server: every verdict as a passed case with its words, every condition and
 * every row of the baseline as a case that fails when it does, and every debate that failed as an error.
 */
export function junitXml(
  result: Comparison,
  conditions: readonly ConditionResult[],
  baseline: BaselineCheck | null,
  errors: readonly ComparisonError[] = [],
): string {
  const suites = [
    suite(
      'verdicts',
      result.pairs.map((pair) => ({
        name: `${pair.a} against ${pair.b}`,
        failure: null,
        output: [pair.verdict, pair.sensitivity, ...result.warnings].filter(Boolean).join('\n'),
      })),
    ),
    suite('fail-if', conditions.map(conditionCase)),
    suite('baseline', (baseline?.rows ?? []).map(baselineCase)),
    suite(
      'debates',
      errors.map(({ name, message }) => ({ name, failure: null, error: message, output: message })),
    ),
  ];
  const failures = suites.reduce((sum, each) => sum + each.failures, 0);
  const errorCount = suites.reduce((sum, each) => sum + each.errors, 0);
  const tests = suites.reduce((sum, each) => sum + each.tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(result.title || 'parley compare')}" tests="${tests}" failures="${failures}" errors="${errorCount}">`,
    ...suites.filter((each) => each.tests > 0).map((each) => each.xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function conditionCase({ condition, arm, outcome, message }: ConditionResult): Case {
  return {
    name: `${arm}: not ${condition.text}`,
    failure: outcome === 'passed' ? null : message,
    output: message,
  };
}

function baselineCase(row: BaselineCheck['rows'][number]): Case {
  return {
    name: `${row.arm}: ${row.measure} against the baseline`,
    failure: row.finding === 'regressed' ? row.message : null,
    output: row.message,
  };
}

interface Suite {
  xml: string;
  tests: number;
  failures: number;
  errors: number;
}

function suite(name: string, cases: readonly Case[]): Suite {
  const failures = cases.filter((each) => each.failure !== null).length;
  const errors = cases.filter((each) => each.error !== undefined).length;
  const lines = cases.flatMap((each) => [
    `    <testcase classname="parley.${name}" name="${escaped(each.name)}">`,
    ...(each.failure === null ? [] : [`      <failure message="${escaped(each.failure)}"/>`]),
    ...(each.error === undefined ? [] : [`      <error message="${escaped(each.error)}"/>`]),
    `      <system-out>${escaped(each.output)}</system-out>`,
    '    </testcase>',
  ]);
  const head = `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}" errors="${errors}">`;
  return { xml: [head, ...lines, '  </testsuite>'].join('\n'), tests: cases.length, failures, errors };
}

/** XML 1.0 knows no control characters but tab and line ends, escaped or not. */
function escaped(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\n/g, '&#10;');
}
