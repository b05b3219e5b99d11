import type { Control } from '../debate/setup.ts';
import { readMarkdown, trimmed } from '../source/markdown-file.ts';
import { createFaultLog, type FaultLog, type FileReport, reportOn } from '../source/source-fault.ts';
import { parseControlFile, underControl } from './control-file.ts';
import { keptPath, type LoadedPrompts, together } from './prompt-set.ts';
import { checkTemplate, pollPlaceholders } from './template.ts';
import { readTextFile, type TextFile } from './text-file.ts';
import type { PromptSet } from './types.ts';

/** What a debate may be held with besides its scenario and strategy. */
export interface Extras {
  control: Control | null;
  poll: boolean;
}

/** The same prompts with a control, the off-record poll or both, from the folder that holds controls/ and poll.md. */
export function withExtras(set: PromptSet, { control, poll }: Extras, promptRoot: string): LoadedPrompts {
  const paths = [...(control ? [keptPath.control(control)] : []), ...(poll ? [keptPath.poll] : [])];
  const log = createFaultLog();
  const files = new Map(set.files);
  for (const path of paths) {
    const file: TextFile = readTextFile(promptRoot, path);
    if (file.ok) files.set(path, file.text);
    else reportOn(log, path).fault(1, file.message);
  }
  return together(log, log.faults.length > 0 ? null : extrasIn({ ...set, files }, log));
}

/** Applies the extras that are among a set's files; as it is where there are none. */
export function extrasIn(set: PromptSet, log: FaultLog): PromptSet {
  let extended = set;
  for (const [path, content] of set.files) {
    const id = controlOf(path);
    const control = id && parseControlFile(content, id, reportOn(log, path));
    if (control) extended = underControl(extended, control);
    if (path === keptPath.poll) extended = { ...extended, poll: parsePollFile(content, reportOn(log, path)) };
  }
  return extended;
}

/** A file of another name there is found at fault when its front matter is read. */
function controlOf(path: string): Control | null {
  return (/^controls\/([^/]+)\.md$/.exec(path)?.[1] as Control | undefined) ?? null;
}

/** Reads poll.md: the question that is put to every persona off the record. */
function parsePollFile(content: string, report: FileReport): string {
  const { body, bodyLine } = readMarkdown(content, report);
  const text = trimmed(body);
  if (text === '') report.fault(bodyLine, 'the file holds no text');
  checkTemplate(body, bodyLine, pollPlaceholders, pollPlaceholders, report);
  return text;
}
