import type { SourceFault } from '../source/source-fault.ts';
import { createFaultLog, inOrder } from '../source/source-fault.ts';
import { moderatorFolder } from './load-prompts.ts';
import { parseModerator } from './moderator-files.ts';
import type { ModeratorPrompts } from './types.ts';

/** The moderator's prompts alone, for reading positions where no debate is held. */
export async function loadModerator(
  promptRoot: string,
): Promise<{ ok: true; value: ModeratorPrompts } | { ok: false; faults: SourceFault[] }> {
  const log = createFaultLog();
  const { moderator } = parseModerator(await moderatorFolder(promptRoot), log);
  return moderator ? { ok: true, value: moderator } : { ok: false, faults: inOrder(log.faults) };
}
