import type { ReplyFormat } from '../debate/calls.ts';
import { actSchema } from '../debate/readings.ts';
import { type JudgePlan, partyLetter } from './sample-plan.ts';

/**
 * What the judge is asked to reply, as JSON Schema for providers that can hold a model to it: every key is
 * required, none may be added, and a position without evidence is null. Bounds of numbers are left out because
 * some providers refuse them; code checks the scale.
 */
export function judgeReplyFormat(plan: JudgePlan): ReplyFormat {
  const reading = objectOf({
    party: { type: 'string', enum: plan.speakerOrder.map((speaker) => partyLetter(plan, speaker)) },
    issue: { type: 'string', enum: plan.issueOrder },
    position: { type: ['number', 'null'] },
    act: { type: 'string', enum: actSchema.options },
    quote: { type: 'string' },
    turn: { type: 'integer' },
  });
  return { name: 'positions', schema: objectOf({ readings: { type: 'array', items: reading } }) };
}

function objectOf(properties: Record<string, unknown>): Record<string, unknown> {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}
