import { joinedArticles } from '../debate/dossier.ts';
import type { Article } from '../debate/setup.ts';
import { type FaultLog, type FileReport, reportOn } from '../source/source-fault.ts';
import type { YamlSource } from '../source/yaml-source.ts';
import { nearestName } from '../text/near-names.ts';
import { parsePersona } from './persona-file.ts';
import {
  hashOf,
  parseArticle,
  parseScenarioFile,
  type ReadScenarioFile,
  type ScenarioArticle,
} from './scenario-file.ts';
import { type ScenarioSource, scenarioFileName } from './scenario-source.ts';
import type { Persona, Scenario } from './types.ts';
import { factsFileName, factsIn, parseFactsFile } from './written-facts.ts';

export interface ParsedScenario {
  /** null where anything is at fault. */
  scenario: Scenario | null;
  /** The files that make it, by path below the scenario's folder. */
  files: Map<string, string>;
}

/**
 * Reads and checks all files of a scenario; every fault of every file goes to the log. With `otherArticle` the
 * scenario's own article is left unread, and what refers to its passages is not checked.
 */
export function parseScenario(
  source: ScenarioSource,
  log: FaultLog,
  otherArticle: Article | null = null,
): ParsedScenario {
  const files = new Map<string, string>();
  const nothing = { scenario: null, files };
  const faultsBefore = log.faults.length;
  const main = reportOn(log, source.label(scenarioFileName));
  const content = take(source, scenarioFileName, files, (message) => main.fault(1, message));
  const read = content === null ? null : parseScenarioFile(content, main);
  if (!read) return nothing;

  const article: ScenarioArticle | null = otherArticle
    ? { article: otherArticle, shareText: false, url: null }
    : readArticle(source, read, files, log, main);
  const passages = otherArticle ? null : (article?.article.passages.length ?? null);
  const personas = readPersonas(source, read, passages, files, log, main);
  const facts =
    read.file && article && !otherArticle ? factsBeside(read, source, article.article, log, main) : {};
  if (read.file && passages !== null) checkPassages(read.file.agenda, passages, read.source, main);
  checkTogether(personas, read, source, main);
  if (!read.file || !article || log.faults.length > faultsBefore) return nothing;
  const { id, title, summary, group = null, language, caucus, markOrder, agenda } = read.file;
  const { shareText, url: articleUrl } = article;
  const scenario = {
    id,
    title,
    summary,
    group,
    article: article.article,
    shareText,
    articleUrl,
    agenda,
    ...(language === undefined ? {} : { language }),
    ...facts,
    ...(caucus === undefined ? {} : { caucus }),
    personas: markOrder === undefined ? personas : personas.map((persona) => marked(persona, markOrder)),
  };
  return { scenario, files };
}

/** A persona with its place among the marks, which readers keep wherever it is seated. */
function marked(persona: Persona, markOrder: readonly string[]): Persona {
  return { ...persona, member: { ...persona.member, place: markOrder.indexOf(persona.member.id) } };
}

function readArticle(
  source: ScenarioSource,
  { outline, source: yaml }: ReadScenarioFile,
  files: Map<string, string>,
  log: FaultLog,
  main: FileReport,
): ScenarioArticle | null {
  const parts = (outline.article ?? []).map((path, place) => {
    const line = yaml.lineOf(outline.article?.length === 1 ? ['article'] : ['article', place]);
    const content = take(source, path, files, (message) => main.fault(line, message));
    return content === null ? null : parseArticle(content, reportOn(log, source.label(path)));
  });
  const read = parts.filter((part) => part !== null);
  const [first] = read;
  if (!first || read.length < parts.length) return null;
  return {
    article: joinedArticles(
      read.map(({ article }) => article),
      hashOf,
    ),
    // A dossier is shared where all of it may be.
    shareText: read.every(({ shareText }) => shareText),
    url: read.length === 1 ? first.url : null,
  };
}

function readPersonas(
  source: ScenarioSource,
  { outline, source: yaml }: ReadScenarioFile,
  passages: number | null,
  files: Map<string, string>,
  log: FaultLog,
  main: FileReport,
): Persona[] {
  const ids = source.personaFiles.map((name) => name.replace(/\.md$/, ''));
  return [...new Set(outline.cast ?? [])].flatMap((id) => {
    const path = `personas/${id}.md`;
    const line = yaml.lineOf(['cast', outline.cast?.indexOf(id) ?? 0]);
    const near = nearestName(id, ids);
    const content = take(source, path, files, (message, isMissing) =>
      main.fault(line, isMissing && near ? `${message}; did you mean "${near}"?` : message),
    );
    if (content === null) return [];
    const context = { id, issues: outline.issues, passages };
    const persona = parsePersona(content, context, reportOn(log, source.label(path)));
    return persona ? [persona] : [];
  });
}

function take(
  source: ScenarioSource,
  path: string,
  files: Map<string, string>,
  fault: (message: string, isMissing: boolean) => void,
): string | null {
  const file = source.read(path);
  if (file.ok) {
    files.set(path, file.text);
    return file.text;
  }
  fault(file.message, file.reason === 'missing');
  return null;
}

type FactsByPlace = Pick<Scenario, 'facts' | 'factsAtHand'>;

/** The facts of scenario.yaml and those of facts.yaml beside it, which are not kept with a run unless they are asked for. */
function factsBeside(
  { file, source: yaml }: ReadScenarioFile,
  source: ScenarioSource,
  { passages }: Article,
  log: FaultLog,
  report: FileReport,
): FactsByPlace {
  const agenda = file?.agenda ?? [];
  const lineOf = (path: readonly (string | number)[]) => yaml.lineOf(['facts', ...path]);
  const facts = factsIn(file?.facts ?? {}, { agenda, passages, lineOf, report });
  const beside = source.read(factsFileName);
  const ofFile = { agenda, passages, report: reportOn(log, source.label(factsFileName)) };
  const factsAtHand = beside.ok ? parseFactsFile(beside.text, ofFile) : [];
  return {
    ...(facts.length > 0 ? { facts } : {}),
    ...(factsAtHand.length > 0 ? { factsAtHand } : {}),
  };
}

function checkPassages(
  agenda: Scenario['agenda'],
  passages: number,
  yaml: YamlSource,
  main: FileReport,
): void {
  for (const [index, issue] of agenda.entries()) {
    for (const [place, number] of issue.passages.entries()) {
      if (number <= passages) continue;
      const line = yaml.lineOf(['agenda', index, 'passages', place]);
      main.fault(line, `"${issue.id}" rests on passage ${number}; the article has ${passages} passages`);
    }
  }
}

/** What only shows when all personas are seen side by side. */
function checkTogether(
  personas: readonly Persona[],
  { outline, source: yaml }: ReadScenarioFile,
  source: ScenarioSource,
  main: FileReport,
): void {
  if (outline.cast === null) return;
  const castLine = yaml.lineOf(['cast']);
  const names = new Map<string, string>();
  for (const { member } of personas) {
    for (const name of new Set([member.name.toLowerCase(), member.short.toLowerCase()])) {
      const other = names.get(name);
      if (other) main.fault(castLine, `"${other}" and "${member.id}" share the name "${name}"`);
      else names.set(name, member.id);
    }
  }
  for (const name of source.personaFiles) {
    const id = name.replace(/\.md$/, '');
    if (!outline.cast.includes(id))
      main.warn(castLine, `personas/${name} is not in the cast and is not used`);
  }
  const cast = new Set(outline.cast);
  if (personas.length < cast.size) return;
  const principals = personas.filter(({ member }) => member.principal).length;
  if (principals === 0)
    main.fault(castLine, 'nobody in the cast is a principal; give two of them principal: true');
  if (principals === 1) {
    main.warn(castLine, 'only one of the cast is a principal; convergence among principals needs two');
  }
}
