import { delimiter } from 'node:path';
import type { Environment } from './environment.ts';

/** Folders whose folders are scenarios of a person's own: here, below scenarios/, and where PARLEY_SCENARIOS says. */
export function scenarioPlaces({ variables }: Pick<Environment, 'variables'>): string[] {
  const configured = variables['PARLEY_SCENARIOS']?.split(delimiter).filter((place) => place !== '') ?? [];
  return ['.', 'scenarios', ...configured];
}
