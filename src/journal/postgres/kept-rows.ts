import { createHash } from 'node:crypto';
import { type Outcome, success } from '../../debate/outcome.ts';
import { checkedPath } from '../kept-files.ts';
import type { KeptFile } from '../types.ts';
import type { Server } from './server.ts';
import { damagedFile } from './server-failures.ts';

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

/**
 * Stores the files that are not there yet. Most debates of a batch share theirs, so few are sent; `stored` are the hashes of
 * those that this process knows to be there, which nothing takes away.
 */
export async function storeContents(
  server: Server,
  contents: ReadonlyMap<string, Buffer>,
  stored: Set<string>,
): Promise<void> {
  const wanted = [...contents.keys()].filter((hash) => !stored.has(hash));
  if (wanted.length === 0) return;
  const { rows } = await server.query('select sha256 from parley.kept_files where sha256 = any($1)', [
    wanted,
  ]);
  const known = new Set(rows.map(({ sha256 }) => sha256));
  // One order for all, so that two that store the same files cannot wait for each other.
  const missing = wanted.filter((hash) => !known.has(hash)).sort();
  if (missing.length > 0) {
    await server.query(
      `insert into parley.kept_files (sha256, content)
       select * from unnest($1::text[], $2::bytea[]) on conflict (sha256) do nothing`,
      [missing, missing.map((hash) => contents.get(hash))],
    );
  }
  for (const hash of wanted) stored.add(hash);
}

/** Contents kept in memory; debates of a batch share most of theirs. */
const mostKnown = 500;

export interface FileReader {
  /** The kept files of a debate by path, in the order of their paths. */
  filesOf(debate: string): Promise<Outcome<Map<string, string>, 'damaged'>>;
}

export function createFileReader(server: Server): FileReader {
  const known = new Map<string, string>();

  async function learn(hashes: readonly string[]): Promise<void> {
    if (hashes.every((hash) => known.has(hash))) return;
    if (known.size + hashes.length > mostKnown) known.clear();
    const missing = hashes.filter((hash) => !known.has(hash));
    const { rows } = await server.query(
      'select sha256, content from parley.kept_files where sha256 = any($1)',
      [missing],
    );
    for (const { sha256, content } of rows) {
      if (hashOf(content) === sha256) known.set(sha256, content.toString('utf8'));
    }
  }

  return {
    async filesOf(debate) {
      const { rows } = await server.query('select path, sha256 from parley.debate_files where debate = $1', [
        debate,
      ]);
      const hashes = new Map<string, string>(rows.map(({ path, sha256 }) => [path, sha256]));
      await learn([...new Set(hashes.values())]);
      const files = new Map<string, string>();
      for (const [path, hash] of [...hashes].sort(([one], [other]) => (one < other ? -1 : 1))) {
        const content = known.get(hash);
        if (content === undefined) return damagedFile(server.place, debate, path);
        files.set(path, content);
      }
      return success(files);
    },
  };
}

function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
