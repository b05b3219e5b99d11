import type { SourceFault } from '../source/source-fault.ts';
import { reportOn } from '../source/source-fault.ts';
import type { YamlSource } from '../source/yaml-source.ts';
import { nearestName, orKnown } from '../text/near-names.ts';
import type { Plan } from './plan.ts';

/** What a plan may name. Things that look like paths are not checked here but when they are loaded. */
export interface KnownPrompts {
  strategies: readonly string[];
  scenarios: readonly string[];
  /** Persona ids of every scenario of the plan that could be loaded. */
  casts: ReadonlyMap<string, readonly string[]>;
}

/** Whether what a plan names exists: strategies, scenarios, and the personas of model choices and listed cast orders. */
export function checkPlanReferences(
  parsed: { plan: Plan; lineOf: YamlSource['lineOf'] },
  file: string,
  known: KnownPrompts,
): SourceFault[] {
  const log = { faults: [] as SourceFault[], warnings: [] as SourceFault[] };
  const report = reportOn(log, file);
  const fault = (path: readonly (string | number)[], message: string) =>
    report.fault(parsed.lineOf(path), message);
  const { plan } = parsed;
  for (const [index, { strategy }] of plan.arms.entries()) {
    if (isPath(strategy) || known.strategies.includes(strategy)) continue;
    fault(
      ['arms', index, 'strategy'],
      `there is no strategy "${strategy}"${orKnown(strategy, known.strategies)}`,
    );
  }
  for (const [index, scenario] of plan.scenarios.entries()) {
    if (isPath(scenario) || known.scenarios.includes(scenario)) continue;
    const elsewhere =
      nearestName(scenario, known.scenarios) === null
        ? `; write a folder elsewhere as a path, such as ./${scenario}`
        : '';
    const message = `there is no scenario "${scenario}"${orKnown(scenario, known.scenarios)}${elsewhere}`;
    fault(['scenarios', index], message);
  }
  checkRoles(plan, known.casts, fault);
  checkListedOrders(plan, known.casts, fault);
  return log.faults;
}

type ReportFault = (path: readonly (string | number)[], message: string) => void;

function checkRoles(plan: Plan, casts: KnownPrompts['casts'], fault: ReportFault): void {
  const roles = ['moderator', ...new Set([...casts.values()].flat())];
  const seen = new Set<string>();
  for (const [index, arm] of plan.arms.entries()) {
    for (const role of Object.keys(arm.models)) {
      if (roles.includes(role) || seen.has(role)) continue;
      seen.add(role);
      fault(['arms', index, 'models', role], `nobody is called "${role}"${orKnown(role, roles)}`);
    }
  }
}

function checkListedOrders(plan: Plan, casts: KnownPrompts['casts'], fault: ReportFault): void {
  for (const [index, order] of plan.castOrders.entries()) {
    if (order.kind !== 'listed') continue;
    for (const [scenario, cast] of casts) {
      const unknown = order.personas.find((persona) => !cast.includes(persona));
      const missing = cast.find((persona) => !order.personas.includes(persona));
      if (unknown !== undefined) {
        fault(
          ['castOrders', index],
          `"${unknown}" is not in the cast of ${scenario}${orKnown(unknown, cast)}`,
        );
      } else if (missing !== undefined) {
        fault(['castOrders', index], `"${missing}" of ${scenario} has no place in this cast order`);
      }
    }
  }
}

export function isPath(reference: string): boolean {
  return /[/\\]/.test(reference) || reference.endsWith('.md');
}
