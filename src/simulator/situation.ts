import { type Random, shuffled } from '../debate/seeded-random.ts';
import { isSaid, type Memory } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import type { Standing } from './standing.ts';
import type { Agenda, Target } from './targets.ts';

/** The parts a speech is made of. */
export type Part =
  | 'begin'
  | 'reply'
  | 'reply-after'
  | 'answer'
  | 'argue'
  | 'support'
  | 'cite'
  | 'concede'
  | 'stand'
  | 'also-stand'
  | 'limit'
  | 'offer'
  | 'close';

/** What kind of speech the moment calls for. */
export type Situation = 'beginning' | 'answering' | 'giving' | 'stopped' | 'trading' | 'replying';

export interface Moment {
  situation: Situation;
  /** The issue the speech is about. */
  issue: string;
  target: Target | null;
}

/** Several ways to go about each situation. A reply leads straight into what answers it, or draws the sum of it (`reply-after`). */
const plans: Record<Situation, readonly (readonly Part[])[]> = {
  beginning: [
    ['begin', 'argue', 'stand', 'also-stand', 'close'],
    ['argue', 'stand', 'cite', 'also-stand', 'close'],
    ['begin', 'stand', 'argue', 'also-stand', 'close'],
    ['argue', 'support', 'stand', 'also-stand', 'close'],
  ],
  answering: [
    ['answer', 'argue', 'stand', 'also-stand', 'close'],
    ['answer', 'stand', 'argue', 'support', 'also-stand'],
    ['answer', 'reply', 'argue', 'stand', 'close'],
    ['answer', 'argue', 'cite', 'stand', 'offer', 'also-stand'],
    ['answer', 'argue', 'reply-after', 'stand', 'also-stand', 'close'],
  ],
  giving: [
    ['concede', 'stand', 'argue', 'support', 'also-stand', 'close'],
    ['reply', 'argue', 'concede', 'stand', 'also-stand', 'close'],
    ['concede', 'stand', 'argue', 'offer', 'also-stand'],
    ['argue', 'concede', 'stand', 'limit', 'also-stand', 'close'],
    ['concede', 'stand', 'offer', 'argue', 'also-stand', 'close'],
  ],
  stopped: [
    ['reply', 'argue', 'limit', 'stand', 'also-stand', 'close'],
    ['argue', 'support', 'limit', 'stand', 'also-stand', 'offer'],
    ['reply', 'limit', 'argue', 'also-stand', 'close'],
    ['argue', 'cite', 'limit', 'stand', 'also-stand', 'close'],
  ],
  trading: [
    ['reply', 'argue', 'offer', 'stand', 'also-stand', 'close'],
    ['reply', 'argue', 'support', 'offer', 'stand', 'close'],
    ['argue', 'reply-after', 'offer', 'stand', 'also-stand'],
    ['reply', 'argue', 'stand', 'offer', 'also-stand'],
  ],
  replying: [
    ['reply', 'argue', 'cite', 'stand', 'also-stand', 'close'],
    ['argue', 'support', 'reply-after', 'stand', 'also-stand'],
    ['reply', 'argue', 'support', 'stand', 'also-stand', 'close'],
    ['argue', 'cite', 'reply-after', 'stand', 'also-stand', 'close'],
    ['reply', 'argue', 'stand', 'also-stand', 'support', 'close'],
  ],
};

/** Plans for a situation in the order in which they are to be tried. */
export function plansFor(situation: Situation, random: Random): (readonly Part[])[] {
  return shuffled(plans[situation], random);
}

/** Chooses what to speak about and how, from what has happened and a little chance. */
export function momentOf(
  agenda: Agenda,
  standing: Standing,
  issues: readonly string[],
  isPrincipal: boolean,
  random: Random,
): Moment {
  const first = agenda.targets[0] ?? null;
  const steered = isPrincipal || random() < 0.7 ? agenda.steered : null;
  const opened = random() < 0.6 ? agenda.opened : null;
  const issue = agenda.watched?.issue ?? steered ?? opened ?? first?.issue ?? issues[0] ?? '';
  const target = agenda.targets.find((one) => one.issue === issue && !one.isQuestion) ?? null;
  if (agenda.watched) return { situation: 'answering', issue, target };
  const question = first?.isQuestion && (steered === null || first.issue === steered) ? first : null;
  if (question && random() < 0.6) return { situation: 'answering', issue: question.issue, target: question };
  if (steered !== null && random() < (isPrincipal ? 0.4 : 0.15))
    return { situation: 'answering', issue, target };
  if (standing.moves.has(issue) && standing.stated.has(issue) && random() < 0.85)
    return { situation: 'giving', issue, target };
  if (standing.stops.has(issue) && random() < 0.6) return { situation: 'stopped', issue, target };
  if (!target) return { situation: 'beginning', issue, target };
  if (standing.ownTurns > 0 && random() < 0.35) return { situation: 'trading', issue, target };
  return { situation: 'replying', issue, target };
}

/** How much an issue asks to be spoken about now, 0 and up: its weight, the gap on it, news on it, and what is left to say. */
export function issuePriority(
  scene: Scene,
  persona: PromptPersona,
  standing: Standing,
  memory: Memory,
): (issue: string) => number {
  const scores = new Map(
    scene.prompt.agenda.map((issue) => {
      const own = standing.own.get(issue.id) ?? 3;
      const others = standing.others.get(issue.id) ?? [];
      const gap = Math.max(0, ...others.map(({ position }) => Math.abs(position - own)));
      const stated = standing.stated.get(issue.id);
      const rest =
        stated === undefined ? 2 : Math.min(1.5, 0.25 + 0.4 * (standing.ownTurns - 1 - stated.ownTurn));
      const left = (persona.reasons.get(issue.id) ?? []).filter((reason) => !isSaid(memory, reason)).length;
      const news = standing.moves.has(issue.id) ? 1.5 : 1;
      return [issue.id, (0.1 + issue.weight) * (0.6 + gap / 6) * rest * news * (left > 0 ? 1 : 0.35)];
    }),
  );
  return (issue) => scores.get(issue) ?? 0;
}
