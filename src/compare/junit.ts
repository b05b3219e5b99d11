import type { BaselineCheck } from './baseline.ts';
import type { Comparison } from './comparison.ts';
import type { ConditionResult } from './fail-if.ts';

interface Case {
  name: string;
  /** null: passed. */
  failure: string | null;
  output: string;
}

/**
 * The comparison as JUnit XML, for a build server: every verdict as a passed case with its words, every --fail-if condition
 * and every row of the baseline as a case that fails when it does.
 */
export function junitXml(
  result: Comparison,
  conditions: readonly ConditionResult[],
  baseline: BaselineCheck | null,
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
  ];
  const failures = suites.reduce((sum, each) => sum + each.failures, 0);
  const tests = suites.reduce((sum, each) => sum + each.tests, 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escaped(result.title || 'parley compare')}" tests="${tests}" failures="${failures}">`,
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

function suite(name: string, cases: readonly Case[]): { xml: string; tests: number; failures: number } {
  const failures = cases.filter((each) => each.failure !== null).length;
  const lines = cases.flatMap((each) => [
    `    <testcase classname="parley.${name}" name="${escaped(each.name)}">`,
    ...(each.failure === null ? [] : [`      <failure message="${escaped(each.failure)}"/>`]),
    `      <system-out>${escaped(each.output)}</system-out>`,
    '    </testcase>',
  ]);
  const head = `  <testsuite name="${name}" tests="${cases.length}" failures="${failures}">`;
  return { xml: [head, ...lines, '  </testsuite>'].join('\n'), tests: cases.length, failures };
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
