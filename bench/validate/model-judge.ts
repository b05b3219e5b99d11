import { join } from 'node:path';
import { judgeReplyFormat } from '../../src/convergence/judge-reply.ts';
import { seededInteger } from '../../src/debate/seeded-random.ts';
import { callModel } from '../../src/models/call-model.ts';
import { createModel } from '../../src/models/create-models.ts';
import { parseModelSpec } from '../../src/models/model-spec.ts';
import { loadPrompts } from '../../src/prompts/load-prompts.ts';
import { renderReadingOf } from '../../src/prompts/render-reading.ts';
import type { JsonContext } from '../../src/run/call.ts';
import { systemClock } from '../../src/run/system-clock.ts';
import type { Judge } from './read-transcript.ts';

/** Rounds that the prompt announces. */
const mostRounds = 4;

/** What a call of the judge needs: the model and the very prompts of a debate. Throws with a message for a person where it cannot be made. */
export async function judgeContext(spec: string, baseUrl: string | undefined): Promise<JsonContext> {
  const parsed = parseModelSpec(spec);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const made = createModel(parsed.value, { environment: process.env, ...(baseUrl ? { baseUrl } : {}) });
  if (!made.ok) throw new Error(made.failure.message);
  const promptRoot = join(import.meta.dirname, '../../prompts');
  const prompts = await loadPrompts({ promptRoot, scenario: 'us-dprk-talks', strategy: 'plain' });
  if (!prompts.ok) throw new Error(prompts.failure.message);
  return {
    prompts: prompts.value,
    modelOf: () => made.value,
    clock: systemClock,
    jitter: Math.random,
    signal: new AbortController().signal,
    notify: () => {},
  };
}

/** A language model as judge, asked with the very prompts of a debate. Throws with a message for a person where it cannot be made or called. */
export async function modelJudge(spec: string, baseUrl: string | undefined): Promise<Judge> {
  const { prompts, modelOf } = await judgeContext(spec, baseUrl);
  const model = modelOf('judge');
  return {
    name: model.simulated ? `${spec} (no language model: this run proves plumbing only)` : spec,
    async reply(view) {
      const { domain, speeches, cast } = view.source;
      const round = speeches.at(-1)?.round ?? 1;
      const record = { agenda: domain.agenda, cast, speeches, round, rounds: mostRounds };
      const request = {
        messages: renderReadingOf(prompts, record, view.plan),
        maxOutputTokens: 4000,
        temperature: null,
        seed: seededInteger('validate', view.plan.sample, speeches.length),
        reply: judgeReplyFormat(view.plan),
      };
      const context = { signal: new AbortController().signal, clock: systemClock, random: Math.random };
      for await (const part of callModel(model, request, context)) {
        if (part.type === 'finished') return part.text;
        if (part.type === 'failed') throw new Error(part.message);
      }
      throw new Error(`${spec} gave no reply`);
    },
  };
}
