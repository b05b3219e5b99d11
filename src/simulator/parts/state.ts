import * as stands from '../bank/stand-lines.ts';
import { moveWords, type StandWords, standWords } from '../stance-words.ts';
import { openingOn } from '../standing.ts';
import { byWeight, standAsked } from '../targets.ts';
import { type Draft, who } from './draft.ts';

/** Share of the weight that a principal's first speech covers, with no more than so many issues in passing. */
const mostOfTheWeight = 0.71;
const mostAsides = 3;

/** Says where the speaker stands on an issue: anew, unmoved, or what has moved since its last word on it. */
export function standOn(draft: Draft, issue: string, isAside: boolean): string | null {
  const { scene, persona, standing, random, noun, writer, addressee, soFar } = draft;
  const position = standing.own.get(issue);
  if (position === undefined || soFar.stands.has(issue)) return null;
  const before = standing.stated.get(issue)?.position;
  const opening = openingOn(issue, persona);
  const words = standWords(scene, { issue, position, opening, isAside, noun }, random);
  if (!words) return null;
  soFar.stands.add(issue);
  const isAsked = standAsked(scene) === issue;
  if (before === position && random() < 0.92 && !isAsked)
    return writer.write(stands.unmoved, { ...who(draft, addressee), issue: scene.title(issue) });
  const isMove = before !== undefined && before !== position && random() >= 0.35;
  const moved = isMove ? moveOn(draft, { issue, from: before, to: position, isAside }) : null;
  const { templates, variants } = moved ?? words;
  return writer.write(templates, variants);
}

interface Step {
  issue: string;
  from: number;
  to: number;
  isAside: boolean;
}

/** Words for a step since the last word on an issue; null where it has none of its own. */
function moveOn(draft: Draft, { issue, from, to, isAside }: Step): StandWords | null {
  const { scene, standing, random, noun, soFar } = draft;
  const because = standing.moves.get(issue)?.because ?? null;
  const bank = soFar.hasGiven && !isAside ? 'for-reason' : because ? 'in-passing' : 'plain';
  const words = moveWords(scene, issue, from, to, { noun, bank }, random);
  if (!words || !because) return words;
  const reason = who(draft, because.name);
  return { ...words, variants: words.variants.map((slots) => ({ ...reason, ...slots })) };
}

/** Where the speaker stands on another issue, one a call, until enough is said. */
export function alsoStand(draft: Draft): string | null {
  const { scene, standing, issue, issues, soFar } = draft;
  const elsewhere = issues.filter((id) => id !== issue);
  const unstated = byWeight(
    scene,
    elsewhere.filter((id) => !standing.stated.has(id)),
  );
  const moved = elsewhere.filter((id) => standing.moves.has(id) && standing.stated.has(id));
  const chosen = unstated.length > 0 ? unstated.slice(0, asidesWanted(draft, unstated)) : moved.slice(0, 1);
  const id = chosen[soFar.asides];
  soFar.asides += 1;
  return id === undefined ? null : standOn(draft, id, true);
}

/** In its first speech a principal says where it stands on most of the agenda's weight. */
function asidesWanted({ scene, persona, standing, issue }: Draft, unstated: readonly string[]): number {
  if (standing.ownTurns > 0 || !persona.isPrincipal) return standing.ownTurns < 3 ? 2 : 1;
  const weightOf = (id: string | undefined) => scene.issue(id ?? '')?.weight ?? 0;
  let covered = weightOf(issue);
  let count = 0;
  while (covered < mostOfTheWeight && count < mostAsides) covered += weightOf(unstated[count++]);
  return count;
}
