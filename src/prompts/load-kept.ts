import { type Document, parseDocument } from 'yaml';
import { type Article, articleSchema, type CastMember } from '../debate/setup.ts';
import { createFaultLog, type FaultLog, reportOn } from '../source/source-fault.ts';
import { scenarioOn } from './article-fit.ts';
import { extrasIn } from './load-extras.ts';
import { parseModerator } from './moderator-files.ts';
import { keptPath, type LoadedPrompts, together } from './prompt-set.ts';
import { parseScenario } from './read-scenario.ts';
import { keptScenario } from './scenario-source.ts';
import { parseStrategy, type StrategySource } from './strategy-file.ts';
import type { TextFile } from './text-file.ts';
import type { PromptSet } from './types.ts';

/** Reads the prompt files that lie beside a journal; gives the set they were kept from, which renders the same bytes. */
export function loadKept(files: ReadonlyMap<string, string>): LoadedPrompts {
  const log = createFaultLog();
  const report = reportOn(log, 'the kept prompt files');
  const scenarioId = onlyScenario(files);
  const strategyId = usedStrategy(files);
  if (scenarioId === null) report.fault(1, 'they do not hold exactly one scenario.yaml');
  if (strategyId === null) report.fault(1, 'they do not hold exactly one strategy');
  if (scenarioId === null || strategyId === null) return together(log, null);

  const otherArticle = keptArticle(files, log);
  const prefix = keptPath.scenario(scenarioId, '');
  const { scenario } = parseScenario(keptScenario(files, prefix), log, otherArticle);
  const { strategy } = parseStrategy(strategyId, strategySource(files), log);
  const { moderator } = parseModerator(
    { read: (name) => kept(files, keptPath.moderator(name)), label: keptPath.moderator, names: [] },
    log,
  );
  if (!scenario || !strategy || !moderator) return together(log, null);
  const used = otherArticle ? scenarioOn(scenario, otherArticle) : scenario;
  return together(log, extrasIn({ scenario: used, strategy, moderator, files: new Map(files) }, log));
}

function onlyScenario(files: ReadonlyMap<string, string>): string | null {
  const ids = [...files.keys()].flatMap(
    (path) => /^scenarios\/([^/]+)\/scenario\.yaml$/.exec(path)?.[1] ?? [],
  );
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

/** Only the strategy in use and those below it are kept, so it is the one that none of the others extends. */
function usedStrategy(files: ReadonlyMap<string, string>): string | null {
  const source = strategySource(files);
  const below = new Set(
    source.ids.flatMap((id) => {
      const { files: chain } = parseStrategy(id, source, createFaultLog());
      return [...chain.keys()].filter((other) => other !== id);
    }),
  );
  const used = source.ids.filter((id) => !below.has(id));
  return used.length === 1 ? (used[0] ?? null) : null;
}

function strategySource(files: ReadonlyMap<string, string>): StrategySource {
  return {
    read: (id) => kept(files, keptPath.strategy(id)),
    label: keptPath.strategy,
    ids: [...files.keys()].flatMap((path) => /^strategies\/([^/]+)\.md$/.exec(path)?.[1] ?? []),
  };
}

function keptArticle(files: ReadonlyMap<string, string>, log: FaultLog): Article | null {
  const content = files.get(keptPath.otherArticle);
  if (content === undefined) return null;
  try {
    return articleSchema.parse(JSON.parse(content));
  } catch {
    reportOn(log, keptPath.otherArticle).fault(1, 'the kept article is damaged');
    return null;
  }
}

function kept(files: ReadonlyMap<string, string>, path: string): TextFile {
  const text = files.get(path);
  return text === undefined
    ? { ok: false, reason: 'missing', message: `${path} does not exist` }
    : { ok: true, text };
}

/**
 * The same prompts with the personas in another order, which must hold exactly the cast. The order is written into
 * the set's own scenario file, so that a debate resumed or exported from its kept files has the order it was held in.
 */
export function withCastOrder(set: PromptSet, cast: readonly string[]): PromptSet {
  const before = set.scenario.personas.map(({ member }) => member.id);
  if (before.join() === cast.join()) return set;
  const place = ({ place = -1, id }: CastMember) => (place < 0 ? before.indexOf(id) : place);
  const marks = set.scenario.personas
    .map(({ member }) => member)
    .sort((one, other) => place(one) - place(other));
  return withScenario(set, (document) => {
    document.set('cast', document.createNode([...cast], { flow: true }));
    document.set(
      'markOrder',
      document.createNode(
        marks.map(({ id }) => id),
        { flow: true },
      ),
    );
  });
}

/** The same prompts in a language, given as a BCP 47 tag; it is written into the set's own scenario file. */
export function withLanguage(set: PromptSet, language: string): PromptSet {
  return set.scenario.language === language
    ? set
    : withScenario(set, (document) => document.set('language', language));
}

/** Changes a set's own scenario file and reads the whole set again. */
function withScenario(set: PromptSet, change: (document: Document) => void): PromptSet {
  const path = keptPath.scenario(set.scenario.id, 'scenario.yaml');
  const document = parseDocument(set.files.get(path) ?? '');
  change(document);
  const loaded = loadKept(new Map(set.files).set(path, document.toString({ lineWidth: 0 })));
  if (!loaded.ok) throw new Error(`a scenario with other settings: ${loaded.failure.message}`);
  return loaded.value;
}
