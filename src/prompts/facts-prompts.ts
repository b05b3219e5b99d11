import { z } from 'zod';
import { type ArticleFact, factSchema, mostFacts } from '../debate/article-facts.ts';
import type { ChatMessage } from '../debate/calls.ts';
import { type Debate, speechesOf } from '../debate/debate.ts';
import type { Article } from '../debate/setup.ts';
import { matchQuote } from '../grounding/quotes.ts';
import { readMarkdown } from '../source/markdown-file.ts';
import type { FileReport } from '../source/source-fault.ts';
import { parsedJson } from '../text/json-in-text.ts';
import { agendaBlock, articleBlock, taskBlock, turnBlock } from './blocks.ts';
import { fencedLine } from './fence.ts';
import { issueValues } from './placeholder-values.ts';
import { replyKind } from './replies.ts';
import { factPlaceholders, fillTemplate, readTemplates } from './template.ts';
import type { FactPrompts, PromptSet, Scenario } from './types.ts';

/** Reads facts.md; reports its faults. */
export function parseFactPrompts(content: string, report: FileReport): FactPrompts {
  const texts = readTemplates(readMarkdown(content, report), factPlaceholders, report);
  return { extract: '', trace: '', dealt: '', ...texts };
}

/** What is wrong with a fact, as the rest of a line; null where its quote stands in the passage it names. */
export function faultOfFact(
  { passage, quote }: Pick<ArticleFact, 'passage' | 'quote'>,
  passages: Article['passages'],
): string | null {
  const text = passages.find(({ number }) => number === passage)?.text;
  if (text === undefined)
    return `passage ${passage} does not exist; the article has ${passages.length} passages`;
  return matchQuote(quote, text) ? null : `"${quote}" does not stand word for word in passage ${passage}`;
}

const foundSchema = z.strictObject({ facts: z.array(factSchema).min(1).max(mostFacts) });

/** Reads facts.json, which an earlier run wrote: facts that a model found. */
export function parseFoundFacts(content: string, { passages }: Article, report: FileReport): ArticleFact[] {
  const parsed = foundSchema.safeParse(parsedJson(content));
  if (!parsed.success) {
    report.fault(1, 'the facts that were found are damaged');
    return [];
  }
  const fault = parsed.data.facts.map((fact) => faultOfFact(fact, passages)).find((one) => one !== null);
  if (fault) report.fault(1, fault);
  return parsed.data.facts;
}

export function foundFactsFile(facts: readonly ArticleFact[]): string {
  return `${JSON.stringify({ facts }, null, 2)}\n`;
}

/** Facts as a model finds them in an article. */
export const extractReply = replyKind(
  'facts',
  z.strictObject({
    facts: z.array(z.strictObject({ issue: z.string(), passage: z.int(), quote: z.string() })),
  }),
);

/** Which facts the speeches of a round use. */
export const traceReply = replyKind(
  'uses',
  z.strictObject({
    uses: z.array(
      z.strictObject({
        fact: z.string(),
        turn: z.int(),
        how: z.enum(['used', 'contradicted']),
        quote: z.string(),
      }),
    ),
  }),
);

/** Asks once which facts of the article its issues turn on. */
export function renderExtraction(
  { article, agenda, language }: Pick<Scenario, 'article' | 'agenda' | 'language'>,
  prompts: FactPrompts,
): ChatMessage[] {
  const task = taskBlock('extract', {}, fillTemplate(prompts.extract, issueValues(agenda)));
  return [
    { role: 'system', content: `${articleBlock(article)}\n${agendaBlock(agenda, { language })}` },
    { role: 'user', content: task },
  ];
}

/** What a model found, as facts: those whose quote stands in its passage, each once, and what is wrong with the others. */
export function checkedFacts(
  found: readonly { issue: string; passage: number; quote: string }[],
  { article, agenda }: Pick<Scenario, 'article' | 'agenda'>,
): { facts: ArticleFact[]; faults: string[] } {
  const faults: string[] = [];
  const kept: Omit<ArticleFact, 'id'>[] = [];
  for (const { issue, passage, quote } of found) {
    const fault = agenda.some(({ id }) => id === issue)
      ? faultOfFact({ passage, quote }, article.passages)
      : `"${issue}" is no issue of the agenda`;
    if (fault !== null) faults.push(`${fault}.`);
    else if (!kept.some((one) => one.passage === passage && one.quote === quote))
      kept.push({ issue, passage, quote });
  }
  const place = ({ issue }: { issue: string }) => agenda.findIndex(({ id }) => id === issue);
  const ordered = kept.sort((one, other) => place(one) - place(other)).slice(0, mostFacts);
  return { facts: ordered.map((fact, index) => ({ id: `F${index + 1}`, ...fact })), faults };
}

/** Asks which facts the speeches of a round use: the facts and that round alone, since what was said before is known. */
export function renderTrace(set: PromptSet, debate: Debate, round: number): ChatMessage[] {
  const { agenda, language } = set.scenario;
  if (!set.facts || !debate.started.facts) throw new Error('the prompts hold no facts to look for');
  const facts = debate.started.facts.map(
    ({ id, issue, passage, quote }) => `- ${id} [P${passage}] on ${issue}: "${fencedLine(quote)}"`,
  );
  const values = { ...issueValues(agenda), facts: facts.join('\n'), round: String(round) };
  const speeches = speechesOf(debate, round).map(({ turn, speaker, text }) => {
    const name = debate.started.cast.find(({ id }) => id === speaker)?.name ?? speaker;
    return turnBlock({ number: turn, speaker, name, text });
  });
  const task = taskBlock('trace', { round }, fillTemplate(set.facts.trace, values));
  return [
    { role: 'system', content: agendaBlock(agenda, { language }) },
    { role: 'user', content: [...speeches, task].join('\n') },
  ];
}
