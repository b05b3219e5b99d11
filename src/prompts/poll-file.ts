import { readMarkdown, trimmed } from '../source/markdown-file.ts';
import type { FileReport } from '../source/source-fault.ts';
import { pollPlaceholders } from './placeholders.ts';
import { checkTemplate } from './template.ts';

/** Reads poll.md: the question that is put to every persona off the record. */
export function parsePollFile(content: string, report: FileReport): string {
  const { body, bodyLine } = readMarkdown(content, report);
  const text = trimmed(body);
  if (text === '') report.fault(bodyLine, 'the file holds no text');
  checkTemplate(body, bodyLine, pollPlaceholders, pollPlaceholders, report);
  return text;
}
