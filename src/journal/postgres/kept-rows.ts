import { createHash } from 'node:crypto';
import { type Outcome, success } from '../../debate/outcome.ts';
import { checkedPath } from '../kept-files.ts';
import type { KeptFile } from '../types.ts';
import { damagedFile } from './failures.ts';
import type { Server } from './server.ts';

/** Hashes of files by their paths; a path that leaves the run is a bug and throws. */
export function hashedFiles(files: readonly KeptFile[]) {
  const contents = new Map<string, Buffer>();
  const hashes = new Map<string, string>();
  for (const { path, content } of files) {
    const bytes = Buffer.from(content, 'utf8');
    const hash = hashOf(bytes);
    contents.set(hash, bytes);
    hashes.set(checkedPath(path), hash);
  }
  return { contents, hashes };
}

/** Stores the files that are not there yet. Most debates of a batch share theirs, so few are sent. */
export async function storeContents(server: Server, contents: ReadonlyMap<string, Buffer>): Promise<void> {
  const wanted = [...contents.keys()];
  const { rows } = await server.query('select sha256 from parley.kept_files where sha256 = any($1)', [
    wanted,
  ]);
  const known = new Set(rows.map(({ sha256 }) => sha256));
  // One order for all, so that two that store the same files cannot wait for each other.
  const missing = wanted.filter((hash) => !known.has(hash)).sort();
  if (missing.length === 0) return;
  await server.query(
    `insert into parley.kept_files (sha256, content)
     select * from unnest($1::text[], $2::bytea[]) on conflict (sha256) do nothing`,
    [missing, missing.map((hash) => contents.get(hash))],
  );
}

/** The kept files of a debate by path, in the order of their paths. */
export async function readFiles(
  server: Server,
  debate: string,
): Promise<Outcome<Map<string, string>, 'damaged'>> {
  const { rows } = await server.query(
    `select path, sha256, content from parley.debate_files join parley.kept_files using (sha256) where debate = $1`,
    [debate],
  );
  const files = new Map<string, string>();
  for (const { path, sha256, content } of rows.sort((one, other) => (one.path < other.path ? -1 : 1))) {
    if (hashOf(content) !== sha256) return damagedFile(server.place, debate, path);
    files.set(path, content.toString('utf8'));
  }
  return success(files);
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
