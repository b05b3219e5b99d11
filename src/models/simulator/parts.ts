import { readLexically } from '../../convergence/lexical/read-lexically.ts';
import type { Random } from '../../debate/seeded-random.ts';
import { shuffled } from '../../debate/seeded-random.ts';
import { asCondition } from './anchor-words.ts';
import * as closings from './bank/closings.ts';
import { commonReasons, namedInterests } from './bank/common-reasons.ts';
import * as moves from './bank/moves.ts';
import * as replies from './bank/replies.ts';
import * as stands from './bank/stands.ts';
import { upperFirst, withoutStop, wordCount } from './casing.ts';
import { byWeight, counterpart, reasonGiven } from './counterparts.ts';
import { isSaid, type Memory } from './memory.ts';
import { asSubject, possessive } from './names.ts';
import type { PromptPersona } from './parse-persona.ts';
import { echoOf, evidenceFor } from './quoting.ts';
import { nextInterest, nextReason } from './reasons.ts';
import type { Scene } from './scene.ts';
import type { Moment, Part } from './situation.ts';
import { selfWords } from './speaker.ts';
import type { Slots } from './spin.ts';
import { meetingPoint, moveWords, neighbours, standWords } from './stance-words.ts';
import type { Standing } from './standing.ts';
import type { Agenda } from './target.ts';
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
  let citations = 0;
  let hasGiven = false;
  let hasBegun = false;
  let asides = 0;

  const who = (name: string): Slots => {
    const subject = asSubject(name, scene.casing);
    return { who: subject, whose: possessive(subject) };
  };
  const echo = (text: string): Slots => {
    const words = echoOf(text, point, titles);
    return words === null || isSaid(memory, words) ? {} : { echo: `"${words}"` };
  };

  const reply = (isAfter: boolean) => {
    if (!target || target.isQuestion) return null;
    const stand = standing.others.get(target.issue)?.find(({ name }) => name === target.name);
    const gap = stand ? Math.abs(stand.position - (standing.own.get(target.issue) ?? 3)) : 2;
    const tone = gap <= 1 ? 'agree' : gap <= 2 ? 'distinguish' : 'challenge';
    return writer.write(replyBanks[tone][isAfter ? 'after' : 'before'], {
      ...who(target.name),
      ...echo(target.text),
      issue: scene.title(target.issue),
    });
  };

  const answer = () => {
    if (agenda.watched) {
      const words = agenda.watched.text.trim().replace(/"/g, "'");
      const short = wordCount(words) <= 16 ? words : `${words.split(/\s+/).slice(0, 12).join(' ')} ...`;
      return writer.write(moves.watched, { echo: `"${short}"`, issue: title });
    }
    if (target?.isQuestion) {
      const words = target.text.replace(/\s*\[[PT]\d+\]/g, '').trim();
      return writer.write(moves.asked, {
        ...who(target.name),
        echo: wordCount(words) <= 18 ? `"${words}"` : undefined,
        issue: title,
      });
    }
    return writer.write(moves.steered, { issue: title });
  };

  const argue = (bridged: boolean) => {
    const reason = nextReason({ scene, persona, memory, issue, point, random, isCited: citations > 0 });
    if (reason === null) return writer.write(commonReasons, commonSlots());
    if (/\[P\d+\]/.test(reason.text)) citations += 1;
    const slots = { Arg: reason.text, arg: inside(reason.text), interest: inside(reason.text) };
    if (reason.isNamed) return writer.write(namedInterests, slots);
    const isShort = wordCount(reason.text) < 26 && !/:|[.!?]\s+\p{Lu}/u.test(reason.text);
    const bridges = hasGiven ? moves.bridgesAfterGiving : hasBegun ? moves.bridges : moves.openBridges;
    const isBridged = bridged && isShort && random() < (hasGiven ? 0.8 : 0.4);
    return writer.write(isBridged ? bridges : ['{Arg}'], slots);
  };

  const inside = (text: string) => scene.casing.sentence(withoutStop(text));

  /** The anchors that the speaker wants most and least, as conditions. */
  const commonSlots = (): Slots[] => {
    const own = standing.own.get(issue) ?? 3;
    const forms = (position: number) =>
      scene.anchors.get(issue)?.[neighbours(position).near].slice(1, 3) ?? [];
    const least = forms(own <= 3 ? 6 : 0);
    return forms(own).flatMap((here) =>
      least.map((far) => ({ issue: title, ifHere: asCondition(here), ifFar: asCondition(far) })),
    );
  };

  const cite = () => {
    const evidence = evidenceFor(scene, memory, point, issue);
    if (!evidence) return null;
    citations += 1;
    return writer.write(moves.evidence, { quote: `"${evidence.quote}"`, pass: `[P${evidence.passage}]` });
  };

  const standOn = (id: string, isAside: boolean) => {
    const position = standing.own.get(id);
    if (position === undefined || standsGiven.has(id)) return null;
    const before = standing.stated.get(id)?.position;
    const change = before === undefined ? null : before === position ? 'unmoved' : 'moved';
    const words = standWords(scene, { issue: id, position, change, isAside, noun }, random);
    if (!words) return null;
    standsGiven.add(id);
    if (change === 'unmoved' && random() < 0.75)
      return writer.write(stands.unmoved, { issue: scene.title(id) });
    const move =
      before === undefined || change !== 'moved' || random() < 0.3
        ? null
        : moveWords(scene, id, before, position, noun, random);
    if (move) return writer.write(move.templates, move.variants);
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
    return writer.write(moves.redLines, {
      line: scene.casing.sentence(text),
      Line: upperFirst(text),
      issue: title,
    });
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
      const text = withoutStop(chosen);
      return writer.write(moves.offers, {
        ...who(addressee),
        Offer: upperFirst(text),
        offer: scene.casing.sentence(text),
      });
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
    if (left === 0) return writer.write(closings.last, slots);
    const draw = random();
    return writer.write(
      draw < 0.55 ? closings.questions : draw < 0.8 ? closings.tests : closings.flat,
      slots,
    );
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
