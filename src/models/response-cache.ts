import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { usageSchema } from '../debate/calls.ts';
import { endingSchema } from '../debate/speech-events.ts';
import type { CallRequest, KeptReplies, KeptReply, ModelHandle } from './types.ts';

/** Version of an entry's form and of what tells requests apart; another one is a miss. */
const version = 1;

const replySchema = z.strictObject({ text: z.string().min(1), ending: endingSchema, usage: usageSchema });
const entrySchema = z.strictObject({
  v: z.literal(version),
  reply: replySchema,
  /** SHA-256 of the reply as JSON, so that damage is noticed. */
  sha256: z.string(),
});

export interface ResponseCacheOptions {
  /** Where replies are kept, one file each; made when the first one is. Holds no request and no key. */
  folder: string;
  /** Told once, where a reply could not be kept. */
  onTrouble?(message: string): void;
}

/**
 * Whole replies by exact request: the same model at the same address, asked the same with the same parameters on the
 * same occasion, is not asked again. A simulated model is left as it is, since asking it costs nothing.
 */
export interface ResponseCache {
  /**
   * The same model, answering from the cache where it can; the same handle for the same model and occasion. The
   * occasion tells apart calls that ask the same and should be answered apart: the number of the repeat, and what else
   * keeps debates that run beside each other from taking each other's replies.
   */
  over(handle: ModelHandle, occasion: string): ModelHandle;
}

export function openResponseCache({ folder, onTrouble }: ResponseCacheOptions): ResponseCache {
  const known = new WeakMap<ModelHandle, Map<string, ModelHandle>>();
  let hasTold = false;
  const tell = (error: unknown) => {
    if (hasTold) return;
    hasTold = true;
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    onTrouble?.(`Replies cannot be kept in ${folder} (${why}); the run goes on without.`);
  };
  const repliesOf = (handle: ModelHandle, occasion: string): KeptReplies => {
    const place = (request: CallRequest) => placeOf(folder, keyOf(handle, request, occasion));
    return {
      recall: (request) => readEntry(place(request)),
      keep: (request, reply) => writeEntry(place(request), reply).catch(tell),
    };
  };
  return {
    over(handle, occasion) {
      if (handle.simulated) return handle;
      const byOccasion = known.get(handle) ?? new Map<string, ModelHandle>();
      known.set(handle, byOccasion);
      const made = byOccasion.get(occasion) ?? { ...handle, kept: repliesOf(handle, occasion) };
      byOccasion.set(occasion, made);
      return made;
    },
  };
}

function keyOf({ spec, address }: ModelHandle, request: CallRequest, occasion: string): string {
  const { messages, maxOutputTokens, temperature, seed, reply } = request;
  const asked = messages.map(({ role, content }) => [role, content]);
  const parameters = [maxOutputTokens, temperature, seed, reply ?? null];
  return sha256(JSON.stringify([version, spec, address ?? null, asked, parameters, occasion]));
}

/** Two letters of the key part the files into folders, for file systems that dislike many in one. */
function placeOf(folder: string, key: string): string {
  return join(folder, key.slice(0, 2), `${key}.json`);
}

async function readEntry(path: string): Promise<KeptReply | null> {
  try {
    const { reply, sha256: hash } = entrySchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return hash === sha256(JSON.stringify(reply)) ? reply : null;
  } catch {
    return null;
  }
}

/** Under another name first, so that no reader ever sees half an entry. */
async function writeEntry(path: string, given: KeptReply): Promise<void> {
  const reply = replySchema.parse(given);
  const entry = { v: version, reply, sha256: sha256(JSON.stringify(reply)) };
  const draft = `${path}.${randomUUID()}.draft`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(draft, `${JSON.stringify(entry)}\n`, { flag: 'wx' });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
