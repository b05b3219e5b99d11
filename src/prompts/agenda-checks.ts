import { z } from 'zod';
import { type Agenda, issueSchema } from '../debate/agenda.ts';
import type { FileReport } from '../source/source-fault.ts';
import type { YamlSource } from '../source/yaml-source.ts';
import { orKnown } from '../text/near-names.ts';

/** An agenda as files write it: an issue that rests on no passage may leave the list out. */
export const writtenAgendaSchema = z
  .array(issueSchema.extend({ passages: issueSchema.shape.passages.default([]) }))
  .min(1)
  .max(12);

/** How far the weights may be from 1 together; room for thirds written with a few digits is not meant. */
const weightTolerance = 1e-6;

export function checkWeights(agenda: Agenda, source: YamlSource, report: FileReport): void {
  const sum = agenda.reduce((total, issue) => total + issue.weight, 0);
  if (Math.abs(sum - 1) > weightTolerance) {
    report.fault(
      source.lineOf(['agenda']),
      `the weights sum to ${Number(sum.toFixed(6))}, and must sum to 1`,
    );
  }
}

/** Ids that stand twice under a key. */
export function checkDoubles(
  ids: readonly string[] | null,
  key: string,
  message: (id: string) => string,
  source: YamlSource,
  report: FileReport,
): void {
  for (const [index, id] of (ids ?? []).entries()) {
    if (ids?.indexOf(id) !== index) report.fault(source.lineOf([key, index]), message(id));
  }
}

/** Reports an issue id that is not on the agenda. */
export function checkIssue(issue: string, agenda: readonly string[], line: number, report: FileReport): void {
  if (!agenda.includes(issue)) report.fault(line, `"${issue}" is not on the agenda${orKnown(issue, agenda)}`);
}
