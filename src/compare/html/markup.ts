/** HTML that is safe to put into a page. Only `html` and `trusted` make it. */
export interface Markup {
  readonly markup: string;
}

export type Content = Markup | string | number | null | readonly Content[];

/** A template that escapes every value but markup; lists are put one after another, null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  const [first = '', ...others] = parts;
  return { markup: first + others.map((part, index) => textOf(values[index] ?? null) + part).join('') };
}

/** Constant text of our own that is markup already, such as the style sheet; never anything that was read. */
export function trusted(text: string): Markup {
  return { markup: text };
}

function textOf(content: Content): string {
  if (content === null) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escaped(content);
  return 'markup' in content ? content.markup : content.map(textOf).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control and direction-changing characters have no business in a report: a speech could hide or reorder words with them. */
const unseen = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(unseen, '\ufffd')
    .replace(/[&<>"']/g, (letter) => entities[letter] as string);
}
