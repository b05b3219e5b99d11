import type { FileReport } from './faults.ts';
import { orKnown } from './nearest.ts';

/** Reports an issue id that is not on the agenda. */
export function checkIssue(issue: string, agenda: readonly string[], line: number, report: FileReport): void {
  if (!agenda.includes(issue)) report.fault(line, `"${issue}" is not on the agenda${orKnown(issue, agenda)}`);
}
