import { openOrThrow, type RunBatchOptions, requestOf, startBatch } from '../batch/run-batch.ts';
import { ParleyError } from '../debate/outcome.ts';
import type { Proof } from './admission.ts';
import type { SplitSizes } from './lineage.ts';
import { openEvolution } from './open-evolution.ts';
import { type EvolutionResult, type RunEvolutionOptions, runEvolution } from './run-evolution.ts';
import type { RunStage } from './stages.ts';

/** What a program asks for that has a strategy rewritten under proof. */
export interface EvolveOptions
  extends Pick<
    RunBatchOptions,
    | 'plan'
    | 'model'
    | 'roles'
    | 'timeout'
    | 'environment'
    | 'baseUrl'
    | 'price'
    | 'budgetUsd'
    | 'budgetTokens'
    | 'retryFailed'
    | 'limits'
    | 'signal'
  > {
  /** Id of a strategy, or the path of a strategy file. */
  strategy: string;
  /** 3 by default. */
  generations?: number;
  /** Children of each generation; 2 by default. */
  children?: number;
  /** How many articles to breed on, to test on and to seal; a fifth, the rest and three tenths by default. */
  split?: SplitSizes;
  /** Test articles between two looks at the evidence; a fifth of them by default. */
  look?: number;
  /** What a child must refute; `alike` by default. */
  proof?: Proof;
  /** Model spec of the one that rewrites; that of the plan's first arm by default. */
  rewriter?: string;
  /** Where everything is kept; a name of its own below `evolutions` by default. The same evolution goes on where it stopped. */
  folder?: string;
  /** Called at every step, with everything so far and the US dollars used, which are null where a price is unknown. */
  onStage?: RunEvolutionOptions['onStage'];
}

/**
 * Has a model rewrite a strategy, admits only what a test shows to be better, and resolves with what it came to. Throws a
 * ParleyError where something given does not fit, or no child could ever be admitted, before any call is made.
 */
export async function evolveStrategy(options: EvolveOptions): Promise<EvolutionResult> {
  const { strategy, generations = 3, children = 2, split, look, proof = 'alike', rewriter, folder } = options;
  const { signal = new AbortController().signal, onStage } = options;
  const batch = requestOf(options);
  const open = openOrThrow(
    await openEvolution({
      ...{ strategy, generations, children, proof, batch },
      ...{ sizes: split ?? null, lookEvery: look ?? null, rewriter: rewriter ?? null },
      ...{
        budgetUsd: options.budgetUsd ?? null,
        budgetTokens: options.budgetTokens ?? null,
        folder: folder ?? null,
      },
    }),
  );
  const run: RunStage = async (stage, { retryFailed }) => {
    const { limits } = batch;
    const started = await startBatch(stage, { limits, retryFailed, cache: null, jobsPollMs: null });
    const stop = () => started.stop('The program that runs the evolution stopped it.');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      return { state: await started.run(), isInterrupted: signal.aborted };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
  const ran = await runEvolution(open, { run, signal, ...(onStage ? { onStage } : {}) });
  if (!ran.ok) throw new ParleyError(ran.failure.reason, ran.failure.message);
  return ran.value;
}
