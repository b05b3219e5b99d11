import { setImmediate } from 'node:timers/promises';
import { languageByScript } from '../text/language.ts';
import type { DebateSource, LoadedDebate, Survey } from './debate-source.ts';
import { type Collected, collect } from './describe/summary.ts';
import type { ExportRequest } from './export-request.ts';
import { type RowContext, writeDebate, writePair } from './export-rows.ts';
import { countRemoved, debateFilter } from './filters.ts';
import { articleGroups } from './groups/article-groups.ts';
import { minHash, similarTexts } from './groups/similar-texts.ts';
import { type Family, familiesOf } from './pairs/families.ts';
import { pairsOfFamily, rankingRules } from './pairs/pair-of-family.ts';
import { type ExportedDebate, isShareable } from './row-provenance.ts';
import { speechFactsOf } from './speech-facts.ts';

type Placed = { loaded: LoadedDebate; exported: ExportedDebate; split: string };

/** Reads the debates one after another and writes their rows; stops early where it is aborted. */
export async function writeDebates(
  request: ExportRequest,
  source: DebateSource,
  survey: Survey,
  context: RowContext,
  collected: Collected,
): Promise<void> {
  const { counts, filters } = context;
  const placeOf = articleGroups(survey.articles, request.splits);
  const isSeen = duplicateFilter(filters.nearDuplicates);

  /** Counts what a filter removes only the first time a debate is met. */
  const place = async (run: string, isFirst: boolean): Promise<Placed | null> => {
    const loaded = await source.load(run);
    const why = loaded ? debateFilter(loaded.debate, loaded.set, filters) : 'damaged';
    const found = loaded && placeOf(loaded.debate.started.article.sha256, loaded.set.scenario.group);
    const removed = why ?? (found?.split ? null : 'split-conflict');
    if (removed && isFirst) countRemoved(counts, removed);
    if (!loaded || removed || !found?.split) return null;
    const { set, debate } = loaded;
    const isShared = isShareable(set, request.articles);
    const exported = {
      set,
      debate,
      speeches: speechFactsOf(debate, loaded.why),
      group: found.group,
      isShared,
    };
    return { loaded, exported, split: found.split };
  };

  for (const [index, run] of survey.runs.entries()) {
    if (request.signal.aborted) return;
    request.onProgress({ phase: 'writing', done: index, of: survey.runs.length });
    counts.debates += 1;
    const placed = await place(run, true);
    if (!placed) continue;
    const { loaded, exported, split } = placed;
    if (isSeen(exported)) {
      countRemoved(counts, 'near-duplicate');
      continue;
    }
    writeDebate(exported, loaded, split, context);
    collect(collected, exported, { group: exported.group, split, language: languageOf(loaded) });
    // Signals get their turn.
    if (index % 16 === 0) await setImmediate();
  }
  if (!context.formats.some((format) => format.of === 'pair')) return;
  const families = familiesOf(survey.descents);
  for (const [index, family] of families.entries()) {
    if (request.signal.aborted) return;
    request.onProgress({ phase: 'pairing', done: index, of: families.length });
    const members: Placed[] = [];
    for (const run of family.runs) {
      const placed = await place(run, false);
      if (placed) members.push(placed);
    }
    pairUp(members, family, request, context, collected);
  }
}

function pairUp(
  members: readonly Placed[],
  { turn }: Family,
  { rankBy, leastMargin }: ExportRequest,
  context: RowContext,
  collected: Collected,
): void {
  const [first] = members;
  if (!first || members.length < 2) return;
  const least = leastMargin ?? rankingRules[rankBy].leastMargin;
  const pairs = pairsOfFamily(
    members.map(({ exported }) => exported),
    turn,
    rankBy,
    least,
  );
  if (typeof pairs === 'string') {
    countRemoved(context.counts, pairs);
    return;
  }
  for (const pair of pairs) writePair(pair, rankBy, first.split, context);
  for (const { exported, split, loaded } of members) {
    collect(collected, exported, { group: exported.group, split, language: languageOf(loaded) });
  }
}

/** Tells whether a debate's speeches are like those of one before. */
/** English where no language is named and the letters tell none: the scenarios that come with parley are written in it. */
function languageOf({ debate, set }: LoadedDebate): string {
  const named = debate.started.language ?? set.scenario.language;
  return named ?? languageByScript(debate.turns.map(({ text }) => text).join('\n')) ?? 'en';
}

function duplicateFilter(threshold: number | null): (exported: ExportedDebate) => boolean {
  if (threshold === null) return () => false;
  const texts = similarTexts({ threshold, rows: threshold < 0.8 ? 4 : 8 });
  return ({ debate }) => {
    // A fork is like the debate it comes from up to its turn: what counts is what it said since.
    const forkedAt = debate.started.forkedFrom?.turn ?? 0;
    const speeches = debate.turns.filter(({ kind, turn }) => kind === 'speech' && turn >= forkedAt);
    const signature = minHash(speeches.map(({ text }) => text).join('\n'));
    if (texts.like(signature).length > 0) return true;
    texts.add(signature);
    return false;
  };
}
