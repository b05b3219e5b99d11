import { shuffled } from '../../debate/seeded-random.ts';
import * as moves from '../bank/move-lines.ts';
import * as replies from '../bank/reply-lines.ts';
import { isSaid } from '../memory.ts';
import { meetingPoint } from '../stance-words.ts';
import type { Target } from '../targets.ts';
import { positionIn, readingsOf, reasonGiven, shortQuestion } from '../targets.ts';
import { asSentence, type Draft, echo, who } from './draft.ts';

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

/** Says what has moved the speaker since its last word on the issue. */
export function concede(draft: Draft): string | null {
  const { scene, standing, random, issue, title, writer, soFar } = draft;
  const move = standing.moves.get(issue);
  if (!move || !standing.stated.has(issue)) return null;
  const { because } = move;
  soFar.hasGiven = because !== null;
  if (!because) return writer.write(replies.hardenings, { issue: title });
  const cameCloser = Math.abs(because.position - because.first) >= 1;
  const bank = cameCloser && random() < 0.6 ? replies.returns : replies.concessions;
  return writer.write(bank, {
    ...who(draft, because.name),
    ...echo(draft, reasonGiven(scene, because, issue)),
    issue: title,
  });
}

/** The red line that keeps the speaker from going further. */
export function limit({ persona, standing, memory, issue, title, writer }: Draft): string | null {
  const line = standing.stops.get(issue) ?? persona.redLines.find((one) => one.issue === issue);
  if (!line || isSaid(memory, line.text)) return null;
  return writer.write(moves.redLines, { Line: asSentence(line.text), issue: title });
}

/** An offer from its own file that it can stand by; a principal without one proposes a trade with another issue. */
export function offer(draft: Draft): string | null {
  const { persona, memory, random, issue, writer, addressee } = draft;
  const ready = (persona.offers.get(issue) ?? []).filter(
    (text) => !isSaid(memory, text) && canStandBy(draft, text),
  );
  const chosen = shuffled(ready, random)[0];
  if (chosen === undefined) return trade(draft);
  const slots = { ...who(draft, addressee), Offer: asSentence(chosen) };
  return writer.write(persona.isPrincipal ? moves.offers : moves.proposals, slots);
}

function canStandBy({ scene, standing, issue }: Draft, text: string): boolean {
  const own = standing.own.get(issue) ?? 3;
  return readingsOf(scene, text).every(
    (reading) => Math.abs(reading.position - (standing.own.get(reading.issue) ?? own)) <= 2,
  );
}

function trade(draft: Draft): string | null {
  const { scene, persona, standing, issue, issues, title, noun, writer, addressee } = draft;
  const standOf = (id: string) => standing.others.get(id)?.find(({ name }) => name === addressee);
  const other = issues.find((id) => id !== issue && standOf(id) !== undefined);
  if (other === undefined || !persona.isPrincipal) return null;
  const theirs = standOf(other)?.position ?? 3;
  const meet = meetingPoint(scene, other, standing.own.get(other) ?? 3, theirs, noun) ?? undefined;
  const slots = { ...who(draft, addressee), issue: title, other: scene.title(other), meet };
  return writer.write(moves.trades, slots);
}
