import { type Random, seededRandom, shuffled } from '../debate/seeded-random.ts';
import { sentencesOf } from '../text/sentences.ts';
import { wordCount } from './casing.ts';
import { forDraft, type Memory, memoryOf } from './memory.ts';
import type { PromptPersona } from './parse-persona.ts';
import { argue, begin, cite } from './parts/argue.ts';
import { type Draft, draftOf, type PartsContext } from './parts/draft.ts';
import { close } from './parts/last-words.ts';
import { answer, concede, limit, offer, reply } from './parts/respond.ts';
import { alsoStand, standOn } from './parts/state.ts';
import type { Scene } from './scene.ts';
import { issuePriority, momentOf, type Part, plansFor } from './situation.ts';
import { placementsIn, standReader } from './stand-reader.ts';
import { type Standing, standingOf } from './standing.ts';
import { type Agenda, agendaOf, standAsked } from './targets.ts';

const leads = [
  'The article reports: {words}',
  'It says this: {words}',
  'In its own words: {words}',
  'Another passage reads: {words}',
  'The text has it so: {words}',
  'There it stands: {words}',
];
/** About the length that the prompt asks for. */
const enoughWords = 90;

/** Tells what the article says and takes no stand: sentences of it, word for word, each with its passage. */
export function reportFor(
  { passages, prompt, setting }: Scene,
  persona: PromptPersona,
  seed: number,
): string {
  const random = seededRandom(seed, 'report', persona.id, prompt.heard.length);
  const told = prompt.heard.map(({ text }) => text).join('\n');
  const sentences = passages.flatMap(({ number, text }) =>
    sentencesOf(text)
      .map((sentence) => ({ number, words: sentence.text.trim() }))
      .filter(({ words }) => wordCount(words) >= 6 && wordCount(words) <= 40 && !/["“”?]/.test(words)),
  );
  const fresh = shuffled(sentences, random).sort(
    (one, other) => Number(told.includes(one.words)) - Number(told.includes(other.words)),
  );
  const lines: string[] = [];
  let words = 0;
  for (const [place, sentence] of fresh.entries()) {
    if (words >= enoughWords) break;
    const lead = shuffled(leads, random)[0] ?? '{words}';
    const frame = !setting.isEnglish ? '{words}' : place === 0 ? (leads[0] as string) : lead;
    lines.push(
      `${frame.replace('{words}', `“${sentence.words.replace(/[.!]+$/, '')}”`)} [P${sentence.number}].`,
    );
    words += wordCount(sentence.words) + 4;
  }
  return lines.length > 0 ? lines.join(' ') : 'The article holds no sentence that can be told word for word.';
}

const drafts = 4;
/** Where a stand is asked for, one that says it is worth looking for. */
const draftsWhenAsked = 12;

/**
 * A speech for the present moment of the debate. Several drafts are written, and the one kept is that which says most
 * clearly what it means: whose stands, read back, lie nearest to the positions held, and whose
 * length suits.
 */
export function speechFor(scene: Scene, persona: PromptPersona, seed: number): string {
  const standing = standingOf(scene, persona);
  const memory = memoryOf(scene.prompt.heard);
  const priority = issuePriority(scene, persona, standing, memory);
  const occasion = { standing, priority, agenda: agendaOf(scene, persona, priority) };
  let best: { text: string; faults: number } | null = null;
  const most = standAsked(scene) === null ? drafts : draftsWhenAsked;
  for (let draft = 0; draft < most; draft++) {
    const random = seededRandom(seed, 'speech', persona.id, scene.prompt.heard.length, draft);
    const text = composeSpeech(scene, persona, occasion, forDraft(memory), random);
    const faults = faultsOf(text, scene, persona, standing);
    if (!best || faults < best.faults - 0.01) best = { text, faults };
    if (best.faults === 0) break;
  }
  return best?.text ?? '';
}

function faultsOf(text: string, scene: Scene, persona: PromptPersona, standing: Standing): number {
  const { agenda, cast } = scene.prompt;
  const reader = standReader(agenda, [...cast.map(({ name }) => name), persona.name]);
  reader.take({ turn: 1, speaker: persona.name, text });
  const misread = reader
    .stands()
    .map(({ issue, position }) =>
      Math.max(0, Math.abs(position - (standing.own.get(issue) ?? position)) - 0.5),
    );
  const asked = standAsked(scene);
  const isAnswered =
    asked === null ||
    placementsIn(agenda, text).some(({ issue, place, isOwn }) => issue === asked && isOwn && 'at' in place);
  const words = wordCount(text);
  const length = words < 80 ? (80 - words) / 20 : words > 155 ? (words - 155) / 20 : 0;
  return misread.reduce((sum, miss) => sum + miss, 0) + length + (isAnswered ? 0 : 5);
}

interface PartsWriter {
  /** The part in words, or null where there is nothing to say under it. */
  write(part: Part): string | null;
}

const writers: Record<Part, (draft: Draft) => string | null> = {
  begin,
  reply: (draft) => reply(draft, 'before'),
  'reply-after': (draft) => reply(draft, 'after'),
  answer,
  argue: (draft) => argue(draft, true),
  support: (draft) => argue(draft, false),
  cite,
  concede,
  stand: (draft) => standOn(draft, draft.issue, false),
  'also-stand': alsoStand,
  limit,
  offer,
  close,
};

/** Writes the parts of one draft; what it has said so far decides what comes next. */
function partsWriter(context: PartsContext): PartsWriter {
  const draft = draftOf(context);
  return {
    write(part) {
      const text = writers[part](draft);
      draft.soFar.hasBegun ||= text !== null;
      return text;
    },
  };
}

const longEnough = 90;
const tooLong = 150;
/** What a long speech does without, first to go first. */
const droppable: readonly Part[] = ['support', 'close', 'cite', 'begin', 'offer'];
/** Where everyone has been heard already, also its words on other issues. */
const laterDroppable: readonly Part[] = [...droppable, 'also-stand', 'also-stand'];

/** What does not change from draft to draft. */
interface Occasion {
  standing: Standing;
  /** How much an issue asks to be spoken about now. */
  priority: (issue: string) => number;
  agenda: (random: Random) => Agenda;
}

/** One draft of a speech: a moment, a plan for it, and its parts put into words. */
function composeSpeech(
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
  // A persona that is asked for its position states it, moved or not.
  if (standAsked(scene) === moment.issue && !written.some(({ part }) => part === 'stand')) {
    const text = parts.write('stand');
    if (text !== null) written.splice(1, 0, { part: 'stand', text });
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
