import { failure, type Outcome, success } from '../debate/outcome.ts';
import { type MarkdownFile, readMarkdown, sectionsOf } from '../source/markdown-file.ts';
import { createFaultLog, type FileReport, firstOf, reportOn } from '../source/source-fault.ts';
import { orKnown } from '../text/near-names.ts';
import { readTextFile } from './text-file.ts';

const scenario = [
  'scenario-title',
  'article-title',
  'issues',
  'issue-ids',
  'cast-names',
  'principal-names',
  'language',
] as const;
const counts = ['round', 'rounds', 'rounds-left'] as const;
const speaker = ['name', 'other-names', 'turns-left'] as const;
const heard = ['previous-speakers', 'last-speaker'] as const;
const caucusOnly = ['partner', 'partners', 'caucus-turns'] as const;
const bareStand = ['issue', 'stand'] as const;
const wording = ['near', 'far', 'low', 'high'] as const;

export type Placeholder =
  | (typeof scenario)[number]
  | (typeof counts)[number]
  | (typeof speaker)[number]
  | (typeof heard)[number]
  | 'minimum-grounding'
  | 'problems'
  | 'candidates'
  | 'statement'
  | 'changes'
  | 'gap'
  | (typeof caucusOnly)[number]
  | 'parties'
  | 'fault'
  | 'last-stands'
  | 'unsourced'
  | 'red-lines'
  | 'facts'
  | 'passages'
  | (typeof bareStand)[number]
  | (typeof wording)[number]
  | 'aim'
  | 'kept'
  | 'allowed'
  | 'id'
  | 'tried';

/**
 * What each section of a strategy may hold. The rules are the same bytes for every speaker and every turn, so
 * nothing that changes during a debate may stand in them.
 */
export const strategyPlaceholders: Record<string, readonly Placeholder[]> = {
  rules: scenario,
  opening: [...scenario, ...counts, ...speaker, 'minimum-grounding'],
  speak: [...scenario, ...counts, ...speaker, ...heard, 'minimum-grounding'],
  last: [...scenario, ...counts, ...speaker, ...heard, 'minimum-grounding'],
  mend: ['problems', 'minimum-grounding'],
  placing: [...scenario, ...counts, ...speaker],
  repeating: [...scenario, ...counts, ...speaker, ...heard],
  question: [...scenario, ...counts, ...speaker],
};

/** What the question off the record may hold. */
export const pollPlaceholders: readonly Placeholder[] = [...scenario, ...counts, 'name', 'other-names'];

/** What each section of caucus.md may hold. */
export const caucusPlaceholders: Record<string, readonly Placeholder[]> = {
  call: [...scenario, ...counts, 'partners'],
  speak: [...scenario, 'name', 'other-names', 'partner', 'caucus-turns'],
  'reading-rules': ['issues', 'issue-ids'],
  'reading-task': ['issues', 'issue-ids'],
};

/** What each file of the moderator may hold, by file and, where it has sections, by section. */
export const moderatorPlaceholders: Record<string, readonly Placeholder[]> = {
  role: scenario,
  opening: [...scenario, 'rounds'],
  steering: [...scenario, ...counts, 'gap'],
  picking: [...scenario, ...counts, 'candidates'],
  bidding: [...scenario, ...counts, ...speaker],
  draft: [...scenario, ...counts],
  redraft: [...scenario, ...counts, 'statement', 'changes'],
  answer: [...scenario, 'name', 'other-names', 'statement'],
  repair: ['fault'],
  'reading/rules': ['issues', 'issue-ids', 'parties'],
  'reading/task': ['issues', 'issue-ids', 'parties', 'last-stands', 'red-lines', 'unsourced'],
};

/** What each section of facts.md may hold. */
export const factPlaceholders: Record<string, readonly Placeholder[]> = {
  extract: ['issues', 'issue-ids'],
  trace: ['issues', 'issue-ids', 'facts', 'round'],
  dealt: ['passages'],
};

/** What each section of why.md may hold. */
export const whyPlaceholders: Record<string, readonly Placeholder[]> = {
  question: ['issue'],
  silence: [],
  bare: bareStand,
  near: ['near', 'far'],
  between: ['low', 'high'],
  vacuous: [],
};

/** What each section of evolving.md may hold. */
export const evolvingPlaceholders: Record<string, readonly Placeholder[]> = {
  rules: ['aim', 'kept', 'allowed'],
  task: ['id', 'tried'],
  tried: [],
  repair: ['fault'],
};

const placeholder = /\{\{([^{}]*)\}\}/g;

/** Reports every placeholder that is unknown, or has no value where this template is used. */
export function checkTemplate(
  text: string,
  firstLine: number,
  allowed: readonly Placeholder[],
  everywhere: readonly string[],
  report: FileReport,
): void {
  for (const [index, line] of text.split('\n').entries()) {
    for (const [whole, inner = ''] of line.matchAll(placeholder)) {
      const name = inner.trim();
      if (allowed.some((known) => known === name)) continue;
      const message = everywhere.includes(name)
        ? `${whole} has no value here; it may use ${allowed.map((known) => `{{${known}}}`).join(' ')}`
        : `unknown placeholder ${whole}${orKnown(name, allowed)}`;
      report.fault(firstLine + index, message);
    }
    const rest = line.replace(placeholder, '');
    if (/\{\{|\}\}/.test(rest))
      report.fault(firstLine + index, 'a placeholder is not closed: write {{name}}');
  }
}

/** Puts values in. A value is never looked through for placeholders again. */
export function fillTemplate(text: string, values: Partial<Record<Placeholder, string>>): string {
  return text.replace(placeholder, (whole, inner: string) => {
    const value = values[inner.trim() as Placeholder];
    if (value === undefined) throw new Error(`${whole} was not given a value`);
    return value;
  });
}

/** Of the sections of a file: those that must be there, all where absent; and what placeholders other files of its kind may hold. */
interface SectionRules {
  required?: readonly string[];
  everywhere?: readonly string[];
  /** How it is said that a section is not there. */
  missing?: string;
}

/** Reads templates under `##` headings, by name. Reports sections that are unknown, stand twice, are empty or missing, and text above them. */
export function readTemplates(
  { body, bodyLine }: Pick<MarkdownFile, 'body' | 'bodyLine'>,
  placeholders: Readonly<Record<string, readonly Placeholder[]>>,
  report: FileReport,
  rules: SectionRules = {},
): Record<string, string> {
  const names = Object.keys(placeholders);
  const { required = names, missing = 'is missing' } = rules;
  const everywhere = rules.everywhere ?? Object.values(placeholders).flat();
  const { lead, sections } = sectionsOf(body, bodyLine, 2);
  if (lead.text !== '')
    report.fault(lead.line, 'text stands before the first section; begin with ## and its name');
  const texts: Record<string, string> = {};
  for (const { name, line, text, raw } of sections) {
    const allowed = placeholders[name];
    if (allowed === undefined) report.fault(line, `unknown section "## ${name}"${orKnown(name, names)}`);
    else if (texts[name] !== undefined) report.fault(line, `the section "## ${name}" appears twice`);
    else if (text === '') report.fault(line, `the section "## ${name}" is empty`);
    else {
      checkTemplate(raw, line + 1, allowed, everywhere, report);
      texts[name] = text;
    }
  }
  for (const name of required)
    if (texts[name] === undefined) report.fault(bodyLine, `the section "## ${name}" ${missing}`);
  return texts;
}

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
  const parts = readTemplates(readMarkdown(read.text, report), placeholders, report);
  if (log.faults.length > 0) return failure('bad-prompts', firstOf(log.faults));
  return success(parts as Sections<Name>);
}
