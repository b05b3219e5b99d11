import { z } from 'zod';
import { checkYaml } from '../source/checked-yaml.ts';
import { readMarkdown, trimmed } from '../source/markdown-file.ts';
import { type FaultLog, type FileReport, reportOn } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { checkTemplate, moderatorPlaceholders, readTemplates } from './template.ts';
import type { TextFile } from './text-file.ts';
import { type ModeratorPrompts, maskings } from './types.ts';

const frontMatterSchema = z.strictObject({
  title: z.string().optional(),
  summary: z.string().optional(),
  /** How names are masked before the judge reads; each later value does more, so that prompts kept from before render as they were. */
  masked: z.enum(maskings).optional(),
});
const everyPlaceholder = [...new Set(Object.values(moderatorPlaceholders).flat())];
const readingPlaceholders = {
  rules: moderatorPlaceholders['reading/rules'] ?? [],
  task: moderatorPlaceholders['reading/task'] ?? [],
};

/** Files that runs and prompt folders of parley 0.1 do not have; without them what they ask for is not asked. */
const newer = ['redraft'];

/** Files of the moderator, by name without ending. */
export const moderatorNames = [
  ...new Set(Object.keys(moderatorPlaceholders).map((key) => key.split('/')[0] as string)),
];

export interface ModeratorSource {
  read(name: string): TextFile;
  label(name: string): string;
  names: readonly string[];
}

export interface ParsedModerator {
  /** null where anything is at fault. */
  moderator: ModeratorPrompts | null;
  /** Contents by name. */
  files: Map<string, string>;
}

export function parseModerator(source: ModeratorSource, log: FaultLog): ParsedModerator {
  const files = new Map<string, string>();
  const moderator: ModeratorPrompts = {};
  const faultsBefore = log.faults.length;
  for (const name of source.names) {
    if (moderatorNames.includes(name)) continue;
    reportOn(log, source.label(name)).fault(
      1,
      `unknown moderator file "${name}.md"${orKnown(name, moderatorNames)}`,
    );
  }
  for (const name of moderatorNames) {
    const report = reportOn(log, source.label(name));
    const content = source.read(name);
    if (!content.ok) {
      if (!newer.includes(name)) report.fault(1, content.message);
      continue;
    }
    files.set(name, content.text);
    moderator[name] = parseFile(name, content.text, report);
  }
  return { moderator: log.faults.length === faultsBefore ? moderator : null, files };
}

function parseFile(name: string, content: string, report: FileReport): ModeratorPrompts[string] {
  const file = readMarkdown(content, report);
  const front = file.frontMatter && checkYaml(frontMatterSchema, file.frontMatter, report);
  const allowed = moderatorPlaceholders[name];
  if (!allowed) {
    const rules = { everywhere: everyPlaceholder, missing: 'is missing or empty' };
    const sections = readTemplates(file, readingPlaceholders, report, rules);
    return { body: '', sections, masked: front?.masked };
  }
  const body = trimmed(file.body);
  if (body === '') report.fault(file.bodyLine, 'the file holds no text');
  checkTemplate(file.body, file.bodyLine, allowed, everyPlaceholder, report);
  return { body, sections: {} };
}
