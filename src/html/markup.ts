import { cleanText } from '../text/clean-text.ts';

/** HTML that is safe to put into a page. Only `html` and `trusted` make it. */
export interface Markup {
  readonly markup: string;
}

export type Piece = Markup | string | number | null | readonly Piece[];

/** A template whose every value is cleaned and escaped, save what is markup already; null puts nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Piece[]): Markup {
  return { markup: parts.map((part, place) => part + rendered(values[place] ?? null)).join('') };
}

/** Our own constant text, such as the style sheet; never anything that was read. */
export function trusted(text: string): Markup {
  return { markup: text };
}

/**
 * Names the language of words that were said, which stand in elements with `dir="auto"`; absent for one that nobody named.
 * Elements with `lang=""` hold words of another, unknown language. No text that was read can look like an attribute here.
 */
export function spokenIn(language: string | undefined, { markup }: Markup): Markup {
  if (language === undefined) return { markup };
  return { markup: markup.replace(/(?<!lang="") dir="auto"/g, ` lang="${escaped(language)}" dir="auto"`) };
}

/** Pieces with something between them. */
export function joined(pieces: readonly Piece[], between: Piece): Piece {
  return pieces.map((piece, place) => (place === 0 ? piece : [between, piece]));
}

function rendered(piece: Piece): string {
  if (piece === null) return '';
  if (typeof piece === 'number') return String(piece);
  if (typeof piece === 'string') return escaped(piece);
  return 'markup' in piece ? piece.markup : piece.map(rendered).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (letter) => entities[letter] as string);
}
