import type { Debate } from './debate.ts';
import type { CallRecord } from './events.ts';

/** Every finished call of a debate that its record still tells of, in no particular order. */
export function callsOf({ turns, verdicts, polls, picks, statement, answers }: Debate): CallRecord[] {
  const several = [...verdicts, ...picks].flatMap(({ calls }) => calls);
  return [...turns, ...polls, ...several, ...(statement ? [statement] : []), ...answers];
}
