import type { FileReport } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';

/** Reports an issue id that is not on the agenda. */
export function checkIssue(issue: string, agenda: readonly string[], line: number, report: FileReport): void {
  if (!agenda.includes(issue)) report.fault(line, `"${issue}" is not on the agenda${orKnown(issue, agenda)}`);
}
