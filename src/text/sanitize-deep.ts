import { sanitizeText } from './sanitize.ts';

/** Every string in a value made safe, keys included. */
export function sanitizeDeep<Value>(value: Value): Value {
  if (typeof value === 'string') return sanitizeText(value) as Value;
  if (Array.isArray(value)) return value.map(sanitizeDeep) as Value;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, held]) => [sanitizeText(key), sanitizeDeep(held)]);
  return Object.fromEntries(entries) as Value;
}
