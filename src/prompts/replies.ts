import { z } from 'zod';
import { positionSchema } from '../debate/agenda.ts';
import type { ReplyFormat } from '../debate/calls.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { findJson } from '../text/json-in-text.ts';

const openTag = /<\s*notes\s*>/i;
const closeTag = /<\s*\/\s*notes\s*>/i;

/**
 * Parts private notes from the speech. In doubt a text is private: where the notes are never closed, all that
 * follows belongs to them, and a stray closing tag leaves what stands before it private.
 */
export function splitNotes(text: string): { notes: string; speech: string } {
  const notes: string[] = [];
  const speech: string[] = [];
  let rest = text;
  while (rest !== '') {
    const open = openTag.exec(rest);
    const close = closeTag.exec(rest);
    if (close && (!open || close.index < open.index)) {
      notes.push(...speech.splice(0), rest.slice(0, close.index));
      rest = rest.slice(close.index + close[0].length);
    } else if (!open) {
      speech.push(rest);
      rest = '';
    } else {
      speech.push(rest.slice(0, open.index));
      const inside = rest.slice(open.index + open[0].length);
      const end = closeTag.exec(inside);
      notes.push(end ? inside.slice(0, end.index) : inside);
      rest = end ? inside.slice(end.index + end[0].length) : '';
    }
  }
  return { notes: joined(notes), speech: joined(speech) };
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('\n\n');
}

/**
 * Reads the JSON of a model's reply, which may stand among prose or in a code fence; of several that fit, the last,
 * since models put examples first. Nothing is repaired or made up; what a model adds of its own, such as its thoughts in
 * a field, is left out. The failure's message tells the model what is wrong.
 */
export function parseReply<Schema extends z.ZodType>(
  { schema }: ReplyKind<Schema>,
  text: string,
): Outcome<z.infer<Schema>, 'invalid-reply'> {
  const values = findJson(text).reverse();
  for (const value of values) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return success(parsed.data);
    const bare = schema.safeParse(withoutAdded(value, parsed.error));
    if (bare.success) return success(bare.data);
  }
  return failure('invalid-reply', values.length > 0 ? faultsOf(schema, values[0]) : withoutJson(text));
}

/** A value without the fields that nobody asked for. */
function withoutAdded(value: unknown, { issues }: z.ZodError): unknown {
  const copy = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const holder = issue.path.reduce<unknown>(
      (inner, key) => (inner as Record<PropertyKey, unknown>)[key],
      copy,
    );
    for (const key of issue.keys) delete (holder as Record<string, unknown>)[key];
  }
  return copy;
}

/** The prose of a reply that should have been JSON; null where its JSON holds none under a name that says so. */
export function proseOf(text: string): string | null {
  const [value] = findJson(text).reverse();
  if (value === undefined) return text.trim();
  const { text: prose, statement } = value as Record<string, unknown>;
  const found = [prose, statement].find((words) => typeof words === 'string' && words.trim() !== '');
  return found === undefined ? null : (found as string).trim();
}

function faultsOf(schema: z.ZodType, value: unknown): string {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const faults = issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.join('.') || 'The object'}: ${message}.`);
  return faults.join(' ');
}

function withoutJson(text: string): string {
  if (text.trim() === '') return 'The reply was empty.';
  return text.includes('{') ? 'The reply holds no complete JSON object.' : 'The reply holds no JSON object.';
}

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

/** Whether a principal signs, why, and what would let it sign. */
export const answerReply = replyKind(
  'answer',
  z.strictObject({
    answer: z.enum(['sign', 'refuse']),
    reason: z.string().trim().min(1),
    /** The words that would let it sign; null where it signs or none would. */
    change: z.string().nullable().default(null),
  }),
);

/** Where a persona would settle, by issue. */
export const pollReply = replyKind(
  'poll',
  z.strictObject({
    positions: z.array(z.strictObject({ issue: z.string(), position: positionSchema, why: z.string() })),
  }),
);

/** Whether two principals are to talk in private, for how many turns, and why. */
export const caucusCallReply = replyKind(
  'caucus_call',
  z.strictObject({ caucus: z.boolean(), turns: z.int().min(0).default(2), why: z.string() }),
);

/** What each party offered in private. */
export const caucusOffersReply = replyKind(
  'caucus_offers',
  z.strictObject({
    offers: z.array(
      z.strictObject({
        party: z.string(),
        issue: z.string(),
        position: z.number(),
        act: z.string(),
        quote: z.string(),
        turn: z.int().nullable(),
      }),
    ),
  }),
);

/** Bounds are left out of the JSON Schema because some providers refuse them in strict mode; code checks them. */
export function replyKind<Schema extends z.ZodType>(name: string, schema: Schema): ReplyKind<Schema> {
  const { $schema: _version, ...json } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      delete jsonSchema.minimum;
      delete jsonSchema.maximum;
      delete jsonSchema.minLength;
      delete jsonSchema.default;
    },
  });
  return { schema, format: { name, schema: json } };
}
