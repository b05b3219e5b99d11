/**
 * Text of models, articles and files as a report may hold it: no terminal sequence, no control character but the line
 * feed, and nothing that reorders, hides or imitates other text. Escaping for HTML or Markdown comes after this.
 */
export function cleanText(text: string): string {
  return text
    .replace(terminalSequences, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll('\t', '    ')
    .toWellFormed()
    .replace(unseen, '');
}

/** The same on one line: names, titles, quotes in tables. */
export function cleanLine(text: string): string {
  return cleanText(text).replace(/\s+/gu, ' ').trim();
}

/** CSI sequences, and OSC strings up to their end or the end of their line. */
const terminalSequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|(?:\u001b\]|\u009d)[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\\|\u009c)?/gu;

/** Controls, bidi marks, tags and the like; joiners and variation selectors stay, for scripts and emoji need them. */
const unseen = /(?!\n|\u200c|\u200d|\ufe0e|\ufe0f)[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
