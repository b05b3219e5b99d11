import { z } from 'zod';
import { positionSchema } from '../debate/agenda.ts';
import type { ReplyFormat } from '../debate/calls.ts';

/** A JSON reply that a prompt asks for: what it must be, and how to tell a provider. */
export interface ReplyKind<Schema extends z.ZodType> {
  schema: Schema;
  format: ReplyFormat;
}

/** Who speaks next: a candidate's id, and why. */
export const pickReply = replyKind('pick', z.strictObject({ persona: z.string(), why: z.string() }));

/** How much a persona wants to speak, 0..10. */
export const bidReply = replyKind('bid', z.strictObject({ wish: z.number().min(0).max(10) }));

/** The closing statement, as prose and by issue. */
export const draftReply = replyKind(
  'statement',
  z.strictObject({
    text: z.string().trim().min(1),
    items: z.array(
      z.strictObject({
        issue: z.string(),
        status: z.enum(['agreed', 'conditional', 'open']),
        text: z.string().trim().min(1),
      }),
    ),
  }),
);

/** Whether a principal signs, and why. */
export const answerReply = replyKind(
  'answer',
  z.strictObject({ answer: z.enum(['sign', 'refuse']), reason: z.string().trim().min(1) }),
);

/** Where a persona would settle, by issue. */
export const pollReply = replyKind(
  'poll',
  z.strictObject({
    positions: z.array(z.strictObject({ issue: z.string(), position: positionSchema, why: z.string() })),
  }),
);

/** Bounds are left out of the JSON Schema because some providers refuse them in strict mode; code checks them. */
function replyKind<Schema extends z.ZodType>(name: string, schema: Schema): ReplyKind<Schema> {
  const { $schema: _version, ...json } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minimum;
      delete jsonSchema.maximum;
      delete jsonSchema.minLength;
    },
  });
  return { schema, format: { name, schema: json } };
}
