/** Words in a run; four as in the copy-detection literature (Broder 1997, "On the resemblance and containment of documents"). */
const runLength = 4;

/** A speech, which never changes once it was given. */
export interface Spoken {
  readonly text: string;
}

/**
 * Share of a speech's four-word runs that stood in earlier texts, 0..1; Broder's containment. Case, punctuation
 * and citations such as [P3] do not count. A text of fewer than four words repeats nothing.
 */
export function repetitionOf(speech: Spoken, earlier: readonly Spoken[]): number {
  const seen = new Set(earlier.flatMap(runsOfSpeech));
  return shareSeen(runsOfSpeech(speech), seen);
}

/** For each text of a speaker, given as its runs and in order, how far it repeats those before it, 0..1. */
export function repetitionsInOrder(texts: readonly (readonly string[])[]): number[] {
  const seen = new Set<string>();
  return texts.map((runs) => {
    const share = shareSeen(runs, seen);
    for (const run of runs) seen.add(run);
    return share;
  });
}

function shareSeen(runs: readonly string[], seen: ReadonlySet<string>): number {
  if (runs.length === 0) return 0;
  return runs.filter((run) => seen.has(run)).length / runs.length;
}

/** A text's four-word runs, as they are compared. */
export function runsOf(text: string): string[] {
  const withoutCitations = text.replace(/\[[PT]\d[^[\]]{0,200}\]/g, ' ');
  const words = withoutCitations.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words.join(' ');
  const runs: string[] = [];
  let from = 0;
  let to = words.slice(0, runLength - 1).reduce((length, word) => length + word.length + 1, -1);
  for (let last = runLength - 1; last < words.length; last++) {
    to += (words[last] as string).length + 1;
    runs.push(joined.slice(from, to));
    from += (words[last - runLength + 1] as string).length + 1;
  }
  return runs;
}

const runsBySpeech = new WeakMap<Spoken, string[]>();

/** A speech's runs, remembered: every later speech and prompt of its speaker is held against it. */
export function runsOfSpeech(speech: Spoken): string[] {
  const runs = runsBySpeech.get(speech) ?? runsOf(speech.text);
  runsBySpeech.set(speech, runs);
  return runs;
}

/** Share of known runs, and the fewest runs, from which a speech is the same again and not one that comes back to its points. */
const sameFrom = 0.95;
const fewestRuns = 20;

/** Is this one of the speaker's earlier speeches over again? */
export function isSameAgain(speech: Spoken, earlier: readonly Spoken[]): boolean {
  return (
    runsOfSpeech(speech).length >= fewestRuns &&
    earlier.some((one) => repetitionOf(speech, [one]) >= sameFrom)
  );
}

/** Times in all that a sentence may stand in a speech; a refrain comes two or three times. */
const mostRefrains = 5;
/** Letters and digits of a sentence that counts; "No." may come often. */
const shortestSentence = 12;

/** Where a speech begins to say the same sentence over and over: the end of the first time it is said. null where it does not. */
export function loopStart(text: string): number | null {
  const firsts = new Map<string, { end: number; times: number }>();
  for (const match of text.matchAll(/[^.!?\u2026\u3002\uff01\uff1f\n]+[.!?\u2026\u3002\uff01\uff1f\n]*/gu)) {
    const key = (match[0].toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
    if (key.length < shortestSentence) continue;
    const first = firsts.get(key) ?? { end: match.index + match[0].trimEnd().length, times: 0 };
    first.times += 1;
    firsts.set(key, first);
  }
  const looped = [...firsts.values()].filter(({ times }) => times > mostRefrains);
  return looped.length === 0 ? null : Math.min(...looped.map(({ end }) => end));
}
