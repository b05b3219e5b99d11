import type { DebateEvent } from '../debate/events.ts';
import { escapedJson } from '../text/json-in-text.ts';
import { debatePage } from './html/debate-page.ts';
import { debateMarkdown } from './markdown/debate-markdown.ts';
import { type DebateReport, type ReportChoices, reportOf } from './model/debate-report.ts';
import { reportValue } from './report-json.ts';

export type ReportFormat = 'md' | 'html' | 'json';

const renderers: Record<ReportFormat, (report: DebateReport) => string> = {
  md: debateMarkdown,
  html: (report) => debatePage(report),
  json: (report) => `${escapedJson(reportValue(report))}\n`,
};

/** A debate as one document, from its events and what was asked of why its speakers moved; null where it holds none yet. */
export function renderReport(
  events: readonly DebateEvent[],
  { format, ...choices }: ReportChoices & { format: ReportFormat },
): string | null {
  const report = reportOf(events, choices);
  return report && renderers[format](report);
}
