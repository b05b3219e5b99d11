import type { Passage } from '../../debate/agenda.ts';
import { asCondition } from '../anchor-words.ts';
import { commonReasons, namedInterests } from '../bank/common-reasons.ts';
import * as moves from '../bank/moves.ts';
import { positionIn } from '../counterparts.ts';
import { passagesOf } from '../parse-persona.ts';
import { evidenceFor } from '../quoting.ts';
import { nextInterest, nextReason } from '../reasons.ts';
import type { Slots } from '../spin.ts';
import { neighbours } from '../stance-words.ts';
import { asSentence, type Draft, inside } from './draft.ts';

/** Begins with what the speaker is there for. */
export function begin(draft: Draft): string | null {
  const { persona, memory, random, writer, title } = draft;
  const interest = nextInterest(persona, memory, random);
  if (interest === null) return null;
  const { text, isNamed } = interest;
  const slots = { Interest: asSentence(text), interest: inside(draft, text), issue: title };
  return writer.write(isNamed ? namedInterests : moves.beginnings, slots);
}

/** The next argument, now and then with words that lead from what went before to it. */
export function argue(draft: Draft, canBeBridged: boolean): string | null {
  const { scene, persona, memory, random, issue, point, writer, soFar } = draft;
  const isCited = soFar.citations > 0;
  const misleads = (text: string) => (distanceOf(draft, text) ?? 0) > 1;
  const reason = nextReason({ scene, persona, memory, issue, point, random, misleads, isCited });
  if (reason === null) return writer.write(commonReasons, commonSlots(draft));
  for (const [, number] of reason.text.matchAll(/\[P(\d+)\]/g)) {
    soFar.citations += 1;
    soFar.cited.add(Number(number));
  }
  soFar.lastArgument = reason.text;
  const slots = { Arg: reason.text, interest: inside(draft, reason.text) };
  if (reason.isNamed) return writer.write(namedInterests, slots);
  const isBridged = canBeBridged && random() < (soFar.hasGiven ? 0.7 : 0.2);
  return writer.write(isBridged ? bridgesFor(draft) : ['{Arg}'], slots);
}

function bridgesFor({ soFar }: Draft): readonly string[] {
  if (soFar.hasGiven) return moves.bridgesAfterGiving;
  return soFar.hasBegun ? moves.bridges : moves.openBridges;
}

/** The anchors that the speaker wants most and least, as conditions. */
function commonSlots({ scene, standing, issue, title }: Draft): Slots[] {
  const own = standing.own.get(issue) ?? 3;
  const forms = (position: number) =>
    (scene.anchors.get(issue)?.[neighbours(position).near].slice(1, 3) ?? []).filter(
      ({ text }) => !text.includes(','),
    );
  const least = forms(own <= 3 ? 6 : 0);
  return forms(own).flatMap((here) =>
    least.map((far) => ({ issue: title, ifHere: asCondition(here), ifFar: asCondition(far) })),
  );
}

/** Quotes a passage that bears on the point and the argument. */
export function cite(draft: Draft): string | null {
  const { scene, memory, issue, point, writer, soFar } = draft;
  const evidence = evidenceFor(scene, memory, `${point} ${soFar.lastArgument}`, issue, {
    isFit: (passage) => bearsOut(draft, passage) && !soFar.cited.has(passage.number),
  });
  if (!evidence) return null;
  soFar.citations += 1;
  soFar.cited.add(evidence.passage);
  return writer.write(moves.evidence, { quote: `"${evidence.quote}"`, pass: `[P${evidence.passage}]` });
}

/** Somebody whose own file names passages quotes those and no others: the others may speak against it. */
function bearsOut(draft: Draft, { number, text }: Passage): boolean {
  const own = passagesOf(draft.persona);
  return (own.size === 0 || own.has(number)) && (distanceOf(draft, text) ?? 0) <= 3;
}

/** How far from where the speaker stands a text by itself would place it; null where it says nothing of the issue. */
function distanceOf({ scene, standing, issue }: Draft, text: string): number | null {
  const position = positionIn(scene, text, issue);
  return position === null ? null : Math.abs(position - (standing.own.get(issue) ?? 3));
}
