import { apply, type Debate } from '../debate/debate.ts';
import type { EventBody } from '../debate/events.ts';
import { next } from '../debate/next.ts';
import type { RunSignal } from '../debate/notices.ts';
import type { Journal } from '../journal/types.ts';
import type { RunContext } from './context.ts';
import type { Gate } from './gate.ts';
import { perform } from './perform.ts';
import { promptsOf } from './prompts-of.ts';

/** Share of a budget from which readers are told that it is nearly used. */
const nearBudget = 0.8;

/**
 * The loop of one debate: decide, do, journal, fold, publish, until it ends.
 * A turn is durable before it is shown as ended. Resolves with the debate as its journal tells it.
 */
export async function runLoop(
  start: Debate,
  journal: Journal,
  gate: Gate,
  context: RunContext,
  publish: (signal: RunSignal) => void,
): Promise<Debate> {
  let debate = start;
  let toldOfBudget = false;
  const record = async (body: EventBody) => {
    const { event, saved } = journal.write(body);
    const after = apply(debate, event);
    // While the disk takes its time, what comes next is put in words.
    promptsOf(next(after), after, context.prompts);
    await saved;
    debate = after;
    publish({ kind: 'event', event });
  };

  while (!debate.ended) {
    await gate.passed(context.signal);
    for (const text of gate.takeQuestions()) {
      await record({ type: 'question-asked', afterTurn: debate.turns.length, text });
    }
    const action = next(debate);
    // What came to its end by itself was not stopped, however late somebody asked for it.
    if (context.signal.aborted && action.type !== 'end') {
      const { reason: why } = context.signal;
      const detail = typeof why === 'string' ? why : 'The person running it stopped it.';
      await record({ type: 'debate-ended', reason: 'stopped', detail });
      break;
    }
    for await (const body of perform(action, debate, context)) await record(body);
    const usedShare = budgetUsed(debate);
    if (usedShare >= nearBudget && !toldOfBudget) {
      toldOfBudget = true;
      context.notify({ type: 'budget-near', usedShare });
    }
  }
  return debate;
}

/** The larger share used of the two budgets, 0 where there is none. */
function budgetUsed({ totals, settings }: Debate): number {
  const tokens =
    settings.budgetTokens === null ? 0 : (totals.inputTokens + totals.outputTokens) / settings.budgetTokens;
  const dollars = settings.budgetUsd === null ? 0 : totals.costUsd / settings.budgetUsd;
  return Math.max(tokens, dollars);
}
