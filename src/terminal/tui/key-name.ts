import type { Key } from 'ink';

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

/** One name for a key press: `j`, `G`, `space`, `pagedown`, `ctrl+z`, `shift+tab`, `meta+return`; empty for none. */
export function keyName(input: string, key: Key): string {
  const special = named.find((name) => key[name]);
  if (special) {
    const base = special.replace('Arrow', '').toLowerCase();
    return `${key.ctrl ? 'ctrl+' : ''}${key.meta && base !== 'escape' ? 'meta+' : ''}${key.shift ? 'shift+' : ''}${base}`;
  }
  if (input === ' ') return 'space';
  if (input === '\n') return 'ctrl+j';
  if (key.ctrl) return `ctrl+${input}`;
  return key.meta ? `meta+${input}` : input;
}
