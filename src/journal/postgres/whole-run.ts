import { type Outcome, success } from '../../debate/outcome.ts';
import type { JournalFailure } from '../types.ts';
import { readEvents } from './event-rows.ts';
import { noSuchRun } from './failures.ts';
import type { FileReader } from './kept-rows.ts';
import type { Server } from './server.ts';

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
    if (!read) return noSuchRun(server.place, debate, null);
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
