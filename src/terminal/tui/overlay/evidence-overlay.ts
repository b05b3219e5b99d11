import type { Debate } from '../../../debate/debate.ts';
import { placeInWords } from '../../../debate/dossier.ts';
import type { EventOf } from '../../../debate/events.ts';
import { byPerson, movePhrase } from '../../../debate/phrases.ts';
import type { PositionCell } from '../../../debate/verdict.ts';
import type { DiffPart } from '../../../grounding/near-quotes.ts';
import { wrapText } from '../../../text/columns.ts';
import { counted, position } from '../../../text/figures.ts';
import { latestReading, standBefore, standOf } from '../../latest-reading.ts';
import { castOf } from '../../persona.ts';
import { type SourceFault, sourceFaults } from '../../source-faults.ts';
import type { Meaning } from '../../theme/theme.ts';
import { insetRows, markedLines, sidedLines } from '../body-rows.ts';
import { column, emptyRow, type Row, rowWidth, span } from '../span.ts';
import type { Overlay } from '../view.ts';
import { blindRows } from './label-overlay.ts';

/** What a turn quotes wrongly, its words above those of the source, the differences marked; none where all holds. */
function faultRows(debate: Debate, turn: number, columns: number): Row[] {
  const said = debate.turns.find((one) => one.turn === turn);
  const faults = said ? sourceFaults(debate, said) : [];
  if (faults.length === 0) return [];
  return [
    [span(`T${turn} AGAINST ITS SOURCES`, 'muted')],
    ...faults.flatMap((fault) => [...faultOf(fault, columns), emptyRow]),
  ];
}

function faultOf({ line, source, diff }: SourceFault, columns: number): Row[] {
  const lead = wrapText(line, columns - 2).map(
    (text, index): Row => [span(index === 0 ? '✗ ' : '  ', 'alarm'), span(text, 'caution')],
  );
  if (!diff) return lead;
  return [
    ...lead,
    ...versionRows('it says', 'added', 'misquote', diff, columns),
    ...versionRows(`[${source}]`, 'missing', 'match', diff, columns),
  ];
}

/** One side of a comparison: what both have and what only this side has. */
function versionRows(
  label: string,
  only: 'added' | 'missing',
  meaning: Meaning,
  diff: readonly DiffPart[],
  columns: number,
): Row[] {
  const parts = diff.filter(({ kind }) => kind === 'same' || kind === only);
  let length = 0;
  const stretches = parts.flatMap(({ kind, text }) => {
    const start = length;
    length += text.length + 1;
    return kind === 'same' ? [] : [{ start, end: start + text.length, meaning }];
  });
  const text = parts.map((part) => part.text).join(' ');
  const lines = markedLines(text, wrapText(text, columns - labelColumns - 2), 'text', stretches);
  return lines.map(
    (line, index): Row => [
      span(`  ${column(index === 0 ? label : '', labelColumns)}`, only === 'missing' ? 'citation' : 'muted'),
      ...line,
    ],
  );
}

const labelColumns = 9;

/** Why a position is what it is: its quote, the turn it comes from, the scale, and the passages the issue rests on. */
export function evidenceContent(
  debate: Debate,
  overlay: Extract<Overlay, { type: 'evidence' }>,
  columns: number,
): Row[] {
  const person = castOf(debate)[overlay.speaker];
  const issue = debate.started.agenda[overlay.issue];
  const { toLabel } = overlay;
  if (!person || !issue) return [];
  const who = span(`${person.glyph} ${person.name}`, person.meaning);
  const what: Row = [span('  on  ', 'muted'), span(issue.title, 'strong')];
  const isNarrow = rowWidth([who, ...what]) > columns;
  return [
    ...(isNarrow ? [[who], what] : [[who, ...what]]),
    ...(toLabel
      ? blindRows(debate, overlay, toLabel, columns)
      : standRows(debate, person.id, issue.id, columns)),
    emptyRow,
    ...sidedLines(issue.question, columns).map((line) => [span(line)]),
    emptyRow,
    ...(toLabel ? [] : quotedWrongly(debate, person.id, issue.id, columns)),
    [span('THE SCALE', 'muted')],
    ...([0, 3, 6] as const).flatMap((at) => anchorRows(at, issue.anchors[at], columns)),
    emptyRow,
    ...passageRows(debate, issue.passages, columns),
  ];
}

/** Passages by number, each under its mark and where it stands. */
function passageRows(debate: Debate, numbers: readonly number[], columns: number): Row[] {
  const { article } = debate.started;
  return article.passages
    .filter(({ number }) => numbers.includes(number))
    .flatMap((passage): Row[] => {
      const place = placeInWords(article, passage);
      const lead = [span(`[P${passage.number}]`, 'citation'), span(place && `  ${place}`, 'muted')];
      return [lead, ...insetRows(passage.text, columns), emptyRow];
    });
}

function anchorRows(at: number, text: string, columns: number): Row[] {
  return sidedLines(text, columns - 5).map((line, index): Row => {
    return [index === 0 ? span(` ${at} `, `scale-${at}`) : span('   '), span('  '), span(line)];
  });
}

function standRows(debate: Debate, speaker: string, issue: string, columns: number): Row[] {
  const reading = latestReading(debate);
  if (!reading) return [[span('No positions have been read yet; they are after each round.', 'muted')]];
  const { verdict } = reading;
  const cell = verdict.cells.find((one) => one.speaker === speaker && one.issue === issue);
  if (cell?.stand !== 'position') return abstention(cell?.reason ?? 'no-evidence');
  const before = standBefore(debate, verdict, speaker, issue);
  const change = before === null || before === cell.position ? '' : `, before ${position(before)}`;
  const rejected = verdict.samples
    .flatMap((sample) => sample.rejected)
    .filter((one) => one.speaker === speaker && one.issue === issue).length;
  const doubts = rejected === 0 ? '' : `, ${rejected} readings rejected by code`;
  return [
    [
      span(` ${position(cell.position)} `, `scale-${Math.round(cell.position)}`),
      span(` of 6${change}`, 'strong'),
      span(
        `  ${cell.act}; ${counted(cell.samples, 'sample')}, spread ${position(cell.spread)}${doubts}`,
        'muted',
      ),
    ],
    ...insetRows(`“${cell.quote}”`, columns, 'accent'),
    [
      span('  '),
      span(`[T${cell.turn}]`, 'citation'),
      span(debate.turns[cell.turn - 1]?.author === 'person' ? ` ${byPerson}` : '', 'caution'),
      span('  Enter goes to the turn', 'muted'),
    ],
    ...moveRows(debate, cell, columns),
  ];
}

/** How the speaker came to a stand with the words that show it, and the reason it gave; nothing where these words moved nobody. */
function moveRows({ verdicts }: Debate, { speaker, issue, turn }: PositionCell, columns: number): Row[] {
  const move = verdicts
    .flatMap(({ convergence }) => convergence?.moves ?? [])
    .findLast((one) => one.speaker === speaker && one.issue === issue && one.turn === turn);
  if (!move) return [];
  const { from, to, kind, why } = move;
  const moved = `  ${movePhrase[kind]}, ${position(from)} to ${position(to)}`;
  if (why === null) return [[span(moved, 'muted')]];
  return [[span(`${moved}; reason:`, 'muted')], ...insetRows(`“${why}”`, columns)];
}

/** What the turn that a position was read from gets wrong in its sources. */
function quotedWrongly(debate: Debate, speaker: string, issue: string, columns: number): Row[] {
  const verdict = latestReading(debate)?.verdict;
  const stand = verdict ? standOf(verdict, speaker, issue) : null;
  return stand ? faultRows(debate, stand.turn, columns) : [];
}

const abstained = {
  'no-evidence': 'No stand was read: nothing was said on it that the judge could quote.',
  'samples-disagree': 'No stand: the judge’s samples disagree too much.',
  'too-few-quotes': 'No stand: too few of the judge’s quotes were found in the turns.',
};

function abstention(reason: keyof typeof abstained): Row[] {
  return [[span(abstained[reason], 'caution')]];
}

/** Numbers of the passages that a turn cites as [P3], and of those whose words it gets wrong: each once, in order. */
function passagesBehind(debate: Debate, turn: EventOf<'turn-ended'> | undefined): number[] {
  if (!turn) return [];
  const cited = [...turn.text.matchAll(/\[P(\d+)\]/gu)].map((match) => Number(match[1]));
  const quoted = sourceFaults(debate, turn).flatMap(({ source }) =>
    source?.startsWith('P') ? [Number(source.slice(1))] : [],
  );
  return [...new Set([...cited, ...quoted])].sort((one, other) => one - other);
}

/** True where `passagesContent` has something to show. */
export function hasSources(debate: Debate, turn: EventOf<'turn-ended'>): boolean {
  return passagesBehind(debate, turn).length > 0 || sourceFaults(debate, turn).length > 0;
}

/** The passages behind the citations of a turn. */
export function passagesContent(debate: Debate, turn: number, columns: number): Row[] {
  const said = debate.turns.find((one) => one.turn === turn);
  const cited = passagesBehind(debate, said);
  const known = new Set(debate.started.article.passages.map(({ number }) => number));
  const missing = cited.filter((number) => !known.has(number));
  const { title, source } = debate.started.article;
  return [
    [span(`“${title}”`, 'strong'), span(source === '' ? '' : `  ${source}`, 'muted')],
    emptyRow,
    ...faultRows(debate, turn, columns),
    ...passageRows(debate, cited, columns),
    ...missing.map(
      (number): Row => [span(`[P${number}] is cited, but the article has no such passage.`, 'alarm')],
    ),
  ];
}
