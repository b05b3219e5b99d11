import type { ExportInput } from '../../src/dataset/export-dataset.ts';
import { defaultFilters } from '../../src/dataset/filters.ts';

/** What `parley export --include-simulated` asks for; tests and the benchmark change what they are about. */
export function exportRequest(wanted: ExportInput): ExportInput {
  return { filters: { ...defaultFilters, includeSimulated: true }, version: '0.0.0', ...wanted };
}
