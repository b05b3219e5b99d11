import { moderatorId } from '../debate/events.ts';
import { seededRandom } from '../debate/seeded-random.ts';
import { memoryOf } from './memory.ts';
import { nextPosition } from './opinion-model.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Scene } from './scene.ts';
import { issuePriority } from './situation.ts';
import { anchorAt } from './stance-words.ts';
import { standsIn } from './stand-reader.ts';
import { inHalves, lineOn, openingOn, standingOf } from './standing.ts';

interface PollReply {
  positions: { issue: string; position: number; why: string }[];
}

/** Far more steps than there are points on a scale. */
const mostSteps = 24;

const reasons = {
  same: [
    'That is where we stand in public too.',
    'We said as much at the table.',
    'There is nothing behind it.',
  ],
  further: [
    'We could live with that if it came to signing.',
    'It is further than we say, and still inside our line.',
    'Better that than leaving with nothing.',
  ],
};

/**
 * Off the record a persona names where its opinion is going: the point at which the model of `nextPosition` comes to
 * rest on what has been heard so far. In public it gets there one step a speech.
 */
export function pollFor(scene: Scene, persona: PromptPersona, seed: number): PollReply {
  const random = seededRandom(seed, 'poll', persona.id);
  const { own, others } = standingOf(scene, persona);
  const { setting } = scene;
  return {
    positions: scene.prompt.agenda.map(({ id }) => {
      const line = lineOn(id, persona);
      const present = own.get(id) ?? 3;
      const opening = openingOn(id, persona);
      let position = present;
      for (let step = 0; step < mostSteps; step++) {
        const moment = { opening, present: position, line, influences: others.get(id) ?? [] };
        position = nextPosition({ ...persona, ...moment }).position;
      }
      const settled = inHalves(position, line);
      const bank = Math.abs(settled - present) < 0.5 ? reasons.same : reasons.further;
      return {
        issue: id,
        position: settled,
        why:
          (setting.isEnglish
            ? bank[Math.floor(random() * bank.length)]
            : anchorAt(scene, id, settled)?.text) ?? '',
      };
    }),
  };
}

/** Whom the moderator lets speak next: who was named and owes an answer, who stands farthest from what was just said, who was silent. */
export function pickFor(scene: Scene, seed: number): { persona: string; why: string } {
  const { heard, task, agenda } = scene.prompt;
  const random = seededRandom(seed, 'pick', heard.length);
  const candidates = candidatesIn(task?.text ?? '', scene);
  const speeches = heard.filter((turn) => turn.speaker !== moderatorId);
  const last = heard.at(-1);
  const issue = last ? scene.issueOf(last.text) : null;
  const turns = speeches.map(({ turn, name, text }) => ({ turn, speaker: name, text }));
  const readings = standsIn(agenda, turns).filter((reading) => reading.issue === issue);
  const stand = (name: string | undefined) => readings.find(({ speaker }) => speaker === name)?.position;
  const there = stand(last?.name);
  const scored = candidates.map(({ id, name }) => {
    const spoke = speeches.findLastIndex((turn) => turn.speaker === id);
    const isNamed =
      last !== undefined && last.speaker !== id && last.text.toLowerCase().includes(name.toLowerCase());
    const silence = Math.min(1, (speeches.length - spoke) / Math.max(4, candidates.length));
    const own = stand(name);
    const distance = there === undefined || own === undefined ? 0 : Math.abs(own - there) / 6;
    const score = 0.8 * silence + (isNamed ? 0.7 : 0) + distance + 0.4 * random();
    return { id, name, isNamed, distance, score };
  });
  const chosen = scored.sort((one, other) => other.score - one.score)[0];
  if (!chosen) return { persona: '', why: 'There is nobody to choose from.' };
  const why = chosen.isNamed
    ? `${chosen.name} was named in the last turn and owes an answer.`
    : chosen.distance >= oppositeShare && issue !== null
      ? `${chosen.name} stands farthest from what was just said on ${scene.title(issue)}.`
      : `${chosen.name} has been silent longest.`;
  return { persona: chosen.id, why };
}

/** Share of the scale from which somebody stands on its other side. */
const oppositeShare = 0.4;

/** Candidates as "- id: name" lines, or as any known speaker ids that the task names. */
function candidatesIn(text: string, scene: Scene): { id: string; name: string }[] {
  const listed = [...text.matchAll(/^\s*[-*]\s+`?([a-z0-9]+(?:-[a-z0-9]+)*)`?:\s*(.+)$/gm)].map((match) => ({
    id: match[1] ?? '',
    name: (match[2] ?? '').trim(),
  }));
  if (listed.length > 0) return listed;
  const known = new Map(
    scene.prompt.heard
      .filter(({ speaker }) => speaker !== moderatorId)
      .map(({ speaker, name }) => [speaker, name]),
  );
  const named = [...known].filter(([id]) => text.includes(id));
  return (named.length > 0 ? named : [...known]).map(([id, name]) => ({ id, name }));
}

/**
 * How much a persona wants to speak, 0..10: more when named or asked, when what was said since its last turn is on
 * issues that weigh much and on which the others stand far from it or have moved, and while it has arguments left on
 * them; less when nothing new has been said to it.
 */
export function bidFor(scene: Scene, persona: PromptPersona, seed: number): { wish: number } {
  const { heard } = scene.prompt;
  const random = seededRandom(seed, 'bid', persona.id, heard.length);
  const since = heard.slice(heard.findLastIndex((turn) => turn.isOwn) + 1);
  const speeches = since.filter((turn) => turn.speaker !== moderatorId);
  const name = persona.name.toLowerCase();
  const isNamed = since.some((turn) => turn.text.toLowerCase().includes(name));
  const isAsked = since.some((turn) => new RegExp(`${escaped(name)}[^.!]*\\?`, 'i').test(turn.text));
  const standing = standingOf(scene, persona);
  const priority = issuePriority(scene, persona, standing, memoryOf(heard));
  const highest = Math.max(...scene.prompt.agenda.map(({ id }) => priority(id)), 0.01);
  const touched = since.slice(-mostHeard).flatMap((turn) => scene.issueOf(turn.text) ?? []);
  const stake =
    touched.reduce((sum, issue) => sum + priority(issue) / highest, 0) / Math.max(1, touched.length);
  const wish =
    1 +
    4 * stake +
    (isNamed ? 1.2 : 0) +
    (isAsked ? 2.5 : 0) +
    (heard.length > 0 && speeches.length === 0 ? -1.5 : 0) +
    2.4 * (random() - 0.5);
  return { wish: Math.round(Math.min(10, Math.max(0, wish)) * 10) / 10 };
}

/** What was said last counts for a wish to answer. */
const mostHeard = 4;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
