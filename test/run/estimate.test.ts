import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createModels } from '../../src/models/create-models.ts';
import { withExtras } from '../../src/prompts/load-extras.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { estimateDebate } from '../../src/run/estimate.ts';
import { defaultSettings } from '../../src/run/prepare.ts';
import { held } from './debates.ts';

const prompts = await loadPrompts({
  promptRoot: resolve('prompts'),
  scenario: 'us-dprk-talks',
  strategy: 'plain',
});
if (!prompts.ok) throw new Error(prompts.failure.message);
const price = { input: 1, cachedInput: 1, output: 10 };
const environment = { OPENAI_API_KEY: 'sk-for-nothing' };
const models = createModels({ provider: 'openai', name: 'any' }, new Map(), { environment, price });
if (!models.ok) throw new Error(models.failure.message);
const modelOf = models.value;

describe('the estimate of a debate', () => {
  test('has the calls that the debate then makes, and its tokens within a quarter', async () => {
    const settings = { ...defaultSettings, rounds: 3, stopEarly: false };
    const estimate = await estimateDebate(prompts.value, { modelOf }, settings);
    const { debate } = await held({ rounds: 3, stopEarly: false });
    expect(estimate.calls).toBe(debate.totals.calls);
    expect(estimate.inputTokens / debate.totals.inputTokens).toBeGreaterThan(0.75);
    expect(estimate.inputTokens / debate.totals.inputTokens).toBeLessThan(1.25);
  });

  test.each([
    ['a poll', { control: null, poll: true }],
    ['a control that steers nobody', { control: 'no-debate' as const, poll: false }],
  ])('has the calls of %s', async (_, extras) => {
    const extended = withExtras(prompts.value, extras, resolve('prompts'));
    if (!extended.ok) throw new Error(extended.failure.message);
    const estimate = await estimateDebate(extended.value, { modelOf }, { ...defaultSettings, rounds: 2 });
    const { control, poll } = extras;
    const { debate } = await held({ rounds: 2, poll, ...(control ? { control } : {}) });
    expect(estimate.calls).toBe(debate.totals.calls);
    expect(estimate.inputTokens / debate.totals.inputTokens).toBeGreaterThan(0.75);
    expect(estimate.inputTokens / debate.totals.inputTokens).toBeLessThan(1.25);
  });

  test('prices input and output apart', async () => {
    const { inputTokens, outputTokens, costUsd } = await estimateDebate(
      prompts.value,
      { modelOf },
      defaultSettings,
    );
    expect(costUsd).toBeCloseTo((inputTokens * price.input + outputTokens * price.output) / 1e6, 6);
  });

  test('names no cost where a price is unknown', async () => {
    const unpriced = (role: string) => ({ ...modelOf(role), price: null });
    expect((await estimateDebate(prompts.value, { modelOf: unpriced }, defaultSettings)).costUsd).toBeNull();
  });
});
