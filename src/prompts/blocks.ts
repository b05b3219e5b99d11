import { type Agenda, type Issue, scale } from '../debate/agenda.ts';
import type { ChatMessage } from '../debate/calls.ts';
import type { Debate } from '../debate/debate.ts';
import { type DossierSource, sourceInWords, sourceOf } from '../debate/dossier.ts';
import type { BodyOf } from '../debate/events.ts';
import type { Article, CastMember } from '../debate/setup.ts';
import { rememberingFor } from '../text/memo.ts';
import { listed } from '../text/wording.ts';
import { block, fenced, fencedLine, inlineBlock } from './fence.ts';
import { onceACast, scenarioValues } from './placeholder-values.ts';
import { fillTemplate } from './template.ts';
import type { FactPrompts, Persona, PromptSet } from './types.ts';

/** In a dossier a line names each source above its first passage; nothing in a passage can look like it, since each is one line. */
export const articleBlock = rememberingFor((article: Article) => {
  const { title, source, date, passages } = article;
  let last: DossierSource | null = null;
  const lines = passages.flatMap(({ number, text }) => {
    const from = sourceOf(article, number);
    const head = from === null || from === last ? [] : [`Source: ${fencedLine(sourceInWords(from))}`];
    last = from;
    return [...head, `[P${number}] ${fencedLine(text)}`];
  });
  return block('article', { title, source, date }, lines.join('\n'));
});

interface AgendaForm {
  /** Have the wordings at 0 and 6 changed places? */
  reversed?: boolean;
  /** The language of the wordings, as a BCP 47 tag, where the scenario names one. */
  language?: string | undefined;
}

export function agendaBlock(agenda: Agenda, { reversed = false, language }: AgendaForm = {}): string {
  const attributes = language === undefined ? {} : { language };
  return block('agenda', attributes, agenda.map(reversed ? reversedIssue : uprightIssue).join('\n'));
}

const uprightIssue = rememberingFor((issue: Issue) => issueBlock(issue, false));
const reversedIssue = rememberingFor((issue: Issue) => issueBlock(issue, true));

function issueBlock({ id, weight, passages, title, question, anchors }: Issue, reversed: boolean): string {
  const low = reversed ? anchors[scale.high] : anchors[scale.low];
  const high = reversed ? anchors[scale.low] : anchors[scale.high];
  const lines = { title, question, 0: low, 3: anchors[3], 6: high };
  // Written out, since an object's numeric keys come first whatever their order here.
  const body = (['title', 'question', 0, 3, 6] as const).map((key) => `${key}: ${fencedLine(lines[key])}`);
  const rests = passages.map((number) => `P${number}`).join(' ');
  return block('issue', { id, weight, passages: rests }, body.join('\n'));
}

export function castBlock(cast: readonly Pick<CastMember, 'name' | 'principal'>[]): string {
  const lines = cast.map(({ name, principal }) => `- ${fencedLine(name)}${principal ? ' (principal)' : ''}`);
  return block('cast', {}, lines.join('\n'));
}

export const personaBlock = rememberingFor(({ member, openness, body }: Persona) => {
  const { id, name, principal, opening, redLines } = member;
  const openings = Object.entries(opening).map(([issue, position]) =>
    inlineBlock('opening', { issue, position }),
  );
  const lines = redLines.map(({ issue, min, max, text }) =>
    inlineBlock('red-line', { issue, min, max }, fencedLine(text)),
  );
  const attributes = { id, name, principal: principal ? 'yes' : 'no', openness };
  return block('persona', attributes, [...openings, ...lines, fenced(body)].join('\n'));
});

/** A speech as others read it. `speaker` is an id, or the label under which the judge sees a party. */
export function turnBlock(turn: { number: number; speaker: string; name: string; text: string }): string {
  const { number, speaker, name, text } = turn;
  return block('turn', { number, speaker }, `[${fencedLine(name)}]: ${fenced(text)}`);
}

/** Where a speaker stood on an issue, one stand after the other; the quote belongs to the last one. */
export interface EarlierStand {
  name: string;
  issue: string;
  way: readonly { position: number; turn: number }[];
  quote: string;
}

/** Rounds that a prompt has no room for, as the positions that were read of them with their verified quotes. */
export function earlierBlock(rounds: number, stands: readonly EarlierStand[]): string {
  const lines = stands.map(({ name, issue, way, quote }) => {
    const positions = way.map(({ position, turn }) => `${position} [T${turn}]`).join(', ');
    return `- ${fencedLine(name)}, ${issue}: ${positions} "${fencedLine(quote)}"`;
  });
  const attributes = {
    rounds: rounds === 1 ? '1' : `1 to ${rounds}`,
    'shown-as': 'verified positions and quotes',
  };
  return block('earlier-rounds', attributes, lines.join('\n'));
}

/** Words that one principal says to another in private, as the other reads them. */
export function caucusBlock(said: {
  number: number;
  round: number;
  speaker: string;
  to: string;
  /** Of the speaker and of who hears it. */
  names: readonly [string, string];
  text: string;
}): string {
  const { number, round, speaker, to, names, text } = said;
  const label = `[${fencedLine(names[0])} to ${fencedLine(names[1])}, in private]`;
  return block('caucus', { number, round, speaker, to }, `${label}: ${fenced(text)}`);
}

export function questionBlock({ afterTurn, text }: { afterTurn: number; text: string }): string {
  return block('question', { after: afterTurn }, `[A question from the person watching]: ${fenced(text)}`);
}

export function statementBlock({ text, items }: Pick<BodyOf<'statement-drafted'>, 'text' | 'items'>): string {
  const lines = items.map((item) => `- ${item.issue} (${item.status}): ${fencedLine(item.text)}`);
  return block('statement', {}, [fenced(text), ...lines].join('\n'));
}

export function taskBlock(kind: string, attributes: Record<string, string | number>, text: string): string {
  return block('task', { kind, ...attributes }, text);
}

/** Rules, article, agenda and cast: the same bytes for all who speak, so that providers can cache them. Then the persona. */
export function personaSystem(set: PromptSet, debate: Debate, persona: string): ChatMessage {
  return personaMessage(set, debate, persona);
}

/** The same bytes as for the cast, whose rules the moderator knows; then what it is itself. */
export function moderatorSystem(set: PromptSet, debate: Debate): ChatMessage {
  return moderatorMessage(set, debate);
}

const personaMessage = onceACast((set, debate, persona): ChatMessage => {
  const own = personaOf(set, persona);
  const { knows } = own.member;
  // Who holds only some passages has an article of its own, and no prompt in common with the others.
  const shared = knows && set.facts ? dealtParts(set, debate, knows, set.facts) : sharedParts(set, debate);
  const content = `${shared}\n${personaBlock(own)}`;
  return { role: 'system', content };
});

const moderatorMessage = onceACast((set, debate): ChatMessage => {
  const role = fillTemplate(set.moderator['role']?.body ?? '', scenarioValues(set, debate));
  return { role: 'system', content: `${sharedParts(set, debate)}\n${block('moderator', {}, role)}` };
});

const sharedParts = onceACast((set, debate) => partsWith(set, debate, [articleBlock(set.scenario.article)]));

function dealtParts(
  set: PromptSet,
  debate: Pick<Debate, 'started'>,
  knows: readonly number[],
  prompts: FactPrompts,
): string {
  return partsWith(set, debate, [dealtArticle(set.scenario.article, knows), dealtBlock(prompts, knows)]);
}

function partsWith(set: PromptSet, debate: Pick<Debate, 'started'>, article: readonly string[]): string {
  const { agenda, language } = set.scenario;
  const rules = fillTemplate(set.strategy.sections['rules'] ?? '', scenarioValues(set, debate));
  const parts = [
    block('rules', {}, rules),
    ...article,
    agendaBlock(agenda, { language }),
    castBlock(debate.started.cast),
  ];
  return parts.join('\n');
}

function personaOf(set: PromptSet, id: string): Persona {
  const persona = set.scenario.personas.find(({ member }) => member.id === id);
  if (!persona) throw new Error(`the prompts hold no persona "${id}"`);
  return persona;
}

/** The article as a persona holds it: its passages alone, under their own numbers. */
function dealtArticle(article: Article, knows: readonly number[]): string {
  return articleBlock({
    ...article,
    passages: article.passages.filter(({ number }) => knows.includes(number)),
  });
}

/** Tells a persona that it holds some passages and others hold others. */
function dealtBlock(prompts: FactPrompts, knows: readonly number[]): string {
  const passages = listed(knows.toSorted((one, other) => one - other).map((number) => `[P${number}]`));
  return block('rules', { for: 'what-you-hold' }, fillTemplate(prompts.dealt, { passages }));
}
