import { wrapText } from '../../text/columns.ts';
import { clockTime, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { overRows } from '../tui/over.ts';
import {
  columnsOf,
  cutText,
  emptyRow,
  filled,
  fitted,
  justified,
  type Row,
  rowWidth,
  type Size,
  span,
} from '../tui/span.ts';
import { factRows, providerRows } from './fact-rows.ts';
import { type OpenedDebate, openedRows } from './opened-debate.ts';
import { countRows, planRows } from './plan-rows.ts';
import { footerRow, progressKeysOn } from './progress-keys.ts';
import type { ProgressFault, ProgressState } from './progress-state.ts';
import { firstView, type ProgressView, sorted } from './progress-view.ts';
import { roomForWords } from './progress-words.ts';
import { debateRows, workerRows } from './running-rows.ts';
import { strainDiffRows, treeRows } from './tree-rows.ts';

/** What a person looks at, and the debate that they opened. */
export interface Seen {
  readonly view: ProgressView;
  readonly opened: OpenedDebate | null;
}

/** From here on there is room for rules, headings and a row for each fact. */
const roomForRules = 20;
/** Below this only the counts are shown. */
const roomForParts = 6;

/** The whole screen of many debates: never higher nor wider than it may be. */
export function progressRows(
  state: ProgressState,
  { columns, rows }: Size,
  { view, opened }: Seen = { view: firstView, opened: null },
  canOpen = true,
): Row[] {
  const isLow = rows < roomForRules;
  const keys = progressKeysOn(view, state, canOpen);
  const footer = footerRow(state, view, keys, columns);
  if (view.over !== null && rows >= roomForParts) {
    const over = overRows(view.over, keys, { columns, rows: rows - 1 });
    const under = progressRows(state, { columns, rows }, { view: { ...view, over: null }, opened }, canOpen);
    return within([...under.slice(0, rows - over.length), ...over], { columns, rows });
  }
  if (view.on !== 'overview' && rows >= roomForParts) {
    const head = headerRow(state, columns);
    const open = rows - 3;
    const body = bodyRows(state, view, opened, { columns, rows: open });
    const rule: Row = [span('─'.repeat(columns), 'faint')];
    return within([head, rule, ...filled(body, open), footer], { columns, rows });
  }
  if (rows < roomForParts) return within([...smallest(state, columns, rows - 1), footer], { columns, rows });
  const rule: Row[] = isLow ? [] : [[span('─'.repeat(columns), 'faint')]];
  const top = [
    headerRow(state, columns),
    ...rule,
    ...planRows(state.plans, columns, isLow ? 3 : Math.max(4, Math.floor(rows / 4))),
    ...(isLow ? [] : [emptyRow]),
    ...factRows(state, columns, isLow).slice(0, isLow ? Math.max(1, Math.floor(rows / 4)) : 8),
  ];
  const bottom = [...rule, footer];
  const middle = middleRows(
    { ...state, debates: sorted(state.debates, view.sort) },
    view,
    { columns, rows: rows - top.length - bottom.length },
    isLow,
  );
  return within([...top, ...middle, ...bottom], { columns, rows });
}

/** What a person looks at in place of the overview. */
function bodyRows(
  state: ProgressState,
  view: Exclude<ProgressView, { on: 'overview' }>,
  opened: OpenedDebate | null,
  size: Size,
): Row[] {
  const { tree = { stage: '', strains: [] } } = state;
  switch (view.on) {
    case 'failures':
      return failureRows(state, view.above, size);
    case 'tree':
      return treeRows(tree, view.strain, size);
    case 'strain':
      return strainDiffRows(tree, view.strain, view.above, size);
    case 'debate':
      return openedRows(opened ?? { name: view.debate, debate: null, trouble: null }, {
        ...size,
        below: view.below,
      });
  }
}

/** Providers, running debates and faults share what is left; debates get the most of it. */
function middleRows(
  state: ProgressState,
  view: ProgressView,
  { columns, rows }: Size,
  isLow: boolean,
): Row[] {
  const { faults } = state;
  const underWay = underWayIn(state, view);
  const ofProviders = providerRows(state, columns < roomForWords);
  const heading = isLow ? 0 : 2;
  const providers = Math.min(ofProviders.length, Math.max(rows < 3 ? 0 : 1, Math.floor(rows / 5)));
  const open = rows - providers - (providers > 0 ? heading : 0) - (underWay.count > 0 ? heading : 0);
  const forFaults = faults.length === 0 ? 0 : Math.max(open < 3 ? 0 : 1, Math.floor(open / 4));
  const spare = open - underWay.count - (forFaults > 0 ? heading : 0);
  const ofFaults = faultRows(faults, { columns, rows: Math.max(forFaults, spare) });
  const forDebates = open - (ofFaults.length > 0 ? ofFaults.length + heading : 0);
  const parts = [
    ...titled('providers', ofProviders.slice(0, providers), isLow),
    ...titled(underWay.title, underWay.rowsIn({ columns, rows: forDebates }), isLow),
    ...titled(`went wrong ${grouped(state.faultCount)}`, ofFaults, isLow),
  ];
  return filled(parts, rows);
}

/** The debates of this process or, for somebody who looks on, the workers. */
function underWayIn(
  { who, debates, now }: ProgressState,
  { sort, chosen }: ProgressView,
): {
  title: string;
  /** Rows that all of it would take. */
  count: number;
  rowsIn(size: Size): Row[];
} {
  if (who.type !== 'watcher') {
    const order = sort === 'begun' ? '' : sort === 'name' ? ', by name' : ', those furthest behind first';
    const title = `running ${grouped(debates.length)}${order}`;
    const rowsIn = (size: Size) => debateRows(debates, { ...size, now, chosen });
    return { title, count: debates.length, rowsIn };
  }
  const { workers } = who;
  const rowsIn = (size: Size) => workerRows(workers, { ...size, now });
  return { title: `workers ${grouped(workers.length)}`, count: Math.max(1, workers.length), rowsIn };
}

function titled(title: string, rows: readonly Row[], isLow: boolean): Row[] {
  if (isLow || rows.length === 0) return [...rows];
  return [emptyRow, [span(` ${title.toUpperCase()}`, 'muted')], ...rows];
}

function headerRow({ heading, isSimulated, now, startedAt }: ProgressState, columns: number): Row {
  const mark = columns < roomForWords ? ' SIMULATED ' : ' SIMULATED: not a language model ';
  const right: Row = [
    ...(isSimulated ? [span(mark, 'mark'), span(' ')] : []),
    span(`${clockTime(now - startedAt)} `, 'muted'),
  ];
  return justified([span(' parley', 'accent'), span(`  ${sanitizeLine(heading)}`, 'strong')], right, columns);
}

/** What is worth most, for a screen of a few rows. */
function smallest(state: ProgressState, columns: number, rows: number): Row[] {
  const counts = state.plans.flatMap((plan) => countRows(plan, columns));
  const all = [...counts, ...factRows(state, columns, true)];
  return [...(rows > 2 ? [headerRow(state, columns)] : []), ...all].slice(0, Math.max(0, rows));
}

function within(rows: readonly Row[], { columns, rows: most }: Size): Row[] {
  const seen = rows.length > most ? [...rows.slice(0, most - 1), ...rows.slice(-1)] : rows;
  return seen
    .slice(0, Math.max(0, most))
    .map((row) => (rowWidth(row) > columns ? fitted(row, columns) : row));
}

/** Room for whose fault it is beside what it is. */
const roomForName = 140;
/** What is wrong often stands at the end of a long sentence. */
const mostLines = 2;

/** The last things that went wrong, the newest last, at most so many rows. */
function faultRows(faults: readonly ProgressFault[], { columns, rows }: Size): Row[] {
  const shown: Row[] = [];
  for (const fault of faults.toReversed()) {
    const own = rowsOf(fault, columns);
    if (shown.length > 0 && shown.length + own.length > rows) break;
    shown.unshift(...own);
  }
  return shown.slice(0, Math.max(0, rows));
}

function rowsOf({ debate, why }: ProgressFault, columns: number): Row[] {
  const name = debate === null || columns < roomForName ? '' : `${sanitizeLine(debate)}: `;
  const room = Math.max(1, columns - columnsOf(name) - 3);
  const lines = wrapText(sanitizeLine(why), room);
  const whole = lines.length <= mostLines;
  const seen = whole ? lines : [...lines.slice(0, mostLines - 1), lines.slice(mostLines - 1).join(' ')];
  return seen.map((line, index): Row => {
    const lead: Row =
      index === 0 ? [span(' ✗ ', 'alarm'), span(name, 'muted')] : [span(' '.repeat(columnsOf(name) + 3))];
    return [...lead, span(cutText(line, room))];
  });
}

/** Everything that went wrong, the newest first, with whose it is. */
function failureRows({ faults, faultCount }: ProgressState, above: number, { columns, rows }: Size): Row[] {
  if (faultCount === 0) return [emptyRow, [span(' No errors so far.', 'good')]];
  const title: Row = [span(` WENT WRONG ${grouped(faultCount)}`, 'muted')];
  const shown = faults
    .toReversed()
    .slice(above)
    .flatMap(({ debate, why }): Row[] => [
      ...(debate === null ? [] : [[span(` ✗ ${sanitizeLine(debate)}`, 'alarm')]]),
      ...wrapText(sanitizeLine(why), Math.max(20, columns - 5)).map((line): Row => [span(`   ${line}`)]),
    ]);
  return [title, ...shown].slice(0, rows);
}
