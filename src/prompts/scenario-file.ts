import { createHash } from 'node:crypto';
import { z } from 'zod';
import { identifierSchema, type Passage } from '../debate/agenda.ts';
import { type Article, caucusSchema } from '../debate/setup.ts';
import { splitPassages } from '../grounding/passages.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { normalised, readMarkdown } from '../source/markdown-file.ts';
import { createFaultLog, type FileReport, reportOn } from '../source/source-fault.ts';
import { readYaml, type YamlSource } from '../source/yaml-source.ts';
import { languageTag } from '../text/language.ts';
import { checkDoubles, checkWeights, writtenAgendaSchema } from './agenda-file.ts';
import { writtenFactsSchema } from './written-facts.ts';

const frontMatterSchema = z.strictObject({
  title: z.string().trim().min(1),
  source: z.string().trim().min(1),
  /** As given; empty where the source gives none. */
  date: z.string(),
  licence: z.string().trim().min(1),
  url: z.url({ protocol: /^https?$/, message: 'must be an http or https address' }).nullish(),
  shareText: z.boolean(),
});

/** An article with what its file says about sharing it. */
export interface ScenarioArticle {
  article: Article;
  shareText: boolean;
  url: string | null;
}

/** Reads article.md. Reports faults; null where there is one. */
export function parseArticle(content: string, report: FileReport): ScenarioArticle | null {
  const file = readMarkdown(content, report);
  if (!file.hasFrontMatter) {
    report.fault(
      1,
      'the article has no front matter; begin with --- and title, source, date, licence, shareText',
    );
    return null;
  }
  const passages = splitPassages(file.body);
  if (passages.length === 0) report.fault(file.bodyLine, 'the article is empty below its front matter');
  const front = file.frontMatter && checkYaml(frontMatterSchema, file.frontMatter, report);
  if (!front || passages.length === 0) return null;
  const { title, source, date, licence, shareText, url } = front;
  return {
    article: { title, source, date: date.trim(), licence, sha256: hashOf(passages), passages },
    shareText,
    url: url ?? null,
  };
}

/** SHA-256 of the passages' texts, two line ends between them: the same text has the same hash whatever file it came in. */
export function hashOf(passages: readonly Passage[]): string {
  return createHash('sha256')
    .update(passages.map((passage) => passage.text).join('\n\n'), 'utf8')
    .digest('hex');
}

/** A BCP 47 language tag, in its usual spelling. */
const languageSchema = z.string().transform((tag, context) => {
  const language = languageTag(tag);
  if (language !== null) return language;
  context.addIssue({ code: 'custom', message: 'must be a language tag, such as fr, pt-BR or zh-Hans' });
  return z.NEVER;
});

/** Sources of a dossier; more are no scenario but a library. */
const mostSources = 20;

const scenarioFileSchema = z.strictObject({
  id: identifierSchema,
  title: z.string().trim().min(1),
  summary: z.string().trim().min(1),
  /** Names the event, so that scenarios about the same one never part between data splits. */
  group: identifierSchema.optional(),
  /** One file, or several that make a dossier. */
  article: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(mostSources)]),
  language: languageSchema.optional(),
  /** Two principals talk in private before each round but the first: so many turns, or where the moderator thinks it helps. */
  caucus: caucusSchema.optional(),
  cast: z.array(identifierSchema).min(2).max(12),
  /** The cast in the order of its marks and colours, where a plan seats it in another one. */
  markOrder: z.array(identifierSchema).optional(),
  agenda: writtenAgendaSchema,
  /** By issue: what the article says that the debate should not lose. */
  facts: writtenFactsSchema.optional(),
});

type ScenarioFile = z.infer<typeof scenarioFileSchema>;

/** What a faulty scenario.yaml still tells, so that the other files can be checked in the same pass. */
interface ScenarioOutline {
  article: string[] | null;
  cast: string[] | null;
  issues: string[] | null;
}

export interface ReadScenarioFile {
  file: ScenarioFile | null;
  outline: ScenarioOutline;
  source: YamlSource;
}

export function parseScenarioFile(content: string, report: FileReport): ReadScenarioFile | null {
  const source = readYaml(normalised(content), 1, report);
  if (!source) return null;
  const file = checkYaml(scenarioFileSchema, source, report);
  const outline = outlineOf(source.value);
  checkDoubles(outline.cast, 'cast', (id) => `the persona "${id}" is named twice`, source, report);
  checkDoubles(outline.issues, 'agenda', (id) => `the issue "${id}" appears twice`, source, report);
  for (const [index, id] of (outline.cast ?? []).entries()) {
    if (!reserved.includes(id)) continue;
    report.fault(source.lineOf(['cast', index]), `no persona may be called "${id}"; that name is reserved`);
  }
  if (file) checkWeights(file.agenda, source, report);
  if (file?.markOrder && file.markOrder.toSorted().join() !== file.cast.toSorted().join()) {
    report.fault(source.lineOf(['markOrder']), 'markOrder must name exactly the cast');
  }
  const issues = outline.issues && [...new Set(outline.issues)];
  return { file, outline: { ...outline, issues }, source };
}

/** The paths of the article, from a scenario.yaml that may be faulty otherwise; null where it names none. */
export function articlesIn(content: string): string[] | null {
  const source = readYaml(normalised(content), 1, reportOn(createFaultLog(), ''));
  return source && outlineOf(source.value).article;
}

/** Ids under which parley itself speaks and reads. */
const reserved = ['moderator', 'judge'];

const outlineSchema = z.looseObject({
  article: z
    .union([z.string().transform((path) => [path]), z.array(z.string())])
    .nullable()
    .catch(null),
  cast: z.array(z.string()).nullable().catch(null),
  agenda: z
    .array(z.looseObject({ id: z.string() }))
    .nullable()
    .catch(null),
});

function outlineOf(value: unknown): ScenarioOutline {
  const parsed = outlineSchema.safeParse(value);
  if (!parsed.success) return { article: null, cast: null, issues: null };
  const { article, cast, agenda } = parsed.data;
  return { article, cast, issues: agenda?.map((issue) => issue.id) ?? null };
}
