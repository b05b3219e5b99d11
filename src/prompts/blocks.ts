import { type Agenda, type Issue, scale } from '../debate/agenda.ts';
import { type DossierSource, sourceInWords, sourceOf } from '../debate/dossier.ts';
import type { BodyOf } from '../debate/events.ts';
import type { Article, CastMember } from '../debate/setup.ts';
import { rememberingFor } from '../text/memo.ts';
import { block, fenced, fencedLine, inlineBlock } from './fence.ts';
import type { Persona } from './types.ts';

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
