import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Price } from '../../models/types.ts';
import { loadKept } from '../../prompts/load-kept.ts';
import type { PromptSet } from '../../prompts/types.ts';
import type { Fingerprints } from '../expand-plan.ts';
import { articleNamed, type Plan, planSchema, planWords } from '../plan.ts';

const filesSchema = z.record(z.string(), z.string());

/** Sets kept ready by a worker. */
const mostReady = 64;

/** Puts prompt sets into the database, every file once however many sets hold it. */
export function createPromptKeeper(pool: Pool): { keep(set: PromptSet): Promise<string> } {
  const kept = new WeakMap<PromptSet, Promise<string>>();
  const files = new Set<string>();

  async function store(set: PromptSet): Promise<string> {
    const hashes = Object.fromEntries(
      [...set.files].sort(byPath).map(([path, content]) => [path, sha256(content)]),
    );
    for (const [path, content] of set.files) {
      const hash = hashes[path] as string;
      if (files.has(hash)) continue;
      await pool.query('insert into parley.prompt_files values ($1, $2) on conflict do nothing', [
        hash,
        content,
      ]);
      files.add(hash);
    }
    const whole = sha256(JSON.stringify(hashes));
    await pool.query('insert into parley.prompt_sets values ($1, $2) on conflict do nothing', [
      whole,
      JSON.stringify(hashes),
    ]);
    return whole;
  }

  return {
    keep(set) {
      const known = kept.get(set) ?? store(set);
      kept.set(set, known);
      return known;
    },
  };
}

/** Takes prompt sets out of the database; throws where one is missing or differs from what was kept. */
export function createPromptReader(pool: Pool): { read(hash: string): Promise<PromptSet> } {
  const ready = new Map<string, Promise<PromptSet>>();

  async function load(hash: string): Promise<PromptSet> {
    const { rows } = await pool.query('select files from parley.prompt_sets where sha256 = $1', [hash]);
    const paths = filesSchema.parse(rows[0]?.files);
    const stored = await pool.query<{ sha256: string; content: string }>(
      'select sha256, content from parley.prompt_files where sha256 = any($1)',
      [Object.values(paths)],
    );
    const contents = new Map(stored.rows.map((row) => [row.sha256, row.content]));
    const files = Object.entries(paths).map(([path, file]) => {
      const content = contents.get(file);
      if (content === undefined || sha256(content) !== file)
        throw new Error(`the prompt file ${path} in the database differs from what was submitted`);
      return [path, content] as const;
    });
    const loaded = loadKept(new Map(files));
    if (!loaded.ok) throw new Error(`the submitted prompt files: ${loaded.failure.message}`);
    return loaded.value;
  }

  return {
    read(hash) {
      const known = ready.get(hash) ?? load(hash);
      if (!ready.has(hash) && ready.size >= mostReady) ready.delete(ready.keys().next().value as string);
      ready.set(hash, known);
      known.catch(() => ready.delete(hash));
      return known;
    },
  };
}

function byPath([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

const dollars = z.number().nonnegative();
const priceSchema = z.strictObject({
  input: dollars,
  cachedInput: dollars,
  output: dollars,
  cacheWrite: dollars.optional(),
});

/** A plan that waits for workers. */
export interface StoredPlan {
  /** The same for the same design with the same prompt files and articles. */
  id: string;
  /** The plan file's name, for people. */
  file: string;
  plan: Plan;
  /** Given for models whose price parley does not know. */
  price: Price | null;
}

/** Reads a row of `parley.plans`; null where a newer parley wrote what this one does not know. */
export function storedPlan(row: {
  plan: string;
  file: string;
  design: unknown;
  price: unknown;
}): StoredPlan | null {
  const design = planSchema.safeParse(row.design);
  const price = priceSchema.nullable().safeParse(row.price);
  if (!design.success || !price.success) return null;
  return { id: row.plan, file: row.file, plan: design.data, price: price.data as Price | null };
}

/**
 * Names a plan by its file and a hash of all that decides its debates: submitting it again, with another budget or
 * more repeats, goes on with the same plan; changed prompt files make another one.
 */
export function planId(file: string, plan: Plan, fingerprints: Fingerprints): string {
  const { budget, aims, count, repeats, title, ...design } = plan;
  const content = plan.scenarios.map((scenario) => [
    plan.arms.map((arm) => fingerprints.prompts(arm, scenario)),
    plan.articles.map((article) => fingerprints.article(scenario, articleNamed(article))),
  ]);
  const hash = createHash('sha256')
    .update(JSON.stringify([design, content]))
    .digest('hex')
    .slice(0, 10);
  return [...planWords(file), hash].join('-').slice(-60).replace(/^-/, '');
}
