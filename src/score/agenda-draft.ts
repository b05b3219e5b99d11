import type { CallRecord } from '../debate/calls.ts';
import { type Outcome, success } from '../debate/outcome.ts';
import {
  agendaFileOf,
  type DraftedAgenda,
  draftedAgendaReply,
  draftingPrompts,
  faultsInAgenda,
  renderAgendaDrafting,
} from '../prompts/drafting.ts';
import type { Budget } from '../run/budget.ts';
import { checkedDraft, type Drafter, withinBudget } from '../run/checked-draft.ts';
import type { Transcript } from './transcripts.ts';

/** With the budget that no further draft may go beyond. */
export interface DraftAgendaOptions extends Drafter, Partial<Budget> {
  transcript: Pick<Transcript, 'cast' | 'speeches'>;
  /** The folder of the prompts that come with parley. */
  promptRoot: string;
}

/** An agenda file in YAML, with what the check found in earlier drafts. */
export interface AgendaDraft {
  file: string;
  repaired: string[];
  records: CallRecord[];
}

/** Tokens of a usual agenda. */
const usualTokens = 1_500;

/** Has a model draft an agenda for a transcript, by which it can then be scored. */
export async function draftAgenda(
  options: DraftAgendaOptions,
): Promise<Outcome<AgendaDraft, 'call-failed' | 'faults' | 'budget' | 'no-price'>> {
  const { budgetUsd = null, budgetTokens = null } = options;
  const { cast, speeches } = options.transcript;
  const prompts = draftingPrompts(options.promptRoot, 'drafting-agenda.md');
  const nameOf = (id: string) => cast.find((member) => member.id === id)?.name ?? id;
  const talk = speeches.map(({ turn, speaker, text }) => ({ turn, name: nameOf(speaker), text }));
  const drafted = await checkedDraft(
    {
      messages: renderAgendaDrafting(prompts, talk),
      prompts,
      reply: draftedAgendaReply,
      check(draft: DraftedAgenda) {
        const file = agendaFileOf(draft);
        return { made: file, faults: faultsInAgenda(file) };
      },
    },
    { ...options, mayAsk: withinBudget({ budgetUsd, budgetTokens }, options.model, usualTokens) },
  );
  if (!drafted.ok) return drafted;
  const { made, repaired, records } = drafted.value;
  return success({ file: made, repaired, records });
}
