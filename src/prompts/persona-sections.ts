import { type Section, sectionsOf } from '../source/markdown-file.ts';
import type { FileReport } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { checkIssue } from './known-issue.ts';
import type { PersonaContext } from './persona-file.ts';

const required = ['Role', 'Interests', 'Voice'];
const byIssue = ['Arguments', 'Offers'];
const known = [...required, ...byIssue];

/** Checks the Markdown of a persona: its sections, their issues and the passages it cites. */
export function checkPersonaSections(
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
    else if (found.has(name)) report.fault(line, `the section "## ${name}" stands twice`);
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
    if (found.has(part.name)) report.fault(part.line, `"### ${part.name}" stands twice in "## ${name}"`);
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
