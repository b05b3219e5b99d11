import type { DebateEvent } from '../../debate/events.ts';
import { type Outcome, success } from '../../debate/outcome.ts';
import { eventOfLine } from '../event-line.ts';
import { noSuchRun } from '../named-run.ts';
import type { JournalFailure } from '../types.ts';
import type { FileReader } from './kept-rows.ts';
import type { Server } from './server.ts';
import { damaged, missingEvent, surplusEvent } from './server-failures.ts';

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
