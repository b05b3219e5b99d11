import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sampleDebate, sampleName } from './sample-debate.ts';

// Writes transcripts/samples/ anew; what is committed there is what this writes.
const folder = join('transcripts', 'samples', sampleName);
await rm(folder, { recursive: true, force: true });
for (const [path, content] of await sampleDebate()) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
console.log(`Wrote ${folder}.`);
