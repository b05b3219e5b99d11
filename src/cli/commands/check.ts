import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../../text/figures.ts';
import { defineCommand, flag } from '../command.ts';
import { complain, print } from '../complain.ts';
import { scenarioPlaces } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';

/** `parley check`: every fault with file and line on stdout; exit 1 where there is one. */
export const command = defineCommand({
  argument: { help: 'the scenario, or an agenda file' },
  options: {
    json: flag('--json', 'print faults as JSON lines'),
    passages: flag('--passages', 'list the passages with the numbers used to cite them'),
  },
  async action({ args: [folder = '.'], options }, environment) {
    const { bundledPrompts } = await import('../../prompts/bundled-prompts.ts');
    const { checkScenario } = await import('../../prompts/list-prompts.ts');
    const { faultInWords } = await import('../../source/source-fault.ts');
    const place = await placeOf(folder, [
      join(bundledPrompts(), 'scenarios'),
      ...scenarioPlaces(environment),
    ]);
    if (place === null) {
      return complain(
        environment,
        `There is no folder ${folder} and no scenario of that name. Start one with: parley new ${folder}`,
      );
    }
    const isFile = (await stat(place)).isFile();
    const { faults, warnings, scenario, agenda } = isFile
      ? await checkedAgenda(place)
      : { ...(await checkScenario(place)), agenda: null };
    const code = faults.length === 0 ? exitCode.done : exitCode.failed;
    if (options.json) {
      const severe = faults.map((fault) => ({ severity: 'error', ...fault }));
      const mild = warnings.map((warning) => ({ severity: 'warning', ...warning }));
      print(
        environment,
        [...severe, ...mild].map((fault) => JSON.stringify(fault)),
      );
      return code;
    }
    const passages = options.passages ? (scenario?.article.passages ?? []) : [];
    print(environment, [
      ...faults.map(faultInWords),
      ...warnings.map((warning) => `${faultInWords(warning)} (warning)`),
      ...passages.map(({ number, text }) => `[P${number}] ${text}`),
      agenda
        ? `The agenda is in order: ${counted(agenda.agenda.length, 'issue')}, ${counted(agenda.cast.length, 'speaker')}.`
        : summaryOf(faults.length, scenario?.personas.length ?? 0, scenario?.agenda.length ?? 0),
    ]);
    return code;
  },
});

/** A file is an agenda that stands by itself. */
async function checkedAgenda(path: string) {
  const { loadAgendaFile } = await import('../../prompts/agenda-file.ts');
  const read = await loadAgendaFile(path);
  const none = { warnings: [], scenario: null };
  return read.ok
    ? { ...none, faults: [], agenda: read.value }
    : { ...none, faults: read.faults, agenda: null };
}

/** A folder, or a scenario by its name; null where there is neither. */
async function placeOf(given: string, places: readonly string[]): Promise<string | null> {
  const named = /^[a-z0-9-]+$/.test(given) ? places.map((place) => join(place, given)) : [];
  for (const place of [given, ...named]) {
    if (await stat(place).catch(() => null)) return place;
  }
  return null;
}

function summaryOf(faults: number, personas: number, issues: number): string {
  if (faults === 0) return `The scenario is valid: ${personas} personas, ${issues} issues.`;
  return faults === 1 ? '1 fault. Fix it and check again.' : `${faults} faults. Fix them and check again.`;
}
