import { asDeal } from '../anchor-words.ts';
import * as moves from '../bank/move-lines.ts';
import { anchorAt, meetingPoint } from '../stance-words.ts';
import type { OtherStand } from '../standing.ts';
import { byWeight } from '../targets.ts';
import { type Draft, who } from './draft.ts';

/** Ends on a question, a test or terms; now and then on nothing. */
export function close(draft: Draft): string | null {
  const { scene, persona, standing, random, issue, title, noun, writer, addressee } = draft;
  const left = Number(scene.prompt.task?.attributes['left'] ?? 1);
  if (left === 0 && standing.ownTurns > 0) return lastWords(draft);
  const theirs = standing.others.get(issue)?.find(({ name }) => name === addressee)?.position;
  const meet =
    theirs === undefined ? null : meetingPoint(scene, issue, standing.own.get(issue) ?? 3, theirs, noun);
  const slots = { ...who(draft, addressee), issue: title, meet: meet ?? undefined };
  const draw = random();
  if (draw < 0.2) return null;
  const mayMove = persona.isPrincipal && draw < 0.4 && !standing.moves.has(issue);
  return writer.write(mayMove ? moves.terms : draw < 0.85 ? moves.questions : moves.tests, slots);
}

/** In the last round: what could be signed, what on a condition, what stays open. */
function lastWords(draft: Draft): string | null {
  const { scene, persona, standing, issue, title, noun, writer } = draft;
  if (!persona.isPrincipal) {
    const form = anchorAt(scene, issue, standing.own.get(issue) ?? 3);
    const meet = form ? asDeal(form, noun, false) : undefined;
    return writer.write(moves.lastAdvice, { issue: title, meet });
  }
  const gaps = gapsIn(draft);
  const words = (
    [
      [moves.lastReady, gaps.find(({ gap }) => gap <= 1)],
      [moves.lastConditional, gaps.find(({ gap }) => gap > 1 && gap <= 2.5)],
      [moves.lastOpen, gaps.find(({ id, gap }) => gap > 2.5 && id !== issue)],
    ] as const
  ).map(([bank, one]) =>
    one
      ? writer.write(bank, {
          ...who(draft, one.theirs.name),
          issue: scene.title(one.id),
          meet: meetingPoint(scene, one.id, one.mine, one.theirs.position, noun) ?? undefined,
        })
      : null,
  );
  const said = words.filter((text) => text !== null);
  return said.length > 0 ? said.join(' ') : null;
}

interface Gap {
  id: string;
  theirs: OtherStand;
  mine: number;
  /** Points between the two. */
  gap: number;
}

/** How far apart the principals are on each issue, the weightiest first. */
function gapsIn({ scene, standing }: Draft): Gap[] {
  const ids = scene.prompt.agenda.map(({ id }) => id);
  return byWeight(scene, ids).flatMap((id) => {
    const theirs = standing.others.get(id)?.find(({ isPrincipal }) => isPrincipal);
    const mine = standing.own.get(id);
    return theirs && mine !== undefined ? [{ id, theirs, mine, gap: Math.abs(theirs.position - mine) }] : [];
  });
}
