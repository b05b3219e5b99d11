import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Article, articleSchema } from '../debate/events.ts';

/** Articles of the web as a plan first found them: debates that are held tomorrow are about the same text. */
export interface KeptArticles {
  /** null where there is none yet. */
  find(address: string): Promise<Article | null>;
  keep(address: string, article: Article): Promise<void>;
}

/** Keeps articles in a batch's own folder. */
export function keptArticles(place: string): KeptArticles {
  const folder = join(place, 'articles');
  const pathOf = (address: string) =>
    join(folder, `${createHash('sha256').update(address).digest('hex').slice(0, 16)}.json`);
  return {
    async find(address) {
      try {
        return articleSchema.parse(JSON.parse(await readFile(pathOf(address), 'utf8')));
      } catch {
        return null;
      }
    },
    async keep(address, article) {
      await mkdir(folder, { recursive: true });
      const draft = `${pathOf(address)}.new`;
      await writeFile(draft, JSON.stringify(article));
      await rename(draft, pathOf(address));
    },
  };
}
