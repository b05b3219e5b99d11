import type { SourceFault } from '../source/source-fault.ts';
import { reportOn } from '../source/source-fault.ts';
import type { YamlSource } from '../source/yaml-source.ts';
import { nearestName, orKnown } from '../text/near-names.ts';
import { ownArticle, type Plan } from './plan.ts';

/** What a plan may name. Things that look like paths are not checked here but when they are loaded. */
export interface KnownPrompts {
  strategies: readonly string[];
  scenarios: readonly string[];
  /** Persona ids of every scenario of the plan that could be loaded. */
  casts: ReadonlyMap<string, readonly string[]>;
  /** Scenarios that could be loaded and have no facts to follow. */
  withoutFacts: ReadonlySet<string>;
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
  checkFacts(plan, known.withoutFacts, fault);
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
      fault(['arms', index, 'models', role], `there is no role "${role}"${orKnown(role, roles)}`);
    }
  }
}

/** Facts are found once and written down before a plan begins, so that every arm is measured by the same ones. */
function checkFacts(plan: Plan, withoutFacts: KnownPrompts['withoutFacts'], fault: ReportFault): void {
  if (plan.settings.facts) {
    const bare = plan.scenarios.find((scenario) => withoutFacts.has(scenario));
    if (bare !== undefined)
      fault(
        ['debate', 'facts'],
        `${bare} has no facts to follow; have them written beside it first: parley facts ${bare}`,
      );
    const other = plan.articles.findIndex((article) => article !== ownArticle);
    if (other >= 0)
      fault(
        ['articles', other],
        'facts belong to the article of a scenario; make a scenario of this one to follow its facts',
      );
    return;
  }
  for (const part of ['primary', 'guards'] as const) {
    const index = plan.aims[part].findIndex((measure) => measure.startsWith('facts-'));
    if (index >= 0 && plan.scenarios.some((scenario) => withoutFacts.has(scenario)))
      fault(
        ['compare', part, index],
        `${plan.aims[part][index]} is measured where facts are followed: debate: { facts: true }`,
      );
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
