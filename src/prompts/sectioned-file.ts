import { failure, type Outcome, success } from '../debate/outcome.ts';
import { readMarkdown, sectionsOf } from '../source/markdown-file.ts';
import { createFaultLog, firstOf, reportOn } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { checkTemplate, type Placeholder } from './template.ts';
import { readTextFile } from './text-file.ts';

/** The texts of a file by section; every section that is known is there. */
export type Sections<Name extends string> = Readonly<Record<Name, string>>;

/** Reads a prompt file of sections, each a template with its own placeholders; fails with the first of its faults. */
export function loadSections<Name extends string>(
  promptRoot: string,
  file: string,
  placeholders: Readonly<Record<string, readonly Placeholder[]>>,
): Outcome<Sections<Name>, 'bad-prompts'> {
  const read = readTextFile(promptRoot, file);
  if (!read.ok) return failure('bad-prompts', read.message);
  const log = createFaultLog();
  const report = reportOn(log, file);
  const { body, bodyLine } = readMarkdown(read.text, report);
  const parts: Record<string, string> = {};
  const names = Object.keys(placeholders);
  const every = [...new Set(Object.values(placeholders).flat())];
  for (const { name, line, text, raw } of sectionsOf(body, bodyLine, 2).sections) {
    const allowed = placeholders[name];
    if (allowed === undefined) report.fault(line, `unknown section "## ${name}"${orKnown(name, names)}`);
    else checkTemplate(raw, line + 1, allowed, every, report);
    if (text === '') report.fault(line, `the section "## ${name}" is empty`);
    parts[name] = text;
  }
  for (const name of names)
    if (parts[name] === undefined) report.fault(1, `the section "## ${name}" is missing`);
  if (log.faults.length > 0) return failure('bad-prompts', firstOf(log.faults));
  return success(parts as Sections<Name>);
}
