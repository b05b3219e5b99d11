import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Agenda } from '../debate/agenda.ts';
import { type CastMember, castMemberSchema } from '../debate/setup.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { normalised } from '../source/markdown-file.ts';
import type { SourceFault } from '../source/source-fault.ts';
import { createFaultLog, type FileReport, inOrder, reportOn } from '../source/source-fault.ts';
import { readYaml, type YamlSource } from '../source/yaml-source.ts';
import { checkDoubles, checkIssue, checkWeights, writtenAgendaSchema } from './agenda-checks.ts';
import { readTextFile } from './text-file.ts';

const agendaFileSchema = z.strictObject({
  agenda: writtenAgendaSchema,
  cast: z
    .array(
      castMemberSchema.omit({ place: true }).extend({
        principal: castMemberSchema.shape.principal.default(false),
        redLines: castMemberSchema.shape.redLines.default([]),
        opening: castMemberSchema.shape.opening.default({}),
      }),
    )
    .max(12)
    .default([]),
});

export interface AgendaFile {
  agenda: Agenda;
  /** Speakers whose red lines and openings are known; may be empty. */
  cast: CastMember[];
}

/** Reads an agenda that stands by itself: `agenda` as in a scenario.yaml, and `cast` if something is to be said of the speakers. */
export async function loadAgendaFile(
  path: string,
): Promise<{ ok: true; value: AgendaFile } | { ok: false; faults: SourceFault[] }> {
  const log = createFaultLog();
  const report = reportOn(log, path);
  const file = readTextFile(dirname(path), basename(path));
  if (!file.ok) report.fault(1, file.message);
  const source = file.ok ? readYaml(normalised(file.text), 1, report) : null;
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
