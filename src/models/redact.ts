import { withoutKeys } from '../text/secrets.ts';

const longestMessage = 300;
const hidden = '[key hidden]';

/** A function that takes the given secrets, and whatever looks like one, out of a text. */
export function redactorOf(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret): secret is string => secret !== undefined && secret.length >= 4);
  return (text) => {
    let clean = text;
    for (const secret of known) clean = clean.replaceAll(secret, hidden);
    return withoutKeys(clean, hidden);
  };
}

/**
 * What steers a terminal (ECMA-48: CSI, strings up to their terminator, two-character escapes) goes whole: without its escape the rest
 * would read as words. Escapes that stand written out, as in JSON that was quoted again, are the same.
 */
const sequences =
  /(?:(?:\u001b|\\u001b|\\x1b|\\e|\u241b)\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]?/giu;

/** Text from a server made fit for one line of a message: no control characters, no line breaks, at most 300 characters. */
export function oneLine(text: string): string {
  const line = text
    .replace(sequences, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return line.length <= longestMessage ? line : `${line.slice(0, longestMessage - 1).trimEnd()}…`;
}
