/** The blocks of a rendered prompt. */
const tags = [
  'rules',
  'article',
  'agenda',
  'issue',
  'cast',
  'persona',
  'moderator',
  'opening',
  'red-line',
  'turn',
  'question',
  'statement',
  'task',
  'notes',
  'caucus',
];

// Invisible format characters are allowed for, since a model reads over them.
const tagStart = new RegExp(
  `<(?=[\\s\\p{Cf}]*/?[\\s\\p{Cf}]*(?:${tags.join('|')})(?![\\p{L}\\p{N}]))`,
  'giu',
);

/** Text that we did not write, made unable to open or close a block: the `<` of such a tag becomes `‹`. */
export function fenced(text: string): string {
  return text.includes('<') ? text.replace(tagStart, '‹') : text;
}

/** The same on one line. */
export function fencedLine(text: string): string {
  return fenced(spread.test(text) ? text.replace(/\s+/g, ' ').trim() : text.trim());
}

/** More than single blanks between words. */
const spread = /[^\S ]| {2}/;

/** Nothing in it needs escaping or tidying. */
const plain = /^[\w.-]*$/;

/** A value between quotation marks of a tag. */
function attribute(value: string | number): string {
  const text = String(value);
  if (plain.test(text)) return text;
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A block with its tags on lines of their own. */
export function block(name: string, attributes: Record<string, string | number>, body: string): string {
  return `<${name}${listed(attributes)}>\n${body}\n</${name}>`;
}

/** A block on one line; with no text it closes itself. */
export function inlineBlock(name: string, attributes: Record<string, string | number>, text = ''): string {
  return text === '' ? `<${name}${listed(attributes)} />` : `<${name}${listed(attributes)}>${text}</${name}>`;
}

function listed(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${attribute(value)}"`)
    .join('');
}
