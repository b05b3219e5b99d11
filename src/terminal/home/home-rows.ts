import { counted, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { helpRows } from '../tui/bindings.ts';
import { promptRow, textOf } from '../tui/editor.ts';
import { least } from '../tui/layout.ts';
import { paletteRows } from '../tui/palette.ts';
import {
  column,
  columnsOf,
  cutText,
  emptyRow,
  fitted,
  justified,
  type Row,
  rowWidth,
  span,
} from '../tui/span.ts';
import { type HomeContent, type HomeItem, type HomeRun, type Section, sections } from './home-content.ts';
import { homeKeysIn, homeKeysOn } from './home-keys.ts';
import { type HomeState, homePlace, itemsIn, placeIn } from './home-state.ts';
import { headingRow, runColumns, runRow } from './run-columns.ts';

export interface HomeSize {
  readonly columns: number;
  readonly rows: number;
}

/** Lower screens do without rules, headings and the second row about what is chosen. */
const roomForRules = 18;

/** Rows of the list on a screen of this size. */
export function listRows({ rows }: HomeSize): number {
  return Math.max(1, rows - (rows >= roomForRules ? 8 : 4));
}

/** Everything that home shows: exactly as many rows as the screen has, none wider than it. */
export function homeRows(state: HomeState, content: HomeContent, size: HomeSize, now: number): Row[] {
  const { columns, rows } = size;
  if (columns < least.columns || rows < least.rows) {
    return within([[span(`need ${least.columns}x${least.rows} (have ${columns}x${rows})`)]], size);
  }
  const isHigh = rows >= roomForRules;
  const rule: Row[] = isHigh ? [[span('─'.repeat(columns), 'faint')]] : [];
  const items = itemsIn(state, content);
  const at = placeIn(state, items);
  const list = listed(state, content, { items, at, columns, rows: listRows(size), now, isHigh });
  const item = items[at];
  const detail = detailRows(item, columns, isHigh ? 2 : 1);
  const all = [
    headerRow(content, columns),
    ...rule,
    tabsRow(state, content, items.length, columns),
    ...list,
    ...rule,
    ...detail,
    footerRow(state, content, columns),
  ];
  return within(withOver(all, state, content, size), size);
}

function withOver(
  all: Row[],
  { over, section, ...state }: HomeState,
  content: HomeContent,
  size: HomeSize,
): Row[] {
  if (over === null) return all;
  const { columns } = size;
  const room = { columns, rows: size.rows - 2 };
  const whole = { ...state, over, section };
  const rows =
    over.type === 'help'
      ? helpRows(homeKeysOn(section), { ...room, scroll: over.scroll })
      : paletteRows(over.palette, homeKeysIn(homePlace(whole, content)), room);
  return [...all.slice(0, size.rows - rows.length), ...rows];
}

function headerRow({ place, runs, unread }: HomeContent, columns: number): Row {
  const running = runs.filter(({ isLive }) => isLive).length;
  const right: Row = [
    ...(unread > 0 && runs.length > 0 ? [span(`reading ${counted(unread, 'more run')}… `, 'caution')] : []),
    ...(running > 0 ? [span(`${grouped(running)} running `, 'good')] : []),
  ];
  return justified([span(' parley', 'accent'), span(`  ${sanitizeLine(place)}`, 'strong')], right, columns);
}

function tabsRow(state: HomeState, content: HomeContent, shown: number, columns: number): Row {
  const isNarrow = columns < 76;
  const tabs = sections.flatMap((section): Row => {
    if (section === 'bin' && !content.hasBin) return [];
    const count = content[section].length;
    const label = `${section} ${grouped(count)}`;
    if (section === state.section) return [span(` ${label} `, 'selected'), span(' ')];
    return isNarrow ? [] : [span(` ${label}  `, 'muted')];
  });
  const filter = textOf(state.filter);
  const isRuns = state.section === 'runs' || state.section === 'bin';
  const notes = [
    ...(filter === '' ? [] : [`${grouped(shown)} with “${filter}”`]),
    ...(state.marked.length > 0 && state.section === 'runs'
      ? [`${grouped(state.marked.length)} marked`]
      : []),
    ...(isRuns ? [orderWords[state.sort]] : []),
    ...(isRuns && state.isTree ? ['tree'] : []),
  ];
  return justified(tabs, [span(`${notes.join(' · ')} `, 'muted')], columns);
}

const orderWords = {
  newest: 'newest first',
  name: 'by name',
  C: 'highest C first',
  cost: 'highest cost first',
  title: 'by title',
};

interface ListPlace {
  items: readonly HomeItem[];
  at: number;
  columns: number;
  rows: number;
  now: number;
  isHigh: boolean;
}

/** The part of the list about the chosen row, under its headings; exactly `rows` rows and the heading. */
function listed(
  state: HomeState,
  content: HomeContent,
  { items, at, columns, rows, now, isHigh }: ListPlace,
): Row[] {
  const isRuns = state.section === 'runs' || state.section === 'bin';
  // The list scrolls under the chosen row, which stays in the middle but at both ends.
  const first = Math.max(0, Math.min(at - Math.floor(rows / 2), items.length - rows));
  const seen = items.slice(first, first + rows);
  const models = Math.max(5, ...seen.map(({ run }) => columnsOf(run?.models ?? '')));
  const isOneTitle = new Set(seen.map(({ run }) => run?.title)).size < 2;
  const columnsOfRuns = isRuns
    ? runColumns(columns, Math.min(28, Math.floor(columns / 6), models), isOneTitle)
    : [];
  const heading = isHigh ? [isRuns ? headingRow(columnsOfRuns) : emptyRow] : [];
  if (items.length === 0)
    return filled([...heading, ...nothing(state, content, columns)], rows + heading.length);
  const ids = Math.min(Math.floor(columns / 3), Math.max(0, ...seen.map(({ key }) => columnsOf(key))));
  const lines = seen.map((item, index) => {
    const isChosen = first + index === at;
    if (item.run) {
      const marks = { isChosen, isMarked: state.section === 'runs' && state.marked.includes(item.key) };
      return runRow(item.run, item.depth, columnsOfRuns, marks, now);
    }
    return thingRow(item, ids, columns, isChosen);
  });
  return filled([...heading, ...lines], rows + heading.length);
}

function thingRow({ thing, key }: HomeItem, width: number, columns: number, isChosen: boolean): Row {
  if (!thing) return emptyRow;
  const name = column(sanitizeLine(key), width);
  const text = sanitizeLine(thing.trouble ?? thing.title);
  return fitted(
    [
      span(isChosen ? ' ▸ ' : '   ', 'accent'),
      span(name, isChosen ? 'strong' : 'text'),
      span(`  ${text}`, thing.trouble === null ? 'muted' : 'caution'),
    ],
    columns,
  );
}

/** What an empty section says: where things would come from. */
function nothing({ section, filter }: HomeState, { hasBin, unread }: HomeContent, columns: number): Row[] {
  const words = textOf(filter);
  const said: Record<Section, readonly string[]> = {
    runs:
      unread > 0
        ? ['Looking for runs…']
        : [
            'No debate has been run here yet.',
            'n sets one up; the built-in simulator needs no key and costs nothing.',
          ],
    scenarios: ['No scenario was found. Start one of your own with: parley new FOLDER'],
    strategies: ['No strategy was found.'],
    plans: ['No plan is in this folder or below plans/.', 'Write an example of one with: parley example'],
    bin: [hasBin ? 'The bin is empty.' : 'Runs of a database stay.'],
  };
  const lines = words === '' ? said[section] : [`Nothing here has “${words}”. Esc takes the filter away.`];
  return [
    emptyRow,
    ...lines.map(
      (line, index): Row => [span(cutText(`   ${line}`, columns), index === 0 ? 'text' : 'muted')],
    ),
  ];
}

/** What is chosen, in one row or two. */
function detailRows(item: HomeItem | undefined, columns: number, rows: number): Row[] {
  if (!item) return filled([], rows);
  if (item.thing) {
    const about = sanitizeLine(item.thing.about);
    const cut = cutText(` ${about}`, columns);
    return filled(
      [[span(cut)], [span(cutText(` ${sanitizeLine(item.thing.title)}`, columns), 'muted')]].slice(0, rows),
      rows,
    );
  }
  const run = item.run as HomeRun;
  const name: Row = [span(` ${sanitizeLine(run.name)}`, 'strong')];
  if (run.state === 'damaged')
    return filled([name, [span(` ${sanitizeLine(run.trouble)}`, 'caution')]].slice(-rows), rows);
  const { forkedFrom, control, isSimulated, models, strategy } = run;
  const facts = [
    counted(run.rounds, 'round'),
    counted(run.turns, 'turn'),
    strategy,
    models,
    ...(isSimulated ? ['simulated'] : []),
    ...(control === null ? [] : [`control: ${control}`]),
    ...(forkedFrom ? [`fork of ${forkedFrom.debate} at turn ${forkedFrom.turn}`] : []),
  ];
  const about = run.state === 'read' ? facts.filter(Boolean).join(' · ') : '';
  if (rows === 1) return [[...name, span(`  ${sanitizeLine(about)}`, 'muted')]];
  return [name, [span(` ${sanitizeLine(about)}`, 'muted')]];
}

function footerRow(state: HomeState, content: HomeContent, columns: number): Row {
  const { prompt, said, isFiltering } = state;
  if (said !== null && prompt === null) return [span(` ${sanitizeLine(said)}`, 'accent')];
  if (prompt?.type === 'empty-bin') return [span(` ${prompt.label}`, 'alarm')];
  if (prompt) return promptRow(`${prompt.label}:`, prompt.editor, said ?? 'Enter · Esc', columns);
  if (isFiltering) return promptRow('/', state.filter, 'Enter keeps it · Esc takes it away', columns);
  const keys = homeKeysIn(homePlace(state, content));
  const order = [
    'help',
    'palette',
    'leave',
    'open',
    'filter',
    'mark',
    'resume',
    'compare',
    'export',
    'fork',
    'report',
    'delete',
    'new-debate',
    'sort',
  ];
  const rank = (action: string) => {
    const at = order.indexOf(action);
    return at < 0 ? order.length : at;
  };
  let room = columns - 1;
  const hints = keys
    .map(({ label, short, action }, place) => ({
      place,
      action,
      short,
      row: [span(label, 'accent'), span(` ${short}  `, 'muted')],
    }))
    .filter(({ short }) => short !== undefined)
    .sort((one, other) => rank(one.action) - rank(other.action))
    .filter(({ row }) => {
      const fits = rowWidth(row) <= room;
      if (fits) room -= rowWidth(row);
      return fits;
    })
    .sort((one, other) => one.place - other.place);
  return [span(' '), ...hints.flatMap(({ row }) => row)];
}

function filled(rows: readonly Row[], height: number): Row[] {
  return Array.from({ length: height }, (_, index) => rows[index] ?? emptyRow);
}

function within(rows: readonly Row[], { columns, rows: height }: HomeSize): Row[] {
  return filled(rows, height).map((row) => (rowWidth(row) > columns ? fitted(row, columns) : row));
}
