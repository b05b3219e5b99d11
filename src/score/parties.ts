import { type ForeignTurn, sameName, type TellFault } from './foreign-turns.ts';
import { isNoName } from './line-marks.ts';

/** What was found, and by what way. */
export interface ReadTurns {
  form: string;
  turns: ForeignTurn[];
  notes?: string[];
  /** May its names be no names, since any text has lines like them? */
  isLoose?: boolean;
}

/** How turns and parties were found, for a person to see: the kind, who speaks and how often. */
export function speakersLine(form: string, turns: readonly ForeignTurn[]): string {
  const counts = countsOf(turns).map(({ name, count }) => `${name} (${count})`);
  return `read as ${form}, ${counts.length} speakers: ${counts.join(', ')}`;
}

function countsOf(turns: readonly ForeignTurn[]): { name: string; count: number }[] {
  const groups = Map.groupBy(turns, ({ speaker }) => sameName(speaker));
  return [...groups.values()].map((own) => ({ name: own[0]?.speaker ?? '', count: own.length }));
}

/** A name without what stands behind it: an office, a constituency, a time. */
function coreOf(name: string): string {
  return name
    .replace(/\s*\([^()]*\)/g, '')
    .replace(/,.*$/s, '')
    .replace(/(\p{Lu}\p{Lu}) of \p{Lu}.*$/su, '$1')
    .trim();
}

function initialsOf(name: string): string {
  return name
    .split(/[\s-]+/)
    .map((word) => word[0] ?? '')
    .join('');
}

/**
 * The name that stands for each name of a record: it introduces a person in full and goes on with the name alone, the surname or
 * initials ("ANN LEE, CNN HOST", then "LEE"; "The Secretary of State (Ann Lee)", then "Ann Lee"). Taken only where one earlier name fits.
 */
function standFor(names: readonly string[]): Map<string, string> {
  const cores = Map.groupBy(names, (name) => sameName(coreOf(name)));
  const found = new Map<string, string>();
  for (const [at, name] of names.entries()) {
    const core = coreOf(name);
    const alike = cores.get(sameName(core)) ?? [];
    // Two people of one surname sit for different places.
    if (core !== name && alike.length === 2 && alike.some((one) => one === core)) found.set(name, core);
    const inside = /\(([^()]+)\)$/.exec(name)?.[1];
    const inFull = names.find((other) => inside !== undefined && sameName(other) === sameName(inside));
    if (inFull !== undefined) found.set(name, inFull);
    if (core !== name || /\s/.test(name)) continue;
    const isInitials = /^\p{Lu}{2,3}$/u.test(name);
    const before = names.slice(0, at).filter((other) => {
      const words = coreOf(other).split(/\s+/);
      if (words.length < 2) return false;
      return words.at(-1) === name || words[0] === name || (isInitials && initialsOf(coreOf(other)) === name);
    });
    const [only] = before;
    if (only !== undefined && before.length === 1) found.set(name, found.get(only) ?? only);
  }
  return found;
}

/** Turns with one name for each party, and what was taken for whom. */
export function withParties(turns: readonly ForeignTurn[]): { turns: ForeignTurn[]; taken: string[] } {
  const names = countsOf(turns).map(({ name }) => name);
  const known = names.length > 200 ? new Map<string, string>() : standFor(names);
  if (known.size === 0) return { turns: [...turns], taken: [] };
  const byName = new Map([...known].map(([name, other]) => [sameName(name), other]));
  return {
    turns: turns.map((turn) => ({ ...turn, speaker: byName.get(sameName(turn.speaker)) ?? turn.speaker })),
    taken: [...known].map(([name, other]) => `${name} = ${other}`),
  };
}

/** Parties are shown to a judge as A to L; a cast has as many. */
const mostSpeakers = 12;

export function checkSpeakers(turns: readonly ForeignTurn[], fault: TellFault): void {
  const names = countsOf(turns);
  if (names.length === 0) fault(1, 'nobody speaks here; write each turn as "Name: speech"');
  else if (names.length === 1)
    fault(turns[0]?.line ?? 1, `only ${names[0]?.name} speaks here; convergence needs two speakers or more`);
  else if (names.length > mostSpeakers)
    fault(
      1,
      `${names.length} names speak here, and at most ${mostSpeakers} can be read; name the speakers if some of these are not`,
    );
}

/** People are called so, and parts of documents are not. */
const titled =
  /^(?:M[Rr]|M[Rr][Ss]|M[Ss]|D[Rr]|Hon|HON|Sir|Lord|Lady|Mme|Mlle|M\.|Senator|Sen|Rep|Prof|Gen|Governor|President|El señor|La señora|O [Ss]enhor|A [Ss]enhora|S[re]a?\.|Herr|Frau|Präsident|L[’']hon|The (?:President|Speaker|Chair|Court))\b/;

/** Three labels or more that come back in one order, and behind them no sentence: a form, or a list of addresses. */
function areRecords(turns: readonly ForeignTurn[]): boolean {
  const names = turns.map(({ speaker }) => sameName(speaker));
  const size = new Set(names).size;
  const isInOrder =
    size >= 3 && names.length >= 2 * size && names.every((name, at) => name === names[at % size]);
  return isInOrder && turns.every(({ text }) => text.length < 80 && !/[.!?…。！？؟।]["'”’»)]?$/u.test(text));
}

/** Where nobody comes back, headings and labels of a document look like speakers; and one that comes once among many may be a phrase. */
export function checkNames(
  { form, isLoose }: ReadTurns,
  turns: readonly ForeignTurn[],
  fault: TellFault,
): void {
  // Who speaks twice running has not come back: a list has such points.
  const counts = countsOf(
    turns.filter(({ speaker }, at) => sameName(speaker) !== sameName(turns[at - 1]?.speaker ?? '')),
  );
  const once = counts.filter(({ count }) => count === 1).map(({ name }) => name);
  const areTitled = once.filter((name) => titled.test(name)).length * 2 > once.length;
  if (once.length === counts.length && !areTitled && (counts.length > 2 || once.some(isNoName))) {
    const line = turns[0]?.line ?? 1;
    fault(
      line,
      `nobody speaks twice here, so that ${once.join(', ')} may be parts of a document (read as ${form}); name the speakers if they are`,
    );
    return;
  }
  if (!isLoose) return;
  if (areRecords(turns))
    fault(
      turns[0]?.line ?? 1,
      `${counts.map(({ name }) => name).join(', ')} come back in one order with few words behind them and may be fields of records; name the speakers if they are`,
    );
  if (turns.length > 1 && turns.every(({ text }) => !/\p{L}/u.test(text)))
    fault(turns[0]?.line ?? 1, 'there are no words behind the names here, only numbers or signs');
  const areSingle = once.every((name) => !/[\s\d]/.test(name) && !titled.test(name));
  if (
    once.length >= 2 &&
    once.length === counts.length - 1 &&
    areSingle &&
    turns.every(({ text }) => text.length < 60)
  )
    fault(
      turns[0]?.line ?? 1,
      `only one speaks twice here, so that ${once.join(', ')} may be fields; name the speakers if they are`,
    );
  if (once.length === counts.length) return;
  const lower = new Set(
    turns.flatMap(({ text }) => text.match(/(?<![\p{L}\p{N}])\p{Ll}{3,}(?![\p{L}\p{N}])/gu) ?? []),
  );
  const phrase = once.find((name) => {
    const words = name.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
    const isPhrase = /\s(?:at|in|on|to)\s/.test(name) || words.some((word) => lower.has(word));
    return isPhrase && !titled.test(name);
  });
  const at = turns.find(({ speaker }) => speaker === phrase);
  if (phrase !== undefined && at)
    fault(
      at.line,
      `“${phrase}” begins one turn only and may be words of the speaker before; name the speakers`,
    );
}
