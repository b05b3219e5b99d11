import type { PlannedCell } from '../batch/expand-plan.ts';
import { fold } from '../debate/debate.ts';
import type { JournalStore } from '../journal/types.ts';
import type { DebateMeasures } from './debate-measures.ts';
import { measureDebate } from './measure-debate.ts';
import { createReportShelf } from './report-shelf.ts';
import type { ReportedDebate } from './reported-debate.ts';

export interface MeasuredCells {
  debates: DebateMeasures[];
  /** What the page shows of them; empty where it was not asked for. */
  reported: readonly ReportedDebate[];
  /** Debates that are stored and cannot be read, and why. */
  unreadable: { debate: string; message: string }[];
  /** Debates left out because people wrote some of their speeches. */
  withPeople: string[];
}

export interface MeasuringChoices {
  /** Is everything kept that the page shows? */
  isReported: boolean;
  /** True measures debates in which people wrote speeches too. */
  people?: boolean;
}

/** Measures what is stored of planned debates; those not begun are left out. */
export async function measureCells(
  cells: Iterable<PlannedCell>,
  store: JournalStore,
  { isReported, people = false }: MeasuringChoices,
): Promise<MeasuredCells> {
  const shelf = createReportShelf();
  const measured: MeasuredCells = { debates: [], reported: shelf.debates, unreadable: [], withPeople: [] };
  for (const cell of cells) {
    for (const { id, arm } of cell.debates) {
      const stored = await store.read(id);
      if (!stored.ok) {
        if (stored.failure.reason !== 'not-found') {
          measured.unreadable.push({ debate: id, message: stored.failure.message });
        }
        continue;
      }
      const debate = fold(stored.value.events);
      if (!debate) continue;
      const measures = measureDebate(debate, { arm: arm.id, article: cell.articleUnit, cell: cell.id });
      if (measures.people && !people) {
        measured.withPeople.push(id);
        continue;
      }
      measured.debates.push(measures);
      if (isReported) shelf.add(debate, measures, stored.value.files);
    }
  }
  return measured;
}
