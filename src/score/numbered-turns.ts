import { addWords, type ForeignTurn, joinedTurns, type TranscriptReader } from './foreign-turns.ts';

const question = /^\s{0,12}\d{0,3}\s{0,12}([QA])(?:[.:]|uestion:|nswer:|(?=\t| {2}))\s{1,12}/;
const other = /^\s{0,12}\d{0,3}\s{0,12}((?:THE|MR\.|MS\.|MRS\.|DR\.)\s[A-Z][A-Z .'-]{1,40}):\s{1,8}/;

/** Questions and answers, as depositions have them: one asks, one answers, and others speak by name. */
const questionAnswer: TranscriptReader = {
  as: 'qa',
  name: 'questions and answers',
  recognises(text) {
    const letters = text.split('\n', 600).flatMap((line) => question.exec(line)?.[1] ?? []);
    return letters.length >= 2 && new Set(letters).size === 2;
  },
  read(text) {
    const turns: ForeignTurn[] = [];
    for (const [index, line] of text.split('\n').entries()) {
      const said = question.exec(line);
      const found = said ?? other.exec(line);
      const speaker = said ? (said[1] === 'Q' ? 'Question' : 'Answer') : (found?.[1] ?? '');
      if (found) turns.push({ speaker, text: line.slice(found[0].length), line: index + 1, round: null });
      else if (line.trim() !== '' && !/^\s{0,20}BY [A-Z .'-]{2,40}:\s*$/.test(line.slice(0, 80)))
        addWords(turns, '', line.replace(/^\s{0,20}\d{1,3}\s{2,20}/, ''), index + 1, false);
    }
    return joinedTurns(turns);
  },
};

const numberedHead =
  /^\s{0,3}(?:#{1,6}\s+)?(?:\*\*)?(?:Turn|Speech|Round)\s+(\d{1,4})\s*[:.–—-]\s*(?:\*\*)?\s*([\p{L}\p{N}][\p{L}\p{N}_'’-]{0,40})(?:\s+[^\n:]{0,60}?)?(?:\*\*)?:?\s*$/iu;

/** "Turn 3: PRO Rebuttal" above each speech: the first word names the side, the rest what kind of speech it is. */
const numberedTurns: TranscriptReader = {
  as: 'turns',
  name: 'numbered turns',
  recognises: (text) => {
    if (!/(?:Turn|Speech|Round)\s{1,5}\d/i.test(text)) return false;
    const found = text.split('\n').flatMap((line) => headIn(line)?.[2]?.toLowerCase() ?? []);
    return found.length >= 2 && new Set(found).size <= 12;
  },
  read(text) {
    const turns: ForeignTurn[] = [];
    for (const [index, line] of text.split('\n').entries()) {
      const head = headIn(line);
      const last = turns.at(-1);
      if (head) turns.push({ speaker: head[2] ?? '', text: '', line: index + 1, round: null });
      else if (last && !/^\s*(?:[-*_]\s*){3,}$/.test(line)) last.text = `${last.text}\n${line}`;
    }
    return turns
      .map((turn) => ({ ...turn, text: withoutFields(turn.text.trim()) }))
      .filter(({ text: words }) => words !== '');
  },
};

function headIn(line: string): RegExpExecArray | null {
  return line.length > 200 ? null : numberedHead.exec(line);
}

/** "- raw_words: 339" right below a heading says how a speech was made, and is no part of it. */
function withoutFields(text: string): string {
  return text.replace(/^(?:- [a-z][a-z0-9_]{0,40}: [^\n]{0,2000}(?:\n|$))+/, '').trim();
}

export const numberedReaders = [numberedTurns, questionAnswer];
