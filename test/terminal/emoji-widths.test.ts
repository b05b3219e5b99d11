import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import stringWidth from 'string-width';
import { expect, it, onTestFinished } from 'vitest';
import { asShipped } from '../../scripts/quick-start.js';

it('measures every character and emoji sequence in the bundled command as the library by itself does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-width-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'width.mjs');
  const input = join(folder, 'entry.mjs');
  const library = JSON.stringify(fileURLToPath(import.meta.resolve('string-width')));
  await writeFile(input, `export { default } from ${library};`);
  await build({ ...asShipped, input, output: { file } });
  const bundled = (await import(pathToFileURL(file).href)).default as typeof stringWidth;
  const sequences = ['👩‍🚀', '🇰🇷', '🇰', '1️⃣', '❤️', '👍🏽', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '한', 'e\u0301', '각', '▶\uFE0F'];
  const different = [...sequences, ...everyCharacter()].filter((text) => bundled(text) !== stringWidth(text));
  expect(different).toEqual([]);
});

function* everyCharacter(): Generator<string> {
  for (let code = 0; code < 0x2_0000; code++)
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code);
}
