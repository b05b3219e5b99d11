import { z } from 'zod';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { namedModelSchema, parseModelSpec } from '../models/model-spec.ts';
import { builtInProviders } from '../models/providers/built-in-providers.ts';
import { ownServer } from '../models/providers/compatible-servers.ts';
import { type Provider, parseBaseUrl } from '../models/providers/provider.ts';
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

const dollars = z.number().min(0);
const keyFault = 'must be the name of the environment variable that holds the key';
const serverSchema = z.strictObject({
  /** The base address of a server that speaks OpenAI's protocol. */
  address: z.string().min(1),
  title: z.string().min(1).optional(),
  /** The environment variable that holds its key. */
  keyVariable: z
    .string()
    .refine((name) => /^\w+$/.test(name), keyFault)
    .optional(),
  /** US dollars per million tokens. */
  price: z.strictObject({ input: dollars, cachedInput: dollars.optional(), output: dollars }).optional(),
});
const fileSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]*$/, 'must be a name in small letters, digits, - and _'),
  // An address alone says all there is to say of most servers.
  z.preprocess((given) => (typeof given === 'string' ? { address: given } : given), serverSchema),
);

/** Reads a file of a person's own servers: YAML with an address and what else there is to know of each, by name. */
export function readProviders(text: string, file: string): Outcome<Provider[], 'bad-providers'> {
  const faults = createFaultLog();
  const report = reportOn(faults, file);
  const source = readYaml(text, 1, report);
  const servers = source && checkYaml(fileSchema, source, report);
  for (const [name, { address }] of Object.entries(servers ?? {})) {
    const parsed = parseBaseUrl(address, 'The address');
    if (!parsed.ok) report.fault(source?.lineOf([name, 'address']) ?? 1, parsed.failure.message);
    if (builtInProviders.some((known) => known.name === name))
      report.fault(
        source?.lineOf([name]) ?? 1,
        `${name} is the name of a provider that parley knows; choose another, such as my-${name}`,
      );
  }
  if (!servers || faults.faults.length > 0) return failure('bad-providers', firstOf(faults.faults));
  return success(
    Object.entries(servers).map(([name, { address, title = name, keyVariable, price }]) =>
      ownServer({
        ...{ name, title, address },
        ...(keyVariable === undefined ? {} : { keyVariable }),
        ...(price === undefined
          ? {}
          : { price: { ...price, cachedInput: price.cachedInput ?? price.input } }),
      }),
    ),
  );
}
