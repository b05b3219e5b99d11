import { remembering } from '../../../src/text/memo.ts';

/** The names of speakers in a form that meets them however hyphens, apostrophes, case and spaces are written. */
export interface SpeakerNames {
  /** The same for the same names. */
  readonly key: string;
  /** Where the first of the names stands in a text; -1 where none does. */
  firstIn(text: string): number;
  /** The text with every name taken out: who somebody is says nothing about where they stand. */
  takenOutOf(text: string): string;
}

/** Stands for a name; a single letter is no word that could be matched. */
const somebody = 'X';

/** The same speakers are read turn by turn and debate by debate. */
const known = remembering(256, (joined: string) => ({ key: joined, ...namesAmong(joined.split(separator)) }));
const separator = '\u0000';

export function speakerNames(names: readonly string[]): SpeakerNames {
  return known([...new Set(names)].sort().join(separator));
}

function namesAmong(names: readonly string[]): Omit<SpeakerNames, 'key'> {
  const patterns = names.map(anyWriting).filter((pattern) => pattern !== '');
  if (patterns.length === 0) return { firstIn: () => -1, takenOutOf: (text) => text };
  patterns.sort((one, other) => other.length - one.length);
  const found = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return {
    firstIn: (text) => text.search(found),
    takenOutOf: (text) => text.replace(found, somebody),
  };
}

/** "arms-control-advocate", "Arms-control advocate" and "arms control advocate" are one name. */
function anyWriting(name: string): string {
  const parts = name.split(/[\s\p{Pd}]+/u).filter((part) => part !== '');
  return parts.map(literal).join('[\\s\\p{Pd}]+');
}

function literal(part: string): string {
  return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace(/['’]/g, "['’]");
}
