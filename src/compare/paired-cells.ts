import type { DebateMeasures, Measure } from './measures.ts';
import type { CellPair } from './statistics/paired-differences.ts';

/** Debates by arm, then by cell. */
export type DebatesByArm = ReadonlyMap<string, ReadonlyMap<string, DebateMeasures>>;

/** Throws where an arm ran a cell twice or a cell stands for two articles: a comparison of such debates would mean nothing. */
export function indexDebates(debates: readonly DebateMeasures[]): DebatesByArm {
  const byArm = new Map<string, Map<string, DebateMeasures>>();
  const articles = new Map<string, string>();
  for (const debate of debates) {
    const cells = byArm.get(debate.arm) ?? new Map<string, DebateMeasures>();
    byArm.set(debate.arm, cells);
    const twin = cells.get(debate.cell);
    if (twin) {
      throw new Error(
        `${twin.debate} and ${debate.debate} are both arm ${debate.arm} in cell ${debate.cell}`,
      );
    }
    const article = articles.get(debate.cell) ?? debate.article;
    if (article !== debate.article) {
      throw new Error(`cell ${debate.cell} stands for two articles, ${article} and ${debate.article}`);
    }
    articles.set(debate.cell, article);
    cells.set(debate.cell, debate);
  }
  return byArm;
}

/** The cells in which both arms gave a number of this measure, and how many of either arm's cells did not. */
export function pairedCells(
  byArm: DebatesByArm,
  arms: { a: string; b: string },
  measure: Measure,
  within: number,
): { pairs: CellPair[]; missing: number } {
  const ofA = byArm.get(arms.a) ?? new Map<string, DebateMeasures>();
  const ofB = byArm.get(arms.b) ?? new Map<string, DebateMeasures>();
  const cells = new Set([...ofA.keys(), ...ofB.keys()]);
  const pairs: CellPair[] = [];
  for (const cell of cells) {
    const one = ofA.get(cell);
    const other = ofB.get(cell);
    const a = one ? measure.of(one, within) : null;
    const b = other ? measure.of(other, within) : null;
    if (one && a !== null && b !== null) pairs.push({ article: one.article, cell, a, b });
  }
  return { pairs, missing: cells.size - pairs.length };
}
