import { moderatorId } from '../debate/events.ts';
import type { Random } from '../debate/seeded-random.ts';
import { rememberingFor } from '../text/memo.ts';
import { sentencesOf } from '../text/sentences.ts';
import { wordCount } from './casing.ts';
import type { PromptPersona } from './parse-persona.ts';
import type { Heard } from './parse-prompt.ts';
import { isPadding } from './quoting.ts';
import { rankingOf } from './relevance.ts';
import type { Scene } from './scene.ts';
import { type Stand, standsIn } from './stand-reader.ts';
import type { OtherStand } from './standing.ts';

/** Issue ids, the weightiest first. */
export function byWeight(scene: Scene, ids: readonly string[]): string[] {
  const weight = (id: string) => scene.issue(id)?.weight ?? 0;
  return [...ids].sort((one, other) => weight(other) - weight(one));
}

/** The reason given by the speaker that moved this one; null where it only took a stand, which is no reason. */
export function reasonGiven(scene: Scene, because: OtherStand, issue: string): string | null {
  const names = scene.prompt.cast.map(({ name }) => name.toLowerCase());
  const turns = scene.prompt.heard.filter((turn) => turn.name === because.name);
  for (const turn of turns.slice(-2).reverse()) {
    const sentences = turn.text
      .split(/(?<=[.!?])\s+/)
      .filter((text) => !/["“”?]/.test(text) && text.length < 220)
      .filter((text) => !names.some((name) => text.toLowerCase().includes(name)));
    const found = sentences.find(
      (text) => scene.issueOf(text) === issue && text !== because.quote && !isPadding(text),
    );
    if (found !== undefined) return found;
  }
  return null;
}

/** Where a text places its speaker on an issue; null where it says nothing about it. */
export function positionIn(scene: Scene, text: string, issue: string): number | null {
  const found = readingsOf(scene, text.replace(/["“”]/g, '')).find((reading) => reading.issue === issue);
  return found?.position ?? null;
}

/** Where a text by itself places its speaker, on every issue it is about. */
export function readingsOf({ setting }: Scene, text: string): readonly Stand[] {
  return standsIn(setting.agenda, [{ turn: 1, speaker: '', text }]);
}

const shortWords = 16;

/** What somebody asked, where it is one short question that can be repeated; null where it is longer or none. */
export function shortQuestion(text: string): string | null {
  const words = text.replace(/\s+/g, ' ').replace(/["“”]/g, "'").trim();
  const last = words.split(/(?<=[.?!])\s+/).findLast((sentence) => sentence.endsWith('?'));
  const question = last ?? words;
  return wordCount(question) <= shortWords && /^[\p{Lu}\d]/u.test(question) ? question : null;
}

/** A point that somebody made and that this speech answers. */
export interface Target {
  name: string;
  /** The sentence, verbatim. */
  text: string;
  issue: string;
  /** True where it is a question put to this speaker by name. */
  isQuestion: boolean;
}

/** What this speech has to take up, by precedence. */
export interface Agenda {
  /** A question from the person watching. */
  watched: { text: string; issue: string | null } | null;
  /** The issue the moderator asks about. */
  steered: string | null;
  /** The issue of the first question of all, which leaves everyone freer. */
  opened: string | null;
  targets: Target[];
}

/**
 * What has been said since the speaker's own last turn, sorted by what it is best able to answer and a little chance: what is given draws
 * another order each time.
 */
export function agendaOf(
  scene: Scene,
  persona: PromptPersona,
  priority: (issue: string) => number,
): (random: Random) => Agenda {
  const { heard, asked } = scene.prompt;
  const since = heard.findLastIndex((turn) => turn.isOwn) + 1;
  const fresh = heard.slice(since);
  const question = asked.findLast((one) => one.after >= since);
  const steering = fresh.findLast((turn) => turn.speaker === moderatorId);
  const asks = steering ? issueAskedIn(scene, steering.text) : null;
  const isOpening = steering !== undefined && steering === heard[0];
  const steered = isOpening ? null : asks;
  const speeches = fresh.filter((turn) => turn.speaker !== moderatorId);
  const found = speeches.flatMap((turn, index) =>
    targetsIn(scene, persona, turn).map((target) => ({
      target,
      weight:
        (1 + priority(target.issue)) *
        (0.6 + (0.4 * (index + 1)) / speeches.length) *
        (target.isQuestion ? 2 : 1) *
        (scene.isStand(target.text) ? 0.1 : 1) *
        (target.issue === steered ? 2 : 1) *
        (0.5 + fitness(target.text, persona.reasons.get(target.issue) ?? [])),
    })),
  );
  const watched = question ? { text: question.text, issue: issueNamedIn(scene, question.text) } : null;
  const opened = isOpening ? asks : null;
  return (random) => {
    const drawn = found.map(({ target, weight }) => ({ target, score: weight * (0.75 + 0.5 * random()) }));
    drawn.sort((one, other) => other.score - one.score);
    return { watched, steered, opened, targets: drawn.map(({ target }) => target) };
  };
}

/** The issue on which the person watching has asked the speaker, since its last turn, where it stands; null where nobody has. */
export function standAsked(scene: Scene): string | null {
  const { heard, asked } = scene.prompt;
  const since = heard.findLastIndex((turn) => turn.isOwn) + 1;
  const question = asked.findLast(({ after }) => after >= since);
  return question && /\bwhere do you stand\b/i.test(question.text)
    ? issueNamedIn(scene, question.text)
    : null;
}

/** The issue that the moderator's question is on: of several titles the last, since an opening names the whole agenda first. */
function issueAskedIn(scene: Scene, text: string): string | null {
  const lower = text.toLowerCase();
  const places = scene.prompt.agenda.map(({ id, title }) => ({
    id,
    at: lower.lastIndexOf(title.toLowerCase()),
  }));
  const last = places.sort((one, other) => other.at - one.at)[0];
  return last && last.at >= 0 ? last.id : scene.issueOf(text);
}

/** The issue whose title a question holds, else the one it is most about. */
function issueNamedIn(scene: Scene, text: string): string | null {
  const lower = text.toLowerCase();
  const named = scene.prompt.agenda.find(({ title }) => lower.includes(title.toLowerCase()));
  return named?.id ?? scene.issueOf(text);
}

/** Sentences of a turn that can be answered: long enough, quoting and naming nobody, on an issue; questions only when put to the speaker. */
function targetsIn(scene: Scene, persona: PromptPersona, turn: Heard): Target[] {
  const names = scene.prompt.cast.map(({ name }) => name.toLowerCase());
  return sentencesOf(turn.text).flatMap(({ text }) => {
    const length = wordCount(text);
    if (length < 6 || length > 60 || /["“”]/.test(text)) return [];
    const isQuestion = text.endsWith('?');
    if (
      !isQuestion &&
      (isPadding(text) || /\b(?:half|small|full|another|one|a)[ -](?:half )?step\b/.test(text))
    )
      return [];
    if (isQuestion && !text.toLowerCase().includes(persona.name.toLowerCase())) return [];
    if (!isQuestion && [...names, 'moderator', 'the chair'].some((name) => text.toLowerCase().includes(name)))
      return [];
    const issue = isQuestion ? issueNamedIn(scene, text) : scene.issueOf(text);
    return issue === null ? [] : [{ name: turn.name, text, issue, isQuestion }];
  });
}

/** A persona's arguments are the same in every prompt of a scenario. */
const rankingFor = rememberingFor(rankingOf);

/** How well any of the speaker's unused arguments fits a sentence, 0..1. */
function fitness(text: string, arguments_: readonly string[]): number {
  if (arguments_.length === 0) return 0;
  const best = rankingFor(arguments_).rank(text)[0];
  return best ? best.score / (best.score + 4) + 0.3 : 0.3;
}
