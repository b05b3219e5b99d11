import {
  type Attributes,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { apply, type Debate, nameOf } from '../../debate/debate.ts';
import { type DebateEvent, type EventOf, moderatorId } from '../../debate/events.ts';
import { judgeRole } from '../../debate/judges.ts';
import {
  type AgentSpan,
  addOutcome,
  addVerdict,
  agentSpanOf,
  modelAttributes,
  outputAttributes,
  replyAttributes,
  requestAttributes,
  usageAttributes,
} from './agent-spans.ts';

/** Makes spans of one debate's events as they come. */
export interface DebateSpans {
  take(event: DebateEvent): void;
  /** Ends what is still open: a debate whose process gives up. */
  end(): void;
}

/**
 * A debate is a workflow, each step of it (a speech, a reading, an answer) an agent's, and each attempt of a call a chat.
 * Events report what is over, so spans are made afterwards, with the times that the events hold. Those numbered below
 * `firstEvent` happened before this run and make none.
 */
export function createDebateSpans(
  tracer: Tracer,
  { firstEvent, withContent }: { firstEvent: number; withContent: boolean },
): DebateSpans {
  let debate: Debate | null = null;
  let root: Span | null = null;
  let lastAt = '';
  let failed: EventOf<'attempt-failed'>[] = [];

  const child = (parent: Span, name: string, kind: SpanKind, startTime: Date, attributes: Attributes) =>
    tracer.startSpan(name, { kind, startTime, attributes }, trace.setSpan(context.active(), parent));

  const chat = (
    parent: Span,
    step: Pick<AgentSpan, 'purpose'>,
    model: string,
    times: [Date, Date],
    more: Attributes,
  ) => {
    const attributes: Attributes = {
      ...modelAttributes(model),
      ...(debate ? requestAttributes(step.purpose, debate.settings) : {}),
      'gen_ai.conversation.id': debate?.started.debate ?? '',
      ...more,
    };
    // The simulator runs in this process; every other model is a remote service.
    const kind = model === 'simulator' ? SpanKind.INTERNAL : SpanKind.CLIENT;
    const span = child(parent, `chat ${attributes['gen_ai.request.model']}`, kind, times[0], attributes);
    return { span, end: () => span.end(times[1]) };
  };

  /** Attempts that came to nothing, each from the end of the wait before it. */
  const chatsThatFailed = (
    parent: Span,
    model: string,
    begin: Date,
    own: readonly EventOf<'attempt-failed'>[],
  ): Date => {
    let start = begin;
    for (const event of own) {
      const end = new Date(event.at);
      const used = event.usage ? usageAttributes({ usage: event.usage, costUsd: event.costUsd }) : {};
      const more = { ...used, 'error.type': event.reason };
      const attempt = chat(parent, event, model, [start < end ? start : end, end], more);
      attempt.span.setStatus({ code: SpanStatusCode.ERROR, message: event.message });
      attempt.end();
      start = new Date(end.getTime() + (event.retryInMs ?? 0));
    }
    failed = failed.filter((event) => !own.includes(event));
    return start;
  };

  const did = ({ purpose, agent, at, calls, ending, text, attributes = {} }: AgentSpan): Span | null => {
    if (!root || !debate) return null;
    const end = new Date(at);
    const longest = Math.max(0, ...calls.map(({ timing }) => timing.totalMs));
    const ofCalls = new Date(end.getTime() - longest);
    const own = failed.filter((event) => event.purpose === purpose && isBy(event, agent));
    const first = own[0] ? new Date(own[0].at) : ofCalls;
    const start = first < ofCalls ? new Date(lastAt) : ofCalls;
    const model = calls[0]?.model ?? debate.models[agent]?.spec ?? '';
    const name = agent === judgeRole ? 'Judge' : nameOf(debate, agent);
    const span = child(root, `invoke_agent ${name}`, SpanKind.INTERNAL, start, {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.id': agent,
      'gen_ai.agent.name': name,
      'gen_ai.conversation.id': debate.started.debate,
      'parley.purpose': purpose,
      ...modelAttributes(model),
      ...attributes,
    });
    const hadFailed = own.length > 0;
    const after = chatsThatFailed(span, model, start, own);
    for (const call of calls) {
      // Calls of a reading run beside each other; a single one ends when its event happens.
      const begun = calls.length > 1 ? start : hadFailed && after < end ? after : ofCalls;
      const over = calls.length > 1 ? new Date(start.getTime() + call.timing.totalMs) : end;
      const said = withContent && text !== undefined ? outputAttributes(text, ending ?? 'complete') : {};
      chat(span, { purpose }, call.model, [begun, over], {
        ...replyAttributes(call, ending ?? null),
        ...said,
      }).end();
    }
    return span;
  };

  const begin = (event: EventOf<'debate-started'> | EventOf<'debate-resumed'>, now: Debate) => {
    const { started } = now;
    root = tracer.startSpan(`invoke_workflow ${started.scenario.id}`, {
      kind: SpanKind.INTERNAL,
      startTime: new Date(event.at),
      root: true,
      attributes: {
        'gen_ai.operation.name': 'invoke_workflow',
        'gen_ai.workflow.name': started.scenario.id,
        'gen_ai.conversation.id': started.debate,
        'parley.strategy': started.strategy,
        'parley.seed': started.seed,
        'parley.rounds': now.settings.rounds,
        'parley.simulated': Object.values(now.models).some(({ simulated }) => simulated),
        'parley.resumed': event.type === 'debate-resumed',
        'parley.article.sha256': started.article.sha256,
      },
    });
  };

  const finish = (event: EventOf<'debate-ended'>, now: Debate) => {
    const lastFailed = failed.at(-1);
    const at = new Date(event.at);
    if (lastFailed) {
      const { purpose, speaker } = lastFailed;
      const agent = purpose === 'judge' ? judgeRole : speaker;
      const span = did({ purpose, agent, at: lastFailed.at, calls: [] });
      span?.setAttribute('error.type', lastFailed.reason);
      span
        ?.setStatus({ code: SpanStatusCode.ERROR, message: lastFailed.message })
        .end(new Date(lastFailed.at));
    }
    if (!root) return;
    root.setAttribute('parley.ending', event.reason);
    root.setAttribute('parley.turns', now.turns.length);
    root.setAttribute('parley.cost.usd', now.totals.costUsd);
    if (event.reason === 'failed') {
      root.setAttribute('error.type', lastFailed?.reason ?? 'failed');
      root.setStatus({ code: SpanStatusCode.ERROR, message: event.detail });
    }
    addOutcome(root, now, at);
    root.end(at);
    root = null;
  };

  const make = (event: DebateEvent, now: Debate) => {
    if (event.type === 'debate-started' || event.type === 'debate-resumed') return begin(event, now);
    if (event.type === 'attempt-failed') return void failed.push(event);
    if (event.type === 'debate-ended') return finish(event, now);
    const step = agentSpanOf(event);
    const span = step && did(step);
    if (!span) return;
    const at = new Date(event.at);
    if (event.type === 'verdict-given') addVerdict(span, event, at);
    span.end(at);
  };

  return {
    take(event) {
      debate = apply(debate, event);
      if (event.number >= firstEvent) make(event, debate);
      if (event.type !== 'attempt-failed') lastAt = event.at;
    },
    end: () => root?.end(),
  };
}

/** Readings and bids are steps of one agent whose calls may have been journaled under others' names. */
function isBy({ speaker }: EventOf<'attempt-failed'>, agent: string): boolean {
  return agent === judgeRole || agent === moderatorId || speaker === agent;
}
