type Schema = Record<string, unknown>;

/** Keywords that providers' strict modes refuse or ignore; parley checks the reply against the whole schema anyway. */
const unsupported = new Set([
  '$schema',
  'default',
  'format',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
]);

/** A JSON Schema in the dialect that OpenAI's and Anthropic's strict modes take: closed objects, all properties required. */
export function strictSchema(schema: Schema): Schema {
  const strict: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (unsupported.has(keyword)) continue;
    strict[keyword] = keyword === 'properties' ? mapValues(value as Schema) : inner(value);
  }
  if (strict['properties'] !== undefined) {
    strict['required'] = Object.keys(strict['properties'] as Schema);
    strict['additionalProperties'] = false;
  }
  return strict;
}

function mapValues(properties: Schema): Schema {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, inner(value)]));
}

function inner(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inner);
  return typeof value === 'object' && value !== null ? strictSchema(value as Schema) : value;
}
