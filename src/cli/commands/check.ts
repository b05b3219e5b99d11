import { checkScenario } from '../../prompts/check-scenario.ts';
import { sanitizeLine } from '../../terminal/sanitize.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { faultLine } from '../faults.ts';

/** `parley check`: every fault with file and line on stdout; exit 1 where there is one. */
export async function check(
  folder: string | undefined,
  options: Record<string, unknown>,
  { stdout }: Environment,
): Promise<number> {
  const { faults, warnings, scenario } = await checkScenario(folder ?? '.');
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

function summaryOf(faults: number, personas: number, issues: number): string {
  if (faults === 0) return `The scenario is in order: ${personas} personas, ${issues} issues.`;
  return faults === 1
    ? 'One fault. Mend it and check again.'
    : `${faults} faults. Mend them and check again.`;
}
