import type { Attributes } from '@opentelemetry/api';
import type { CallRecord, Purpose } from '../../debate/calls.ts';
import { type DebateEvent, type Ending, moderatorId } from '../../debate/events.ts';
import { judgeRole } from '../../run/context.ts';

/** Something that somebody did in a debate, with the calls it took. */
export interface AgentSpan {
  purpose: Purpose;
  /** A persona's id, `moderator` or `judge`. */
  agent: string;
  at: string;
  calls: readonly CallRecord[];
  ending?: Ending;
  /** What was said, for runs that may tell it. */
  text?: string;
  attributes?: Attributes;
}

const turnPurposes = { opening: 'open', speech: 'speak', steering: 'steer' } as const;

/** What an event tells that somebody did; null for those that tell of something else. */
export function agentSpanOf(event: DebateEvent): AgentSpan | null {
  const { at } = event;
  switch (event.type) {
    case 'turn-ended': {
      const { speaker: agent, ending, text, turn, round } = event;
      const attributes = { 'parley.turn': turn, 'parley.round': round };
      return { purpose: turnPurposes[event.kind], agent, at, calls: [event], ending, text, attributes };
    }
    case 'speaker-picked': {
      const attributes = { 'parley.round': event.round, 'parley.picked': event.persona };
      const purpose = event.by === 'bidding' ? 'bid' : 'pick';
      return { purpose, agent: moderatorId, at, calls: event.calls, attributes };
    }
    case 'verdict-given': {
      const attributes = { 'parley.round': event.round };
      return { purpose: 'judge', agent: judgeRole, at, calls: event.calls, attributes };
    }
    case 'poll-answered': {
      const attributes = { 'parley.round': event.round };
      return { purpose: 'poll', agent: event.persona, at, calls: [event], attributes };
    }
    case 'statement-drafted':
      return { purpose: 'draft', agent: moderatorId, at, calls: [event], text: event.text };
    case 'statement-answered': {
      const { persona: agent, reason: text, answer } = event;
      const attributes = { 'parley.answer': answer };
      return { purpose: 'answer', agent, at, calls: [event], text, attributes };
    }
    default:
      return null;
  }
}
