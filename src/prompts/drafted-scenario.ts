import { stringify } from 'yaml';
import { z } from 'zod';
import { identifierSchema, positionSchema } from '../debate/agenda.ts';
import type { ChatMessage } from '../debate/calls.ts';
import type { Article } from '../debate/setup.ts';
import { createFaultLog, inOrder, reportOn } from '../source/source-fault.ts';
import { articleBlock, taskBlock } from './blocks.ts';
import { type Drafting, sharesOf } from './drafting.ts';
import { block } from './fence.ts';
import { parseScenario } from './read-scenario.ts';
import { replyKind } from './replies.ts';
import { parseArticle } from './scenario-file.ts';
import { keptScenario, scenarioFileName } from './scenario-source.ts';

const text = z.string().trim().min(1);
/** Checked here and not in the JSON Schema: ids become the names of files. */
const id = text.refine(
  (given) => identifierSchema.safeParse(given).success,
  'must be lower-case words joined by hyphens',
);
const points = z.array(z.strictObject({ issue: text, points: z.array(text) }));

/** What a model is asked for; lists in place of records, since strict modes of providers know no open keys. */
export const draftedReply = replyKind(
  'scenario',
  z.strictObject({
    title: text,
    summary: text,
    /** A BCP 47 tag; null leaves it to the article. */
    language: z.string().nullable().default(null),
    agenda: z.array(
      z.strictObject({
        id,
        title: text,
        question: text,
        importance: z.number(),
        anchors: z.strictObject({ low: text, middle: text, high: text }),
        passages: z.array(z.number()),
        reason: text,
      }),
    ),
    cast: z.array(
      z.strictObject({
        id,
        name: text,
        short: text,
        principal: z.boolean(),
        openness: z.number(),
        opening: z.array(z.strictObject({ issue: text, position: positionSchema })),
        redLines: z.array(z.strictObject({ issue: text, min: positionSchema, max: positionSchema, text })),
        role: text,
        interests: z.array(text),
        voice: text,
        arguments: points,
        offers: points,
      }),
    ),
  }),
);

export type DraftedScenario = z.infer<typeof draftedReply.schema>;

/** Asks for a draft from an article. */
export function renderDrafting({ rules, task }: Drafting, article: Article): ChatMessage[] {
  return [
    { role: 'system', content: `${block('rules', {}, rules)}\n${articleBlock(article)}` },
    { role: 'user', content: taskBlock('draft-scenario', {}, task) },
  ];
}

/** The article as a scenario's article.md. Its text is not shared in exports unless a person says so. */
export function articleFile({ title, source, date, licence, passages }: Article): string {
  const front = {
    title,
    source: source || 'not stated',
    date,
    licence: licence || 'not stated',
    shareText: false,
  };
  return `---\n${stringify(front, { lineWidth: 0 })}---\n\n${passages.map((one) => one.text).join('\n\n')}\n`;
}

/** The article as it is read back from article.md, whose passages are the ones that count. */
export function articleOf(file: string): Article | null {
  return parseArticle(file, reportOn(createFaultLog(), 'article.md'))?.article ?? null;
}

/** The files of a draft, by path below the scenario's folder. */
export function filesOf(draft: DraftedScenario, id: string, article: string): Map<string, string> {
  const weights = sharesOf(draft.agenda.map(({ importance }) => importance));
  const scenario = {
    id,
    title: draft.title,
    summary: draft.summary,
    ...(draft.language === null ? {} : { language: draft.language }),
    article: 'article.md',
    cast: draft.cast.map((persona) => persona.id),
    agenda: draft.agenda.map(({ id: issue, title, question, anchors, passages }, at) => ({
      id: issue,
      title,
      question,
      weight: weights[at],
      passages: [...new Set(passages)],
      anchors: { 0: anchors.low, 3: anchors.middle, 6: anchors.high },
    })),
  };
  const files = new Map([
    [scenarioFileName, stringify(scenario, { lineWidth: 100 })],
    ['article.md', article],
  ]);
  for (const persona of draft.cast) files.set(`personas/${persona.id}.md`, personaFile(persona));
  return files;
}

function personaFile(persona: DraftedScenario['cast'][number]): string {
  const { id, name, short, principal, openness, opening, redLines } = persona;
  const front = {
    id,
    name,
    short,
    principal,
    openness,
    opening: Object.fromEntries(opening.map(({ issue, position }) => [issue, position])),
    redLines,
  };
  const listed = (lines: readonly string[]) =>
    lines.map((line) => `- ${line.replace(/\s+/g, ' ')}`).join('\n');
  const byIssue = (heading: string, parts: DraftedScenario['cast'][number]['arguments']) =>
    parts.length === 0
      ? []
      : [`## ${heading}`, ...parts.flatMap((part) => [`### ${part.issue}`, listed(part.points)])];
  const sections = [
    '## Role',
    persona.role,
    '## Interests',
    listed(persona.interests),
    '## Voice',
    persona.voice,
    ...byIssue('Arguments', persona.arguments),
    ...byIssue('Offers', persona.offers),
  ];
  return `---\n${stringify(front, { lineWidth: 100 })}---\n\n${sections.join('\n\n')}\n`;
}

/** Interests are said by the persona in debates; models that were just asked for a role that begins with "You" write them so as well. */
export function interestsToOthers(draft: DraftedScenario): string[] {
  return draft.cast.flatMap(({ id, interests }) =>
    interests
      .filter((interest) => /^your?\b/iu.test(interest))
      .map(
        (interest) =>
          `personas/${id}.md: "${interest}" is said to the persona; an interest is the persona's own sentence ("We want ...")`,
      ),
  );
}

/** What `parley check` finds wrong with the files, one line each. */
export function faultsIn(files: ReadonlyMap<string, string>): string[] {
  const log = createFaultLog();
  parseScenario(keptScenario(files, ''), log);
  return inOrder(log.faults).map(({ file, message }) => `${file}: ${message}`);
}
