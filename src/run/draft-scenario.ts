import type { CallRecord, ChatMessage } from '../debate/calls.ts';
import type { Clock } from '../debate/clock.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Random } from '../debate/seeded-random.ts';
import type { Article } from '../debate/setup.ts';
import type { ModelHandle } from '../models/types.ts';
import {
  articleFile,
  articleOf,
  type DraftedScenario,
  draftedReply,
  draftingPrompts,
  faultsIn,
  filesOf,
  renderDrafting,
  renderRedrafting,
} from '../prompts/drafted-scenario.ts';
import {
  freeForScenario,
  type NewScenarioFailure,
  scenarioIdFor,
  writeNewScenario,
} from '../prompts/new-scenario.ts';
import { parseReply } from '../prompts/replies.ts';
import { callOnce } from './single-call.ts';

export interface DraftScenarioOptions {
  /** What the scenario is about; its text is not shared in exports unless a person changes `shareText`. */
  article: Article;
  /** New or empty. */
  folder: string;
  /** The scenario's name; the folder's by default. */
  name?: string;
  model: ModelHandle;
  /** The folder of the prompts that come with parley. */
  promptRoot: string;
  clock: Clock;
  random: Random;
  signal?: AbortSignal;
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

/** How often a draft may be given, the first included. */
const mostDrafts = 3;
const mostTokens = 16_000;

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
  const prompts = draftingPrompts(promptRoot);
  const id = scenarioIdFor(folder, name);
  const records: CallRecord[] = [];
  const repaired: string[] = [];
  let messages = renderDrafting(prompts, own);
  let faults: string[] = [];
  for (let draft = 1; draft <= mostDrafts; draft++) {
    const reply = await answerTo(messages, draft, options);
    if (!reply.ok) return reply;
    records.push(reply.value.record);
    const read = parseReply(draftedReply, reply.value.text);
    const files = read.ok ? filesOf(read.value, id, written) : null;
    faults = read.ok && files ? faultsIn(files) : [read.ok ? '' : read.failure.message];
    if (read.ok && files && faults.length === 0) {
      const done = await writeNewScenario(folder, files);
      return done.ok
        ? success({ paths: done.value, reasons: reasonsIn(read.value), repaired, records })
        : done;
    }
    repaired.push(...faults);
    messages = renderRedrafting(prompts, messages, reply.value.text, faults);
  }
  return failure(
    'faults',
    `${options.model.spec} gave ${mostDrafts} drafts, and the last still has ${faults.length} faults, first ${faults[0]}. Nothing was written. Try again, or another model.`,
  );
}

function reasonsIn({ agenda }: DraftedScenario): Drafted['reasons'] {
  return agenda.map(({ id, title, reason }) => ({ issue: id, title, reason }));
}

async function answerTo(
  messages: ChatMessage[],
  draft: number,
  { signal = new AbortController().signal, ...context }: DraftScenarioOptions,
): Promise<Outcome<{ text: string; record: CallRecord }, 'call-failed'>> {
  const asked = { messages, maxOutputTokens: mostTokens, temperature: null, seed: draft };
  const reply = await callOnce({ ...asked, reply: draftedReply.format }, { ...context, signal });
  return reply.ok ? reply : failure('call-failed', reply.failure.message);
}
