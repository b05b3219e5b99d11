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
  renderDrafting,
} from '../prompts/drafted-scenario.ts';
import { draftingPrompts } from '../prompts/drafting.ts';
import {
  freeForScenario,
  type NewScenarioFailure,
  scenarioIdFor,
  writeNewScenario,
} from '../prompts/new-scenario.ts';
import { checkedDraft, type Drafter } from './checked-draft.ts';

export interface DraftScenarioOptions extends Drafter {
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
export type DraftFailure = NewScenarioFailure | 'call-failed' | 'faults' | 'article';

/**
 * Lets a model draft a scenario from an article, has it repair what the check finds, and writes the files once they are
 * in order. Nothing that exists is overwritten, and nothing is spent where the folder is not free.
 */
export async function draftScenario(options: DraftScenarioOptions): Promise<Outcome<Drafted, DraftFailure>> {
  const { article, folder, name, promptRoot } = options;
  const free = await freeForScenario(folder);
  if (!free.ok) return free;
  const written = articleFile(article);
  const own = articleOf(written);
  if (!own) return failure('article', 'The article holds no text that could be cited.');
  const prompts = draftingPrompts(promptRoot, 'drafting.md');
  const id = scenarioIdFor(folder, name);
  const asked = {
    messages: renderDrafting(prompts, own),
    prompts,
    reply: draftedReply,
    check(draft: DraftedScenario) {
      const files = filesOf(draft, id, written);
      return { made: files, faults: faultsIn(files) };
    },
  };
  const drafted = await checkedDraft(asked, options);
  if (!drafted.ok) return drafted;
  const { draft, made, repaired, records } = drafted.value;
  const done = await writeNewScenario(folder, made);
  return done.ok ? success({ paths: done.value, reasons: reasonsIn(draft), repaired, records }) : done;
}

function reasonsIn({ agenda }: DraftedScenario): Drafted['reasons'] {
  return agenda.map(({ id, title, reason }) => ({ issue: id, title, reason }));
}
