import type { Comparison } from './comparison.ts';
import type { DebateMeasures } from './measures.ts';

type Field = string | number | boolean | null;

/** One row a pair and measure, with every number of the result; RFC 4180. */
export function contrastsCsv(result: Comparison): string {
  const rows = result.pairs.flatMap((pair) =>
    pair.contrasts.map(
      (each): Record<string, Field> => ({
        a: pair.a,
        b: pair.b,
        measure: each.measure,
        role: each.role,
        articles: each.byArticle.length,
        cells: each.cells,
        missing_cells: each.missingCells,
        difference: each.difference,
        standard_error: each.standardError,
        low: each.interval?.low ?? null,
        high: each.interval?.high ?? null,
        t_test_p: each.tTestP,
        bootstrap_low: each.bootstrap?.low ?? null,
        bootstrap_high: each.bootstrap?.high ?? null,
        sign_flip_p: each.signFlip?.p ?? null,
        adjusted_p: each.adjustedP,
        better: each.better && pair[each.better],
        margin: each.noWorse?.a.margin ?? null,
        a_no_worse_p: each.noWorse?.a.adjustedP ?? null,
        b_no_worse_p: each.noWorse?.b.adjustedP ?? null,
        detectable: each.detectable,
        needed_articles: each.needed?.articles ?? null,
        needed_usd: each.needed?.costUsd ?? null,
        finding: pair.finding,
        winner: pair.winner,
        simulated: result.caveat !== '',
      }),
    ),
  );
  return csv(rows);
}

/** One row a debate: what the comparison was computed from. */
export function debatesCsv(debates: readonly DebateMeasures[]): string {
  return csv(
    debates.map((debate) => ({
      debate: debate.debate,
      arm: debate.arm,
      article: debate.article,
      cell: debate.cell,
      converged: debate.converged,
      rounds: debate.rounds,
      principals: debate.principals,
      grounding: debate.grounding,
      fidelity: debate.fidelity,
      hollow: debate.hollow,
      facts_kept: debate.factsKept ?? null,
      facts_shared: debate.factsShared ?? null,
      cost_usd: debate.costUsd,
      aborted: debate.aborted,
      failed: debate.failed ?? null,
      refusals: debate.refusals?.length ?? 0,
      simulated: debate.simulated,
    })),
  );
}

function csv(rows: readonly Record<string, Field>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))];
  return lines.map((fields) => `${fields.map(quoted).join(',')}\r\n`).join('');
}

function quoted(field: Field): string {
  if (field === null) return '';
  if (typeof field !== 'string') return String(field);
  // A spreadsheet runs a text that begins like a formula; the apostrophe keeps it text.
  const safe = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
