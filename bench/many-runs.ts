import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebateEvent, runDebate } from '../src/index.ts';
import { shardedPlace } from '../src/journal/run-folder.ts';

/** Debates that the simulator really holds; all others are copies of them with other names, seeds and words. */
const originals = 12;

/**
 * Fills a folder with runs: a few debates of one round held by the simulator, and copies of their journals. A copy has
 * words of its own between any two sentences, so that no two copies are near-duplicates and most quotations still stand
 * in what they quote; its prompt files are a link.
 */
export async function makeRuns(folder: string, count: number): Promise<void> {
  for (let seed = 1; seed <= Math.min(originals, count); seed++) {
    const debate = await runDebate({
      rounds: 1,
      seed,
      judgeSamples: 1,
      transcripts: folder,
      name: `held-${seed}`,
    });
    const { ended } = await debate.result();
    if (ended?.reason !== 'round-limit') throw new Error(`held-${seed} ended otherwise: ${ended?.detail}`);
  }
  const held = await readdir(folder);
  const journals = await Promise.all(
    held.map(async (run) => linesOf(await readFile(join(folder, run, 'journal.jsonl'), 'utf8'))),
  );
  for (let copy = held.length; copy < count; copy++) {
    const place = copy % held.length;
    const name = `copy-${String(copy).padStart(6, '0')}`;
    const run = shardedPlace(folder, name);
    await mkdir(run, { recursive: true });
    await writeFile(join(run, 'journal.jsonl'), copied(journals[place] ?? [], name, copy));
    await symlink(join(folder, held[place] ?? '', 'prompts'), join(run, 'prompts'), 'dir');
  }
}

/** Lines that a copy changes, as events; all others as they stand. */
function linesOf(journal: string): (string | DebateEvent)[] {
  return journal
    .trimEnd()
    .split('\n')
    .map((line) => (/"type":"(debate-started|turn-ended)"/.test(line) ? JSON.parse(line) : line));
}

function copied(lines: readonly (string | DebateEvent)[], name: string, copy: number): string {
  const changed = lines.map((line) => {
    if (typeof line === 'string') return line;
    if (line.type === 'debate-started') return JSON.stringify({ ...line, debate: name, seed: copy });
    return JSON.stringify(line.type === 'turn-ended' ? { ...line, text: varied(line.text, copy) } : line);
  });
  return `${changed.join('\n')}\n`;
}

function varied(speech: string, copy: number): string {
  const words = Array.from({ length: 8 }, (_, place) => `k${copy}n${place}`);
  return speech.replace(/([.?!])(?= )/g, `$1 On ${words.join(' ')}:`);
}
