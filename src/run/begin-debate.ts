import { randomInt } from 'node:crypto';
import { articleSource, type ByteStream } from '../article/types.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import { seededInteger } from '../debate/seeded-random.ts';
import type { CaucusChoice, Control, Settings } from '../debate/setup.ts';
import { openFileStore } from '../journal/file-store.ts';
import { openMemoryStore } from '../journal/memory-store.ts';
import type { JournalFailure } from '../journal/types.ts';
import type { ModelHandle } from '../models/types.ts';
import { type ArticleNotice, articleNotices, withArticle } from '../prompts/article-fit.ts';
import { bundledPrompts } from '../prompts/bundled-prompts.ts';
import { withExtras } from '../prompts/load-extras.ts';
import { withLanguage } from '../prompts/load-kept.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import type { PromptSet } from '../prompts/types.ts';
import { grouped } from '../text/figures.ts';
import { estimateTokens } from '../text/token-estimate.ts';
import type { DebateRun } from './debate-run.ts';
import { placeForThoughts, prepareDebate } from './prepare.ts';
import { pricedBudget, rolesOf } from './role-models.ts';
import type { Seat } from './seats.ts';
import { systemClock } from './system-clock.ts';
import { version } from './version.ts';

const mostTries = 10;

/** A name for a run that sorts by date and names its scenario: 2026-11-23-1705-us-dprk-talks-k3f9. */
function runName(scenario: string, now: number, seed: number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const mark = seededInteger(now, seed, scenario).toString(36).padStart(4, '0').slice(-4);
  return `${date}-${time.slice(0, 5).replace(':', '')}-${scenario.slice(0, 48)}-${mark}`;
}

/** Prepares a run under the name given, or else under names made until one is not taken: two can be the same by chance. */
export async function underFreeName<Run>(
  given: string | undefined,
  makeName: () => string,
  prepare: (name: string) => Promise<Outcome<Run, JournalFailure>>,
): Promise<Outcome<Run, JournalFailure>> {
  for (let tries = 1; ; tries++) {
    const prepared = await prepare(given ?? makeName());
    const isTaken = !prepared.ok && prepared.failure.reason === 'exists';
    if (!isTaken || given !== undefined || tries === mostTries) return prepared;
  }
}

/** What a debate is about and how its personas argue. */
export interface DebateSubject {
  /** A bundled scenario's name, one of the places', or a folder. */
  scenario: string;
  /** Folders whose folders are scenarios of a person's own. */
  places?: readonly string[];
  /** A bundled strategy's name, or a Markdown file. */
  strategy: string;
  /** Other texts in place of the scenario's own, together one dossier: files, http(s) addresses, or - for `stdin`; none for its own. */
  articles: readonly string[];
  stdin?: ByteStream;
  control: Control | null;
  /** Asks every persona off the record after each reading. */
  poll: boolean;
  /** Follows the facts that stand ready beside the scenario, where it names none that are always followed. */
  facts?: boolean;
  /** Whether two principals talk in private before rounds; absent: as the scenario says. */
  caucus?: CaucusChoice | undefined;
  /** Environment variables, of which those that name proxies are followed where an article is fetched. */
  variables?: Readonly<Record<string, string | undefined>>;
  /** A BCP 47 tag of the language that everyone speaks; absent for the scenario's own. */
  language?: string;
}

/** Loads and checks the prompts of a debate. `notices` say what is odd about another article. */
export async function loadSubject(
  subject: DebateSubject,
): Promise<Outcome<{ prompts: PromptSet; notices: ArticleNotice[] }>> {
  const {
    scenario,
    places = [],
    strategy,
    articles,
    stdin = noBytes(),
    control,
    poll,
    facts = false,
    caucus,
    variables = {},
  } = subject;
  const promptRoot = bundledPrompts();
  const loaded = loadPrompts({ promptRoot, scenario, places, strategy });
  if (!loaded.ok) return loaded;
  let prompts = loaded.value;
  const notices: ArticleNotice[] = [];
  if (articles.length > 0) {
    // What reads pages is half of all code up to the first frame, and most debates are about a scenario's own article.
    const { readDossier } = await import('../article/read-article.ts');
    const read = await readDossier(
      articles.map((article) => articleSource(article, stdin)),
      { variables },
    );
    if (!read.ok) return read;
    const { article, doubts } = read.value;
    notices.push(...doubts.map((doubt) => ({ kind: 'doubtful' as const, doubt })));
    notices.push(...articleNotices(prompts, article));
    prompts = withArticle(prompts, article);
  }
  if (subject.language !== undefined) prompts = withLanguage(prompts, subject.language);
  const extended = withExtras(prompts, { control, poll, facts, caucus }, promptRoot);
  return extended.ok ? success({ prompts: extended.value, notices }) : extended;
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

export interface DebateToBegin {
  prompts: PromptSet;
  modelOf(role: string): ModelHandle;
  /** How many judges read in turn; 1 where absent. */
  judges?: number;
  settings: Settings;
  /** null for one by chance. */
  seed: number | null;
  /** Folder of the journal; null keeps it in memory. */
  transcripts: string | null;
  /** Spreads very many runs over 256 folders and has them share their prompt files. */
  isSharded?: boolean;
  /** null for one made of the date and the scenario. */
  name: string | null;
  /** People who speak for personas from the start. */
  seats?: Readonly<Record<string, Seat>>;
  keepsThoughts?: boolean;
}

/** Rules, agenda, persona and task around an article, in tokens; the least that a prompt takes besides. */
const tokensAround = 1_500;

/** Says before the first call that a model's context cannot hold the article, where its server states how much it holds. */
function articleBeyondWindow({ prompts, modelOf, judges, settings }: DebateToBegin) {
  const { personas, article } = prompts.scenario;
  const tokens = estimateTokens(article.passages.map(({ text }) => text).join('\n'));
  const needed = tokens + tokensAround + settings.turnTokens;
  for (const role of rolesOf(
    personas.map(({ member }) => member.id),
    judges,
  )) {
    const { spec, habits } = modelOf(role);
    const window = habits?.contextWindow ?? null;
    if (window === null || window >= needed) continue;
    return failure(
      'article-too-long',
      `The article has about ${grouped(tokens)} tokens, and ${spec} holds ${grouped(window)} in all, ` +
        `of which a turn needs ${grouped(needed)}. Nothing was started. ` +
        'Take a shorter article or a part of it, or a model with a larger context.',
    );
  }
  return null;
}

/** Makes a new debate that can be started; `no-price` where its budget needs one. Calls no model. */
export async function beginDebate(
  debate: DebateToBegin,
): Promise<Outcome<DebateRun, JournalFailure | 'no-price' | 'article-too-long' | 'no-place-for-thoughts'>> {
  const personas = debate.prompts.scenario.personas.map(({ member }) => member.id);
  const priced = pricedBudget(debate.settings.budgetUsd, personas, debate);
  if (!priced.ok) return priced;
  const tooLong = articleBeyondWindow(debate);
  if (tooLong) return tooLong;
  const { name: given, prompts, transcripts, isSharded = false } = debate;
  const store =
    transcripts === null
      ? openMemoryStore({ clock: systemClock })
      : openFileStore({ directory: transcripts, clock: systemClock, isSharded });
  const placed = placeForThoughts({ ...debate, store });
  if (!placed.ok) return placed;
  const seed = debate.seed ?? randomInt(2 ** 31 - 1);
  const makeName = () => runName(prompts.scenario.id, systemClock.now(), randomInt(2 ** 31 - 1));
  return underFreeName(given ?? undefined, makeName, (name) =>
    prepareDebate({ ...debate, store, name, seed, version, clock: systemClock, jitter: Math.random }),
  );
}
