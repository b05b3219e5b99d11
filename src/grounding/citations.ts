import { matchesIn } from '../text/words.ts';

/** One label that a text cites; `[P3, P5]` gives two. */
export interface Citation {
  /** As parley writes it: P3 for a passage, T7 for a turn. */
  label: string;
  kind: 'passage' | 'turn';
  number: number;
  /** Offsets of the bracket that holds it. */
  start: number;
  end: number;
}

/** Labels that a range may stand for; a longer one is a slip, and only its ends are taken. */
const longestRange = 20;

const label = '[PpTt]\\s?\\d{1,6}';
const joint = '\\s*(?:[,;/&]|and|-|\\u2013|\\u2014|to)\\s*';
const bracket = new RegExp(`\\[\\s*(?:${label})(?:${joint}(?:${label}|\\d{1,6}))*\\s*\\]`, 'g');
const part = /([PpTt])?\s?(\d{1,6})|(-|\u2013|\u2014|to)/g;

/** Finds [P3], [P3, P5], [P3-P5], [P3-5] and [T7] in a text, in its order. */
export function findCitations(text: string): Citation[] {
  return matchesIn(text, bracket).flatMap((match) => {
    const place = { start: match.index, end: match.index + match[0].length };
    return labelsIn(match[0]).map(({ kind, number }) => ({
      label: `${kind === 'passage' ? 'P' : 'T'}${number}`,
      kind,
      number,
      ...place,
    }));
  });
}

/** The text with its citations blanked out by spaces of the same length, so that offsets hold. */
export function withoutCitations(text: string): string {
  return text.replace(bracket, (match) => ' '.repeat(match.length));
}

function labelsIn(text: string): Pick<Citation, 'kind' | 'number'>[] {
  const labels: Pick<Citation, 'kind' | 'number'>[] = [];
  let kind: Citation['kind'] = 'passage';
  let isRange = false;
  for (const [, letter, digits, dash] of text.matchAll(part)) {
    if (dash !== undefined) {
      isRange = true;
      continue;
    }
    if (letter !== undefined) kind = letter.toUpperCase() === 'P' ? 'passage' : 'turn';
    const number = Number(digits);
    const last = labels.at(-1);
    if (isRange && last?.kind === kind && number - last.number <= longestRange) {
      for (let between = last.number + 1; between < number; between++) labels.push({ kind, number: between });
    }
    labels.push({ kind, number });
    isRange = false;
  }
  // A bracket may hold a megabyte of labels.
  return [...new Map(labels.map((one) => [`${one.kind} ${one.number}`, one])).values()];
}
