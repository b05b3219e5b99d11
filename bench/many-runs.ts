import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runDebate } from '../src/index.ts';
import { shardedPlace } from '../src/journal/file-place.ts';

/** Debates that the simulator really holds; all others are copies of them with other names, seeds and words. */
const originals = 12;

/**
 * Fills a folder with runs: a few debates of two rounds held by the simulator, and copies of their journals. A copy has
 * words of its own between any two sentences, so that no two copies are near-duplicates and most quotations still stand
 * in what they quote; its prompt files are a link.
 */
export async function makeRuns(folder: string, count: number): Promise<void> {
  for (let seed = 1; seed <= Math.min(originals, count); seed++) {
    const debate = await runDebate({
      rounds: 2,
      seed,
      judgeSamples: 2,
      transcripts: folder,
      name: `held-${seed}`,
    });
    await debate.result();
  }
  const held = await readdir(folder);
  const journals = await Promise.all(held.map((run) => readFile(join(folder, run, 'journal.jsonl'), 'utf8')));
  for (let copy = held.length; copy < count; copy++) {
    const place = copy % held.length;
    const name = `copy-${String(copy).padStart(6, '0')}`;
    const run = shardedPlace(folder, name);
    await mkdir(run, { recursive: true });
    await writeFile(join(run, 'journal.jsonl'), copied(journals[place] ?? '', name, copy));
    await symlink(join(folder, held[place] ?? '', 'prompts'), join(run, 'prompts'), 'dir');
  }
}

function copied(journal: string, name: string, copy: number): string {
  const lines = journal.trimEnd().split('\n');
  const events = lines.map((line) => JSON.parse(line));
  for (const event of events) {
    if (event.type === 'debate-started') Object.assign(event, { debate: name, seed: copy });
    if (event.type === 'turn-ended') event.text = varied(event.text, copy);
  }
  return `${events.map((event) => JSON.stringify(event)).join('\n')}\n`;
}

function varied(speech: string, copy: number): string {
  return speech.replace(/([.?!])(?= )/g, `$1 Item k${copy}:`);
}
