import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { z } from 'zod';
import type { DebateMeasures } from '../compare/measures.ts';
import { measureOf } from '../compare/measures.ts';
import { plain } from '../compare/numbers-in-words.ts';
import { fold } from '../debate/debate.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { openFileStore } from '../journal/file-store.ts';
import type { JournalStore } from '../journal/types.ts';
import type { ShownDebate } from '../prompts/evolving.ts';
import { systemClock } from '../run/system-clock.ts';
import { listed } from '../text/wording.ts';
import { evolutionSentence } from './claim-sentence.ts';
import { holdFolder, putFile, runsIn, strategyPath } from './evolution-folder.ts';
import { evolve } from './evolution-loop.ts';
import { type Lineage, lineageOf, lineageVersion } from './lineage.ts';
import type { OpenEvolution } from './open-evolution.ts';
import { rewriteStrategy, shownDebate, weakestDebates } from './rewrite-strategy.ts';
import { createStages, type RunStage, type Stages } from './stages.ts';
import type { EvolutionWork, Stage, Stop } from './types.ts';

/** What an evolution came to. */
export interface EvolutionResult {
  /** Every strategy, with its parent, its test and whether it was admitted. */
  lineage: Lineage;
  /** Why it stopped early; null where all is done. */
  stop: Stop | null;
  /** What it came to, in one honest sentence or two. */
  sentence: string;
  /** The file of the best strategy shown. */
  bestFile: string;
  /** US dollars for everything so far; null where a price is unknown. */
  costUsd: number | null;
}

export interface RunEvolutionOptions {
  run: RunStage;
  signal: AbortSignal;
  onStage?(stage: Stage, lineage: Lineage, costUsd: number | null): void;
}

/** Runs an evolution on from where its folder stands, and leaves the best strategy and the result there. */
export async function runEvolution(
  open: OpenEvolution,
  { run, signal, onStage = () => {} }: RunEvolutionOptions,
): Promise<Outcome<EvolutionResult>> {
  const { folder, design, designHash, startFile, rewriter } = open;
  const held = await holdFolder(folder, {
    ...{ type: 'evolution-started', v: lineageVersion, at: systemClock.now(), start: design.start },
    ...{ design: designHash, split: design.split, rewriter: rewriter.spec, simulated: rewriter.simulated },
  });
  if (!held.ok) return held;
  const { log } = held.value;
  try {
    if (lineageOf(log.entries).claim && lineageOf(log.entries).generations < design.generations) {
      return failure(
        'claim-made',
        `The claim on the sealed articles of ${folder} was made; further generations could make none. Begin another evolution, with other articles sealed.`,
      );
    }
    await putFile(folder, `strategies/${design.start}.md`, startFile);
    let rewritingUsd = 0;
    const stages = await createStages(
      {
        ...{
          request: open.batch,
          arm: open.arm,
          controls: design.controls,
          budgetUsd: open.request.budgetUsd,
          budgetTokens: open.request.budgetTokens ?? null,
          run,
        },
        strategyOf: (strain) => strategyPath(folder, strain),
        rewritingUsd: () => rewritingUsd,
        rewritingTokens: () => lineageOf(log.entries).rewritingTokens,
      },
      openFileStore({ directory: runsIn(folder), clock: systemClock, isSharded: true }),
    );
    const costOf = (lineage: Lineage) =>
      lineage.rewritingUsd === null ? null : lineage.rewritingUsd + stages.debatesUsd();
    const seen = (stage: Stage, lineage: Lineage) => {
      rewritingUsd = lineage.rewritingUsd ?? 0;
      onStage(stage, lineage, costOf(lineage));
    };
    // Files that a kill kept from being written; the entries are the truth.
    for (const strain of lineageOf(log.entries).strains.values())
      await keepFiles(open, lineageOf(log.entries), strain.id);
    const { lineage, stop } = await evolve(design, workOf(open, stages, signal), log, seen);
    const sentence = evolutionSentence(lineage, design);
    await putFile(folder, 'best.md', fileOf(open, lineage, lineage.champion));
    const costUsd = costOf(lineage);
    const claim = lineage.claim && { isBetter: lineage.claim.isBetter, comparison: lineage.claim.comparison };
    const result = { champion: lineage.champion, sentence, stop, costUsd, claim };
    await putFile(folder, resultFile, `${JSON.stringify(result, null, 2)}\n`);
    return success({ lineage, stop, sentence, costUsd, bestFile: `${folder}/best.md` });
  } finally {
    await held.value.release();
  }
}

/** What an evolution has come to so far, as its folder holds it; runs nothing. Its cost is known once it has stopped by itself. */
export async function storedResult(open: OpenEvolution): Promise<EvolutionResult> {
  const { folder, entries, design } = open;
  const lineage = lineageOf(entries);
  const sentence = evolutionSentence(lineage, design);
  const costUsd = await storedCost(folder);
  return { lineage, stop: null, sentence, costUsd, bestFile: `${folder}/best.md` };
}

const resultFile = 'result.json';

/** What the stored result says that everything cost; null where it has none yet, as while it runs or after a kill. */
async function storedCost(folder: string): Promise<number | null> {
  try {
    const stored: unknown = JSON.parse(await readFile(join(folder, resultFile), 'utf8'));
    return z.looseObject({ costUsd: z.number().nullable() }).parse(stored).costUsd;
  } catch {
    return null;
  }
}

function workOf(open: OpenEvolution, stages: Stages, signal: AbortSignal): EvolutionWork {
  const { design, folder, claimUsd, claimTokens } = open;
  const claimTakes = { usd: claimUsd ?? 0, tokens: claimTokens };
  return {
    now: systemClock.now,
    async measure(strains, articles, purpose) {
      const reserved = purpose === 'claim' ? { usd: 0, tokens: 0 } : claimTakes;
      const { debates, stop } = await stages.measure({
        strains,
        articles,
        controls: design.controls,
        reserved,
      });
      return { debates, stop };
    },
    async write({ id, parent, lineage }) {
      const { breed } = design.split;
      const measured = await stages.measure({
        strains: [parent.id],
        articles: breed,
        controls: [],
        reserved: claimTakes,
      });
      if (measured.stop) return { type: 'stopped', ...measured.stop };
      if (signal.aborted)
        return { type: 'stopped', reason: 'stopped', message: 'Stopped. Everything is saved.' };
      const { budgetUsd } = open.request;
      const spent = stages.debatesUsd() + (lineage.rewritingUsd ?? 0);
      if (budgetUsd !== null && spent >= budgetUsd - (claimUsd ?? 0)) {
        return {
          type: 'stopped',
          reason: 'budget',
          message: 'What is left of the budget is kept for the claim.',
        };
      }
      const debates = await weakDebates(measured, parent.id, open);
      const written = await rewriteStrategy(
        {
          id,
          file: fileOf(open, lineage, parent.id),
          ...aimsInWords(open),
          debates,
          tried: triedOn(lineage, parent.id),
        },
        {
          ...{ prompts: open.prompts, shipped: open.shipped, seed: design.seed, model: open.rewriter },
          ...{ clock: systemClock, random: Math.random, signal },
        },
      );
      if (written.type === 'written')
        await putStrain(folder, {
          id,
          file: written.text,
          parent: fileOf(open, lineage, parent.id),
          parentId: parent.id,
        });
      return written;
    },
  };
}

/** Throws where a debate on another article than those to breed on would be shown. */
async function weakDebates(
  { debates, store }: { debates: readonly DebateMeasures[]; store: JournalStore | null },
  strain: string,
  { design }: OpenEvolution,
): Promise<ShownDebate[]> {
  const shown: ShownDebate[] = [];
  for (const weak of weakestDebates(debates, strain, design.aims)) {
    if (!design.split.breed.includes(weak.article)) throw new Error(`${weak.article} is not to be bred on`);
    const stored = await store?.read(weak.debate);
    const debate = stored?.ok ? fold(stored.value.events) : null;
    if (debate) shown.push(shownDebate(debate, weak, design.aims));
  }
  return shown;
}

function aimsInWords({ design: { aims } }: OpenEvolution): { aim: string; kept: string } {
  const aim = aims.primary.map((id) => {
    const measure = measureOf(id);
    return `${measure.title(aims.within)} (${measure.better} is better)`;
  });
  const kept = aims.guards.map((id) => {
    const measure = measureOf(id);
    return `${measure.title(aims.within)} (by less than ${plain(measure, aims.margins[id] ?? 0)})`;
  });
  return { aim: listed(aim), kept: kept.length === 0 ? 'nothing is watched besides' : listed(kept) };
}

/** What other children of the same strategy tried. That they were not admitted is all that is said about any test. */
function triedOn({ strains }: Lineage, parent: string): string[] {
  return [...strains.values()]
    .filter((strain) => strain.parent === parent && strain.state === 'not-shown')
    .map(({ reason }) => reason);
}

function fileOf({ startFile }: OpenEvolution, { strains }: Lineage, strain: string): string {
  return strains.get(strain)?.text || startFile;
}

async function keepFiles(open: OpenEvolution, lineage: Lineage, id: string): Promise<void> {
  const strain = lineage.strains.get(id);
  if (!strain?.text || strain.parent === null) return;
  const parent = fileOf(open, lineage, strain.parent);
  await putStrain(open.folder, { id, file: strain.text, parent, parentId: strain.parent });
}

async function putStrain(
  folder: string,
  { id, file, parent, parentId }: { id: string; file: string; parent: string; parentId: string },
): Promise<void> {
  await putFile(folder, `strategies/${id}.md`, file);
  await putFile(folder, `diffs/${id}.diff`, diffOf({ id, file, parent, parentId }));
}

/** What a child changed of its parent, as a unified diff. */
export function diffOf({
  id,
  file,
  parent,
  parentId,
}: {
  id: string;
  file: string;
  parent: string;
  parentId: string;
}): string {
  return createTwoFilesPatch(`${parentId}.md`, `${id}.md`, parent, file, undefined, undefined, {
    context: 2,
  });
}
