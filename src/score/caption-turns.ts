import { addWords, type ForeignTurn, sameName, type TranscriptReader } from './foreign-turns.ts';
import { isNoName, looksLikeName } from './line-marks.ts';

const timing =
  /^\s{0,8}(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}(?:\s{1,4}-->|,(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}\s{0,8}$)/;

/** A name in brackets before words, or alone on its line. */
const markedName = /^[[(]([\p{L}\p{N}][^\][()]{0,58})[\])]\s*:?\s*(.*)$/u;

const sound =
  /^(?:.{0,20}\b(?:music|applause|laugh|chuckl|sigh|cheer|noise|sound|door|phone|cough|bell|silence|clap))/i;

/** A voice's tag; a cue may hold several. */
const voice = /<v(?:\.[\w.]{1,40})?\s+([^<>]{1,60})>/;

/** Webex writes who speaks beside a cue's number. */
const namedCue = /^\d{1,6}\s+"([^"\n]{1,60})"\s+\(\d{1,20}\)\s*$/;

const named = /^(?:>>\s{0,3}|-\s{1,3})?([\p{L}\p{N}][^:：\n]{0,58}?)\s?[:：](?:\s+(.*))?$/u;

/**
 * Captions: WebVTT, SubRip and SBV. A cue's voice, or a name before a colon, is its speaker; cues of one voice are one turn. Says
 * so where somebody begins to speak whom nothing names.
 */
function captionTurns(text: string): ForeignTurn[] | string {
  const lines = text.split('\n');
  const markOf = namesInMarks(lines);
  const nameBefore = namesBefore(lines);
  const turns: ForeignTurn[] = [];
  let isCue = false;
  let [speaker, cueName] = ['', ''];
  for (const [index, raw] of lines.entries()) {
    if (timing.test(raw)) {
      isCue = true;
      speaker = cueName || speaker;
      continue;
    }
    if (raw.trim() === '') isCue = false;
    if (!isCue) {
      cueName = namedCue.exec(raw)?.[1] ?? '';
      continue;
    }
    for (const part of raw.split(/(?=<v[.\s])/)) {
      const spoken = voice.exec(part.slice(0, 120));
      const line = part.replace(/<[^<>]{0,80}>/g, '').trim();
      if (line === '' || line === '-') continue;
      const marked = markOf?.(line) ?? null;
      const before = spoken || markOf ? null : nameBefore(line);
      const found = spoken ?? marked ?? before;
      if (!found && (/^>>/.test(line) || (/^[-–]\s/.test(line) && speaker === '')))
        return `line ${index + 1} begins the words of somebody whom nothing names; write the name and a colon before them`;
      if (found) speaker = (found[1] ?? '').trim();
      const words = spoken || !found ? line : (found[2] ?? '');
      addWords(turns, speaker, words, index + 1, found !== null || cueName !== '');
    }
  }
  return turns.length === 0 && lines.some((line) => timing.test(line))
    ? 'these captions name nobody; write each speaker’s name and a colon before the words'
    : turns;
}

/** Finds a name before a colon: what looks like one, or comes back as others do. Points of a list begin with a dash too, and do not. */
function namesBefore(lines: readonly string[]): (line: string) => RegExpExecArray | null {
  const isMarked = lines.filter((line) => /^>>\s?[^:\n]{1,60}:/.test(line)).length > 1;
  const found = lines.flatMap((line) => named.exec(line.replace(/<[^<>]{0,80}>/g, '').trim())?.[1] ?? []);
  const counts = Map.groupBy(found, sameName);
  const comesBack = (name: string) => (counts.get(sameName(name))?.length ?? 0) > 1;
  const often = [...counts.values()].filter((own) => own.length > 1).length;
  return (line) => {
    const match = isMarked && !line.startsWith('>>') ? null : named.exec(line);
    const name = match?.[1] ?? '';
    const mayName = looksLikeName(name)
      ? !/^[-–]/.test(line) || comesBack(name)
      : often > 1 && comesBack(name) && !isNoName(name) && name.split(/\s+/).length <= 3;
    return mayName ? match : null;
  };
}

/** What stands in brackets now and then is a sound. Names stand there before at least half of all cues, or above words where somebody begins, and come back. */
function namesInMarks(lines: readonly string[]): ((line: string) => RegExpExecArray | null) | null {
  const cues = lines.flatMap((line, at) =>
    timing.test(line) ? [[lines[at + 1] ?? '', lines[at + 2] ?? '']] : [],
  );
  const marks = cues.flatMap(([first = '', second = '']) => {
    const mark = markedName.exec(first.trim());
    return mark
      ? [
          {
            name: sameName(mark[1] ?? ''),
            isName: looksLikeName(mark[1] ?? ''),
            hasWords: second.trim() !== '',
          },
        ]
      : [];
  });
  if (marks.length * 2 >= cues.length && marks.length > 0) return (line) => markedName.exec(line);
  const above = Map.groupBy(
    marks.filter(({ isName, hasWords }) => isName && hasWords),
    ({ name }) => name,
  );
  const names = new Set(
    [...above].filter(([name, own]) => own.length > 1 && !sound.test(name)).map(([name]) => name),
  );
  if (names.size < 2) return null;
  return (line) => {
    const mark = markedName.exec(line);
    return mark && names.has(sameName(mark[1] ?? '')) ? mark : null;
  };
}

const reader = (as: string, name: string, start: RegExp): TranscriptReader => ({
  as,
  name,
  recognises: (text) => start.test(text.slice(0, 600)),
  read: captionTurns,
});

/** Advanced SubStation: nine fields, of which the fifth is the name, and then what is said, with its styles in braces. */
const styled = /^Dialogue:(?:[^,\n]{0,60},){4}\s{0,4}([^,\n]{0,60}),(?:[^,\n]{0,60},){4}(.*)$/;

const styledCaptions: TranscriptReader = {
  as: 'srt',
  name: 'ASS captions',
  recognises: (text) => /^\s*\[Script Info\]/.test(text.slice(0, 200)),
  read(text) {
    const turns: ForeignTurn[] = [];
    for (const [index, line] of text.split('\n').entries()) {
      const [, name = '', words = ''] = styled.exec(line) ?? [];
      const said = words.replace(/\{[^{}]{0,200}\}/g, '').replaceAll(/\\[Nnh]/g, ' ');
      if (said.trim() === '') continue;
      if (name.trim() === '') return `nothing names who speaks in line ${index + 1} of these captions`;
      addWords(turns, name.trim(), said, index + 1);
    }
    return turns;
  },
};

export const captionReaders = [
  styledCaptions,
  reader('vtt', 'WebVTT', /^WEBVTT/m),
  reader(
    'srt',
    'SRT captions',
    /^\d{1,3}:\d{2}:\d{2}[.,]\d{3}(?:\s{1,4}-->|,\d{1,3}:\d{2}:\d{2}[.,]\d{3}$)/m,
  ),
];
