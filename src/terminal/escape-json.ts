/**
 * One line of JSON that is safe to show: C1 controls, bidi controls, zero-width and tag characters and line
 * separators stand as \u escapes, so a parser reads the very same value. C0 controls are escaped by JSON itself.
 */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(unsafe, asEscapes);
}

const unsafe = /[\u007f-\u009f\u2028\u2029\uFFF9-\uFFFB\p{Default_Ignorable_Code_Point}]/gu;

function asEscapes(character: string): string {
  let escapes = '';
  for (let index = 0; index < character.length; index++) {
    escapes += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escapes;
}
