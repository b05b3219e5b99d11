import type { Random } from '../debate/seeded-random.ts';
import { wordCount } from './casing.ts';
import type { Memory } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import { partsWriter } from './parts.ts';
import type { Scene } from './scene.ts';
import { momentOf, type Part, plansFor } from './situation.ts';
import type { Standing } from './standing.ts';
import type { Agenda } from './target.ts';

const longEnough = 90;
const tooLong = 150;
/** What a long speech does without, first to go first. */
const droppable: readonly Part[] = ['support', 'close', 'cite', 'begin', 'offer'];
/** Where everyone has been heard already, also its words on other issues. */
const laterDroppable: readonly Part[] = [...droppable, 'also-stand', 'also-stand'];

/** What does not change from draft to draft. */
export interface Occasion {
  standing: Standing;
  /** How much an issue asks to be spoken about now. */
  priority: (issue: string) => number;
  agenda: (random: Random) => Agenda;
}

/** One draft of a speech: a moment, a plan for it, and its parts put into words. */
export function composeSpeech(
  scene: Scene,
  persona: PromptPersona,
  { standing, priority, agenda: agendaFor }: Occasion,
  memory: Memory,
  random: Random,
): string {
  const agenda = agendaFor(random);
  const issues = [...scene.prompt.agenda]
    .map(({ id }) => ({ id, score: priority(id) * (0.7 + 0.6 * random()) }))
    .sort((one, other) => other.score - one.score)
    .map(({ id }) => id);
  const moment = momentOf(agenda, standing, issues, persona.isPrincipal, random);
  const isRestated = standing.stated.has(moment.issue) && !standing.moves.has(moment.issue);
  const isLast = standing.ownTurns > 0 && Number(scene.prompt.task?.attributes['left'] ?? 1) === 0;
  const chosen = plansFor(moment.situation, random).find((one) => !isRestated || one[0] !== 'stand') ?? [];
  // The last speech opens no new subject, and ends on what could be signed.
  const plan = isLast
    ? [...chosen.filter((part) => part !== 'also-stand' && part !== 'close'), 'close' as const]
    : chosen;
  const parts = partsWriter({ scene, persona, standing, memory, random, moment, agenda, issues });
  const written: { part: Part; text: string }[] = [];
  for (const part of plan) {
    let text = parts.write(part);
    while (text !== null) {
      written.push({ part, text });
      text = part === 'also-stand' ? parts.write(part) : null;
    }
  }
  ground(written, (part) => parts.write(part));
  lengthen(written, (part) => parts.write(part));
  const dispensable = isLast
    ? droppable.filter((part) => part !== 'close')
    : persona.isPrincipal && standing.ownTurns === 0
      ? droppable
      : laterDroppable;
  shorten(written, dispensable);
  return written.map(({ text }) => text).join(' ');
}

function total(written: readonly { text: string }[]): number {
  return written.reduce((sum, { text }) => sum + wordCount(text), 0);
}

/** A speech that cites nothing yet gets a passage after its argument, where one bears on it. */
function ground(written: { part: Part; text: string }[], write: (part: Part) => string | null): void {
  if (written.some(({ text }) => /\[P\d+\]/.test(text)) || total(written) > longEnough + 40) return;
  const text = write('cite');
  const after = written.findIndex(({ part }) => part === 'argue');
  if (text !== null) written.splice(after + 1, 0, { part: 'cite', text });
}

function lengthen(written: { part: Part; text: string }[], write: (part: Part) => string | null): void {
  for (const part of ['support', 'cite', 'support', 'also-stand'] as const) {
    if (total(written) >= longEnough) return;
    const text = write(part);
    if (text === null) continue;
    const after = Math.max(
      written.findLastIndex((one) => one.part === 'argue' || one.part === 'support'),
      0,
    );
    written.splice(after + 1, 0, { part, text });
  }
}

function shorten(written: { part: Part; text: string }[], parts: readonly Part[]): void {
  for (const part of parts) {
    if (total(written) <= tooLong) return;
    const at = written.findLastIndex((one) => one.part === part);
    if (at >= 0 && written.length > 4) written.splice(at, 1);
  }
}
