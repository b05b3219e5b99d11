import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { sections, sorts } from '../../terminal/home/home-content.ts';
import type { KeptHome } from '../../terminal/home/home-state.ts';
import { type Environment, stateFolder } from '../environment.ts';

const name = z.string().max(300);
const keptSchema = z.strictObject({
  section: z.enum(sections).optional(),
  sort: z.enum(sorts).optional(),
  isTree: z.boolean().optional(),
  batch: name.nullable().optional(),
  chosen: z.partialRecord(z.enum(sections), name).optional(),
});
/** The places where home was last, the latest last. */
const fileSchema = z.array(z.tuple([z.string(), keptSchema]));
const mostPlaces = 50;

function fileOf(environment: Environment): string {
  return join(stateFolder(environment), 'home.json');
}

async function placesIn(file: string): Promise<[string, KeptHome][]> {
  try {
    return fileSchema.parse(JSON.parse(await readFile(file, 'utf8'))) as [string, KeptHome][];
  } catch {
    return [];
  }
}

/** How home was left where these runs are; nothing where it never was, or where that cannot be read. */
export async function keptHome(place: string, environment: Environment): Promise<KeptHome> {
  const places = await placesIn(fileOf(environment));
  return places.find(([one]) => one === place)?.[1] ?? {};
}

/** What cannot be written is forgotten. */
export async function keepHome(place: string, kept: KeptHome, environment: Environment): Promise<void> {
  const file = fileOf(environment);
  const others = (await placesIn(file)).filter(([one]) => one !== place);
  const draft = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, `${JSON.stringify([...others, [place, kept]].slice(-mostPlaces))}\n`);
    await rename(draft, file);
  } catch {
    // Home then begins where it always does.
  }
}
