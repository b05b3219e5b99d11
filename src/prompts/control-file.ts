import { z } from 'zod';
import { type Control, controlSchema } from '../debate/setup.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { readMarkdown, sectionsOf } from '../source/markdown-file.ts';
import type { FileReport } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { type Placeholder, strategyPlaceholders } from './placeholders.ts';
import { checkTemplate } from './template.ts';
import type { ControlPrompts } from './types.ts';

const frontMatterSchema = z.strictObject({
  id: controlSchema,
  title: z.string().trim().min(1),
  summary: z.string().trim().min(1),
});

/** The sections that may take the place of a strategy's, and `persona`, which takes the place of every persona's text. */
const placeholders: Record<string, readonly Placeholder[]> = {
  ...Object.fromEntries(
    ['rules', 'opening', 'speak', 'last'].map((name) => [name, strategyPlaceholders[name] ?? []]),
  ),
  persona: [],
};
const known = Object.keys(placeholders);
const everyPlaceholder = [...new Set(Object.values(strategyPlaceholders).flat())];

/** Reads controls/<id>.md. Reports faults; null where there is one in its front matter. */
export function parseControlFile(content: string, id: Control, report: FileReport): ControlPrompts | null {
  const file = readMarkdown(content, report);
  if (!file.frontMatter) {
    if (!file.hasFrontMatter) report.fault(1, 'the control has no front matter: id, title, summary');
    return null;
  }
  const front = checkYaml(frontMatterSchema, file.frontMatter, report);
  const parts = sectionsOf(file.body, file.bodyLine, 2);
  if (parts.lead.text !== '') report.fault(parts.lead.line, 'text stands before the first section');
  const sections: Record<string, string> = {};
  for (const { name, line, text, raw } of parts.sections) {
    const allowed = placeholders[name];
    if (allowed === undefined) report.fault(line, `unknown section "## ${name}"${orKnown(name, known)}`);
    else if (sections[name] !== undefined) report.fault(line, `the section "## ${name}" stands twice`);
    else {
      checkTemplate(raw, line + 1, allowed, everyPlaceholder, report);
      sections[name] = text;
    }
  }
  if (front && front.id !== id) {
    report.fault(
      file.frontMatter.lineOf(['id']),
      `the id "${front.id}" differs from the file's name "${id}"`,
    );
  }
  return front && { ...front, sections };
}
