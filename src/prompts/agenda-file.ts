import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { type Agenda, issueSchema } from '../debate/agenda.ts';
import { type CastMember, castMemberSchema } from '../debate/setup.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { normalised } from '../source/markdown-file.ts';
import {
  createFaultLog,
  type FileReport,
  inOrder,
  reportOn,
  type SourceFault,
} from '../source/source-fault.ts';
import { readYaml, type YamlSource } from '../source/yaml-source.ts';
import { identifierOf, shortName } from '../text/identifiers.ts';
import { orKnown } from '../text/near-names.ts';
import { readTextFile } from './text-file.ts';

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

/** Only a title and the wordings of the scale are needed: the rest follows from them. */
const briefIssueSchema = issueSchema
  .partial({ id: true, question: true, weight: true, passages: true })
  .transform(({ id, title, question, weight, anchors, passages = [] }) => ({
    ...{
      id: id ?? identifierOf(title, 'issue'),
      title,
      question: question ?? title,
      weight,
      anchors,
      passages,
    },
  }));

const speakerSchema = castMemberSchema
  .omit({ place: true, knows: true })
  .partial({ id: true, short: true, principal: true, redLines: true, opening: true })
  .transform(({ id, name, short, principal = false, redLines = [], opening = {}, aliases }) => ({
    ...{ id: id ?? identifierOf(name, 'speaker'), name, short: short ?? shortName(name) },
    ...{ principal, redLines, opening },
    ...(aliases === undefined ? {} : { aliases }),
  }));

const agendaFileSchema = z.strictObject({
  agenda: z
    .array(briefIssueSchema)
    .min(1)
    .max(12)
    .transform((issues, context) => {
      const given = issues.filter(({ weight }) => weight !== undefined);
      if (given.length > 0 && given.length < issues.length)
        context.addIssue({ code: 'custom', message: 'weigh every issue, or none: then all weigh the same' });
      return issues.map((issue) => ({ ...issue, weight: issue.weight ?? 1 / issues.length }));
    }),
  cast: z.array(speakerSchema).max(12).default([]),
});

interface AgendaFile {
  agenda: Agenda;
  /** Speakers whose red lines and openings are known; may be empty. */
  cast: CastMember[];
}

type ParsedAgenda = { ok: true; value: AgendaFile } | { ok: false; faults: SourceFault[] };

/** Reads an agenda that stands by itself: `agenda` as in a scenario.yaml, and `cast` if something is to be said of the speakers. */
export async function loadAgendaFile(path: string): Promise<ParsedAgenda> {
  const file = readTextFile(dirname(path), basename(path));
  if (!file.ok) return { ok: false, faults: [{ file: path, line: 1, message: file.message }] };
  return parseAgendaFile(file.text, path);
}

export function parseAgendaFile(content: string, path: string): ParsedAgenda {
  const log = createFaultLog();
  const report = reportOn(log, path);
  const source = readYaml(normalised(content), 1, report);
  const value = source && checkYaml(agendaFileSchema, source, report);
  if (source && value) checkTogether(value, source, report);
  return value && log.faults.length === 0 ? { ok: true, value } : { ok: false, faults: inOrder(log.faults) };
}

function checkTogether({ agenda, cast }: AgendaFile, source: YamlSource, report: FileReport): void {
  const issues = agenda.map(({ id }) => id);
  checkDoubles(issues, 'agenda', (id) => `the issue "${id}" appears twice`, source, report);
  checkDoubles(
    cast.map(({ id }) => id),
    'cast',
    (id) => `the speaker "${id}" is named twice`,
    source,
    report,
  );
  checkWeights(agenda, source, report);
  for (const [index, { opening, redLines }] of cast.entries()) {
    for (const issue of Object.keys(opening)) {
      checkIssue(issue, issues, source.lineOf(['cast', index, 'opening', issue]), report);
    }
    for (const [place, { issue }] of redLines.entries()) {
      checkIssue(issue, issues, source.lineOf(['cast', index, 'redLines', place, 'issue']), report);
    }
  }
}
