import type { RedLine } from '../debate/agenda.ts';
import { rememberingFor } from '../text/memo.ts';

/** The words by which a persona speaks of itself: "we" where its own file does, "I" where it does not. */
export const selfWords = rememberingFor((persona: PromptPersona): Readonly<Record<string, string>> => {
  const own = [
    ...persona.interests,
    ...persona.redLines.map(({ text }) => text),
    ...persona.reasons.values(),
    ...persona.offers.values(),
  ]
    .flat()
    .join(' ');
  const plural = own.match(/\b(?:we|our|us|ours)\b/gi)?.length ?? 0;
  const singular = own.match(/\b(?:I|my|me|mine)\b/g)?.length ?? 0;
  const isPlural = plural > singular || (plural === singular && persona.isPrincipal);
  const words = isPlural
    ? { I: 'we', my: 'our', me: 'us', mine: 'ours', am: 'are', myself: 'ourselves', was: 'were' }
    : { I: 'I', my: 'my', me: 'me', mine: 'mine', am: 'am', myself: 'myself', was: 'was' };
  return {
    ...words,
    have: 'have',
    they: 'they',
    them: 'them',
    their: 'their',
    sign: persona.isPrincipal ? 'sign' : 'recommend',
  };
});

/** The speaker, as the persona block describes it. */
export interface PromptPersona {
  id: string;
  name: string;
  isPrincipal: boolean;
  /** Friedkin and Johnsen's susceptibility, 0..1. */
  openness: number;
  opening: Map<string, number>;
  redLines: RedLine[];
  role: string;
  interests: string[];
  voice: string;
  /** Bullets by issue id; those under no issue stand under ''. */
  reasons: Map<string, string[]>;
  offers: Map<string, string[]>;
}

export function parsePersona(block: Block): PromptPersona {
  const body = block.body;
  const reasons = bulletsByIssue(section(body, 'arguments'));
  return {
    id: block.attributes['id'] ?? 'speaker',
    name: block.attributes['name'] ?? block.attributes['id'] ?? 'Speaker',
    isPrincipal: block.attributes['principal'] === 'yes',
    openness: within(Number(block.attributes['openness'] ?? 0.3), 0, 1, 0.3),
    opening: new Map(
      blocksIn(body, 'opening').map(({ attributes }) => [
        attributes['issue'] ?? '',
        within(Number(attributes['position']), 0, 6, 3),
      ]),
    ),
    redLines: blocksIn(body, 'red-line').map(({ attributes, body: text }) => ({
      issue: attributes['issue'] ?? '',
      min: within(Number(attributes['min'] ?? 0), 0, 6, 0),
      max: within(Number(attributes['max'] ?? 6), 0, 6, 6),
      text,
    })),
    role: section(body, 'role'),
    interests: bulletsOf(section(body, 'interests')),
    voice: section(body, 'voice'),
    reasons,
    offers: bulletsByIssue(section(body, 'offers')),
  };
}

/** Passages that a persona's own arguments, offers and role name: what it would rest on. */
export const passagesOf = rememberingFor((persona: PromptPersona): ReadonlySet<number> => {
  const texts = [persona.role, ...persona.interests, ...persona.reasons.values(), ...persona.offers.values()];
  return new Set(
    Array.from(
      texts
        .flat()
        .join(' ')
        .matchAll(/\[P(\d+)\]/g),
      (match) => Number(match[1]),
    ),
  );
});

function within(value: number, low: number, high: number, otherwise: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : otherwise;
}

/** The text under a level-two heading whose first word is the given one. */
function section(body: string, heading: string): string {
  const lines = body.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^##\\s+${heading}\\b`, 'i').test(line));
  if (start < 0) return '';
  const length = lines.slice(start + 1).findIndex((line) => /^##\s/.test(line));
  return lines
    .slice(start + 1, length < 0 ? undefined : start + 1 + length)
    .join('\n')
    .trim();
}

function bulletsByIssue(text: string): Map<string, string[]> {
  const byIssue = new Map<string, string[]>();
  for (const part of text.split(/^(?=###\s)/m)) {
    const heading = /^###\s+(.+)$/m.exec(part);
    const issue = (heading?.[1] ?? '').trim().replace(/[`*]/g, '');
    const bullets = bulletsOf(heading ? part.replace(heading[0], '') : part);
    if (bullets.length > 0) byIssue.set(issue, [...(byIssue.get(issue) ?? []), ...bullets]);
  }
  return byIssue;
}

/** Bullet points with their continuation lines, as plain text; paragraphs count as one each where there are no bullets. */
function bulletsOf(text: string): string[] {
  const parts = /^\s*[-*•]\s/m.test(text) ? text.split(/^\s*[-*•]\s+/m).slice(1) : text.split(/\n{2,}/);
  return parts.map(plainText).filter((part) => part !== '');
}

function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/[*_`]{1,3}([^*_`]+)[*_`]{1,3}/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A block of the prompt text, such as <turn number="4">…</turn>. */
interface Block {
  name: string;
  attributes: Record<string, string>;
  body: string;
}

/** All blocks of the given names in a text, in order; blocks inside a found block are left in its body. */
export function blocksIn(text: string, ...names: readonly string[]): Block[] {
  const pattern = new RegExp(
    `<(${names.join('|')})((?:\\s+[\\w-]+="[^"]*")*)\\s*(?:/>|>([\\s\\S]*?)</\\1>)`,
    'g',
  );
  return Array.from(text.matchAll(pattern), (match) => ({
    name: match[1] ?? '',
    attributes: attributesOf(match[2] ?? ''),
    body: (match[3] ?? '').trim(),
  }));
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), (match) => [match[1] ?? '', unescaped(match[2] ?? '')]),
  );
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
