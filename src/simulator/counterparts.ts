import { type LexicalReading, readLexically } from '../convergence/lexical/read-lexically.ts';
import type { Issue } from '../debate/agenda.ts';
import { remembering, rememberingFor } from '../text/memo.ts';
import { isPadding } from './bank/own-words.ts';
import { wordCount } from './casing.ts';
import type { PartsContext } from './parts/draft.ts';
import type { Scene } from './scene.ts';
import type { OtherStand } from './standing.ts';

/** Issue ids, the weightiest first. */
export function byWeight(scene: Scene, ids: readonly string[]): string[] {
  const weight = (id: string) => scene.issue(id)?.weight ?? 0;
  return [...ids].sort((one, other) => weight(other) - weight(one));
}

/** What the one who moved this speaker said on the issue: the reason it gave; null where it only took a stand, which is no reason. */
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

/** Whom the speaker has most to settle with on the issue: principals among themselves, else whoever stands farthest. */
export function counterpart({ scene, persona, standing, moment }: PartsContext): OtherStand | undefined {
  const others = standing.others.get(moment.issue) ?? [];
  const own = standing.own.get(moment.issue) ?? 3;
  const distance = (one: OtherStand) =>
    Math.abs(one.position - own) + (persona.isPrincipal && one.isPrincipal ? 3 : 0);
  return scene.prompt.heard.length === 0
    ? undefined
    : [...others].sort((one, other) => distance(other) - distance(one))[0];
}

/** Where a text would put whoever said it on an issue, as the lexical reader reads it; null where it says nothing of it. */
export function positionIn(scene: Scene, text: string, issue: string): number | null {
  const found = readingsOf(scene, text.replace(/["“”]/g, '')).find((reading) => reading.issue === issue);
  return found?.position ?? null;
}

/** Arguments, offers and passages are looked at in every draft. */
const readerFor = rememberingFor((issues: readonly Issue[]) =>
  remembering(mostTexts, (text: string) =>
    readLexically({ issues, turns: [{ turn: 1, speaker: '', text }] }),
  ),
);
const mostTexts = 500;

/** Where a text by itself would put whoever said it, on every issue it speaks of. */
export function readingsOf({ setting }: Scene, text: string): readonly LexicalReading[] {
  return readerFor(setting.agenda)(text);
}

const shortWords = 16;

/** What somebody asked, where it is one short question that can be repeated; null where it is longer or none. */
export function shortQuestion(text: string): string | null {
  const words = text.replace(/\s+/g, ' ').replace(/["“”]/g, "'").trim();
  const last = words.split(/(?<=[.?!])\s+/).findLast((sentence) => sentence.endsWith('?'));
  const question = last ?? words;
  return wordCount(question) <= shortWords && /^[\p{Lu}\d]/u.test(question) ? question : null;
}
