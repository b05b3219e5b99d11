import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Pool } from 'pg';
import type { Clock } from '../../debate/clock.ts';
import type { DebateEvent } from '../../debate/events.ts';
import { type Outcome, success } from '../../debate/outcome.ts';
import { lineOf, numberedJournal } from '../event-line.ts';
import { checkRunName, noSuchRun, proposableNames } from '../named-run.ts';
import type { Journal, JournalFailure, JournalStore, KeptFile, StoredDebate } from '../types.ts';
import { createLeases, type Lease } from './leases.ts';
import { createRowWriter, makeDebate } from './row-writer.ts';
import { openServer } from './server.ts';
import { inUse, runExists, serverFailure } from './server-error.ts';
import { createFileReader, hashedFiles, listDebates, readEvents, storeContents } from './stored-rows.ts';

export interface PostgresStoreOptions {
  /** An address, or connections that somebody else opened and closes. */
  connection: string | Pool;
  clock: Clock;
  /** How this process is named to others who want its debates; by its number and machine unless told. */
  holder?: string;
  /** Milliseconds after which a debate may be taken over from a holder that says nothing more. */
  leaseMs?: number;
  /** Milliseconds for which a server that has answered before may be away, to restart say, before that is a failure. */
  patienceMs?: number;
  /** Most connections at once, where it opens them itself. */
  maxConnections?: number;
  /** Told once a journal's lease went to another: its next append will fail, so what would be paid for it is lost. */
  onLeaseLost?(debate: string): void;
}

export interface PostgresStore extends JournalStore {
  /** Ends the connections it opened itself. Journals must be closed before. */
  close(): Promise<void>;
}

/** Milliseconds for which the names of debates are remembered, for hints. */
const proposalsLastMs = 60_000;

type Result<Value> = Promise<Outcome<Value, JournalFailure>>;

/** Debates as rows of a database that prepareSchema has made ready. Opens no connection until it is asked something. */
export function openPostgresStore(options: PostgresStoreOptions): PostgresStore {
  const { connection, clock, patienceMs, maxConnections: max, leaseMs = 30_000 } = options;
  const holder = options.holder ?? `process ${process.pid} on ${hostname()}`;
  const server = openServer({ connection, clock, ...given({ max, patienceMs }) });
  const reader = createFileReader(server);
  const leases = createLeases({ server, clock, holder, leaseMs });
  const storedFiles = new Set<string>();
  /** Names to propose for one that is not there. A worker looks for every debate before it makes it, and needs none of them. */
  let proposals: { at: number; names: Promise<string[]> } | null = null;

  async function create(
    debate: string,
    files: readonly KeptFile[],
    history: readonly DebateEvent[] = [],
  ): Result<Journal> {
    const name = checkRunName(debate);
    if (!name.ok) return name;
    const { contents, hashes } = hashedFiles(files);
    const lease = { debate, token: randomUUID() };
    try {
      await storeContents(server, contents, storedFiles);
      const lines = history.map(lineOf);
      const isMade = await makeDebate(server, { lease, holder, leaseMs, hashes, lines });
      if (!isMade) return runExists(server.place, debate);
      (await proposals?.names)?.push(debate);
      return success(writing(lease, [...history]));
    } catch (error) {
      // The database may be another one now, such as one that was restored.
      storedFiles.clear();
      return serverFailure(error);
    }
  }

  async function open(debate: string): Result<Journal> {
    const name = checkRunName(debate);
    if (!name.ok) return name;
    const lease = { debate, token: randomUUID() };
    try {
      const taken = await leases.take(lease);
      if (taken.held) return inUse(server.place, debate, taken.held);
      if (!taken.ok) return await notThere(debate);
      const history = await wholeOf(debate);
      if (history.ok) return success(writing(lease, history.value));
      await leases.giveBack(lease);
      return history;
    } catch (error) {
      return serverFailure(error);
    }
  }

  async function read(debate: string): Result<StoredDebate> {
    const name = checkRunName(debate);
    if (!name.ok) return name;
    try {
      const events = await wholeOf(debate);
      if (!events.ok) return events;
      const files = await reader.filesOf(debate);
      if (!files.ok) return files;
      return success({ debate, events: events.value, files: files.value, isTorn: false });
    } catch (error) {
      return serverFailure(error);
    }
  }

  async function* events(debate: string): AsyncGenerator<Outcome<DebateEvent, JournalFailure>> {
    const name = checkRunName(debate);
    if (!name.ok) return yield name;
    try {
      for await (const read of readEvents(server, debate)) {
        yield read?.ok ? success(read.value.event) : (read ?? (await notThere(debate)));
      }
    } catch (error) {
      yield serverFailure(error);
    }
  }

  async function wholeOf(debate: string): Result<DebateEvent[]> {
    const whole: DebateEvent[] = [];
    for await (const read of readEvents(server, debate)) {
      if (!read) return notThere(debate);
      if (!read.ok) return read;
      whole.push(read.value.event);
    }
    return success(whole);
  }

  async function notThere(debate: string) {
    const now = clock.now();
    if (proposals === null || now - proposals.at > proposalsLastMs || now < proposals.at) {
      const names = proposableNames(listDebates(server));
      proposals = { at: now, names };
      names.catch(() => {
        proposals = null;
      });
    }
    return noSuchRun(server.place, debate, await proposals.names);
  }

  function writing(lease: Lease, history: DebateEvent[]): Journal {
    const { debate } = lease;
    leases.keep(lease, () => options.onLeaseLost?.(debate));
    const close = () => leases.giveBack(lease);
    const writer = createRowWriter({ server, lease, leaseMs, events: history.length, close });
    return numberedJournal({ debate, history, clock, store: writer.append, close: writer.close });
  }

  return {
    place: server.place,
    create,
    open,
    read,
    events,
    list: () => listDebates(server),
    close: server.close,
  };
}

/** Leaves out what was not said, so that the defaults of the one who is told hold. */
function given(options: { max: number | undefined; patienceMs: number | undefined }) {
  const { max, patienceMs } = options;
  return { ...(max !== undefined && { max }), ...(patienceMs !== undefined && { patienceMs }) };
}
