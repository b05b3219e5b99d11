import { z } from 'zod';
import { type Agenda, identifierSchema } from '../debate/agenda.ts';
import { type ArticleFact, mostFacts } from '../debate/article-facts.ts';
import type { Article } from '../debate/setup.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import type { FileReport } from '../source/source-fault.ts';
import { readYaml } from '../source/yaml-source.ts';
import { checkIssue } from './agenda-file.ts';
import { faultOfFact } from './facts-prompts.ts';

/** Beside scenario.yaml: facts that are followed where they are asked for. Those of scenario.yaml itself always are. */
export const factsFileName = 'facts.yaml';

/** Facts as people write them: by issue, what the article says that the debate should not lose. */
export const writtenFactsSchema = z.record(
  identifierSchema,
  z.array(z.strictObject({ passage: z.int().positive(), quote: z.string().trim().min(1) })).min(1),
);

export type WrittenFacts = z.infer<typeof writtenFactsSchema>;

/** Where written facts stand, for naming the line of a fault. */
interface FactsPlace {
  agenda: readonly { id: string }[];
  passages: Article['passages'];
  lineOf(path: readonly (string | number)[]): number;
  report: FileReport;
}

/** Written facts in the order of the agenda; every quote must stand in the passage it names. */
export function factsIn(
  written: WrittenFacts,
  { agenda, passages, lineOf, report }: FactsPlace,
): ArticleFact[] {
  const issues = agenda.map(({ id }) => id);
  for (const issue of Object.keys(written)) checkIssue(issue, issues, lineOf([issue]), report);
  const all = issues.flatMap((issue) =>
    (written[issue] ?? []).map((fact, place) => ({ ...fact, issue, path: [issue, place] })),
  );
  if (all.length > mostFacts)
    report.fault(lineOf([]), `${all.length} facts are too many; at most ${mostFacts} can be followed`);
  return all.map(({ issue, passage, quote, path }, place) => {
    const fault = faultOfFact({ passage, quote }, passages);
    if (fault !== null) report.fault(lineOf(path), fault);
    return { id: `F${place + 1}`, issue, passage, quote };
  });
}

/** Reads facts.yaml; reports its faults. */
export function parseFactsFile(
  content: string,
  { agenda, passages, report }: Omit<FactsPlace, 'lineOf'>,
): ArticleFact[] {
  const source = readYaml(content.replaceAll('\r\n', '\n'), 1, report);
  const written = source && checkYaml(writtenFactsSchema, source, report);
  return written ? factsIn(written, { agenda, passages, report, lineOf: (path) => source.lineOf(path) }) : [];
}

/** facts.yaml of these facts, in the order of the agenda. */
export function factsFile(facts: readonly ArticleFact[], agenda: Agenda): string {
  const lines = agenda.flatMap(({ id }) => {
    const own = facts.filter(({ issue }) => issue === id);
    const written = own.flatMap(({ passage, quote }) => [
      `  - passage: ${passage}`,
      `    quote: ${JSON.stringify(quote)}`,
    ]);
    return own.length === 0 ? [] : [`${id}:`, ...written];
  });
  return `# What the article says that a debate should not lose, word for word.\n${lines.join('\n')}\n`;
}
