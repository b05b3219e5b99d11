import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { type Agenda, issueSchema } from '../debate/agenda.ts';
import { type CastMember, castMemberSchema } from '../debate/setup.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { normalised } from '../source/markdown-file.ts';
import type { SourceFault } from '../source/source-fault.ts';
import { createFaultLog, type FileReport, inOrder, reportOn } from '../source/source-fault.ts';
import { readYaml, type YamlSource } from '../source/yaml-source.ts';
import { identifierOf, shortName } from '../text/identifiers.ts';
import { checkDoubles, checkIssue, checkWeights } from './agenda-checks.ts';
import { readTextFile } from './text-file.ts';

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
