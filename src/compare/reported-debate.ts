import type { Debate } from '../debate/debate.ts';
import { nameOf } from '../debate/debate.ts';
import { loadKept } from '../prompts/load-kept.ts';
import type { DebateMeasures } from './debate-measures.ts';
import { type PromptPart, promptParts } from './prompt-parts.ts';

/** What the report holds of one debate: enough to draw it, and to read it beside another one of its cell. */
export interface ReportedDebate {
  measures: DebateMeasures;
  scenario: string;
  article: string;
  strategy: string;
  /** BCP 47, where one was named. */
  language?: string;
  /** Model spec by role. */
  models: Record<string, string>;
  issues: { id: string; title: string }[];
  /** In the scenario's cast order, by `place`; positions 0..6 by issue id at the opening. */
  speakers: {
    id: string;
    name: string;
    principal: boolean;
    opening: Record<string, number>;
    place: number;
  }[];
  rounds: ReportedRound[];
  turns: ReportedTurn[];
  /** Why it ended, in words. */
  ended: string;
  prompts: PromptPart[];
}

export interface ReportedRound {
  round: number;
  /** C_principals, 0..1; null without enough evidence. */
  principals: number | null;
  /** Positions that were read, 0..6. */
  positions: { speaker: string; issue: string; position: number }[];
}

export interface ReportedTurn {
  turn: number;
  round: number;
  name: string;
  kind: 'opening' | 'speech' | 'steering';
  text: string;
}

/** Takes from a debate and its kept prompt files what the report shows. Prompt files that cannot be read are left out. */
export function reportedDebate(
  debate: Debate,
  measures: DebateMeasures,
  files: ReadonlyMap<string, string>,
): ReportedDebate {
  const { started, models, turns, verdicts, ended } = debate;
  const prompts = loadKept(files);
  return {
    measures,
    scenario: started.scenario.title,
    article: started.article.title,
    strategy: started.strategy,
    ...(started.language === undefined ? {} : { language: started.language }),
    models: Object.fromEntries(Object.entries(models).map(([role, use]) => [role, use.spec])),
    issues: started.agenda.map(({ id, title }) => ({ id, title })),
    speakers: started.cast
      .map(({ id, name, principal, opening, place }, seat) => ({
        id,
        name,
        principal,
        opening,
        place: place ?? seat,
      }))
      .sort((one, other) => one.place - other.place),
    rounds: verdicts.map(({ round, convergence, cells }) => ({
      round,
      principals: convergence?.principals ?? null,
      positions: cells.flatMap((cell) =>
        cell.stand === 'position'
          ? [{ speaker: cell.speaker, issue: cell.issue, position: cell.position }]
          : [],
      ),
    })),
    turns: turns.map(({ turn, round, speaker, kind, text }) => ({
      turn,
      round,
      name: nameOf(debate, speaker),
      kind,
      text,
    })),
    ended: ended ? `${ended.reason}: ${ended.detail}` : 'not ended',
    prompts: prompts.ok ? promptParts(prompts.value) : [],
  };
}
