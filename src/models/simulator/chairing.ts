import { seededRandom } from '../../debate/seeded-random.ts';
import { asObject } from './anchor-words.ts';
import * as bank from './bank/chairing.ts';
import { wordCount } from './casing.ts';
import { memoryOf } from './memory.ts';
import { asSubject, listed } from './names.ts';
import { evidenceFor } from './quoting.ts';
import { extremes, type IssueReading, readPrincipals } from './reading.ts';
import type { Scene } from './scene.ts';
import { anchorAt, neighbours } from './stance-words.ts';
import { writerOf } from './writer.ts';

/** The moderator's opening: the dispute in the article's words, the agenda, and a question on the weightiest issue. */
export function openingFor(scene: Scene, seed: number): string {
  const random = seededRandom(seed, 'opening');
  const memory = memoryOf(scene.prompt.heard);
  const writer = writerOf(memory, random, {});
  const first = [...scene.prompt.agenda].sort((one, other) => other.weight - one.weight)[0];
  if (!first) return 'There is no agenda to open a debate on.';
  const evidence = evidenceFor(scene, memory, `${first.title} ${first.question}`, first.id, 1);
  const quote = evidence ? { quote: `"${evidence.quote}"`, pass: `[P${evidence.passage}]` } : {};
  return [
    writer.write(evidence ? bank.openings : bank.plainOpenings, {
      ...quote,
      article: `"${scene.prompt.title}"`,
    }),
    writer.write(bank.agendas, { issues: listed(scene.prompt.agenda.map(({ id }) => scene.title(id))) }),
    writer.write(bank.firstQuestions, {
      issue: scene.title(first.id),
      low: anchorAt(scene, first.id, 0)?.text,
      high: anchorAt(scene, first.id, 6)?.text,
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
  const named = (principals.length > 0 ? principals : scene.prompt.cast).map(({ name }) =>
    asSubject(name, scene.casing),
  );
  const issue = scene.title(chosen.issue.id);
  const pair = extremes(chosen);
  if (!pair || chosen.spread === null)
    return writer.write(bank.openSteerings, { names: listed(named), issue }) ?? '';
  const [low, high] = pair;
  const short = (quote: string) =>
    wordCount(quote) <= 14 && !quote.includes('"') ? `"${quote.replace(/[.!]+$/, '')}"` : undefined;
  const isClose = neighbours(low.position).near === neighbours(high.position).near;
  return (
    writer.write(isClose ? bank.closeSteerings : bank.steerings, {
      names: listed([low.speaker, high.speaker].map((name) => asSubject(name, scene.casing))),
      first: asSubject(low.speaker, scene.casing),
      second: asSubject(high.speaker, scene.casing),
      issue,
      one: acceptedAt(scene, chosen, low.position),
      other: acceptedAt(scene, chosen, high.position),
      oneLine: anchorAt(scene, chosen.issue.id, low.position)?.text,
      otherLine: anchorAt(scene, chosen.issue.id, high.position)?.text,
      oneQuote: short(low.quote),
      otherQuote: short(high.quote),
    }) ?? ''
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
  const writer = writerOf(memoryOf([]), random, {});
  const items = readPrincipals(scene.prompt).map((reading): Item => {
    const issue = reading.issue.id;
    const pair = extremes(reading);
    const title = scene.title(issue);
    if (!pair || reading.spread === null) {
      return {
        issue,
        status: 'open',
        text: writer.write(bank.unheardItems, { issue: title }) ?? `${title} stays open.`,
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
              one: acceptedAt(scene, reading, low.position),
              other: acceptedAt(scene, reading, high.position),
              meet: wholeAt(scene, reading, middle),
            },
          );
    return { issue, status, text: text ?? `${title} stays open.` };
  });
  return { text: prose(items), items };
}

function prose(items: readonly Item[]): string {
  const of = (status: Item['status']) =>
    items.filter((item) => item.status === status).map(({ text }) => text);
  const [agreed, conditional, open] = [of('agreed'), of('conditional'), of('open')];
  const lead = agreed.length > 0 ? '' : 'No term is agreed without reserve.';
  return [lead, ...agreed, ...conditional, ...open].filter((part) => part !== '').join(' ');
}

/** What one accepts who stands at a position: "that …" or a noun phrase. */
function acceptedAt(scene: Scene, reading: IssueReading, position: number): string | undefined {
  const form = anchorAt(scene, reading.issue.id, position);
  return form ? asObject(form) : undefined;
}

function wholeAt(scene: Scene, reading: IssueReading, position: number): string | undefined {
  return scene.anchors.get(reading.issue.id)?.[neighbours(position).near][0]?.text;
}
