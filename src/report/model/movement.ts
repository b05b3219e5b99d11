import { historyOf } from '../../convergence/history.ts';
import { movementsOf } from '../../convergence/movement.ts';
import { standsOf } from '../../convergence/stands.ts';
import type { Convergence } from '../../debate/verdict.ts';
import { readVerdicts } from './stands.ts';
import type { Subject } from './subject.ts';

/**
 * How far each speaker has come towards where each other one began, from its own beginning (declared opening, else first
 * reading) to the last reading, by the formula of the verdicts; empty without a reading.
 */
export function movementsOverall(subject: Subject): Convergence['movements'] {
  const { agenda, cast } = subject;
  const read = readVerdicts(subject);
  const last = read.at(-1);
  if (!last) return [];
  const history = historyOf(cast, read);
  const fromTheStart = { ...history, lastOf: history.startOf };
  const speakers = cast.map(({ id }) => id);
  return movementsOf(agenda, standsOf(last.cells), fromTheStart, speakers);
}
