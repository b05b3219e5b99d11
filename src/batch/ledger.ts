import type { Settings } from '../debate/setup.ts';
import type { JournalStore } from '../journal/types.ts';
import { manifestEntries } from '../run/catalogue/manifest.ts';
import type { RunSummary } from '../run/catalogue/run-summary.ts';
import { journalBytes, summaryFromJournal } from '../run/catalogue/stored-run.ts';
import { expandPlan, type Fingerprints } from './expand-plan.ts';
import type { Plan } from './plan.ts';

/** How a debate of a plan stands. A debate that is not in the ledger is still to be run. */
export type LedgerEntry =
  | { state: 'done' | 'unfinished'; summary: RunSummary }
  /** `summary` is null where the journal cannot be read. */
  | { state: 'failed'; summary: RunSummary | null; why: string }
  /** Its run was made, and then killed before the first event. */
  | { state: 'empty' };

export type Ledger = Map<string, LedgerEntry>;

/** Where every debate of a plan stands: from the manifest as far as it is fresh, from the journals elsewhere. */
export async function readLedger(
  plan: Plan,
  { store, place, fingerprints }: { store: JournalStore; place: string; fingerprints: Fingerprints },
): Promise<Ledger> {
  const known = new Map<string, { summary: RunSummary | null; bytes: number }>();
  for await (const { debate, summary, bytes } of manifestEntries(place))
    known.set(debate, { summary, bytes });
  const ledger: Ledger = new Map();
  for (const { debates } of expandPlan(plan, fingerprints)) {
    for (const { id } of debates) {
      const bytes = journalBytes(store.place, id);
      if (bytes === null) continue;
      const before = known.get(id);
      const isFresh = before?.summary && before.bytes === bytes;
      ledger.set(id, isFresh ? entryFor(before.summary as RunSummary, plan.settings) : await readEntry(id));
    }
  }
  return ledger;

  async function readEntry(id: string): Promise<LedgerEntry> {
    const read = await summaryFromJournal(store, id);
    if (!read.ok) return { state: 'failed', summary: null, why: read.failure.message };
    return read.value ? entryFor(read.value, plan.settings) : { state: 'empty' };
  }
}

/** How a debate stands by its summary. */
export function entryFor(summary: RunSummary, settings: Settings): LedgerEntry {
  switch (summary.ending) {
    case 'failed':
      return { state: 'failed', summary, why: summary.detail };
    case 'stopped':
    case null:
      return { state: 'unfinished', summary };
    case 'budget':
      return { state: isSpent(summary, settings) ? 'done' : 'unfinished', summary };
    default:
      return { state: 'done', summary };
  }
}

/** A debate that used up its own budget is done until the plan gives it more. */
function isSpent(summary: RunSummary, { budgetUsd, budgetTokens }: Settings): boolean {
  const tokens = summary.inputTokens + summary.outputTokens;
  return (
    (budgetUsd !== null && summary.costUsd >= budgetUsd) || (budgetTokens !== null && tokens >= budgetTokens)
  );
}
