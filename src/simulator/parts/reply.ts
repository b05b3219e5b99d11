import * as moves from '../bank/moves.ts';
import * as replies from '../bank/replies.ts';
import { positionIn, shortQuestion } from '../counterparts.ts';
import type { Target } from '../target.ts';
import { type Draft, echo, who } from './draft.ts';

const replyBanks = {
  agree: { before: replies.agreements, after: replies.agreementsAfter },
  distinguish: { before: replies.distinctions, after: replies.distinctionsAfter },
  challenge: { before: replies.challenges, after: replies.challengesAfter },
};

/** Takes up what somebody said, before the argument or after it. */
export function reply(draft: Draft, place: 'before' | 'after'): string | null {
  const { scene, writer, moment } = draft;
  const { target } = moment;
  if (!target || target.isQuestion) return null;
  return writer.write(replyBanks[toneTowards(draft, target)][place], {
    ...who(draft, target.name),
    ...echo(draft, target.text),
    issue: scene.title(target.issue),
  });
}

/** By how far apart the two stand; nobody agrees with words on the other side of the scale. */
function toneTowards(
  { scene, standing }: Draft,
  { name, issue, text }: Target,
): 'agree' | 'distinguish' | 'challenge' {
  const own = standing.own.get(issue) ?? 3;
  const stand = standing.others.get(issue)?.find((other) => other.name === name)?.position ?? own + 1.5;
  const said = positionIn(scene, text, issue) ?? stand;
  const gap = Math.max(Math.abs(stand - own), Math.abs(said - own));
  const areOpposed = (stand - 3) * (own - 3) < 0 && gap > 1;
  return gap <= 1 ? 'agree' : gap <= 2 && !areOpposed ? 'distinguish' : 'challenge';
}

/** Leads into the answer to a question: of the person watching, of another speaker, of the moderator. */
export function answer(draft: Draft): string | null {
  const { writer, agenda, moment, title } = draft;
  if (agenda.watched) {
    const question = shortQuestion(agenda.watched.text);
    return question === null
      ? writer.write(moves.watchedLong, { issue: title })
      : writer.write(moves.watched, { echo: `"${question}"` });
  }
  const { target } = moment;
  if (target?.isQuestion) return writer.write(moves.asked, { ...who(draft, target.name), issue: title });
  return writer.write(moves.steered, { issue: title });
}
