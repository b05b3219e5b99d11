import { parseHTML } from 'linkedom';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { compareWithBaseline } from '../../src/compare/baseline.ts';
import { compareArms } from '../../src/compare/compare-arms.ts';
import { readComparison, storedComparison } from '../../src/compare/comparison.ts';
import { contrastsCsv, debatesCsv } from '../../src/compare/csv.ts';
import { checkCondition, parseFailIf } from '../../src/compare/gates.ts';
import { junitXml } from '../../src/compare/junit.ts';
import { comparisonText } from '../../src/compare/text/comparison-text.ts';
import { aimsWith, madeUpDebates, seeded } from './made-up-debates.ts';

const arms = ['plain', 'steelman'];
const debates = madeUpDebates({ arms, articles: 10, effect: { steelman: 0.2 } }, seeded('outputs'));
const input = { title: 'Does steelmanning help?', arms, aims: aimsWith(), seed: 1 };
const result = compareArms({ ...input, debates });
const simulated = compareArms({
  ...input,
  debates: debates.map((debate, index) => ({ ...debate, simulated: true, aborted: index === 3 })),
});

describe('the text of a comparison', () => {
  it('gives the verdict before the numbers', () => {
    const text = comparisonText(result, { width: 100 });
    expect(text.indexOf('steelman is better than plain')).toBeGreaterThan(0);
    expect(text.indexOf('steelman is better than plain')).toBeLessThan(
      text.indexOf('Arms: mean over articles'),
    );
  });

  it.each([60, 80, 100, 160])('keeps within %i columns', (width) => {
    const lines = comparisonText(simulated, { width }).split('\n');
    const unbroken = lines.filter((line) => !/[┤●]/.test(line) && line.startsWith('  '));
    const others = lines.filter((line) => !unbroken.includes(line));
    for (const line of others) expect(stringWidth(line)).toBeLessThanOrEqual(width);
    if (width >= 80) for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  it('draws every interval as a bar with its mean inside', () => {
    const bars = comparisonText(result, { width: 120 })
      .split('\n')
      .filter((line) => /[├◂]─*●─*[┤▸]/.test(line));
    expect(bars.length).toBeGreaterThan(10);
  });

  it('is plain ASCII when asked', () => {
    expect(comparisonText(simulated, { width: 100, ascii: true })).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('says on the simulator that it tells nothing about language models, above and in each verdict', () => {
    const text = comparisonText(simulated, { width: 400 });
    expect(text.match(/tells nothing about language models/g)?.length).toBe(1 + simulated.pairs.length);
  });

  it('reports aborted debates', () => {
    expect(comparisonText(simulated, { width: 400 })).toContain(
      '1 of 40 debates was aborted and counts as not converged',
    );
  });
});

describe('a stored comparison', () => {
  it('comes back as it was', () => {
    expect(readComparison(storedComparison(result), 'result.json')).toEqual({ ok: true, value: result });
  });

  it.each([
    ['not json', 'not-a-comparison', 'is not a stored comparison'],
    ['{"format":"other"}', 'not-a-comparison', 'is not a stored comparison'],
    ['{"format":"parley-comparison","version":9}', 'unsupported-version', 'version 9'],
    ['{"format":"parley-comparison","version":1}', 'not-a-comparison', 'is damaged at title'],
  ])('refuses %s', (text, reason, words) => {
    const read = readComparison(text, 'old.json');
    expect(read).toMatchObject({ ok: false, failure: { reason } });
    if (!read.ok) expect(read.failure.message).toContain(words);
  });
});

describe('the CSV of a comparison', () => {
  it('has a row for each pair and measure, with the numbers of the result', () => {
    const [head, ...rows] = contrastsCsv(result).trimEnd().split('\r\n');
    expect(rows).toHaveLength(7);
    const columns = head?.split(',') ?? [];
    const first = rows[0]?.split(',') ?? [];
    expect(first[columns.indexOf('measure')]).toBe('principals');
    expect(Number(first[columns.indexOf('difference')])).toBe(result.pairs[0]?.contrasts[0]?.difference);
    expect(first[columns.indexOf('better')]).toBe('steelman');
  });

  it('has a row for each debate', () => {
    expect(debatesCsv(debates).trimEnd().split('\r\n')).toHaveLength(debates.length + 1);
  });

  it('quotes what needs it and keeps a spreadsheet from running it', () => {
    const odd = { ...debates[0]!, article: '=1+1,"quoted"\nline' };
    expect(debatesCsv([odd])).toContain(`"'=1+1,""quoted""\nline"`);
  });
});

describe('the JUnit report', () => {
  const parsed = parseFailIf('grounding < 0.95', arms);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const conditions = checkCondition(parsed.value, result);
  const xml = junitXml(
    { ...result, title: 'A <b> & "c"\u0007' },
    conditions,
    compareWithBaseline(result, result),
  );
  const { document } = parseHTML(xml);

  it('counts the conditions that failed', () => {
    expect(document.querySelector('testsuites')?.getAttribute('failures')).toBe('2');
    expect(document.querySelectorAll('testsuite[name="fail-if"] failure')).toHaveLength(2);
    expect(document.querySelectorAll('testsuite[name="baseline"] failure')).toHaveLength(0);
  });

  it('holds every verdict in words', () => {
    expect(document.querySelector('testsuite[name="verdicts"] system-out')?.textContent).toContain(
      'steelman is better than plain',
    );
  });

  it('escapes names and drops what XML cannot hold', () => {
    expect(xml).toContain('name="A &lt;b&gt; &amp; &quot;c&quot;\ufffd"');
  });
});
