import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { counted } from '../text/figures.ts';
import { parsePlan } from './parse-plan.ts';

export interface ListedPlan {
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
