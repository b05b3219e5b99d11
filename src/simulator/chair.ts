import { seededRandom } from '../debate/seeded-random.ts';
import { listed } from '../text/wording.ts';
import { asDeal } from './anchor-words.ts';
import * as bank from './bank/chair-lines.ts';
import { asSubject } from './casing.ts';
import { extremes, type IssueReading, readPrincipals } from './judging.ts';
import { memoryOf } from './memory.ts';
import { evidenceFor } from './quoting.ts';
import type { Scene } from './scene.ts';
import { anchorAt, neighbours } from './stance-words.ts';
import type { Slots } from './templates.ts';
import { writerOf } from './templates.ts';

/** The moderator's opening: the dispute in the article's words, the agenda, and a question on the weightiest issue. */
export function openingFor(scene: Scene, seed: number): string {
  const random = seededRandom(seed, 'opening');
  const memory = memoryOf(scene.prompt.heard);
  const { isEnglish } = scene.setting;
  const writer = writerOf(memory, random, {}, isEnglish);
  const first = [...scene.prompt.agenda].sort((one, other) => other.weight - one.weight)[0];
  if (!first) return 'There is no agenda to open a debate on.';
  const evidence = evidenceFor(scene, memory, `${first.title} ${first.question}`, first.id, { enough: 1 });
  const quote = evidence ? { quote: `"${evidence.quote}"`, pass: `[P${evidence.passage}]` } : {};
  return [
    writer.write(evidence ? bank.openings : bank.plainOpenings, {
      ...quote,
      article: scene.prompt.title,
    }),
    writer.write(bank.agendas, {
      issues: rowOf(
        scene,
        scene.prompt.agenda.map(({ id }) => scene.title(id)),
      ),
    }),
    writer.write(bank.firstQuestions, {
      issue: scene.title(first.id),
      question: first.question,
      ...extremesOf(scene, first.id),
    }),
  ]
    .filter((part) => part !== null && part !== undefined)
    .join(' ');
}

/** One question on the issue where weight and distance between the principals are greatest together. */
export function steeringFor(scene: Scene, seed: number): string {
  const random = seededRandom(seed, 'steering', scene.prompt.heard.length);
  const writer = writerOf(
    memoryOf(scene.prompt.heard.map((turn) => ({ ...turn, isOwn: turn.speaker === 'moderator' }))),
    random,
    {},
    scene.setting.isEnglish,
  );
  const readings = readPrincipals(scene.prompt);
  const asked = scene.prompt.heard
    .filter((turn) => turn.speaker === 'moderator')
    .map((turn) => scene.issueOf(turn.text));
  const pressing = (reading: IssueReading) =>
    reading.issue.weight *
    (reading.spread ?? 4) *
    (asked.at(-1) === reading.issue.id ? 0.4 : 1) *
    (0.9 + 0.2 * random());
  const chosen = [...readings].sort((one, other) => pressing(other) - pressing(one))[0];
  if (!chosen) return 'What would each of you need in order to move?';
  const principals = scene.prompt.cast.filter(({ isPrincipal }) => isPrincipal);
  const called = (principals.length > 0 ? principals : scene.prompt.cast).map(({ name }) => name);
  const named = called.map((name) => asSubject(name, scene.casing));
  const issue = scene.title(chosen.issue.id);
  const { question } = chosen.issue;
  const pair = extremes(chosen);
  if (!pair || chosen.spread === null)
    return (
      writer.write(bank.openSteerings, {
        names: rowOf(scene, named),
        calls: rowOf(scene, called),
        issue,
        question,
      }) ?? question
    );
  const [low, high] = pair;
  const isClose = neighbours(low.position).near === neighbours(high.position).near;
  return (
    writer.write(isClose ? bank.closeSteerings : bank.steerings, {
      calls: rowOf(scene, [low.speaker, high.speaker]),
      question,
      names: rowOf(
        scene,
        [low.speaker, high.speaker].map((name) => asSubject(name, scene.casing)),
      ),
      first: asSubject(low.speaker, scene.casing),
      second: asSubject(high.speaker, scene.casing),
      issue,
      one: askedAt(scene, chosen, low.position, false),
      other: askedAt(scene, chosen, high.position, true),
      meet: askedAt(scene, chosen, (low.position + high.position) / 2, false),
    }) ?? question
  );
}

interface Item {
  issue: string;
  status: 'agreed' | 'conditional' | 'open';
  text: string;
}

/** Points between the principals up to which an issue counts as agreed, and as within reach. */
const agreedWithin = 1;
const conditionalWithin = 2.5;

/** The closing statement: each issue agreed, conditional or open by the distance between the principals. */
export function statementFor(scene: Scene, seed: number): { text: string; items: Item[] } {
  const random = seededRandom(seed, 'draft');
  const { isEnglish } = scene.setting;
  const writer = writerOf(memoryOf([]), random, {}, isEnglish);
  const unsettled = (title: string) => (isEnglish ? `${title} stays open.` : `${title} : …`);
  const items = readPrincipals(scene.prompt).map((reading): Item => {
    const issue = reading.issue.id;
    const pair = extremes(reading);
    const title = scene.title(issue);
    if (!pair || reading.spread === null) {
      return {
        issue,
        status: 'open',
        text: writer.write(bank.unheardItems, { issue: title }) ?? unsettled(title),
      };
    }
    const [low, high] = pair;
    const status =
      reading.spread <= agreedWithin
        ? 'agreed'
        : reading.spread <= conditionalWithin
          ? 'conditional'
          : 'open';
    const middle = (low.position + high.position) / 2;
    const isSame = neighbours(low.position).near === neighbours(high.position).near;
    const text =
      status === 'agreed'
        ? writer.write(bank.agreedItems, { issue: title, one: wholeAt(scene, reading, middle) })
        : writer.write(
            status === 'open' ? bank.openItems : isSame ? bank.conditionalNear : bank.conditionalItems,
            {
              issue: title,
              first: asSubject(low.speaker, scene.casing),
              second: asSubject(high.speaker, scene.casing),
              one: askedAt(scene, reading, low.position, false),
              other: askedAt(scene, reading, high.position, true),
              meet: wholeAt(scene, reading, middle),
            },
          );
    return { issue, status, text: text ?? unsettled(title) };
  });
  return { text: prose(items, isEnglish), items };
}

function prose(items: readonly Item[], isEnglish: boolean): string {
  const of = (status: Item['status']) =>
    items.filter((item) => item.status === status).map(({ text }) => text);
  const [agreed, conditional, open] = [of('agreed'), of('conditional'), of('open')];
  const lead = agreed.length > 0 || !isEnglish ? '' : 'No term is agreed without reserve.';
  return [lead, ...agreed, ...conditional, ...open].filter((part) => part !== '').join(' ');
}

/** What one asks for who stands at a position; `again` is the second of two. */
function askedAt(scene: Scene, reading: IssueReading, position: number, again: boolean): string | undefined {
  const form = anchorAt(scene, reading.issue.id, position);
  return form ? asDeal(form, 'a text', again) : undefined;
}

/** The ends of an issue's scale: "{low}" only where both are clauses that can follow "that". */
function extremesOf(scene: Scene, issue: string): Slots {
  const [low, high] = [anchorAt(scene, issue, 0), anchorAt(scene, issue, 6)];
  if (!low || !high) return {};
  const areClauses = low.kind === 'clause' && high.kind === 'clause';
  return {
    ...(areClauses ? { low: low.text, high: high.text } : {}),
    lowDeal: asDeal(low, 'a text', false),
    highDeal: asDeal(high, 'a text', low.kind !== 'noun'),
  };
}

function wholeAt(scene: Scene, reading: IssueReading, position: number): string | undefined {
  return scene.anchors.get(reading.issue.id)?.[neighbours(position).near][0]?.text;
}

function rowOf({ setting }: Scene, items: readonly string[]): string {
  return setting.isEnglish ? listed(items) : items.join(', ');
}
