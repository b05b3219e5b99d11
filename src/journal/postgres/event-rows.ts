import type { DebateEvent } from '../../debate/events.ts';
import { type Outcome, success } from '../../debate/outcome.ts';
import { eventOfLine } from '../event-line.ts';
import type { JournalFailure } from '../types.ts';
import { damaged, missingEvent, surplusEvent } from './failures.ts';
import type { Server } from './server.ts';

export interface StoredEvent {
  event: DebateEvent;
  /** As it is stored. */
  line: string;
}

/** Events that are asked for at once: a whole usual debate, and not too much memory where speeches are long. */
const pageSize = 100;

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
         select number, line from parley.events where debate = id and number >= $2 order by number limit ${pageSize}
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
    if (lines.length === pageSize) continue;
    if (next < rows[0].events) yield missingEvent(server.place, debate, next);
    return;
  }
}
