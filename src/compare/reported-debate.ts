import { type Debate, nameOf } from '../debate/debate.ts';
import { loadKept } from '../prompts/load-kept.ts';
import type { PromptSet } from '../prompts/types.ts';
import type { DebateMeasures } from './measures.ts';

/** Debates whose speeches go into the page, in whole cells from the first on; 24 turns are about 20 kB. */
export const mostReadDebates = 120;

/** Debates for the page, as they are read one after another. */
interface ReportShelf {
  add(debate: Debate, measures: DebateMeasures, files: ReadonlyMap<string, string>): void;
  readonly debates: readonly ReportedDebate[];
}

/**
 * Keeps of every debate only what the page will show of it, so that a large comparison stays small in memory: speeches
 * of the first cells, prompts of the first debate of every arm, and one copy of a cast and an agenda for all who share them.
 * Debates must come cell by cell.
 */
export function createReportShelf(mostRead = mostReadDebates): ReportShelf {
  const debates: ReportedDebate[] = [];
  const arms = new Set<string>();
  const shared = new Map<string, object>();
  let read = 0;
  let lastRead: string | null = null;
  const once = <Value extends object>(value: Value): Value => {
    const key = JSON.stringify(value);
    const known = shared.get(key);
    if (known) return known as Value;
    shared.set(key, value);
    return value;
  };
  return {
    debates,
    add(debate, measures, files) {
      const isRead = read < mostRead || measures.cell === lastRead;
      const isFirstOfArm = !arms.has(measures.arm);
      const reported = reportedDebate(debate, measures, isFirstOfArm ? files : new Map());
      debates.push({
        ...reported,
        models: once(reported.models),
        issues: once(reported.issues),
        speakers: once(reported.speakers),
        turns: isRead ? reported.turns : [],
      });
      arms.add(measures.arm);
      if (!isRead) return;
      read += 1;
      lastRead = measures.cell;
    },
  };
}

/** What the page shows of one debate: enough to draw it, and to read it beside another of its cell. */
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

/** One text that a prompt is made of, under a name that is the same in every arm. */
export interface PromptPart {
  name: string;
  text: string;
}

/** The texts of a prompt set by what they are for, so that those of two arms can be laid side by side. */
export function promptParts({ strategy, moderator, scenario }: PromptSet): PromptPart[] {
  const settings = `notes: ${strategy.notes}\nminimum grounding: ${strategy.minimumGrounding ?? 'none'}${strategy.strictRole ? '\nstrict role: yes' : ''}`;
  return [
    { name: 'Strategy: settings', text: settings },
    ...Object.entries(strategy.sections).map(([name, text]) => ({ name: `Strategy: ${name}`, text })),
    ...Object.entries(moderator).flatMap(([name, { body, sections }]) => [
      { name: `Moderator: ${name}`, text: body },
      ...Object.entries(sections).map(([part, text]) => ({ name: `Moderator: ${name}, ${part}`, text })),
    ]),
    ...scenario.personas.map(({ member, body }) => ({ name: `Persona: ${member.name}`, text: body })),
  ].filter((part) => part.text.trim() !== '');
}
