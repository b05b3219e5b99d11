import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bundledPrompts } from '../../prompts/bundled-prompts.ts';
import { checkScenario } from '../../prompts/list-prompts.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { faultLine } from '../faults.ts';

/** `parley check`: every fault with file and line on stdout; exit 1 where there is one. */
export async function check(
  folder: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const place = await placeOf(folder ?? '.');
  if (place === null) {
    return complain(
      environment,
      `there is no folder ${folder} and no bundled scenario of that name. Begin one with: parley new ${folder}`,
    );
  }
  const { stdout } = environment;
  const { faults, warnings, scenario } = await checkScenario(place);
  const write = (line: string) => void stdout.write(`${sanitizeLine(line)}\n`);
  if (options['json']) {
    for (const fault of faults) write(JSON.stringify({ severity: 'error', ...fault }));
    for (const warning of warnings) write(JSON.stringify({ severity: 'warning', ...warning }));
    return faults.length === 0 ? exitCode.done : exitCode.failed;
  }
  for (const fault of faults) write(faultLine(fault));
  for (const warning of warnings) write(`${faultLine(warning)} (warning)`);
  if (options['passages'] && scenario) {
    for (const { number, text } of scenario.article.passages) write(`[P${number}] ${text}`);
  }
  write(summaryOf(faults.length, scenario?.personas.length ?? 0, scenario?.agenda.length ?? 0));
  return faults.length === 0 ? exitCode.done : exitCode.failed;
}

/** A folder, or a bundled scenario by its name; null where there is neither. */
async function placeOf(given: string): Promise<string | null> {
  const bundled = join(bundledPrompts(), 'scenarios', given);
  for (const place of /^[a-z0-9-]+$/.test(given) ? [given, bundled] : [given]) {
    if (await stat(place).catch(() => null)) return place;
  }
  return null;
}

function summaryOf(faults: number, personas: number, issues: number): string {
  if (faults === 0) return `The scenario is in order: ${personas} personas, ${issues} issues.`;
  return faults === 1
    ? 'One fault. Mend it and check again.'
    : `${faults} faults. Mend them and check again.`;
}
