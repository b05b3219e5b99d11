import { z } from 'zod';
import { identifierSchema, positionSchema, redLineSchema } from '../debate/agenda.ts';
import { checkId, checkYaml } from '../source/checked-yaml.ts';
import { readMarkdown, type Section, sectionsOf, trimmed } from '../source/markdown-file.ts';
import type { FileReport } from '../source/source-fault.ts';
import type { YamlSource } from '../source/yaml-source.ts';
import { orKnown } from '../text/near-names.ts';
import { checkIssue } from './agenda-file.ts';
import type { Persona } from './types.ts';

const required = ['Role', 'Interests', 'Voice'];
const byIssue = ['Arguments', 'Offers'];
const known = [...required, ...byIssue];

/** Checks the Markdown of a persona: its sections, their issues and the passages it cites. */
function checkPersonaSections(
  body: string,
  bodyLine: number,
  { issues, passages }: PersonaContext,
  report: FileReport,
): void {
  const { lead, sections } = sectionsOf(body, bodyLine, 2);
  if (lead.text !== '') report.fault(lead.line, 'text stands before the first section; begin with ## Role');
  const found = new Set<string>();
  for (const section of sections) {
    const { name, line, text } = section;
    if (!known.includes(name)) report.fault(line, `unknown section "## ${name}"${orKnown(name, known)}`);
    else if (found.has(name)) report.fault(line, `the section "## ${name}" appears twice`);
    else if (text === '') report.fault(line, `the section "## ${name}" is empty`);
    else if (byIssue.includes(name)) checkIssueParts(section, issues, report);
    found.add(name);
  }
  for (const name of required) {
    if (!found.has(name)) report.fault(bodyLine, `the section "## ${name}" is missing`);
  }
  if (passages !== null) checkCitations(body, bodyLine, passages, report);
}

function checkIssueParts(
  { name, line, raw }: Section,
  issues: readonly string[] | null,
  report: FileReport,
): void {
  const { lead, sections } = sectionsOf(raw, line + 1, 3);
  if (lead.text !== '')
    report.fault(lead.line, `"## ${name}" has text under no issue; write ### and an issue's id above it`);
  const found = new Set<string>();
  for (const part of sections) {
    if (issues) checkIssue(part.name, issues, part.line, report);
    if (found.has(part.name)) report.fault(part.line, `"### ${part.name}" appears twice in "## ${name}"`);
    if (!/^\s*[-*]\s+\S/m.test(part.text)) {
      report.fault(part.line, `"### ${part.name}" in "## ${name}" has no bullet; begin each point with "- "`);
    }
    found.add(part.name);
  }
}

function checkCitations(body: string, bodyLine: number, passages: number, report: FileReport): void {
  for (const [index, line] of body.split('\n').entries()) {
    for (const [, number] of line.matchAll(/\[P(\d+)\]/g)) {
      if (Number(number) < 1 || Number(number) > passages) {
        report.fault(bodyLine + index, `[P${number}] does not exist; the article has ${passages} passages`);
      }
    }
  }
}

const nameSchema = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^[\]<>{}\n\r]*$/, 'must hold no brackets and no line end')
  .refine((name) => !/^(the )?moderator$/i.test(name), 'must not be the moderator’s');

const frontMatterSchema = z.strictObject({
  id: identifierSchema,
  name: nameSchema,
  short: nameSchema.max(14),
  /** Other names by which speakers mean this persona, such as a capital; masked before a judge reads. */
  aliases: z.array(nameSchema).min(1).optional(),
  /** Passages that it holds, where the article is dealt unevenly; all where absent. */
  knows: z.array(z.int().positive()).min(1).optional(),
  principal: z.boolean().default(false),
  openness: z.number().min(0).max(1),
  opening: z.record(identifierSchema, positionSchema).default({}),
  redLines: z.array(redLineSchema).default([]),
});

type FrontMatter = z.infer<typeof frontMatterSchema>;

/** What a persona file may refer to; null where the scenario does not say because of other faults. */
export interface PersonaContext {
  id: string;
  issues: readonly string[] | null;
  passages: number | null;
}

/** Reads personas/<id>.md. Reports faults; null where the front matter has one. */
export function parsePersona(content: string, context: PersonaContext, report: FileReport): Persona | null {
  const file = readMarkdown(content, report);
  if (!file.hasFrontMatter) {
    report.fault(1, 'the persona has no front matter; begin with --- and id, name, short, openness');
    return null;
  }
  checkPersonaSections(file.body, file.bodyLine, context, report);
  const front = file.frontMatter && checkYaml(frontMatterSchema, file.frontMatter, report);
  if (!front || !file.frontMatter) return null;
  checkId(front.id, context.id, file.frontMatter, report);
  checkPositions(front, context.issues, file.frontMatter, report);
  checkKnows(front, context.passages, file.frontMatter, report);
  if (front.knows) checkHeld(file.body, file.bodyLine, front.knows, report);
  const { id, name, short, aliases, knows, principal, redLines, opening, openness } = front;
  const more = { ...(aliases ? { aliases } : {}), ...(knows ? { knows } : {}) };
  const member = { id, name, short, ...more, principal, redLines, opening };
  return { member, openness, body: trimmed(file.body) };
}

/** A persona's own arguments may rest only on passages that it holds. */
function checkHeld(body: string, bodyLine: number, knows: readonly number[], report: FileReport): void {
  for (const [index, line] of body.split('\n').entries()) {
    for (const [, number] of line.matchAll(/\[P(\d+)\]/g)) {
      if (knows.includes(Number(number))) continue;
      report.fault(bodyLine + index, `[P${number}] is not among the passages that this persona knows`);
    }
  }
}

function checkKnows(
  { knows = [] }: FrontMatter,
  passages: number | null,
  source: YamlSource,
  report: FileReport,
): void {
  for (const [index, number] of knows.entries()) {
    const line = source.lineOf(['knows', index]);
    if (passages !== null && number > passages)
      report.fault(line, `passage ${number} does not exist; the article has ${passages} passages`);
    if (knows.indexOf(number) !== index) report.fault(line, `passage ${number} is named twice`);
  }
}

function checkPositions(
  { opening, redLines }: FrontMatter,
  issues: readonly string[] | null,
  source: YamlSource,
  report: FileReport,
): void {
  for (const issue of Object.keys(opening)) {
    if (issues) checkIssue(issue, issues, source.lineOf(['opening', issue]), report);
  }
  for (const [index, { issue, min, max }] of redLines.entries()) {
    if (issues) checkIssue(issue, issues, source.lineOf(['redLines', index, 'issue']), report);
    if (min > max) {
      report.fault(
        source.lineOf(['redLines', index, 'min']),
        `the red line on "${issue}" has min ${min} above max ${max}`,
      );
      continue;
    }
    const start = opening[issue];
    if (start !== undefined && (start < min || start > max)) {
      const message = `the opening ${start} on "${issue}" lies outside its own red line ${min}..${max}`;
      report.fault(source.lineOf(['opening', issue]), message);
    }
  }
}
