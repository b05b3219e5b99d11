import type { Debate } from '../debate/debate.ts';
import type { DebateMeasures } from './debate-measures.ts';
import { type ReportedDebate, reportedDebate } from './reported-debate.ts';

/** Debates whose speeches go into the page, in whole cells from the first on; 24 turns are about 20 kB. */
export const mostReadDebates = 120;

/** Debates for the page, as they are read one after another. */
export interface ReportShelf {
  add(debate: Debate, measures: DebateMeasures, files: ReadonlyMap<string, string>): void;
  readonly debates: readonly ReportedDebate[];
}

/**
 * Keeps of every debate only what the page will show of it, so that a large comparison stays small in memory: speeches
 * of the first cells, prompts of the first debate of every arm, and one copy of a cast and an agenda for all who share them.
 * Debates must come cell by cell.
 */
export function createReportShelf(mostRead = mostReadDebates): ReportShelf {
  const debates: ReportedDebate[] = [];
  const arms = new Set<string>();
  const shared = new Map<string, object>();
  let read = 0;
  let lastRead: string | null = null;
  const once = <Value extends object>(value: Value): Value => {
    const key = JSON.stringify(value);
    const known = shared.get(key);
    if (known) return known as Value;
    shared.set(key, value);
    return value;
  };
  return {
    debates,
    add(debate, measures, files) {
      const isRead = read < mostRead || measures.cell === lastRead;
      const isFirstOfArm = !arms.has(measures.arm);
      const reported = reportedDebate(debate, measures, isFirstOfArm ? files : new Map());
      debates.push({
        ...reported,
        models: once(reported.models),
        issues: once(reported.issues),
        speakers: once(reported.speakers),
        turns: isRead ? reported.turns : [],
      });
      arms.add(measures.arm);
      if (!isRead) return;
      read += 1;
      lastRead = measures.cell;
    },
  };
}
