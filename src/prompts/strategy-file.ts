import { z } from 'zod';
import { identifierSchema } from '../debate/agenda.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { readMarkdown, sectionsOf } from '../source/markdown-file.ts';
import type { FileReport } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { strategyPlaceholders } from './placeholders.ts';
import { checkTemplate } from './template.ts';

const frontMatterSchema = z.strictObject({
  id: identifierSchema,
  title: z.string().trim().min(1),
  summary: z.string().trim().min(1),
  source: z.string().trim().min(1),
  extends: identifierSchema.optional(),
  notes: z.boolean().optional(),
  minimumGrounding: z.number().min(0).max(1).nullable().optional(),
});

const required = ['rules', 'opening', 'speak', 'last', 'mend'];
const known = Object.keys(strategyPlaceholders);
const everyPlaceholder = [...new Set(Object.values(strategyPlaceholders).flat())];

/** One strategy file, before what it extends is put below it. */
export interface StrategyFile {
  front: z.infer<typeof frontMatterSchema>;
  sections: Record<string, string>;
  /** Line of the key `extends`. */
  extendsLine: number;
}

/** Reads a strategy file. Reports faults; null where the front matter has one. */
export function parseStrategyFile(content: string, id: string, report: FileReport): StrategyFile | null {
  const file = readMarkdown(content, report);
  if (!file.hasFrontMatter) {
    report.fault(1, 'the strategy has no front matter; begin with --- and id, title, summary, source');
    return null;
  }
  const sections = readSections(file.body, file.bodyLine, report);
  const front = file.frontMatter && checkYaml(frontMatterSchema, file.frontMatter, report);
  if (!front || !file.frontMatter) return null;
  if (front.id !== id) {
    report.fault(
      file.frontMatter.lineOf(['id']),
      `the id "${front.id}" differs from the file's name "${id}"`,
    );
  }
  if (front.extends === undefined) {
    for (const name of required) {
      if (sections[name] === undefined) report.fault(file.bodyLine, `the section "## ${name}" is missing`);
    }
  }
  return { front, sections, extendsLine: file.frontMatter.lineOf(['extends']) };
}

function readSections(body: string, bodyLine: number, report: FileReport): Record<string, string> {
  const { lead, sections } = sectionsOf(body, bodyLine, 2);
  if (lead.text !== '')
    report.fault(lead.line, 'text stands before the first section; begin with ## and its name');
  const texts: Record<string, string> = {};
  for (const { name, line, text, raw } of sections) {
    const allowed = strategyPlaceholders[name];
    if (allowed === undefined) report.fault(line, `unknown section "## ${name}"${orKnown(name, known)}`);
    else if (texts[name] !== undefined) report.fault(line, `the section "## ${name}" stands twice`);
    else if (text === '') report.fault(line, `the section "## ${name}" is empty`);
    else {
      checkTemplate(raw, line + 1, allowed, everyPlaceholder, report);
      texts[name] = text;
    }
  }
  return texts;
}
