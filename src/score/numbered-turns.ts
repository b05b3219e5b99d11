import { addWords, type ForeignTurn, joinedTurns, type TranscriptReader } from './foreign-turns.ts';
import { isByProgram } from './line-marks.ts';

const question = /^\s{0,12}\d{0,3}\s{0,12}([QA])(?:[.:]|uestion:|nswer:|UESTION:|NSWER:|(?=\t| {2}))\s{1,12}/;
const other = /^\s{0,12}\d{0,3}\s{0,12}((?:THE|(?:M[RS]|MRS|DR)\.?)\s[A-Z][A-Z .'-]{1,40}):\s{1,8}/;
/** From here on this person asks; named where there are several. */
const examiner = /^\s{0,20}\d{0,3}\s{0,20}BY ([A-Z .'-]{2,40}):\s*$/;

/** Questions and answers, as depositions have them: one asks, one answers, and others speak by name. */
const questionAnswer: TranscriptReader = {
  as: 'qa',
  name: 'questions and answers',
  recognises(text) {
    const letters = text.split('\n', 600).flatMap((line) => question.exec(line)?.[1] ?? []);
    const others = text.split('\n', 600).filter((line) => other.test(line)).length;
    return letters.length >= 2 && (new Set(letters).size === 2 || others > 1);
  },
  read(text) {
    const turns: ForeignTurn[] = [];
    let asks = /^\s{0,12}\d{0,3}\s{0,12}A[.:\t ]/m.test(text) ? 'Question' : 'Q';
    const lines = text.split('\n');
    const askers = new Set(lines.flatMap((line) => examiner.exec(line.slice(0, 100))?.[1] ?? []));
    for (const [index, line] of lines.entries()) {
      if (askers.size > 1) asks = examiner.exec(line.slice(0, 100))?.[1] ?? asks;
      const said = question.exec(line);
      const found = said ?? other.exec(line);
      const speaker = said
        ? said[1] === 'Q'
          ? asks
          : 'Answer'
        : (found?.[1] ?? '').replace('THE WITNESS', 'Answer');
      if (found) turns.push({ speaker, text: line.slice(found[0].length), line: index + 1, round: null });
      else if (line.trim() !== '' && !isByProgram(line) && !examiner.test(line.slice(0, 100)))
        addWords(turns, '', line.replace(/^\s{0,20}\d{1,3}\s{2,20}/, ''), index + 1, false);
    }
    return joinedTurns(turns);
  },
};

const numberedHead =
  /^(?:turn|speech|round)\s{0,2}#?(\d{1,4})(?:\s?(?:\/|of)\s?\d{1,4})?(?=[\s:.,|–—([-])(.{1,120})$/i;
const decoration = /^[\s#>*_=~-]{0,12}|[\s#*_=~:-]{0,12}$/g;
const sideWord =
  /(?<![\p{L}\p{N}])(?:pro|con|aff(?:irmative)?|neg(?:ative)?|for|against|proposition|opposition|government|proponent|opponent|prosecution|plaintiff|defen[cs]e|defendant)(?![\p{L}\p{N}])/iu;
/** What kind of speech it is, and no part of who gives it. */
const kindWord =
  /(?<![\p{L}\p{N}])(?:opening|closing|initial|final|constructive|re-?buttal|surrebuttal|refutation|cross[ -]?(?:examination|fire|ex)?|examination|focus|summary|statement|speech|speaker|response|reply|counter-?(?:argument|point)?|arguments?|introduction|conclusion|case|questions?|answers?|remarks|first|second|third|fourth|1st|2nd|3rd|4th|\d{1,2})(?![\p{L}\p{N}])/giu;

interface NumberedHead {
  number: number;
  /** What stands behind the number: who speaks, and what kind of speech it is. */
  rest: string;
}

/** "Turn 3: PRO Rebuttal" above each speech: a side or a name, and what kind of speech it is, in any order. */
const numberedTurns: TranscriptReader = {
  as: 'turns',
  name: 'numbered turns',
  recognises: (text) => {
    if (!/(?:Turn|Speech|Round)\s{0,5}#?\d/i.test(text)) return false;
    const heads = text.split('\n').flatMap((line) => headIn(line) ?? []);
    const names = heads.map(partiesOf(heads));
    const parties = new Set(names.map((name) => name.toLowerCase()));
    const isInOrder = heads.every(({ number }, at) => number >= (heads[at - 1]?.number ?? 0));
    return isInOrder && !names.includes('') && parties.size >= 2 && parties.size <= 12 && comeBack(names);
  },
  read(text) {
    const lines = text.split('\n');
    const partyOf = partiesOf(lines.flatMap((line) => headIn(line) ?? []));
    const end = endOf(lines);
    const turns: ForeignTurn[] = [];
    for (const [index, line] of lines.entries()) {
      const head = headIn(line);
      const last = turns.at(-1);
      if (head) turns.push({ speaker: partyOf(head), text: '', line: index + 1, round: null });
      else if (index === end)
        turns.push({ speaker: '', text: line.replace(decoration, ''), line: index + 1, round: null });
      else if (last && !/^\s*(?:[-*_=]\s*){3,}$/.test(line)) last.text = `${last.text}\n${line}`;
    }
    return turns
      .map((turn) => ({ ...turn, text: withoutFields(turn.text.trim()) }))
      .filter(({ text: words }) => words !== '');
  },
};

const headingMark = /^(?:#{1,6}(?=\s)|={2,}(?=\s))/;

const aftermath =
  /\b(?:judge|judg|verdict|decision|winner|outcome|result|adjudicat|evaluation|scor|vote|feedback|metadata|sources?|references?|end of|notes?)/i;

/** Where a verdict or notes begin that nobody speaks: the first heading of the turns' rank below the last of them, where no speech before holds one. */
function endOf(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => headIn(line) !== null);
  const mark = headingMark.exec(lines[last] ?? '')?.[0];
  const first = lines.findIndex((line) => headIn(line) !== null);
  const [other = -1] = lines.flatMap((line, at) =>
    at > first && headingMark.exec(line)?.[0] === mark && headIn(line) === null ? [at] : [],
  );
  const hasWords = lines.slice(last + 1, other).some((line) => /[\p{L}\p{N}]/u.test(line));
  return mark !== undefined && hasWords && aftermath.test(lines[other] ?? '') ? other : -1;
}

function headIn(line: string): NumberedHead | null {
  if (line.length > 200 || !/\d/.test(line)) return null;
  const found = numberedHead.exec(line.replace(decoration, ''));
  const rest = found?.[2] ?? '';
  // Prose begins so too: without a mark of a heading, a sign or a side stands behind the number.
  const isHead =
    /^\s*(?:#|\*\*|==)/.test(line) || /^\s?(?:[:.,|–—([]|- )/.test(rest) || sideWord.exec(rest)?.index === 1;
  return found && isHead ? { number: Number(found[1]), rest: rest.replace(/\*\*/g, '').trim() } : null;
}

/** Two turns may each have a party of their own; of more, most parties speak again. */
function comeBack(names: readonly string[]): boolean {
  return names.length < 4 || new Set(names.map((name) => name.toLowerCase())).size <= names.length * 0.75;
}

/** Who speaks below a heading: the name where a side stands in brackets behind it, else the side, else what is left without the kind of speech. */
function partiesOf(heads: readonly NumberedHead[]): (head: NumberedHead) => string {
  const sideOf = ({ rest }: NumberedHead) => sideWord.exec(rest)?.[0] ?? '';
  const bare = (text: string) =>
    text
      .replace(/[([][^()[\]]*[)\]]/g, ' ')
      .replace(kindWord, ' ')
      .replace(/\s(?:by|from)\s.*$/i, '');
  const nameOf = ({ rest }: NumberedHead) =>
    (bare(rest).match(/[\p{L}\p{N}@][\p{L}\p{N}_.'’@-]*/gu) ?? []).slice(0, 5).join(' ');
  const haveSides = heads.every((head) => sideOf(head) !== '') && new Set(heads.map(sideOf)).size > 1;
  const areBeside = heads.every((head) => !sideWord.test(bare(head.rest)) && nameOf(head) !== '');
  return haveSides && !areBeside ? sideOf : nameOf;
}

/** "- raw_words: 339" right below a heading says how a speech was made, and is no part of it. */
function withoutFields(text: string): string {
  return text.replace(/^(?:- [a-z][a-z0-9_]{0,40}: [^\n]{0,2000}(?:\n|$))+/, '').trim();
}

export const numberedReaders = [numberedTurns, questionAnswer];
