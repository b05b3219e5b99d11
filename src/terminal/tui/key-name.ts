import type { Key } from 'ink';

/** One key press: its name, and the text it types where it types any. */
export interface KeyPress {
  /** `j`, `G`, `space`, `pagedown`, `ctrl+z`, `shift+tab`, `meta+return`; empty for none. */
  readonly name: string;
  readonly input: string;
}

const named = [
  'upArrow',
  'downArrow',
  'leftArrow',
  'rightArrow',
  'pageDown',
  'pageUp',
  'home',
  'end',
  'return',
  'escape',
  'tab',
  'backspace',
  'delete',
] as const;

/** The key presses in what Ink gives as one: keys that follow fast arrive together. */
export function pressesOf(input: string, key: Key): KeyPress[] {
  const special = named.find((name) => key[name]);
  if (special) return [{ name: specialName(special, key), input: '' }];
  if (key.ctrl) return [{ name: `ctrl+${input}`, input: '' }];
  if (key.meta) return [{ name: `meta+${input}`, input: '' }];
  return [...graphemes.segment(input)].map(({ segment }) => ({ name: nameOf(segment), input: segment }));
}

/**
 * Several lines at once are a paste, from a terminal that does not mark pastes: nobody types on after Enter within the same
 * few milliseconds. Lines may end with bare carriage returns.
 */
export function isUnmarkedPaste(input: string): boolean {
  return /[^\r\n][\r\n]+[^\r\n]/u.test(input);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function specialName(special: (typeof named)[number], key: Key): string {
  const base = special.replace('Arrow', '').toLowerCase();
  // An escape that is its own key is reported as meta as well.
  const meta = key.meta && base !== 'escape' ? 'meta+' : '';
  return `${key.ctrl ? 'ctrl+' : ''}${meta}${key.shift ? 'shift+' : ''}${base}`;
}

/** Characters that stand for keys when they come among others. */
const controls = new Map([
  [' ', 'space'],
  ['\r', 'return'],
  ['\r\n', 'return'],
  ['\n', 'ctrl+j'],
  ['\t', 'tab'],
  ['\u007f', 'backspace'],
  ['\u001b', 'escape'],
  ['\u001f', 'ctrl+_'],
]);

function nameOf(character: string): string {
  const known = controls.get(character);
  if (known) return known;
  const code = character.charCodeAt(0);
  return code > 0 && code <= 26 ? `ctrl+${String.fromCharCode(code + 96)}` : character;
}
