import { readLexically } from '../../convergence/lexical/read-lexically.ts';
import type { Passage } from '../../debate/agenda.ts';
import type { Random } from '../../debate/seeded-random.ts';
import { shuffled } from '../../debate/seeded-random.ts';
import { asCondition, asDeal } from './anchor-words.ts';
import * as closings from './bank/closings.ts';
import { commonReasons, namedInterests } from './bank/common-reasons.ts';
import * as moves from './bank/moves.ts';
import * as replies from './bank/replies.ts';
import * as stands from './bank/stands.ts';
import { upperFirst, withoutStop } from './casing.ts';
import { byWeight, counterpart, positionIn, reasonGiven, shortQuestion } from './counterparts.ts';
import { isSaid, type Memory } from './memory.ts';
import { asSubject, possessive } from './names.ts';
import { type PromptPersona, passagesOf } from './parse-persona.ts';
import { echoOf, evidenceFor } from './quoting.ts';
import { nextInterest, nextReason } from './reasons.ts';
import type { Scene } from './scene.ts';
import type { Moment, Part } from './situation.ts';
import { selfWords } from './speaker.ts';
import type { Slots } from './spin.ts';
import { anchorAt, meetingPoint, moveWords, neighbours, standWords } from './stance-words.ts';
import { openingOn, type Standing } from './standing.ts';
import type { Agenda, Target } from './target.ts';
import { writerOf } from './writer.ts';

export interface PartsContext {
  scene: Scene;
  persona: PromptPersona;
  standing: Standing;
  memory: Memory;
  random: Random;
  moment: Moment;
  agenda: Agenda;
  /** Issue ids, most pressing first. */
  issues: readonly string[];
}

export interface PartsWriter {
  /** The part in words, or null where there is nothing to say under it. */
  write(part: Part): string | null;
}

/** Share of the weight that a principal's first speech covers, with no more than so many issues in passing. */
const mostOfTheWeight = 0.71;
const mostAsides = 3;

const replyBanks = {
  agree: { before: replies.agreements, after: replies.agreementsAfter },
  distinguish: { before: replies.distinctions, after: replies.distinctionsAfter },
  challenge: { before: replies.challenges, after: replies.challengesAfter },
};
const nouns = ['a text', 'a deal', 'an agreement', 'a settlement'] as const;

export function partsWriter(context: PartsContext): PartsWriter {
  const { scene, persona, standing, memory, random, moment, agenda } = context;
  const writer = writerOf(memory, random, selfWords(persona));
  const { issue, target } = moment;
  const title = scene.title(issue);
  const titles = scene.prompt.agenda.map((one) => one.title);
  const noun = nouns[Math.floor(random() * 4)] ?? 'a text';
  const point = target?.text ?? scene.issue(issue)?.question ?? '';
  const addressee = target?.name ?? counterpart(context)?.name ?? '';
  const standsGiven = new Set<string>();
  const cited = new Set<number>();
  let lastArgument = '';
  let citations = 0;
  let hasGiven = false;
  let hasBegun = false;
  let asides = 0;

  const who = (name: string): Slots => {
    const subject = asSubject(name, scene.casing);
    return { who: subject, whose: possessive(subject) };
  };
  const echo = (text: string | null): Slots => {
    const words = text === null ? null : echoOf(text, point, titles);
    return words === null || isSaid(memory, words) ? {} : { echo: `"${words}"` };
  };

  const reply = (isAfter: boolean) => {
    if (!target || target.isQuestion) return null;
    const tone = toneTowards(target);
    return writer.write(replyBanks[tone][isAfter ? 'after' : 'before'], {
      ...who(target.name),
      ...echo(target.text),
      issue: scene.title(target.issue),
    });
  };

  /** By how far apart the two stand; nobody agrees with words on the other side of the scale. */
  const toneTowards = ({ name, issue: on, text }: Target): 'agree' | 'distinguish' | 'challenge' => {
    const own = standing.own.get(on) ?? 3;
    const stand = standing.others.get(on)?.find((other) => other.name === name)?.position ?? own + 1.5;
    const said = positionIn(scene, text, on) ?? stand;
    const gap = Math.max(Math.abs(stand - own), Math.abs(said - own));
    const areOpposed = (stand - 3) * (own - 3) < 0 && gap > 1;
    return gap <= 1 ? 'agree' : gap <= 2 && !areOpposed ? 'distinguish' : 'challenge';
  };

  const answer = () => {
    if (agenda.watched) {
      const question = shortQuestion(agenda.watched.text);
      return question === null
        ? writer.write(moves.watchedLong, { issue: title })
        : writer.write(moves.watched, { echo: `"${question}"` });
    }
    if (target?.isQuestion) return writer.write(moves.asked, { ...who(target.name), issue: title });
    return writer.write(moves.steered, { issue: title });
  };

  const misleads = (text: string) => {
    const position = positionIn(scene, text, issue);
    return position !== null && Math.abs(position - (standing.own.get(issue) ?? 3)) > 1;
  };

  const argue = (bridged: boolean) => {
    const reason = nextReason({
      scene,
      persona,
      memory,
      issue,
      point,
      random,
      misleads,
      isCited: citations > 0,
    });
    if (reason === null) return writer.write(commonReasons, commonSlots());
    for (const [, number] of reason.text.matchAll(/\[P(\d+)\]/g)) {
      citations += 1;
      cited.add(Number(number));
    }
    lastArgument = reason.text;
    const slots = { Arg: reason.text, interest: inside(reason.text) };
    if (reason.isNamed) return writer.write(namedInterests, slots);
    const bridges = hasGiven ? moves.bridgesAfterGiving : hasBegun ? moves.bridges : moves.openBridges;
    const isBridged = bridged && random() < (hasGiven ? 0.7 : 0.2);
    return writer.write(isBridged ? bridges : ['{Arg}'], slots);
  };

  const inside = (text: string) => scene.casing.sentence(withoutStop(text));

  /** The anchors that the speaker wants most and least, as conditions. */
  const commonSlots = (): Slots[] => {
    const own = standing.own.get(issue) ?? 3;
    const forms = (position: number) =>
      (scene.anchors.get(issue)?.[neighbours(position).near].slice(1, 3) ?? []).filter(
        ({ text }) => !text.includes(','),
      );
    const least = forms(own <= 3 ? 6 : 0);
    return forms(own).flatMap((here) =>
      least.map((far) => ({ issue: title, ifHere: asCondition(here), ifFar: asCondition(far) })),
    );
  };

  /** Somebody whose own file names passages quotes those and no others: the others may speak against it. */
  const own = passagesOf(persona);
  const bearsOut = ({ number, text }: Passage) => {
    if (own.size > 0 && !own.has(number)) return false;
    const position = positionIn(scene, text, issue);
    return position === null || Math.abs(position - (standing.own.get(issue) ?? 3)) <= 3;
  };

  const cite = () => {
    const evidence = evidenceFor(scene, memory, `${point} ${lastArgument}`, issue, {
      isFit: (passage) => bearsOut(passage) && !cited.has(passage.number),
    });
    if (!evidence) return null;
    citations += 1;
    cited.add(evidence.passage);
    return writer.write(moves.evidence, { quote: `"${evidence.quote}"`, pass: `[P${evidence.passage}]` });
  };

  const standOn = (id: string, isAside: boolean) => {
    const position = standing.own.get(id);
    if (position === undefined || standsGiven.has(id)) return null;
    const before = standing.stated.get(id)?.position;
    const change = before === undefined ? null : before === position ? 'unmoved' : 'moved';
    const opening = openingOn(id, persona);
    const words = standWords(scene, { issue: id, position, opening, isAside, noun }, random);
    if (!words) return null;
    standsGiven.add(id);
    if (change === 'unmoved' && random() < 0.92)
      return writer.write(stands.unmoved, {
        ...(addressee === '' ? {} : who(addressee)),
        issue: scene.title(id),
      });
    const because = standing.moves.get(id)?.because ?? null;
    const bank = hasGiven && !isAside ? 'for-reason' : because ? 'in-passing' : 'plain';
    const move =
      before === undefined || change !== 'moved' || random() < 0.35
        ? null
        : moveWords(scene, id, before, position, { noun, bank }, random);
    const reason = because ? who(because.name) : {};
    if (move)
      return writer.write(
        move.templates,
        move.variants.map((slots) => ({ ...reason, ...slots })),
      );
    return writer.write(words.templates, words.variants);
  };

  /** Who could sign says in its first speech where it stands on most of the agenda's weight. */
  const asidesWanted = (unstated: readonly string[]): number => {
    if (standing.ownTurns > 0 || !persona.isPrincipal) return standing.ownTurns < 3 ? 2 : 1;
    const weightOf = (id: string | undefined) => scene.issue(id ?? '')?.weight ?? 0;
    let covered = weightOf(issue);
    let count = 0;
    while (covered < mostOfTheWeight && count < mostAsides) covered += weightOf(unstated[count++]);
    return count;
  };

  /** One aside a call, until enough is said. */
  const alsoStand = () => {
    const elsewhere = context.issues.filter((id) => id !== issue);
    const unstated = byWeight(
      scene,
      elsewhere.filter((id) => !standing.stated.has(id)),
    );
    const moved = elsewhere.filter((id) => standing.moves.has(id) && standing.stated.has(id));
    const chosen = unstated.length > 0 ? unstated.slice(0, asidesWanted(unstated)) : moved.slice(0, 1);
    const id = chosen[asides];
    asides += 1;
    return id === undefined ? null : standOn(id, true);
  };

  const concede = () => {
    const move = standing.moves.get(issue);
    if (!move || !standing.stated.has(issue)) return null;
    const { because } = move;
    hasGiven = because !== null;
    if (!because) return writer.write(replies.hardenings, { issue: title });
    const cameCloser = Math.abs(because.position - because.first) >= 1;
    const bank = cameCloser && random() < 0.6 ? replies.returns : replies.concessions;
    return writer.write(bank, {
      ...who(because.name),
      ...echo(reasonGiven(scene, because, issue)),
      issue: title,
    });
  };

  const limit = () => {
    const line = standing.stops.get(issue) ?? persona.redLines.find((one) => one.issue === issue);
    if (!line || isSaid(memory, line.text)) return null;
    const text = withoutStop(line.text);
    return writer.write(moves.redLines, { Line: upperFirst(text), issue: title });
  };

  const offer = () => {
    const own = standing.own.get(issue) ?? 3;
    const fits = (text: string) =>
      readLexically({ issues: scene.prompt.agenda, turns: [{ turn: 1, speaker: persona.name, text }] }).every(
        (reading) => Math.abs(reading.position - (standing.own.get(reading.issue) ?? own)) <= 2,
      );
    const ready = (persona.offers.get(issue) ?? []).filter((text) => !isSaid(memory, text) && fits(text));
    const chosen = shuffled(ready, random)[0];
    if (chosen !== undefined) {
      const slots = { ...(addressee === '' ? {} : who(addressee)), Offer: upperFirst(withoutStop(chosen)) };
      return writer.write(persona.isPrincipal ? moves.offers : moves.proposals, slots);
    }
    const other = context.issues.find(
      (id) => id !== issue && standing.others.get(id)?.some(({ name }) => name === addressee),
    );
    if (other === undefined || !persona.isPrincipal) return null;
    const theirs = standing.others.get(other)?.find(({ name }) => name === addressee)?.position ?? 3;
    const meet = meetingPoint(scene, other, standing.own.get(other) ?? 3, theirs, noun) ?? undefined;
    return writer.write(moves.trades, { ...who(addressee), issue: title, other: scene.title(other), meet });
  };

  const close = () => {
    const left = Number(scene.prompt.task?.attributes['left'] ?? 1);
    const theirs = standing.others.get(issue)?.find(({ name }) => name === addressee)?.position;
    const meet =
      theirs === undefined ? null : meetingPoint(scene, issue, standing.own.get(issue) ?? 3, theirs, noun);
    const slots = { ...(addressee === '' ? {} : who(addressee)), issue: title, meet: meet ?? undefined };
    if (left === 0 && standing.ownTurns > 0) return lastWords();
    const draw = random();
    if (draw < 0.2) return null;
    const mayMove = persona.isPrincipal && draw < 0.4 && !standing.moves.has(issue);
    return writer.write(mayMove ? closings.terms : draw < 0.85 ? closings.questions : closings.tests, slots);
  };

  /** In the last round: what could be signed, what on a condition, what stays open. */
  const lastWords = () => {
    if (!persona.isPrincipal) {
      const meet = anchorAt(scene, issue, standing.own.get(issue) ?? 3);
      return writer.write(closings.lastAdvice, {
        issue: title,
        meet: meet ? asDeal(meet, noun, false) : undefined,
      });
    }
    const gaps = byWeight(
      scene,
      scene.prompt.agenda.map(({ id }) => id),
    ).flatMap((id) => {
      const theirs = standing.others.get(id)?.find(({ isPrincipal }) => isPrincipal);
      const mine = standing.own.get(id);
      return theirs && mine !== undefined
        ? [{ id, theirs, mine, gap: Math.abs(theirs.position - mine) }]
        : [];
    });
    const words = (
      [
        [closings.lastReady, gaps.find(({ gap }) => gap <= 1)],
        [closings.lastConditional, gaps.find(({ gap }) => gap > 1 && gap <= 2.5)],
        [closings.lastOpen, gaps.find(({ id, gap }) => gap > 2.5 && id !== issue)],
      ] as const
    ).map(([bank, one]) =>
      one
        ? writer.write(bank, {
            ...who(one.theirs.name),
            issue: scene.title(one.id),
            meet: meetingPoint(scene, one.id, one.mine, one.theirs.position, noun) ?? undefined,
          })
        : null,
    );
    const said = words.filter((text) => text !== null);
    return said.length > 0 ? said.join(' ') : null;
  };

  const begin = () => {
    const interest = nextInterest(persona, memory, random);
    if (interest === null) return null;
    const slots = {
      Interest: upperFirst(withoutStop(interest.text)),
      interest: inside(interest.text),
      issue: title,
    };
    return writer.write(interest.isNamed ? namedInterests : moves.beginnings, slots);
  };

  const writers: Record<Part, () => string | null> = {
    begin,
    reply: () => reply(false),
    'reply-after': () => reply(true),
    answer,
    argue: () => argue(true),
    support: () => argue(false),
    cite,
    concede,
    stand: () => standOn(issue, false),
    'also-stand': alsoStand,
    limit,
    offer,
    close,
  };
  return {
    write(part) {
      const text = writers[part]();
      hasBegun ||= text !== null;
      return text;
    },
  };
}
