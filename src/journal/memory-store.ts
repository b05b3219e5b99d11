import type { Clock } from '../debate/clock.ts';
import type { DebateEvent } from '../debate/events.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { eventOfLine, lineOf, numberedJournal } from './event-line.ts';
import { checkedPath } from './kept-files.ts';
import { checkRunName, noSuchRun } from './named-run.ts';
import type { Journal, JournalFailure, JournalStore, KeptFile, StoredDebate } from './types.ts';

interface Stored {
  lines: string[];
  files: Map<string, string>;
  isOpen: boolean;
}

type Result<Value> = Promise<Outcome<Value, JournalFailure>>;

/** Keeps debates for as long as the process lives, under the rules of every other store. */
export function openMemoryStore({ clock }: { clock: Pick<Clock, 'now'> }): JournalStore {
  const place = 'memory';
  const debates = new Map<string, Stored>();

  async function create(
    debate: string,
    files: readonly KeptFile[],
    history: readonly DebateEvent[] = [],
  ): Result<Journal> {
    const name = checkRunName(debate);
    if (!name.ok) return name;
    if (debates.has(debate)) {
      return failure('exists', `${debate} already exists in ${place}. Resume it, or choose another name.`);
    }
    const kept = new Map(files.map(({ path, content }) => [checkedPath(path), content]));
    const stored: Stored = { lines: history.map(lineOf), files: sortedByKey(kept), isOpen: false };
    debates.set(debate, stored);
    return success(writing(debate, stored));
  }

  async function open(debate: string): Result<Journal> {
    const found = await find(debate);
    if (!found.ok) return found;
    if (found.value.isOpen) {
      return failure(
        'locked',
        `${debate} is in use by process ${process.pid}, this process. Close it first.`,
      );
    }
    return success(writing(debate, found.value));
  }

  async function read(debate: string): Result<StoredDebate> {
    const found = await find(debate);
    if (!found.ok) return found;
    const { lines, files } = found.value;
    return success({ debate, events: lines.map(eventAt), files: new Map(files), isTorn: false });
  }

  async function* events(debate: string): AsyncGenerator<Outcome<DebateEvent, JournalFailure>> {
    const found = await find(debate);
    if (!found.ok) return yield found;
    // The length is looked at anew each time: the debate may be going on.
    const { lines } = found.value;
    for (let number = 0; number < lines.length; number++) yield success(eventAt(lines[number]!, number));
  }

  async function* list(): AsyncGenerator<string> {
    yield* [...debates.keys()];
  }

  async function find(debate: string): Result<Stored> {
    const name = checkRunName(debate);
    if (!name.ok) return name;
    const stored = debates.get(debate);
    if (stored) return success(stored);
    return noSuchRun(place, debate, list());
  }

  function writing(debate: string, stored: Stored): Journal {
    stored.isOpen = true;
    let isClosed = false;
    return numberedJournal({
      debate,
      history: stored.lines.map(eventAt),
      clock,
      async store(line) {
        if (isClosed) throw new Error(`${debate} in ${place} is closed`);
        stored.lines.push(line);
      },
      async close() {
        isClosed = true;
        stored.isOpen = false;
      },
    });
  }

  return { place, create, open, read, events, list };
}

/** Lines are kept rather than events, so that nobody holds a part of what is stored. */
function eventAt(line: string, number: number): DebateEvent {
  const parsed = eventOfLine(Buffer.from(line, 'utf8'), number);
  if (!parsed.ok) throw new Error(`memory holds a bad event ${number}: ${parsed.fault.what}`);
  return parsed.event;
}

function sortedByKey(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}
