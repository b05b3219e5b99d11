import { expect, test } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../../src/debate/events.ts';

interface Shape {
  [key: string]: unknown;
  properties?: Record<string, Shape>;
  required?: string[];
  items?: Shape;
  additionalProperties?: Shape | boolean;
  propertyNames?: Shape;
  anyOf?: Shape[];
  oneOf?: Shape[];
}

const limits = ['minimum', 'exclusiveMinimum', 'maximum', 'exclusiveMaximum'] as const;
const sizes = ['minLength', 'maxLength', 'minItems', 'maxItems', 'pattern', 'enum', 'const'] as const;

/** Every field of a shape on a line of its own: where it stands, what it may be, and whether it may be left out. */
function fieldsOf(shape: Shape, path: string, mayLack = false): string[] {
  const own = [...limits, ...sizes]
    .filter((key) => shape[key] !== undefined && Math.abs(Number(shape[key])) !== Number.MAX_SAFE_INTEGER)
    .map((key) => `${key} ${String(shape[key])}`);
  const types = [shape['type'] ?? '', ...own].filter((part) => part !== '').join(', ');
  const isOpen = shape['type'] === 'object' && shape.additionalProperties !== false && shape.properties;
  return [
    ...(types === '' ? [] : [`${path}${mayLack ? '?' : ''}: ${types}${isOpen ? ', open' : ''}`]),
    ...Object.entries(shape.properties ?? {}).flatMap(([name, field]) =>
      fieldsOf(field, `${path}.${name}`, !shape.required?.includes(name)),
    ),
    ...(shape.items ? fieldsOf(shape.items, `${path}[]`) : []),
    ...(shape.propertyNames ? fieldsOf(shape.propertyNames, `${path}{key}`) : []),
    ...(typeof shape.additionalProperties === 'object'
      ? fieldsOf(shape.additionalProperties, `${path}{}`)
      : []),
    ...[...(shape.anyOf ?? []), ...(shape.oneOf ?? [])].flatMap((way) => fieldsOf(way, path, mayLack)),
  ];
}

test('events are stored in this form: a narrower limit or a new field that must be there would close old journals', async () => {
  const { oneOf = [] } = z.toJSONSchema(eventSchema, { unrepresentable: 'any', io: 'input' }) as Shape;
  const lines = oneOf.flatMap((event) => fieldsOf(event, String(event.properties?.['type']?.['const'])));
  expect(lines.length).toBeGreaterThan(300);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../fixtures/stored-events.txt');
});
