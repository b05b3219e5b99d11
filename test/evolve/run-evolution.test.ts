import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withHandles } from '../../src/batch/plan-models.ts';
import { startBatch } from '../../src/batch/run-batch.ts';
import { evolveStrategy } from '../../src/evolve/evolve-strategy.ts';
import { type EvolutionRequest, type OpenEvolution, openEvolution } from '../../src/evolve/open-evolution.ts';
import { runEvolution } from '../../src/evolve/run-evolution.ts';
import type { RunStage } from '../../src/evolve/stages.ts';
import { listRuns } from '../../src/index.ts';
import type { ModelHandle } from '../../src/models/types.ts';
import { temporaryFolder } from '../journal/temporary-store.ts';

/** Fifteen articles, each with a word of its own that no other text holds. */
const marks = Array.from({ length: 15 }, (_, index) => `Zq${String.fromCharCode(97 + index)}marrow`);

async function requestIn(folder: string, over: Partial<EvolutionRequest> = {}): Promise<EvolutionRequest> {
  await mkdir(join(folder, 'articles'), { recursive: true });
  const text =
    (await readFile(resolve('examples/articles/seals-of-wax.md'), 'utf8')).split('\n---\n')[1] ?? '';
  for (const [index, mark] of marks.entries()) {
    const article = `---\ntitle: "On ${mark}"\nsource: made up\ndate: ""\nlicence: MIT\n---\n${text.replaceAll('Drennick', mark)}`;
    await writeFile(join(folder, `articles/${index}.md`), article);
  }
  const plan = [
    'model: simulator',
    'seedPer: arm',
    'arms: [{ id: plain, strategy: plain }]',
    `scenarios: [${resolve('test/fixtures/scenarios/harbour-water')}]`,
    `articles: [${marks.map((_, index) => `articles/${index}.md`).join(', ')}]`,
    'debate: { rounds: 1, judgeSamples: 1 }',
    'compare: { primary: [grounding], guards: [] }',
  ];
  await writeFile(join(folder, 'plan.yaml'), plan.join('\n'));
  return {
    ...{
      strategy: 'plain',
      generations: 1,
      children: 1,
      sizes: null,
      lookEvery: 4,
      rewriter: null,
      proof: 'alike',
      budgetUsd: 1,
    },
    folder: join(folder, 'evolution'),
    batch: {
      ...{ file: join(folder, 'plan.yaml'), model: null, stdin: process.stdin, retryFailed: false },
      limits: { mostCalls: 64, requestsPerMinute: null, tokensPerMinute: null },
      settings: { environment: {} },
    },
    ...over,
  };
}

async function opened(request: EvolutionRequest): Promise<OpenEvolution> {
  const open = await openEvolution(request);
  if (!open.ok) throw new Error(open.failure.message);
  return open.value;
}

const runStage: RunStage = async (open, { retryFailed }) => {
  const limits = { mostCalls: 64, requestsPerMinute: null, tokensPerMinute: null };
  const batch = await startBatch(open, { limits, retryFailed, cache: null, jobsPollMs: null });
  return { state: await batch.run(), isInterrupted: false };
};

/** The same model, whose prompts are kept. */
function overheard(model: ModelHandle, prompts: string[]): ModelHandle {
  return {
    ...model,
    async chatModel(...given) {
      const own = await model.chatModel(...given);
      return {
        async stream(messages, options) {
          prompts.push(messages.map(({ content }) => content).join('\n'));
          return own.stream(messages, options);
        },
      };
    },
  };
}

const noSignal = () => new AbortController().signal;

describe('an evolution of real debates on the simulator', () => {
  it('leaves lineage, files, diffs and a sentence in its folder, and shows no test or sealed article to the rewriter', async () => {
    const folder = await temporaryFolder();
    const open = await opened(await requestIn(folder));
    const prompts: string[] = [];
    const ran = await runEvolution(
      { ...open, rewriter: overheard(open.rewriter, prompts) },
      { run: runStage, signal: noSignal() },
    );
    if (!ran.ok) throw new Error(ran.failure.message);
    const { lineage, stop, sentence } = ran.value;
    expect(stop).toBeNull();
    expect(lineage.strains.get('plain-1a')?.state).toMatch(/^(admitted|not-shown)$/);
    expect(sentence).toMatch(/^Nothing better found|plain-1a/);
    const at = (path: string) => readFile(join(folder, 'evolution', path), 'utf8');
    expect(await at('strategies/plain-1a.md')).toContain('id: plain-1a');
    expect(await at('diffs/plain-1a.diff')).toMatch(/^[+-](?!\+\+|--)/m);
    expect(await at('best.md')).toContain(`id: ${lineage.champion}`);
    expect(JSON.parse(await at('result.json'))).toMatchObject({ sentence, champion: lineage.champion });

    const request = await requestIn(folder);
    expect(await openEvolution({ ...request, strategy: 'steelman' })).toMatchObject({
      failure: { reason: 'other-evolution' },
    });
    const { breed, test, sealed } = open.design.split;
    expect([breed.length, test.length, sealed.length]).toEqual([2, 7, 6]);
    const markOf = (article: string) => marks[Number(/(\d+)\.md/.exec(article)?.[1])] as string;
    expect(prompts).toHaveLength(1);
    for (const article of breed) expect(prompts[0]).toContain(markOf(article));
    for (const article of [...test, ...sealed]) expect(prompts[0]).not.toContain(markOf(article));
    // Nothing was claimed, so that no debate on a sealed article was run.
    const runs = (await readdir(join(folder, 'evolution/runs'), { recursive: true })).filter((path) =>
      path.endsWith('journal.jsonl'),
    );
    const journals = await Promise.all(runs.map((path) => at(`runs/${path}`)));
    expect(journals.length).toBeGreaterThan(4);
    for (const article of sealed)
      for (const journal of journals) expect(journal).not.toContain(markOf(article));
  });

  it('goes on after it was stopped, and comes to the same as if it had not been', async () => {
    const [one, other] = [await temporaryFolder(), await temporaryFolder()];
    const {
      batch,
      sizes: _sizes,
      budgetUsd: _budget,
      budgetTokens: _tokens,
      lookEvery,
      ...asked
    } = await requestIn(one);
    const whole = await evolveStrategy({
      ...asked,
      ...{
        plan: batch.file,
        look: lookEvery as number,
        rewriter: 'simulator',
        folder: join(one, 'evolution'),
      },
    });
    let stages = 0;
    const stopping: RunStage = async (open, how) => {
      const { state } = await runStage(open, how);
      return { state, isInterrupted: ++stages % 2 === 1 };
    };
    let last = await runEvolution(await opened(await requestIn(other)), {
      run: stopping,
      signal: noSignal(),
    });
    expect(last.ok && last.value.stop?.reason).toBe('stopped');
    for (let run = 0; run < 6 && last.ok && last.value.stop; run++) {
      last = await runEvolution(await opened(await requestIn(other)), { run: stopping, signal: noSignal() });
    }
    if (!last.ok) throw new Error('it could not be run');
    expect(stages).toBeGreaterThan(1);
    const judged = (result: typeof whole) =>
      [...result.lineage.strains.values()].map(({ id, text, judged: of }) => ({
        id,
        text,
        evidence: of?.evidence,
      }));
    expect(last.value.stop).toBeNull();
    expect(judged(last.value)).toEqual(judged(whole));
  });

  it('refuses before anything is spent where no child could ever be admitted, and says what it would take', async () => {
    const folder = await temporaryFolder();
    const request = await requestIn(folder);
    await writeFile(
      join(folder, 'plan.yaml'),
      (await readFile(join(folder, 'plan.yaml'), 'utf8')).replace('guards: []', 'guards: [fidelity]'),
    );
    const open = await openEvolution(request);
    expect(open).toMatchObject({
      ok: false,
      failure: { reason: 'too-few-articles' },
      fewest: [{ measure: 'fidelity', asks: 'kept', articles: 79 }],
    });
    await expect(readdir(join(folder, 'evolution'))).rejects.toThrow();
  });

  it('keeps its budget: what the claim takes is left over, and nothing is begun beyond the rest', async () => {
    const folder = await temporaryFolder();
    const request = await requestIn(folder);
    const { claimTokens } = await opened(request);
    expect(claimTokens).toBeGreaterThan(0);
    const budgetTokens = Math.round(claimTokens * 1.35);
    const ran = await runEvolution(await opened({ ...request, budgetTokens }), {
      run: runStage,
      signal: noSignal(),
    });
    if (!ran.ok) throw new Error(ran.failure.message);
    expect(ran.value.stop?.reason).toBe('budget');
    let used = 0;
    for await (const run of listRuns({ transcripts: join(folder, 'evolution', 'runs') })) {
      if (run.ok && run.summary) used += run.summary.inputTokens + run.summary.outputTokens;
    }
    expect(used).toBeGreaterThan(0);
    expect(used).toBeLessThan(budgetTokens - claimTokens * 0.9);
    const more = await runEvolution(await opened({ ...request, budgetTokens: 1000 * claimTokens }), {
      run: runStage,
      signal: noSignal(),
    });
    expect(more.ok && more.value.stop).toBeNull();
  });

  it('tries a debate that failed once more, and stops where most of them fail', async () => {
    const folder = await temporaryFolder();
    const open = await opened(await requestIn(folder));
    let passes = 0;
    const failing: RunStage = async (stage, how) => {
      passes += 1;
      const broken = (model: ModelHandle): ModelHandle => ({
        ...model,
        chatModel: async () => ({
          async stream() {
            throw Object.assign(new Error('no such thing'), { status: 400 });
          },
        }),
      });
      const { models, plan } = stage;
      const handles = new Map([...models.handles].map(([spec, model]) => [spec, broken(model)]));
      return runStage({ ...stage, models: withHandles(plan, handles) }, how);
    };
    const ran = await runEvolution(open, { run: failing, signal: noSignal() });
    if (!ran.ok) throw new Error(ran.failure.message);
    expect(passes).toBe(2);
    expect(ran.value.stop).toMatchObject({
      ...{ reason: 'failed', message: expect.stringMatching(/^2 of 2 debates failed\. The first, /) },
    });
    expect(ran.value.lineage.tested).toBe(0);
  });
});
