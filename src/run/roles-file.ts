import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { namedModelSchema, parseModelSpec } from '../models/model-spec.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { createFaultLog, firstOf, reportOn } from '../source/source-fault.ts';
import { readYaml } from '../source/yaml-source.ts';

/** Model specs by role, and for every role that has none of its own; null where there is none. */
export interface NamedRoles {
  everyone: string | null;
  byRole: Record<string, string>;
}

/**
 * Reads a roles file: YAML with a model for `everyone`, a persona's id, `moderator` or `judge`, each a spec or a record
 * of a model with its settings.
 */
export function readRoles(text: string, file: string): Outcome<NamedRoles, 'bad-roles'> {
  const faults = createFaultLog();
  const report = reportOn(faults, file);
  const source = readYaml(text, 1, report);
  const roles = source && checkYaml(z.record(z.string().min(1), namedModelSchema), source, report);
  for (const [role, spec] of Object.entries(roles ?? {})) {
    const parsed = parseModelSpec(spec);
    if (source && !parsed.ok) report.fault(source.lineOf([role]), parsed.failure.message);
  }
  if (!roles || faults.faults.length > 0) return failure('bad-roles', firstOf(faults.faults));
  const { everyone = null, ...byRole } = roles;
  return success({ everyone, byRole });
}
