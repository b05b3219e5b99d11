import { expect, test } from 'vitest';
import { z } from 'zod';
import { strictSchema } from '../../src/models/providers/learned-options.ts';

test('every object is closed and every property required, to any depth; limits are left out', () => {
  const schema = z.object({
    readings: z
      .array(
        z.object({
          party: z.enum(['A', 'B']),
          position: z.number().min(0).max(6).nullable(),
          quote: z.string().optional(),
        }),
      )
      .max(40),
  });
  expect(strictSchema(z.toJSONSchema(schema))).toEqual({
    type: 'object',
    properties: {
      readings: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            party: { type: 'string', enum: ['A', 'B'] },
            position: { anyOf: [{ type: 'number' }, { type: 'null' }] },
            quote: { type: 'string' },
          },
          required: ['party', 'position', 'quote'],
          additionalProperties: false,
        },
      },
    },
    required: ['readings'],
    additionalProperties: false,
  });
});

test('properties that are called like a keyword stay', () => {
  const schema = { type: 'object', properties: { format: { type: 'string', format: 'date' } } };
  expect(strictSchema(schema)['properties']).toEqual({ format: { type: 'string' } });
});
