import { stat } from 'node:fs/promises';
import { createFaultLog, type FaultLog, inOrder, reportOn } from '../source/source-fault.ts';
import { parseScenario } from './parse-scenario.ts';
import { scenarioFolder } from './scenario-source.ts';
import type { Scenario } from './types.ts';

export interface CheckedScenario extends FaultLog {
  /** null where anything is at fault. */
  scenario: Scenario | null;
}

/** Checks a person's scenario; names every fault of every file, and what is only worth knowing as warnings. */
export async function checkScenario(folder: string): Promise<CheckedScenario> {
  const log = createFaultLog();
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) {
    const message = found
      ? 'this is a file; give the folder that holds scenario.yaml'
      : 'there is no such folder';
    reportOn(log, folder).fault(1, message);
    return { ...log, scenario: null };
  }
  const { scenario } = parseScenario(await scenarioFolder(folder), log);
  return { faults: inOrder(log.faults), warnings: inOrder(log.warnings), scenario };
}
