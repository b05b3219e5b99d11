import { decimal, dollars, range } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { textOf } from '../tui/editor.ts';
import { sparkline } from '../tui/panel/gauge.ts';
import {
  column,
  columnsOf,
  cutMiddle,
  cutText,
  emptyRow,
  filled,
  fitted,
  type Row,
  span,
} from '../tui/span.ts';
import {
  type BatchRow,
  type HomeContent,
  type HomeItem,
  type HomeRun,
  rowOf,
  type Section,
} from './home-content.ts';
import type { HomeState } from './home-state.ts';

/** A column of the list of runs. */
interface RunColumn {
  readonly title: string;
  readonly width: number;
  readonly cell: (item: HomeItem, now: number) => readonly [text: string, meaning: Meaning];
  readonly isRight?: true;
  /** Its end tells it from others, so it is cut in the middle. */
  readonly isName?: true;
}

const trendColumns = 8;
/** Titles and names that are cut shorter than this tell nothing. */
const least = { title: 24, name: 26 };
const mostName = 44;

/** The columns for which there is room, in their order; the title takes what is left. */
function runColumns(columns: number, models: number, isOneTitle: boolean): readonly RunColumn[] {
  const date: RunColumn = {
    title: 'date',
    width: 12,
    cell: cellOf(({ at }, now) => [dateOf(at, now), 'muted']),
  };
  const dates = columns < 50 ? [] : [date];
  const fixed: RunColumn[] = [
    ...(columns >= 56 ? [trendColumn] : []),
    { title: 'C', width: 4, cell: cellOf(({ convergence }) => [figureOf(convergence), hueOf(convergence)]) },
    ...(columns >= 100 ? [intervalColumn] : []),
    { title: 'ending', width: 11, cell: endingOf },
    ...(columns >= 64 ? [costColumn] : []),
    ...(columns >= 110 ? [{ title: 'model', width: models, cell: cellOf(modelOf) }] : []),
  ];
  const left = columns - 4 - [...dates, ...fixed].reduce((sum, { width }) => sum + width + 2, 0);
  const hasName = left >= least.title + least.name + 2;
  const name = hasName ? Math.min(mostName, Math.floor(left / 2) - 2) : 0;
  const nameColumn: RunColumn = { title: 'run', width: name, cell: nameOf, isName: true };
  const rest = Math.max(6, left - (hasName ? name + 2 : 0));
  // Where all have one title, and no room for both, the name is what tells them apart.
  const title =
    isOneTitle && !hasName
      ? { ...nameColumn, width: rest, cell: nameOrBatch }
      : { title: 'debate', width: rest, cell: titleOf };
  return [...dates, title, ...(hasName ? [nameColumn] : []), ...fixed];
}

/** A cell that says the same of a run and of a batch as if it were one. */
function cellOf(
  cell: (row: HomeRun, now: number) => readonly [text: string, meaning: Meaning],
): RunColumn['cell'] {
  return (item, now) => cell(rowOf(item), now);
}

const trendColumn: RunColumn = {
  ...{ title: 'C by round', width: trendColumns + 2 },
  cell: cellOf(({ trend }) => [sparkline(trend, trendColumns), 'accent']),
};
const intervalColumn: RunColumn = {
  ...{ title: 'interval', width: 12 },
  cell: cellOf(({ interval }) => [interval ? range(interval) : '', 'muted']),
};

function headingRow(columns: readonly RunColumn[]): Row {
  const cells = columns.map(({ title, width, isRight }) =>
    isRight ? cutText(title, width).padStart(width) : column(title, width),
  );
  return [span(`   ${cells.join('  ')}`, 'faint')];
}

function runRow(
  item: HomeItem,
  columns: readonly RunColumn[],
  { isChosen, isMarked }: { isChosen: boolean; isMarked: boolean },
  now: number,
): Row {
  const lead: Row = [span(isChosen ? ' ▸' : '  ', 'accent'), span(isMarked ? '●' : ' ', 'caution')];
  const cells = columns.flatMap(({ cell, width, isRight, isName }, index): Row => {
    const [text, meaning] = cell(item, now);
    const safe = sanitizeLine(text);
    const shown = isRight
      ? cutText(safe, width).padStart(width)
      : column(isName ? cutMiddle(safe, width) : safe, width);
    return [
      ...(index === 0 ? [] : [span('  ')]),
      span(shown, isChosen && meaning === 'text' ? 'strong' : meaning),
    ];
  });
  return [...lead, ...cells];
}

/** What stands before a title: the turn at which a fork left, or the sign of a batch. */
function leadOf({ run, batch, depth }: HomeItem): string {
  if (batch) return '≡ ';
  return depth === 0 ? '' : `${'  '.repeat(depth - 1)}└ turn ${run?.forkedFrom?.turn ?? '?'}  `;
}

const hues: Record<HomeRun['state'], Meaning> = {
  ...{ read: 'text', unread: 'muted', empty: 'text', damaged: 'caution' },
};

function nameOf(item: HomeItem): readonly [string, Meaning] {
  const { name, state } = rowOf(item);
  return [leadOf(item) + name, hues[state]];
}

function nameOrBatch(item: HomeItem): readonly [string, Meaning] {
  return item.batch ? titleOf(item) : nameOf(item);
}

function titleOf(item: HomeItem): readonly [string, Meaning] {
  const { name, title, state } = rowOf(item);
  return [leadOf(item) + (state === 'unread' || title === '' ? name : title), hues[state]];
}

function endingOf({ run, batch }: HomeItem): readonly [string, Meaning] {
  if (batch) return batchEnding(batch);
  if (!run) return ['', 'muted'];
  const { ending, isLive, state } = run;
  if (state === 'damaged') return ['damaged', 'alarm'];
  if (isLive) return ['▸ running', 'good'];
  if (state === 'unread') return ['…', 'muted'];
  if (ending === null) return [state === 'empty' ? 'empty' : 'unfinished', 'caution'];
  return [ending, ending === 'failed' ? 'alarm' : 'text'];
}

/** How far a batch is: what runs goes before what failed, and that before what is still to be run. */
function batchEnding({ isLive, planned, runs, done, failed }: BatchRow): readonly [string, Meaning] {
  const all = planned ?? runs.length;
  if (isLive) return [`▸ ${done}/${all}`, 'good'];
  if (failed > 0) return [`${failed} failed`, 'alarm'];
  return done < all ? [`${done}/${all} done`, 'caution'] : [`${done} done`, 'text'];
}

const costColumn: RunColumn = {
  ...{ title: 'cost', width: 7, isRight: true },
  cell: cellOf(({ costUsd, isUnpriced, state }) => [
    state === 'read' ? (isUnpriced ? 'price ?' : dollars(costUsd)) : '',
    'muted',
  ]),
};

function modelOf({ models, isSimulated }: HomeRun): readonly [string, Meaning] {
  return [models, isSimulated ? 'caution' : 'muted'];
}

function figureOf(convergence: number | null): string {
  return convergence === null ? '' : decimal(convergence);
}

/** The hue of a place on a scale: C from 0 to 1 in seven steps. */
function hueOf(convergence: number | null): Meaning {
  return convergence === null ? 'muted' : `scale-${Math.round(convergence * 6)}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The time of a run of this year, the year of others: 30 Nov 14:02, 3 Feb 2025. Empty where there is none yet. */
export function dateOf(at: number, now: number): string {
  if (!Number.isFinite(at)) return '';
  const date = new Date(at);
  const day = `${date.getDate()} ${months[date.getMonth()]}`;
  if (date.getFullYear() !== new Date(now).getFullYear()) return `${day} ${date.getFullYear()}`;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

interface ListPlace {
  items: readonly HomeItem[];
  at: number;
  columns: number;
  rows: number;
  now: number;
  isHigh: boolean;
}

/** The part of the list about the chosen row, under its headings; exactly `rows` rows and the heading. */
export function listed(
  state: HomeState,
  content: HomeContent,
  { items, at, columns, rows, now, isHigh }: ListPlace,
): Row[] {
  const isRuns = state.section === 'runs' || state.section === 'bin';
  // The list scrolls under the chosen row, which stays in the middle but at both ends.
  const first = Math.max(0, Math.min(at - Math.floor(rows / 2), items.length - rows));
  const seen = items.slice(first, first + rows);
  const marks = new Set(state.marked);
  const models = Math.max(5, ...seen.map((item) => (item.thing ? 0 : columnsOf(rowOf(item).models))));
  const isOneTitle = new Set(seen.map((item) => item.thing ?? rowOf(item).title)).size < 2;
  const columnsOfRuns = isRuns
    ? runColumns(columns, Math.min(28, Math.floor(columns / 6), models), isOneTitle)
    : [];
  const ids = Math.min(Math.floor(columns / 3), Math.max(8, ...seen.map(({ key }) => columnsOf(key))));
  const noun = state.section.replace(/s$/, '').replace(/ie$/, 'y');
  const titles = [span(`   ${column(noun, ids)}  title`, 'faint')];
  const heading = isHigh ? [isRuns ? headingRow(columnsOfRuns) : titles] : [];
  if (items.length === 0)
    return filled([...heading, ...nothing(state, content, columns)], rows + heading.length);
  const lines = seen.map((item, index) => {
    const isChosen = first + index === at;
    if (item.thing) return thingRow(item, ids, columns, isChosen);
    const own = item.batch ? item.batch.runs.map(({ name }) => name) : [item.key];
    const isMarked = state.section === 'runs' && own.length > 0 && own.every((name) => marks.has(name));
    return runRow(item, columnsOfRuns, { isChosen, isMarked }, now);
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
