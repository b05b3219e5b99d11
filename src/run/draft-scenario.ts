import type { CallRecord, ChatMessage } from '../debate/calls.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Article } from '../debate/setup.ts';
import { costOf } from '../models/prices.ts';
import type { ModelHandle } from '../models/types.ts';
import {
  articleFile,
  articleOf,
  type DraftedScenario,
  draftedReply,
  faultsIn,
  filesOf,
  interestsToOthers,
  renderDrafting,
} from '../prompts/drafted-scenario.ts';
import { draftingPrompts } from '../prompts/drafting.ts';
import {
  freeForScenario,
  type NewScenarioFailure,
  scenarioIdFor,
  writeNewScenario,
} from '../prompts/new-scenario.ts';
import { dollars } from '../text/figures.ts';
import { estimatePromptTokens } from '../text/token-estimate.ts';
import { checkedDraft, type Drafter } from './checked-draft.ts';
import type { Estimate } from './estimate.ts';
import { runDebate } from './run-debate.ts';

export interface DraftScenarioOptions extends Drafter {
  /** What the scenario is about; its text is not shared in exports unless a person changes `shareText`. */
  article: Article;
  /** New or empty. */
  folder: string;
  /** The scenario's name; the folder's by default. */
  name?: string;
  /** The folder of the prompts that come with parley. */
  promptRoot: string;
  /** US dollars that no further draft may go beyond; no limit by default. */
  budgetUsd?: number | null;
}

export interface Drafted {
  /** The paths written, below the folder. */
  paths: string[];
  /** Why each issue's scale runs as it does, in the model's words. */
  reasons: { issue: string; title: string; reason: string }[];
  /** What the check found in earlier drafts, and the model repaired. */
  repaired: string[];
  records: CallRecord[];
}

/** `faults`: after every try the check still found something; nothing was written. */
export type DraftFailure = NewScenarioFailure | 'call-failed' | 'faults' | 'article' | 'budget' | 'no-price';

/** Tokens of a usual draft: five issues and five personas with their arguments. */
const usualTokens = 5_000;

/**
 * Lets a model draft a scenario from an article, has it repair what the check finds, and writes the files once they are
 * in order. Nothing that exists is overwritten, and nothing is spent where the folder is not free.
 */
export async function draftScenario(options: DraftScenarioOptions): Promise<Outcome<Drafted, DraftFailure>> {
  const { folder, name, budgetUsd = null, model } = options;
  const begun = await firstPrompt(options);
  if (!begun.ok) return begun;
  const { prompts, written, messages } = begun.value;
  const id = scenarioIdFor(folder, name);
  const asked = {
    messages,
    prompts,
    reply: draftedReply,
    check(draft: DraftedScenario) {
      const files = filesOf(draft, id, written);
      return { made: files, faults: [...faultsIn(files), ...interestsToOthers(draft)] };
    },
  };
  const drafted = await checkedDraft(asked, {
    ...options,
    ...(budgetUsd === null ? {} : { mayAsk: (state) => withinBudget(budgetUsd, model, state) }),
  });
  if (!drafted.ok) return drafted;
  const { draft, made, repaired, records } = drafted.value;
  const done = await writeNewScenario(folder, made);
  return done.ok ? success({ paths: done.value, reasons: reasonsIn(draft), repaired, records }) : done;
}

/** What a draft is asked for with; nothing is asked where the folder is not free. */
async function firstPrompt({
  article,
  folder,
  promptRoot,
}: Pick<DraftScenarioOptions, 'article' | 'folder' | 'promptRoot'>) {
  const free = await freeForScenario(folder);
  if (!free.ok) return free;
  const written = articleFile(article);
  const own = articleOf(written);
  if (!own) return failure('article', 'The article holds no text that could be cited.');
  const prompts = draftingPrompts(promptRoot, 'drafting.md');
  return success({ prompts, written, messages: renderDrafting(prompts, own) });
}

/** What one draft is likely to take; repairs come on top of it. Fails as drafting would before it calls a model. */
export async function estimateDraft(
  options: Pick<DraftScenarioOptions, 'article' | 'folder' | 'promptRoot' | 'model'>,
): Promise<Outcome<Estimate, DraftFailure>> {
  const begun = await firstPrompt(options);
  if (!begun.ok) return begun;
  const { messages } = begun.value;
  const inputTokens = estimatePromptTokens(messages);
  return success({
    ...{ calls: 1, inputTokens, outputTokens: usualTokens },
    costUsd: costOfDraft(options.model, messages),
  });
}

function costOfDraft({ price }: ModelHandle, messages: readonly ChatMessage[]): number | null {
  const inputTokens = estimatePromptTokens(messages);
  return costOf({ inputTokens, outputTokens: usualTokens, cachedTokens: 0, estimated: true }, 0, price);
}

/** Why the next draft may not be asked for; success where it may. */
function withinBudget(
  budgetUsd: number,
  model: ModelHandle,
  { messages, records, faults }: Parameters<NonNullable<Drafter<'budget'>['mayAsk']>>[0],
): Outcome<null, 'budget' | 'no-price'> {
  const next = costOfDraft(model, messages);
  if (next === null) {
    return failure('no-price', `A budget in US dollars needs a price, and none is known for ${model.spec}.`);
  }
  const spent = records.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  if (spent + next <= budgetUsd) return success(null);
  const left = faults.length > 0 ? ` The last draft has ${faults.length} faults, first ${faults[0]}` : '';
  return failure(
    'budget',
    `A draft takes about ${dollars(next)}, ${dollars(spent)} of ${dollars(budgetUsd)} are spent, and the rest is too little.${left} Nothing was written.`,
  );
}

/** One round of a scenario on the simulator, in memory: what it takes to see that it runs. Gives how many speeches were made. */
export async function tryOnSimulator(folder: string): Promise<number> {
  const running = await runDebate({ scenario: folder, rounds: 1, seed: 1, model: 'simulator' });
  const { turns } = await running.result();
  return turns.filter(({ kind }) => kind === 'speech').length;
}

function reasonsIn({ agenda }: DraftedScenario): Drafted['reasons'] {
  return agenda.map(({ id, title, reason }) => ({ issue: id, title, reason }));
}
