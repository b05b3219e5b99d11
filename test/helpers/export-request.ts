import type { ExportRequest } from '../../src/dataset/export-request.ts';
import { defaultFilters } from '../../src/dataset/filters.ts';
import { defaultSplits } from '../../src/dataset/groups/splits.ts';
import { systemClock } from '../../src/run/system-clock.ts';

/** What `parley export --include-simulated` asks for; tests and the benchmark change what they are about. */
export function exportRequest(
  wanted: Pick<ExportRequest, 'store' | 'out'> & Partial<ExportRequest>,
): ExportRequest {
  return {
    runs: null,
    replace: false,
    formats: ['sft'],
    files: ['jsonl', 'parquet'],
    splits: defaultSplits,
    filters: { ...defaultFilters, includeSimulated: true },
    rankBy: 'grounding',
    leastMargin: null,
    foldSystem: false,
    notes: false,
    check: true,
    clock: systemClock,
    version: '0.0.0',
    onProgress: () => {},
    signal: new AbortController().signal,
    ...wanted,
  };
}
