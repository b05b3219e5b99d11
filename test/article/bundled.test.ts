import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'rolldown';
import { expect, it, onTestFinished } from 'vitest';
import { asShipped } from '../../scripts/quick-start.js';
import { newsPage, paragraph, sends, webSite } from './web-site.ts';

// Packages made for require give other names to import once they are bundled, as they are in the shipped command.
it('reads pages, front matter and old encodings when it is bundled as it is shipped', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bundled-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const page = join(folder, 'page.html');
  await writeFile(
    page,
    Buffer.from(
      newsPage({ head: '<meta charset="windows-1252">', body: `<p>Größe. ${paragraph(1)}</p>` }),
      'latin1',
    ),
  );
  const text = join(folder, 'text.md');
  await writeFile(text, `---\ntitle: Above\n---\n${paragraph(2)}`);
  const { at } = await webSite({ '/': sends(newsPage({ body: `<p>Fetched. ${paragraph(3)}</p>` })) });
  const script = `
    import { readArticle } from ${JSON.stringify(join(import.meta.dirname, '../../src/article/read-article.ts'))};
    for (const source of [{ type: 'file', path: ${JSON.stringify(page)} }, { type: 'file', path: ${JSON.stringify(text)} }, { type: 'url', url: ${JSON.stringify(at('127.0.0.1', '/'))} }]) {
      const outcome = await readArticle({ source, allowPrivate: true });
      console.log(outcome.ok ? outcome.value.title + ': ' + outcome.value.passages[0].text : outcome.failure.message);
    }
    const local = await readArticle({ source: { type: 'url', url: 'http://127.0.0.1/' } });
    console.log(local.failure.reason);`;
  const input = join(folder, 'script.ts');
  await writeFile(input, script);
  const file = join(folder, 'bundle.mjs');
  await build({ ...asShipped, input, output: { file, codeSplitting: false } });
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  expect(stdout.trim().split('\n')).toEqual([
    `Council puts off the dam: Größe. ${paragraph(1)}`,
    `Above: ${paragraph(2)}`,
    `Council puts off the dam: Fetched. ${paragraph(3)}`,
    'private-address',
  ]);
});
