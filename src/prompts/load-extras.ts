import { z } from 'zod';
import { type CaucusChoice, type Control, controlSchema } from '../debate/setup.ts';
import { checkId, checkYaml } from '../source/checked-yaml.ts';
import { readMarkdown, trimmed } from '../source/markdown-file.ts';
import { createFaultLog, type FaultLog, type FileReport, reportOn } from '../source/source-fault.ts';
import { rememberingFor } from '../text/memo.ts';
import { foundFactsFile, parseFactPrompts, parseFoundFacts } from './facts-prompts.ts';
import { keptPath, type LoadedPrompts, together } from './prompt-set.ts';
import {
  caucusPlaceholders,
  checkTemplate,
  type Placeholder,
  pollPlaceholders,
  readTemplates,
  strategyPlaceholders,
} from './template.ts';
import { readTextFile, type TextFile } from './text-file.ts';
import type { ControlPrompts, Persona, PromptSet } from './types.ts';

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

/** Reads controls/<id>.md. Reports faults; null where there is one in its front matter. */
function parseControlFile(content: string, id: Control, report: FileReport): ControlPrompts | null {
  const file = readMarkdown(content, report);
  if (!file.frontMatter) {
    if (!file.hasFrontMatter) report.fault(1, 'the control has no front matter: id, title, summary');
    return null;
  }
  const front = checkYaml(frontMatterSchema, file.frontMatter, report);
  const sections = readTemplates(file, placeholders, report, { required: [] });
  if (front) checkId(front.id, id, file.frontMatter, report);
  return front && { ...front, sections };
}

/** What a control makes of the prompts of a debate; the files are left as they are. */
function underControl(set: PromptSet, control: ControlPrompts): PromptSet {
  const { persona, ...sections } = control.sections;
  const { scenario, strategy } = set;
  // Who is told otherwise how to speak is not asked for stands of its own.
  const { placing = null, ...others } = strategy.sections;
  const kept = placing === null || sections['speak'] !== undefined ? others : { ...others, placing };
  return {
    ...set,
    control,
    strategy: { ...strategy, sections: { ...kept, ...sections } },
    scenario: { ...scenario, personas: seats(scenario.personas, control.id, persona) },
  };
}

function seats(
  personas: readonly Persona[],
  control: ControlPrompts['id'],
  text: string | undefined,
): Persona[] {
  if (text !== undefined) return personas.map((seat) => withoutStand(seat, text));
  const player = personas.find(({ member }) => member.principal) ?? personas[0];
  return control === 'same-persona' && player
    ? personas.map((seat) => playedBy(seat, player))
    : [...personas];
}

/** The seat keeps its name and whether it is a principal; all that it wants is the player's. */
function playedBy({ member }: Persona, { member: own, openness, body }: Persona): Persona {
  return { member: { ...member, redLines: own.redLines, opening: own.opening }, openness, body };
}

/** Headings of the text stand one level deeper in the control's file than in a persona's. */
function withoutStand({ member }: Persona, text: string): Persona {
  return {
    member: { ...member, redLines: [], opening: {} },
    openness: 0,
    body: text.replace(/^##(?=#)/gm, '#'),
  };
}

/** What a debate may be held with besides its scenario and strategy. */
export interface Extras {
  control: Control | null;
  poll: boolean;
  /** Facts are to be followed, those at hand beside the scenario or others that are looked for; where the scenario names some, or deals passages unevenly, they are in force anyway. */
  facts?: boolean;
  /** Absent: as the scenario says. */
  caucus?: CaucusChoice | undefined;
}

function needsFacts({ scenario }: PromptSet): boolean {
  return scenario.facts !== undefined || scenario.personas.some(({ member }) => member.knows !== undefined);
}

/** The same prompts with a control, the off-record poll or both, from the folder that holds controls/ and poll.md. */
export function withExtras(
  set: PromptSet,
  { control, poll, facts = false, caucus = set.scenario.caucus ?? 'off' }: Extras,
  promptRoot: string,
): LoadedPrompts {
  const hasCaucus = caucus !== 'off' && control === null;
  const paths = [
    ...(control ? [keptPath.control(control)] : []),
    ...(poll ? [keptPath.poll] : []),
    ...(facts || needsFacts(set) ? [keptPath.facts] : []),
    ...(hasCaucus ? [keptPath.caucus] : []),
  ];
  const log = createFaultLog();
  const files = new Map(set.files);
  for (const path of paths) {
    const file: TextFile = readTextFile(promptRoot, path);
    if (file.ok) files.set(path, file.text);
    else reportOn(log, path).fault(1, file.message);
  }
  const { factsAtHand, ...scenario } = set.scenario;
  if (facts && !scenario.facts && factsAtHand) files.set(keptPath.foundFacts, foundFactsFile(factsAtHand));
  if (log.faults.length > 0) return together(log, null);
  const added = [...files].filter(([path, content]) => set.files.get(path) !== content);
  const known = extendedSets(set);
  const key = JSON.stringify(added);
  const extended = known.get(key) ?? together(log, extrasIn({ ...set, scenario, files }, log));
  if (extended.ok) known.set(key, extended);
  return extended;
}

/** What was added to a set, by the files that were added: the same ones make the very same set. */
const extendedSets = rememberingFor((_: PromptSet) => new Map<string, LoadedPrompts>());

/** Applies the extras that are among a set's files; as it is where there are none. */
export function extrasIn(set: PromptSet, log: FaultLog): PromptSet {
  let extended = set;
  for (const [path, content] of set.files) {
    const report = reportOn(log, path);
    const id = controlOf(path);
    const control = id && parseControlFile(content, id, report);
    if (control) extended = underControl(extended, control);
    if (path === keptPath.facts) extended = { ...extended, facts: parseFactPrompts(content, report) };
    if (path === keptPath.foundFacts) {
      const facts = parseFoundFacts(content, extended.scenario.article, report);
      extended = { ...extended, scenario: { ...extended.scenario, facts } };
    }
    if (path === keptPath.caucus) {
      const caucus = readTemplates(readMarkdown(content, report), caucusPlaceholders, report);
      extended = { ...extended, caucus };
    }
    if (path === keptPath.poll) extended = { ...extended, poll: parsePollFile(content, report) };
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
