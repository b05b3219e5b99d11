import { decimal, dollars, range } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { sparkline } from '../tui/panel/gauge.ts';
import { column, cutMiddle, cutText, type Row, span } from '../tui/span.ts';
import type { HomeRun } from './home-content.ts';

/** A column of the list of runs. */
export interface RunColumn {
  readonly title: string;
  readonly width: number;
  readonly cell: (run: HomeRun, now: number, depth: number) => readonly [text: string, meaning: Meaning];
  readonly isRight?: true;
  readonly isName?: true;
}

const trendColumns = 8;

/** The columns for which there is room, in their order; the title takes what is left. */
export function runColumns(columns: number, models: number, isOneTitle: boolean): readonly RunColumn[] {
  const widths = { date: 12, trend: trendColumns, C: 4, interval: 12, ending: 11, cost: 7 };
  const has = {
    interval: columns >= 100,
    model: columns >= 110,
    name: columns >= 116,
    cost: columns >= 64,
    trend: columns >= 56,
  };
  const fixed: RunColumn[] = [
    { title: 'date', width: widths.date, cell: ({ at }, now) => [dateOf(at, now), 'muted'] },
    ...(has.trend
      ? [
          {
            title: 'C by round',
            width: widths.trend + 2,
            cell: ({ trend }: HomeRun) => [sparkline(trend, trendColumns), 'accent'] as const,
          },
        ]
      : []),
    { title: 'C', width: widths.C, cell: ({ convergence }) => [figureOf(convergence), hueOf(convergence)] },
    ...(has.interval
      ? [
          {
            title: 'interval',
            width: widths.interval,
            cell: ({ interval }: HomeRun) => [interval ? range(interval) : '', 'muted'] as const,
          },
        ]
      : []),
    { title: 'ending', width: widths.ending, cell: endingOf },
    ...(has.cost ? [{ title: 'cost', width: widths.cost, cell: costOf, isRight: true as const }] : []),
    ...(has.model ? [{ title: 'model', width: models, cell: modelOf }] : []),
  ];
  const used = fixed.reduce((sum, { width }) => sum + width + 2, 3);
  const left = columns - used - 1;
  const name = has.name ? Math.min(44, Math.floor(left / 2) - 2) : 0;
  // Where all have one title, and no room for both, the name is what tells them apart.
  const isName = isOneTitle && !has.name;
  const title = {
    title: isName ? 'run' : 'debate',
    width: Math.max(6, left - (has.name ? name + 2 : 0)),
    cell: isName ? nameOf : titleOf,
    ...(isName ? { isName } : {}),
  };
  const named = has.name
    ? [
        {
          title: 'run',
          width: name,
          cell: (run: HomeRun) => [run.name, 'text'] as const,
          isName: true as const,
        },
      ]
    : [];
  return [fixed[0] as RunColumn, title, ...named, ...fixed.slice(1)];
}

export function headingRow(columns: readonly RunColumn[]): Row {
  const cells = columns.map(({ title, width, isRight }) =>
    isRight ? cutText(title, width).padStart(width) : column(title, width),
  );
  return [span(`   ${cells.join('  ')}`, 'faint')];
}

export function runRow(
  run: HomeRun,
  depth: number,
  columns: readonly RunColumn[],
  { isChosen, isMarked }: { isChosen: boolean; isMarked: boolean },
  now: number,
): Row {
  const lead: Row = [span(isChosen ? ' ▸' : '  ', 'accent'), span(isMarked ? '●' : ' ', 'caution')];
  const cells = columns.flatMap(({ cell, width, isRight, isName }, index): Row => {
    const [text, meaning] = cell(run, now, depth);
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

function branchOf({ forkedFrom }: HomeRun, depth: number): string {
  return depth === 0 ? '' : `${'  '.repeat(depth - 1)}└ turn ${forkedFrom?.turn ?? '?'}  `;
}

const nameOf: RunColumn['cell'] = (run, _now, depth) => [
  branchOf(run, depth) + run.name,
  run.state === 'damaged' ? 'caution' : run.state === 'unread' ? 'muted' : 'text',
];

const titleOf: RunColumn['cell'] = (run, _now, depth) => {
  const branch = branchOf(run, depth);
  if (run.state === 'unread') return [`${branch}${run.name}`, 'muted'];
  const title = run.title === '' ? run.name : run.title;
  return [`${branch}${title}`, run.state === 'damaged' ? 'caution' : 'text'];
};

const endingOf: RunColumn['cell'] = ({ ending, isLive, state }) => {
  if (state === 'damaged') return ['damaged', 'alarm'];
  if (isLive) return ['▸ running', 'good'];
  if (state === 'unread') return ['…', 'muted'];
  if (ending === null) return [state === 'empty' ? 'empty' : 'unfinished', 'caution'];
  return [ending, ending === 'failed' ? 'alarm' : 'text'];
};

const costOf: RunColumn['cell'] = ({ costUsd, isUnpriced, state }) =>
  state === 'read' ? [isUnpriced ? 'price ?' : dollars(costUsd), 'muted'] : ['', 'muted'];

const modelOf: RunColumn['cell'] = ({ models, isSimulated }) => [models, isSimulated ? 'caution' : 'muted'];

function figureOf(convergence: number | null): string {
  return convergence === null ? '' : decimal(convergence);
}

/** The hue of a place on a scale: C from 0 to 1 in seven steps. */
function hueOf(convergence: number | null): Meaning {
  return convergence === null ? 'muted' : `scale-${Math.round(convergence * 6)}`;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The time of a run of this year, the year of others: 30 Nov 14:02, 3 Feb 2025. */
export function dateOf(at: number, now: number): string {
  const date = new Date(at);
  const day = `${date.getDate()} ${months[date.getMonth()]}`;
  if (date.getFullYear() !== new Date(now).getFullYear()) return `${day} ${date.getFullYear()}`;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
