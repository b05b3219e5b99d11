import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Debate } from '../../src/debate/debate.ts';
import { labelCases, labelOf, labelSummary, openLabels, readGivenLabels } from '../../src/score/labels.ts';
import { held } from '../run/debates.ts';

let debate: Debate;

beforeAll(async () => {
  ({ debate } = await held({ rounds: 2, seed: 4 }));
});

describe('quotes to label', () => {
  test('come once each, with their speech, and without what the judge read', () => {
    const cases = labelCases(debate, []);
    expect(cases.length).toBeGreaterThan(8);
    const keys = cases.map(({ speaker, issue, turn, quote }) => `${speaker} ${issue.id} ${turn} ${quote}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of cases) {
      expect(one.speech).toContain(one.quote.slice(0, 20));
      expect(one).not.toHaveProperty('position');
      expect(one).not.toHaveProperty('variance');
    }
  });

  test('come first where the samples of the judge disagree on an issue of weight', () => {
    const told = (speaker: string, issue: string, turn: number) => {
      const cells = debate.verdicts.flatMap((verdict) => verdict.cells);
      const cell = cells.findLast(
        (one) =>
          one.stand === 'position' && one.speaker === speaker && one.issue === issue && one.turn === turn,
      );
      const weight = debate.started.agenda.find(({ id }) => id === issue)?.weight ?? 0;
      return cell?.stand === 'position' ? Math.sqrt(cell.variance) * weight : 0;
    };
    const order = labelCases(debate, []).map(({ speaker, issue, turn }) => told(speaker, issue.id, turn));
    expect(order).toEqual(order.toSorted((one, other) => other - one));
    expect(order[0]).toBeGreaterThan(0);
  });

  test('the last label of a quote counts', () => {
    const [first] = labelCases(debate, []);
    if (!first) throw new Error('there is a quote');
    const labels = [labelOf(first, 1, 10), labelOf(first, null, 20)];
    expect(labelCases(debate, labels)[0]?.label?.position).toBeNull();
    expect(labelSummary(debate, labels)).toMatchObject({ labels: 1, noStand: 1, rootMeanSquare: null });
  });
});

test('labels that repeat the judge leave its C, and show no error', () => {
  const cells = debate.verdicts.at(-1)?.cells ?? [];
  const labels = labelCases(debate, []).flatMap((one) => {
    const cell = cells.find(
      (read) =>
        read.stand === 'position' &&
        read.speaker === one.speaker &&
        read.issue === one.issue.id &&
        read.quote === one.quote,
    );
    return cell?.stand === 'position' ? [labelOf(one, cell.position, 0)] : [];
  });
  const summary = labelSummary(debate, labels);
  expect(summary).toMatchObject({ rootMeanSquare: 0, bias: 0 });
  expect(summary.index?.value).toBeCloseTo(debate.verdicts.at(-1)?.convergence?.principals ?? Number.NaN, 12);
});

test('labels survive in a file of their own and are appended to', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-labels-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [first, second] = labelCases(debate, []);
  for (const one of [first, second]) {
    const file = openLabels(folder);
    if (!file.ok || !one) throw new Error('it opens');
    await file.value.append(labelOf(one, 2, 1));
    file.value.close();
  }
  const file = openLabels(folder);
  expect(file.ok && file.value.entries.map(({ quote }) => quote)).toEqual([first?.quote, second?.quote]);
});

describe('labels from a program', () => {
  test.each([
    ['not JSON', 'line 1 is not'],
    ['{"speaker":"dprk-negotiator","issue":"sequencing","turn":3,"position":7}', 'line 1 is not'],
    ['{"speaker":"nobody","issue":"sequencing","turn":3,"position":2}', 'no reading of nobody'],
  ])('%s is refused', (text, message) => {
    expect(readGivenLabels(text, labelCases(debate, []), 0)).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining(message) },
    });
  });

  test('are taken for the quote that the turn holds', () => {
    const cases = labelCases(debate, []);
    const [one] = cases;
    if (!one) throw new Error('there is a quote');
    const line = JSON.stringify({ speaker: one.speaker, issue: one.issue.id, turn: one.turn, position: 2.5 });
    expect(readGivenLabels(`\n${line}\n`, cases, 5)).toEqual({ ok: true, value: [labelOf(one, 2.5, 5)] });
  });
});
