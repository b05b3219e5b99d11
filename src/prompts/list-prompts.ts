import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  createFaultLog,
  type FaultLog,
  inOrder,
  reportOn,
  type SourceFault,
} from '../source/source-fault.ts';
import { scenariosIn, strategyFolders } from './load-prompts.ts';
import { parseScenario } from './read-scenario.ts';
import { markdownFilesIn, scenarioFolder } from './scenario-source.ts';
import { parseStrategy } from './strategy-file.ts';
import type { Scenario, Strategy } from './types.ts';

export interface ListedScenario {
  /** What a person types to choose it. */
  id: string;
  folder: string;
  /** null where anything is at fault. */
  scenario: Scenario | null;
  faults: SourceFault[];
  /** Is it a person's own, rather than one of the prompt folder? */
  isOwn: boolean;
}

export interface ListedStrategy {
  id: string;
  /** null where anything is at fault. */
  strategy: Strategy | null;
  faults: SourceFault[];
}

/**
 * The scenarios of a prompt folder, in order of their ids, then those in folders of a person's own (`places`), each id
 * once; broken ones too, with their faults.
 */
export async function listScenarios(
  promptRoot: string,
  places: readonly string[] = [],
): Promise<ListedScenario[]> {
  const found = new Map<string, { folder: string; isOwn: boolean }>();
  for (const place of [join(promptRoot, 'scenarios'), ...places]) {
    for (const { id, folder } of scenariosIn(place)) {
      if (!found.has(id)) found.set(id, { folder, isOwn: places.includes(place) });
    }
  }
  return Promise.all(
    [...found].map(async ([id, { folder, isOwn }]) => {
      const { scenario, faults } = await checkScenario(folder);
      return { id, folder, isOwn, scenario, faults };
    }),
  );
}

/** The strategies of a prompt folder, `plain` first, then in order of their ids; broken ones too, with their faults. */
export async function listStrategies(promptRoot: string): Promise<ListedStrategy[]> {
  const folder = join(promptRoot, 'strategies');
  const ids = markdownFilesIn(folder).map((name) => basename(name, '.md'));
  const source = strategyFolders(join(folder, 'plain.md'), promptRoot);
  return ids
    .sort((one, other) => Number(other === 'plain') - Number(one === 'plain'))
    .map((id) => {
      const log = createFaultLog();
      const { strategy } = parseStrategy(id, source, log);
      return { id, strategy, faults: log.faults };
    });
}

interface CheckedScenario extends FaultLog {
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
  const { scenario } = parseScenario(scenarioFolder(folder), log);
  return { faults: inOrder(log.faults), warnings: inOrder(log.warnings), scenario };
}
