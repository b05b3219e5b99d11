import type { DebateEvent } from '../debate/events.ts';
import { escapedJson } from '../text/json-in-text.ts';
import { debatePage } from './html/debate-page.ts';
import { debateMarkdown } from './markdown/debate-markdown.ts';
import { type DebateReport, reportOf } from './model/debate-report.ts';
import { reportValue } from './report-json.ts';

export type ReportFormat = 'md' | 'html' | 'json';

const renderers: Record<ReportFormat, (report: DebateReport) => string> = {
  md: debateMarkdown,
  html: debatePage,
  json: (report) => `${escapedJson(reportValue(report))}\n`,
};

/** A debate as one document, from its events alone; null where it holds none yet. */
export function renderReport(
  events: readonly DebateEvent[],
  { format, notes }: { format: ReportFormat; notes: boolean },
): string | null {
  const report = reportOf(events, { notes });
  return report && renderers[format](report);
}
