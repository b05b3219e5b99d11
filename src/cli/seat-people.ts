import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isPostgresAddress, shownAddress } from '../journal/postgres/address.ts';
import { folderOf } from '../journal/run-folder.ts';
import { openSeatFile } from '../journal/side-file.ts';
import type { DebateRun } from '../run/debate-run.ts';
import type { SeatControls } from '../terminal/types.ts';
import { say } from './complain.ts';
import { type Environment, stateFolder } from './environment.ts';
import type { ScreenKind } from './front-end.ts';
import { editText, textEditor } from './text-editor.ts';

/** The seats of a run for the people at this terminal. */
export interface SeatedPeople {
  controls: SeatControls;
  /** Whether words come in as lines, and from where; null for a screen with an editor of its own. */
  lines: 'text' | 'json' | null;
  /** Writes what is kept beside the run. */
  close(): void;
}

/**
 * Where seats and drafts outlive the process: beside the journal, or on this machine for a run of a database, which holds what was
 * said and nothing of what was not. null where there is no such run.
 */
export function seatPlace(
  folder: string,
  debate: string,
  environment: Pick<Environment, 'variables' | 'homeDirectory'>,
): string | null {
  if (!isPostgresAddress(folder)) return folderOf(folder, debate);
  const database = createHash('sha256').update(shownAddress(folder)).digest('hex').slice(0, 16);
  return join(stateFolder(environment), 'seats', database, debate);
}

/**
 * Seats people in a run: those asked for, and those who held seats when it was left, where somebody sits at a terminal. Personas
 * are known to be in the cast.
 */
export function seatPeople(
  run: DebateRun,
  { folder, seats: asked, kind }: { folder: string; seats: readonly string[]; kind: ScreenKind },
  environment: Environment,
): SeatedPeople {
  const { seats, desk } = run;
  const place = seatPlace(folder, run.debate, environment);
  const file = place === null ? null : openSeatFile(place);
  const isScreen = kind === 'full' || kind === 'inline';
  const isTerminal = isScreen || (kind !== 'json' && environment.stdin.isTTY === true);
  const before = (file?.seats ?? []).filter((persona) => !asked.includes(persona));
  if (file) desk.keepDraftsIn(file);
  for (const persona of [...asked, ...(isTerminal ? before : [])]) seats.take(persona, desk.seat);
  if (!isTerminal && before.length > 0) {
    const names = before.join(', ');
    say(
      environment,
      `Without a terminal, the model speaks for the seats that people held before (${names}). Take them again with --seat.`,
    );
  }
  if (asked.length > 0 && !isTerminal && kind !== 'json') {
    say(environment, 'Speeches are read from standard input; each ends with a line that holds only a dot.');
  }
  if (seats.held.length > 0) file?.hold(seats.held);
  run.subscribe((signal) => {
    if (signal.kind !== 'notice') return;
    if (signal.notice.type === 'seat-taken' || signal.notice.type === 'seat-given-back')
      file?.hold(seats.held);
  });
  const editor = textEditor(environment);
  return {
    controls: {
      take: (persona) => void seats.take(persona, desk.seat),
      giveBack: seats.giveBack,
      say: desk.say,
      keep: desk.keep,
      draft: desk.draft,
      ...(editor ? { edit: (text) => editText(text, editor) } : {}),
    },
    lines: isScreen || seats.held.length === 0 ? null : kind === 'json' ? 'json' : 'text',
    close: () => file?.close(),
  };
}
