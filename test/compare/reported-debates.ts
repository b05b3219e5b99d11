import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureDebate } from '../../src/compare/measure-debate.ts';
import { type ReportedDebate, reportedDebate } from '../../src/compare/reported-debate.ts';
import { type Debate, fold } from '../../src/debate/debate.ts';
import { type DebateEventsOptions, debateEvents } from '../helpers/debate-events.ts';

export interface ReportedOptions {
  arms: string[];
  articles: number;
  repeats?: number;
  /** Options of the debate of one arm in one cell. */
  options?: (arm: string, cell: number) => DebateEventsOptions;
}

/** Made-up debates of a whole design, as a report takes them; without prompt files. */
export function reportedDebates({ arms, articles, repeats = 1, options }: ReportedOptions): ReportedDebate[] {
  const debates: ReportedDebate[] = [];
  for (let cell = 0; cell < articles * repeats; cell++) {
    for (const [index, arm] of arms.entries()) {
      const events = debateEvents({ rounds: 3, seed: cell * 10 + index, ...options?.(arm, cell) });
      const debate = fold(events) as Debate;
      const place = {
        arm,
        article: `article-${cell % articles}`,
        cell: `article-${cell % articles} / ${cell}`,
      };
      const measures = { ...measureDebate(debate, place), debate: `${arm}-${cell}` };
      debates.push(reportedDebate(debate, measures, new Map()));
    }
  }
  return debates;
}

/** Every bundled prompt file that a debate with this strategy keeps. */
export function bundledFiles(strategy: string): Map<string, string> {
  const root = join(import.meta.dirname, '../../prompts');
  const scenario = 'scenarios/us-dprk-talks';
  const personas = ['state-department', 'dprk-negotiator', 'arms-control-advocate', 'think-tank-analyst'];
  const moderator = [
    'answer',
    'bidding',
    'draft',
    'opening',
    'picking',
    'reading',
    'repair',
    'role',
    'steering',
  ];
  const paths = [
    `${scenario}/scenario.yaml`,
    `${scenario}/article.md`,
    ...personas.map((id) => `${scenario}/personas/${id}.md`),
    ...moderator.map((name) => `moderator/${name}.md`),
    ...new Set(['strategies/plain.md', `strategies/${strategy}.md`]),
  ];
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}
