import type { CallRecord } from '../debate/calls.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Article } from '../debate/setup.ts';
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
import type { Budget } from './budget.ts';
import { checkedDraft, type Drafter, draftTakes, withinBudget } from './checked-draft.ts';
import type { Estimate } from './estimate.ts';
import { runDebate } from './run-debate.ts';

/** With the budget that no further draft may go beyond. */
export interface DraftScenarioOptions extends Drafter, Partial<Budget> {
  /** What the scenario is about; its text is not shared in exports unless a person changes `shareText`. */
  article: Article;
  /** New or empty. */
  folder: string;
  /** The scenario's name; the folder's by default. */
  name?: string;
  /** The folder of the prompts that come with parley. */
  promptRoot: string;
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
  const { folder, name, model, budgetUsd = null, budgetTokens = null } = options;
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
    mayAsk: withinBudget({ budgetUsd, budgetTokens }, model, usualTokens),
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
  return success(draftTakes(options.model, messages, usualTokens));
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
