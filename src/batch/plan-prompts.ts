import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { dossierArticle } from '../article/document-article.ts';
import { readArticle } from '../article/read-article.ts';
import { articleSource } from '../article/types.ts';
import { success } from '../debate/outcome.ts';
import { type Article, articleSchema } from '../debate/setup.ts';
import { withArticle } from '../prompts/article-fit.ts';
import { listScenarios, listStrategies } from '../prompts/list-prompts.ts';
import { withExtras } from '../prompts/load-extras.ts';
import { withCastOrder } from '../prompts/load-kept.ts';
import { loadPrompts } from '../prompts/load-prompts.ts';
import type { PromptSet } from '../prompts/types.ts';
import type { SourceFault } from '../source/source-fault.ts';
import { checkPlanReferences, isPath } from './check-plan-references.ts';
import type { Fingerprints, PlannedCell } from './expand-plan.ts';
import { cannotRun, type FaultyPlan, faultyPlan, type ParsedPlan } from './parse-plan.ts';
import { type Arm, articleNamed, orderedCast, ownArticle, type Plan } from './plan.ts';

/** Everything the debates of a plan are prompted with. */
export interface PlanPrompts {
  fingerprints: Fingerprints;
  /** The prompts of an arm in a cell, on its article and in its cast order; the same object for the same prompts. */
  promptsOf(arm: Arm, cell: Pick<PlannedCell, 'scenario' | 'article' | 'castOrder'>): PromptSet;
}

/** Sets kept ready; a plan of very many articles uses them in turn. */
const mostReady = 256;

/**
 * Loads the prompts and articles a plan names, each once; tells every fault of every file. Paths are taken from
 * `folder`, the plan's own, but stay in the plan as they are written: the same plan has the same debates anywhere.
 */
export async function loadPlanPrompts(
  parsed: Extract<ParsedPlan, { ok: true }>,
  {
    file,
    folder,
    promptRoot,
    stdin,
    kept = null,
    places: others = [],
    variables = {},
  }: {
    file: string;
    folder: string;
    promptRoot: string;
    /** Folders whose folders are scenarios of a person's own, in addition to those of the plan's folder. */
    places?: readonly string[];
    stdin: NodeJS.ReadStream;
    /** Environment variables, of which those that name proxies are followed where an article is fetched. */
    variables?: Readonly<Record<string, string | undefined>>;
    /** Where articles of the web are kept, so that each is fetched once; null fetches them anew. */
    kept?: KeptArticles | null;
  },
): Promise<{ ok: true; value: PlanPrompts } | FaultyPlan> {
  const { plan } = parsed;
  const places = [folder, join(folder, 'scenarios'), ...others];
  const sets = new Map<string, PromptSet>();
  const faults = new Map<string, SourceFault>();
  const unknown: FaultyPlan[] = [];
  for (const arm of plan.arms) {
    for (const scenario of plan.scenarios) {
      const key = keyOf(arm, scenario);
      if (sets.has(key)) continue;
      const overrides = arm.prompts === null ? {} : { overrides: resolve(folder, arm.prompts) };
      const loaded = loadPrompts({
        promptRoot,
        places,
        scenario: within(folder, scenario),
        strategy: within(folder, arm.strategy),
        ...overrides,
      });
      const extras = {
        control: arm.control ?? null,
        poll: plan.settings.poll ?? false,
        facts: plan.settings.facts ?? false,
        caucus: plan.settings.caucus,
      };
      const extended = loaded.ok ? withExtras(loaded.value, extras, promptRoot) : loaded;
      if (extended.ok) sets.set(key, extended.value);
      else if (extended.faults.length === 0) unknown.push(cannotRun(extended));
      else for (const fault of extended.faults) faults.set(JSON.stringify(fault), fault);
    }
  }
  const references = checkPlanReferences(
    parsed,
    file,
    await knownPrompts(plan, { folder, promptRoot, places }, sets),
  );
  if (references.length > 0) return faultyPlan(references);
  if (faults.size > 0) return faultyPlan([...faults.values()]);
  if (unknown[0]) return unknown[0];

  const read = new Map<string, Article>();
  const articles = new Map<string, Article>();
  for (const given of plan.articles) {
    if (given === ownArticle) continue;
    const parts: Article[] = [];
    for (const name of [given].flat()) {
      const source = articleSource(name, stdin);
      const path = source.type === 'file' ? { path: resolve(folder, source.path) } : {};
      const known = read.get(name) ?? (source.type === 'url' ? await kept?.find(name) : null);
      const found = known ? success(known) : await readArticle({ source: { ...source, ...path }, variables });
      if (!found.ok) return cannotRun(found);
      if (source.type === 'url' && !known) await kept?.keep(name, found.value);
      read.set(name, found.value);
      parts.push(found.value);
    }
    articles.set(articleNamed(given), dossierArticle(parts));
  }
  return { ok: true, value: planPrompts(plan, sets, articles) };
}

function planPrompts(
  plan: Plan,
  sets: ReadonlyMap<string, PromptSet>,
  articles: ReadonlyMap<string, Article>,
): PlanPrompts {
  const setOf = (arm: Arm, scenario: string) => sets.get(keyOf(arm, scenario)) as PromptSet;
  const hashes = new Map([...sets].map(([key, set]) => [key, hashOf(set)]));
  const ready = new Map<string, PromptSet>();
  const [anyArm] = plan.arms;
  return {
    fingerprints: {
      article: (scenario, article) =>
        articles.get(article)?.sha256 ?? setOf(anyArm as Arm, scenario).scenario.article.sha256,
      prompts: (arm, scenario) => hashes.get(keyOf(arm, scenario)) as string,
    },
    promptsOf(arm, { scenario, article, castOrder }) {
      const key = JSON.stringify([keyOf(arm, scenario), article, castOrder]);
      const known = ready.get(key);
      if (known) return known;
      const other = articles.get(article);
      const set = setOf(arm, scenario);
      const onArticle = other ? withArticle(set, other) : set;
      const cast = set.scenario.personas.map(({ member }) => member.id);
      const made = withCastOrder(onArticle, orderedCast(cast, castOrder, plan.seed));
      if (ready.size >= mostReady) ready.delete(ready.keys().next().value as string);
      ready.set(key, made);
      return made;
    },
  };
}

function keyOf({ strategy, prompts, control }: Arm, scenario: string): string {
  return JSON.stringify([strategy, prompts, control, scenario]);
}

function hashOf({ files }: PromptSet): string {
  return createHash('sha256')
    .update(JSON.stringify([...files].sort()))
    .digest('hex');
}

/** An id stays what it is; a path is taken from the folder. */
function within(folder: string, reference: string): string {
  return isPath(reference) ? resolve(folder, reference) : reference;
}

async function knownPrompts(
  plan: Plan,
  { folder, promptRoot, places }: { folder: string; promptRoot: string; places: readonly string[] },
  sets: ReadonlyMap<string, PromptSet>,
) {
  const own = plan.arms.flatMap(({ prompts }) => (prompts === null ? [] : [resolve(folder, prompts)]));
  const roots = [promptRoot, ...own];
  const known = { strategies: new Set<string>(), scenarios: new Set<string>() };
  for (const root of new Set(roots)) {
    for (const { id } of await listStrategies(root)) known.strategies.add(id);
    for (const { id } of await listScenarios(root, places)) known.scenarios.add(id);
  }
  const casts = new Map<string, string[]>();
  const withoutFacts = new Set<string>();
  for (const arm of plan.arms) {
    for (const scenario of plan.scenarios) {
      const set = sets.get(keyOf(arm, scenario));
      if (!set) continue;
      const cast = set.scenario.personas.map(({ member }) => member.id);
      casts.set(scenario, cast);
      if (!set.scenario.facts) withoutFacts.add(scenario);
    }
  }
  return { strategies: [...known.strategies], scenarios: [...known.scenarios], casts, withoutFacts };
}

/** Articles of the web as a plan first found them: debates that are held tomorrow are about the same text. */
export interface KeptArticles {
  /** null where there is none yet. */
  find(address: string): Promise<Article | null>;
  keep(address: string, article: Article): Promise<void>;
}

/** Keeps articles in a batch's own folder. */
export function keptArticles(place: string): KeptArticles {
  const folder = join(place, 'articles');
  const pathOf = (address: string) =>
    join(folder, `${createHash('sha256').update(address).digest('hex').slice(0, 16)}.json`);
  return {
    async find(address) {
      try {
        return articleSchema.parse(JSON.parse(await readFile(pathOf(address), 'utf8')));
      } catch {
        return null;
      }
    },
    async keep(address, article) {
      await mkdir(folder, { recursive: true });
      const draft = `${pathOf(address)}.new`;
      await writeFile(draft, JSON.stringify(article));
      await rename(draft, pathOf(address));
    },
  };
}
