import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Article } from '../debate/setup.ts';
import { splitPassages } from '../grounding/passages.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { readMarkdown } from '../source/markdown-file.ts';
import type { FileReport } from '../source/source-fault.ts';

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
function hashOf(passages: Article['passages']): string {
  return createHash('sha256')
    .update(passages.map((passage) => passage.text).join('\n\n'), 'utf8')
    .digest('hex');
}
