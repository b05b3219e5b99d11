import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Failure } from '../debate/outcome.ts';
import { defaultSettings } from '../run/prepare.ts';
import { checkYaml } from '../source/checked-yaml.ts';
import { normalised } from '../source/markdown-file.ts';
import { createFaultLog, reportOn, type SourceFault } from '../source/source-fault.ts';
import { readYaml, type YamlSource } from '../source/yaml-source.ts';
import { counted } from '../text/figures.ts';
import { type ComparisonAims, comparisonAimsSchema, defaultAims, measureNamed } from './comparison-aims.ts';
import { type CastOrder, oneOrSeveral, ownArticle, type Plan, parseCastOrder } from './plan.ts';
import { checkPlan } from './plan-checks.ts';
import { type PlanFile, planFileSchema } from './plan-schema.ts';

interface ListedPlan {
  /** As a person types it. */
  file: string;
  title: string;
  /** How many arms, scenarios and repeats; or the first fault. */
  about: string;
  isFaulty: boolean;
}

/** Larger files are something else. */
const mostBytes = 200_000;

/** The plan files directly in these folders: YAML with arms. */
export async function listPlans(folders: readonly string[]): Promise<ListedPlan[]> {
  const found: ListedPlan[] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => /\.ya?ml$/.test(one)).sort()) {
      const file = join(folder, name);
      const { size } = (await stat(file).catch(() => null)) ?? { size: mostBytes };
      if (size >= mostBytes) continue;
      const content = await readFile(file, 'utf8').catch(() => '');
      if (/^arms\s*:/m.test(content)) found.push(listed(content, file));
    }
  }
  return found;
}

function listed(content: string, file: string): ListedPlan {
  const parsed = parsePlan(content, file);
  if (!parsed.ok) {
    const [fault] = parsed.faults;
    return { file, title: '', about: `line ${fault?.line ?? 1}: ${fault?.message ?? ''}`, isFaulty: true };
  }
  const { title, arms, scenarios, repeats } = parsed.plan;
  const design = [
    counted(arms.length, 'arm'),
    counted(scenarios.length, 'scenario'),
    counted(repeats, 'repeat'),
  ].join(', ');
  return { file, title, about: `${design}: ${arms.map(({ id }) => id).join(', ')}`, isFaulty: false };
}

/** A plan that may be run, or everything that is wrong with its file. */
export type ParsedPlan =
  | { ok: true; plan: Plan; lineOf: YamlSource['lineOf'] }
  | { ok: false; faults: SourceFault[] };

/** Reads a plan file; `file` is its path as the person gave it. Faults name the line and, where one is near, what was meant. */
export function parsePlan(content: string, file: string): ParsedPlan {
  const log = createFaultLog();
  const report = reportOn(log, file);
  const source = readYaml(normalised(content), 1, report);
  const checked = source && withMeasureIds(checkYaml(planFileSchema, source, report));
  if (source && checked) checkPlan(checked, source, report);
  if (!source || !checked || log.faults.length > 0) {
    return { ok: false, faults: log.faults.toSorted((one, other) => one.line - other.line) };
  }
  return { ok: true, plan: planOf(checked), lineOf: source.lineOf };
}

function planOf(file: PlanFile): Plan {
  const settings = { ...defaultSettings, ...withoutGaps(file.debate ?? {}) };
  // A dossier of one is that article, so that its debates are the same.
  const articles = (file.articles ?? [ownArticle]).map((one) =>
    Array.isArray(one) && one.length === 1 ? (one[0] ?? ownArticle) : one,
  );
  const castOrders = (file.castOrders ?? ['given']).map(castOrder);
  const count = file.count ?? null;
  const cellsOfRepeat = file.scenarios.length * articles.length * castOrders.length;
  const repeats =
    count === null ? (file.repeats ?? 1) : Math.ceil(count / (cellsOfRepeat * file.arms.length));
  return {
    title: file.title ?? '',
    seed: file.seed ?? 1,
    seedPer: file.seedPer ?? 'cell',
    arms: file.arms.map((arm) => ({
      id: arm.id,
      strategy: arm.strategy,
      model: arm.model ?? file.model ?? null,
      models: { ...file.models, ...arm.models },
      prompts: arm.prompts ?? null,
      ...(arm.control ? { control: arm.control } : {}),
    })),
    judge: file.judge === undefined ? null : oneOrSeveral([file.judge].flat()),
    scenarios: file.scenarios,
    articles,
    castOrders,
    repeats,
    settings,
    budget: { usd: file.budget?.usd ?? null, tokens: file.budget?.tokens ?? null },
    aims: aimsOf(file, settings.rounds),
    count,
    ...(file.keepThoughts ? { keepThoughts: true } : {}),
  };
}

/** Measures under their own names: `C` is `principals`. */
function withMeasureIds(file: PlanFile | null): PlanFile | null {
  if (!file?.compare) return file;
  const { primary, guards, margins, smallest, ...others } = file.compare;
  const keys = (record: Record<string, number>) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [measureNamed(name), value]));
  return {
    ...file,
    compare: {
      ...others,
      ...(primary ? { primary: primary.map(measureNamed) } : {}),
      ...(guards ? { guards: guards.map(measureNamed) } : {}),
      ...(margins ? { margins: keys(margins) } : {}),
      ...(smallest ? { smallest: keys(smallest) } : {}),
    },
  };
}

function castOrder(order: string | string[]): CastOrder {
  if (typeof order !== 'string') return { kind: 'listed', personas: order };
  return parseCastOrder(order) as CastOrder;
}

function aimsOf({ compare = {} }: PlanFile, rounds: number): ComparisonAims {
  const defaults = defaultAims(rounds);
  const { margins, smallest, guards, ...others } = withoutGaps(compare);
  return comparisonAimsSchema.parse({
    ...defaults,
    ...others,
    guards: guards ?? defaults.guards.filter((name) => !compare.primary?.includes(name)),
    margins: { ...defaults.margins, ...margins },
    smallest: { ...defaults.smallest, ...smallest },
  });
}

type WithoutGaps<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> };

function withoutGaps<Shape extends object>(shape: Shape): WithoutGaps<Shape> {
  return Object.fromEntries(
    Object.entries(shape).filter(([, value]) => value !== undefined),
  ) as WithoutGaps<Shape>;
}

/** Why a plan cannot be run: faults in files, each with its line, or one message. */
export type FaultyPlan = { ok: false; failure: Failure; faults: readonly SourceFault[] };

export function faultyPlan(faults: readonly SourceFault[]): FaultyPlan {
  const [first] = faults;
  const message = first ? `${first.file}:${first.line}: ${first.message}` : 'The plan cannot be run.';
  return { ok: false, failure: { reason: 'faults', message }, faults };
}

export function cannotRun({ failure }: { failure: Failure }): FaultyPlan {
  return { ok: false, failure, faults: [] };
}
