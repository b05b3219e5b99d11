import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { modelRecordSchema, specOfRecord } from '../models/model-spec.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { createFaultLog, firstOf, reportOn } from '../source/source-fault.ts';
import { readYaml } from '../source/yaml-source.ts';

const rolesSchema = z.record(z.string().min(1), z.union([z.string().min(1), modelRecordSchema]));

/** The role under which a roles file names the model of all that it does not name. */
const everyone = 'everyone';

/**
 * Reads a roles file: YAML with a model for `everyone`, a persona's id, `moderator` or `judge`, each a spec or a record
 * of a model with its settings. Gives them as specs, `role=spec` for single roles.
 */
export function readRoles(text: string, file: string): Outcome<string[], 'bad-roles'> {
  const faults = createFaultLog();
  const report = reportOn(faults, file);
  const source = readYaml(text, 1, report);
  const roles = source && checkYaml(rolesSchema, source, report);
  if (!roles) return failure('bad-roles', firstOf(faults.faults));
  return success(
    Object.entries(roles).map(([role, given]) => {
      const spec = typeof given === 'string' ? given : specOfRecord(given);
      return role === everyone ? spec : `${role}=${spec}`;
    }),
  );
}
