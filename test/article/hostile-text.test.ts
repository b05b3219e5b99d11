import { expect, it } from 'vitest';
import { documentOf } from '../../src/article/document-article.ts';

it('gives up a document that takes too long, and reads the next', async () => {
  const raw = (html: string) => ({
    bytes: Buffer.from(html),
    isWhole: true,
    name: 'page.html',
    origin: 'page.html',
    contentType: '',
    form: 'html' as const,
  });
  const deep = `<html><body>${'<div class="share">'.repeat(900)}${'word '.repeat(20_000)}${'<i>x</i>'.repeat(20_000)}</body></html>`;
  const began = performance.now();
  await documentOf(raw(deep));
  expect(performance.now() - began).toBeLessThan(15_000);
  const next = await documentOf(
    raw(`<html><body><p>${'A sentence of a page. '.repeat(20)}</p></body></html>`),
  );
  expect(next.ok).toBe(true);
}, 40_000);
