import { shuffled } from '../../debate/seeded-random.ts';
import * as moves from '../bank/moves.ts';
import * as replies from '../bank/replies.ts';
import { readingsOf, reasonGiven } from '../counterparts.ts';
import { isSaid } from '../memory.ts';
import { meetingPoint } from '../stance-words.ts';
import { asSentence, type Draft, echo, who } from './draft.ts';

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

/** An offer of its own file that it can stand by, else, from who could sign, a trade with another issue. */
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
