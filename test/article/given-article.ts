import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { readArticle } from '../../src/article/read-article.ts';
import type { Article } from '../../src/debate/setup.ts';

/** Writes bytes to a file of this name and reads it as an article. */
export async function fromFile(bytes: string | Uint8Array, name = 'article.txt') {
  const folder = await mkdtemp(join(tmpdir(), 'parley-article-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  await writeFile(path, bytes);
  return readArticle({ source: { type: 'file', path } });
}

export async function fromStdin(...chunks: (string | Uint8Array)[]) {
  return readArticle({ source: { type: 'stdin', stream: Readable.from(chunks) } });
}

export async function articleFrom(bytes: string | Uint8Array, name?: string): Promise<Article> {
  const outcome = await fromFile(bytes, name);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.value;
}

export async function textsFrom(bytes: string | Uint8Array, name?: string): Promise<string[]> {
  return (await articleFrom(bytes, name)).passages.map(({ text }) => text);
}
