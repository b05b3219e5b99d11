import { createHash } from 'node:crypto';
import type { DebateEvent } from '../../debate/events.ts';
import { type Outcome, success } from '../../debate/outcome.ts';
import { eventOfLine } from '../event-line.ts';
import { checkedPath } from '../kept-files.ts';
import { noSuchRun } from '../named-run.ts';
import type { JournalFailure, KeptFile } from '../types.ts';
import type { Server } from './server.ts';
import { damaged, damagedFile, missingEvent, surplusEvent } from './server-error.ts';

const namesAtOnce = 1000;

/** Ids of the debates in the order of a sharded folder, so that whatever is made of many is the same from both. */
export async function* listDebates(server: Server): AsyncGenerator<string> {
  let last = { shard: '', id: '' };
  for (;;) {
    const { rows } = await server.query(
      `select shard, id from parley.debates where (shard, id) > ($1, $2) order by shard, id limit ${namesAtOnce}`,
      [last.shard, last.id],
    );
    for (const { id } of rows) yield id;
    if (rows.length < namesAtOnce) return;
    last = rows[rows.length - 1];
  }
}

export interface StoredEvent {
  event: DebateEvent;
  /** As it is stored. */
  line: string;
}

/** Events that are asked for at once: a whole usual debate, and not too much memory where speeches are long. */
const linesAtOnce = 100;

/**
 * The events of a debate, strictly: numbers run from 0 with no gap up to the count its row tells and no further, and every
 * line must be an event. Gives null, once, where there is no such debate.
 */
export async function* readEvents(
  server: Server,
  debate: string,
): AsyncGenerator<Outcome<StoredEvent, JournalFailure> | null> {
  for (let next = 0; ; ) {
    const { rows } = await server.query(
      `select events, page.number, page.line from parley.debates left join lateral (
         select number, line from parley.events where debate = id and number >= $2 order by number limit ${linesAtOnce}
       ) page on true where id = $1 order by page.number`,
      [debate, next],
    );
    if (rows.length === 0) return yield null;
    const lines = rows.filter(({ number }) => number !== null);
    for (const { number, line } of lines) {
      if (next >= rows[0].events) return yield surplusEvent(server.place, debate, number);
      if (number !== next) return yield missingEvent(server.place, debate, next);
      const parsed = eventOfLine(Buffer.from(line, 'utf8'), number);
      if (!parsed.ok) return yield damaged(server.place, debate, number, parsed.fault);
      next++;
      yield success({ event: parsed.event, line });
    }
    if (lines.length === linesAtOnce) continue;
    if (next < rows[0].events) yield missingEvent(server.place, debate, next);
    return;
  }
}

/** A run as it is stored, to the byte: lines that are checked to be events, and prompt files by path. */
export interface WholeRun {
  lines: string[];
  files: Map<string, string>;
}

export async function readWholeRun(
  server: Server,
  reader: FileReader,
  debate: string,
): Promise<Outcome<WholeRun, JournalFailure>> {
  const lines: string[] = [];
  for await (const read of readEvents(server, debate)) {
    if (!read) return await noSuchRun(server.place, debate, listDebates(server));
    if (!read.ok) return read;
    lines.push(read.value.line);
  }
  const files = await reader.filesOf(debate);
  return files.ok ? success({ lines, files: files.value }) : files;
}

/** SHA-256 of a journal as a file would hold it, taken by the server, so that nothing needs to be sent. */
export async function hashOfJournal(server: Server, debate: string): Promise<string | null> {
  const { rows } = await server.query(
    `select encode(sha256(convert_to(string_agg(line || E'\\n', '' order by number), 'UTF8')), 'hex') as sha256
     from parley.events where debate = $1`,
    [debate],
  );
  return rows[0]?.sha256 ?? null;
}

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
