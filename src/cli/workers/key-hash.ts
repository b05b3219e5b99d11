import { createHash } from 'node:crypto';
import { providerOf } from '../../models/provider-table.ts';

/** Stands for a provider and the key it is called with: workers with the same key share its limits, and no key is stored. */
export function keyHash(spec: string, variables: Readonly<Record<string, string | undefined>>): string {
  const [provider = ''] = spec.split(':');
  const { keyVariable } = providerOf(provider);
  const key = keyVariable === null ? '' : (variables[keyVariable] ?? '').trim();
  return createHash('sha256').update(`parley limits ${provider} ${key}`).digest('hex').slice(0, 32);
}
