import { failure, type Outcome, success } from '../debate/outcome.ts';
import { readMarkdown, sectionsOf } from '../source/markdown-file.ts';
import { createFaultLog, firstOf, reportOn } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { checkTemplate, fillTemplate, type Placeholder, whyPlaceholders } from './template.ts';
import { readTextFile } from './text-file.ts';

/** What stands in the place of a speech when its effect is measured; see prompts/why.md. */
export interface ReplacementSpeeches {
  silence(): string;
  bare(stand: BareStand): string;
  /** The bare stand with sentences that give no reason, up to about `words` words in all. */
  vacuous(stand: BareStand, words: number): string;
}

/** A stand in the agenda's own wording: at an anchor, or between two of them. */
export interface BareStand {
  /** Title of the issue. */
  issue: string;
  wording: { at: string } | { low: string; high: string };
}

const file = 'why.md';

/** Reads why.md of a prompt folder; fails with the first of its faults. */
export function loadReplacementSpeeches(promptRoot: string): Outcome<ReplacementSpeeches, 'bad-prompts'> {
  const read = readTextFile(promptRoot, file);
  if (!read.ok) return failure('bad-prompts', read.message);
  const log = createFaultLog();
  const report = reportOn(log, file);
  const { body, bodyLine } = readMarkdown(read.text, report);
  const parts = new Map<string, string>();
  const names = Object.keys(whyPlaceholders);
  const every = [...new Set(Object.values(whyPlaceholders).flat())];
  for (const { name, line, text, raw } of sectionsOf(body, bodyLine, 2).sections) {
    const allowed = whyPlaceholders[name];
    if (allowed === undefined) report.fault(line, `unknown section "## ${name}"${orKnown(name, names)}`);
    else checkTemplate(raw, line + 1, allowed, every, report);
    if (text === '') report.fault(line, `the section "## ${name}" is empty`);
    parts.set(name, text);
  }
  for (const name of names) if (!parts.has(name)) report.fault(1, `the section "## ${name}" is missing`);
  if (log.faults.length > 0) return failure('bad-prompts', firstOf(log.faults));
  return success(speechesOf((name) => parts.get(name) as string));
}

function speechesOf(part: (name: string) => string): ReplacementSpeeches {
  const fill = (name: string, values: Partial<Record<Placeholder, string>>) =>
    fillTemplate(part(name), values);
  const bare = ({ issue, wording }: BareStand) =>
    fill('bare', { issue, stand: 'at' in wording ? wording.at : fill('between', wording) });
  const padding = part('vacuous')
    .split('\n')
    .map((line) => line.replace(/^-\s+/, '').trim())
    .filter((line) => line !== '');
  return {
    silence: () => part('silence'),
    bare,
    vacuous(stand, words) {
      const sentences = [bare(stand)];
      for (let next = 0; countWords(sentences) < words; next++) {
        const sentence = padding[next % padding.length] as string;
        // Nearer to the wanted length without it: that is as near as whole sentences come.
        if (countWords([...sentences, sentence]) - words > words - countWords(sentences)) break;
        sentences.push(sentence);
      }
      return sentences.join(' ');
    },
  };
}

function countWords(sentences: readonly string[]): number {
  return sentences.join(' ').split(/\s+/).length;
}
