import { wrapText } from '../../text/columns.ts';
import { counted, decimal, grouped } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { hintSpans } from '../tui/bindings.ts';
import { promptRow, textOf } from '../tui/editor.ts';
import { least } from '../tui/layout.ts';
import { overRows } from '../tui/over.ts';
import {
  columnsOf,
  cutText,
  filled,
  justified,
  type Row,
  rowWidth,
  type Size,
  span,
  within,
} from '../tui/span.ts';
import {
  type BatchRow,
  batchCounts,
  type HomeContent,
  meanOf,
  orderWords,
  sections,
} from './home-content.ts';
import { type HomeAction, homeKeysIn, homeKeysOn } from './home-keys.ts';
import { listed } from './home-list.ts';
import { batchIn, type HomeState, homePlace, itemsIn, placeIn } from './home-state.ts';

/** Lower screens do without rules, headings and the second row about what is chosen. */
const roomForRules = 18;

/** Rows of the list on a screen of this size. */
export function listRows({ rows }: Size): number {
  return Math.max(1, rows - (rows >= roomForRules ? 8 : 4));
}

/** Everything that home shows: exactly as many rows as the screen has, none wider than it. */
export function homeRows(state: HomeState, content: HomeContent, size: Size, now: number): Row[] {
  const { columns, rows } = size;
  if (columns < least.columns || rows < least.rows) {
    return within([[span(`need ${least.columns}x${least.rows} (have ${columns}x${rows})`)]], size);
  }
  const isHigh = rows >= roomForRules;
  const rule: Row[] = isHigh ? [[span('─'.repeat(columns), 'faint')]] : [];
  const items = itemsIn(state, content);
  const at = placeIn(state, items);
  const list = listed(state, content, { items, at, columns, rows: listRows(size), now, isHigh });
  const all = [
    headerRow(state, content, columns),
    ...rule,
    tabsRow(state, content, items.length, columns),
    ...list,
    ...rule,
    ...bottomRows(state, content, columns, isHigh ? 3 : 2),
  ];
  return within(withOver(all, state, content, size), size);
}

function withOver(all: Row[], state: HomeState, content: HomeContent, { columns, rows }: Size): Row[] {
  if (state.over === null) return all;
  const own = state.over.type === 'help' ? homeKeysOn(state.section) : homeKeysIn(homePlace(state, content));
  const over = overRows(state.over, own, { columns, rows: rows - 2 });
  return [...all.slice(0, rows - over.length), ...over];
}

function headerRow(state: HomeState, content: HomeContent, columns: number): Row {
  const { place, runs, unread } = content;
  const batch = batchIn(state, content);
  const running = runs.filter(({ isLive }) => isLive).length;
  const right: Row = [
    ...(unread > 0 && runs.length > 0 ? [span(`reading ${counted(unread, 'more run')}… `, 'caution')] : []),
    ...(running > 0 ? [span(`${grouped(running)} running `, 'good')] : []),
  ];
  const left = [span(' parley', 'accent'), span(`  ${sanitizeLine(place)}`, 'strong')];
  const inside = batch ? [span(` › ${sanitizeLine(batch.title)}`, 'strong')] : [];
  return justified([...left, ...inside], right, columns);
}

/** The tabs with as much of the order and the filter as there is room for: a tab is never cut. */
function tabsRow(state: HomeState, content: HomeContent, shown: number, columns: number): Row {
  const filter = textOf(state.filter);
  const isRuns = state.section === 'runs' || state.section === 'bin';
  const marked = state.section === 'runs' ? state.marked.length : 0;
  const notes = [
    ...(filter === '' ? [] : [`${grouped(shown)} with “${filter}”`]),
    ...(marked > 0 ? [`${grouped(marked)} marked`] : []),
    ...(isRuns && state.isTree ? ['tree'] : []),
    ...(isRuns ? [orderWords[state.sort]] : []),
  ];
  const tabs = (isShort: boolean) =>
    sections.flatMap((section): Row => {
      if (section === 'bin' && !content.hasBin) return [];
      const count = grouped(content[section].length);
      if (section === state.section) return [span(` ${section} ${count} `, 'selected'), span(' ')];
      return [span(isShort ? ` ${section} ` : ` ${section} ${count}  `, 'muted')];
    });
  const first = notes.slice(0, 1).join('');
  const fits = [false, true].map(tabs).find((row) => rowWidth(row) + columnsOf(first) < columns);
  const left = fits ?? tabs(true).filter(({ meaning }) => meaning === 'selected');
  while (notes.length > 1 && rowWidth(left) + columnsOf(notes.join(' · ')) + 2 > columns) notes.pop();
  return justified(left, [span(`${notes.join(' · ')} `, 'muted')], columns);
}

/** What is chosen and what can be done; what was just said takes as many of these rows as it needs. */
function bottomRows(state: HomeState, content: HomeContent, columns: number, rows: number): Row[] {
  const said =
    state.prompt === null && state.said !== null ? wrapped(state.said, 'accent', columns, rows) : null;
  const usual = [...detailRows(state, content, columns, rows - 1), footerRow(state, content, columns)];
  return said ? [...usual.slice(0, rows - said.length), ...said] : usual;
}

/** What is chosen, in one row or two. */
function detailRows(state: HomeState, content: HomeContent, columns: number, rows: number): Row[] {
  const items = itemsIn(state, content);
  const item = items[placeIn(state, items)];
  if (item?.thing) {
    const { about, title } = item.thing;
    return filled(wrapped(about || title, 'text', columns, rows), rows);
  }
  if (item?.batch) return filled(batchDetail(item.batch, columns, rows), rows);
  if (!item?.run) return filled([], rows);
  const { run } = item;
  const name: Row = [span(` ${sanitizeLine(run.name)}`, 'strong')];
  if (run.state === 'damaged') return filled(wrapped(run.trouble, 'caution', columns, rows), rows);
  const { forkedFrom, control, isSimulated, models, strategy } = run;
  const batch = content.batches.find(({ id }) => id === run.batch);
  const facts = [
    counted(run.rounds, 'round'),
    counted(run.turns, 'turn'),
    strategy,
    models,
    ...(isSimulated ? ['simulated'] : []),
    ...(control === null ? [] : [`control: ${control}`]),
    ...(forkedFrom ? [`fork of ${forkedFrom.debate} at turn ${forkedFrom.turn}`] : []),
    ...(batch ? [`arm ${batch.arms.get(run.name)} of ${batch.title}`] : []),
  ];
  const about = run.state === 'read' ? facts.filter(Boolean).join(' · ') : '';
  if (rows === 1) return [[...name, span(`  ${sanitizeLine(about)}`, 'muted')]];
  // The list may have had no room for the whole title.
  return [
    [...name, span(`  ${sanitizeLine(run.title)}`, 'muted')],
    [span(` ${sanitizeLine(about)}`, 'muted')],
  ];
}

/** How a batch stands, and where its arms do. */
function batchDetail(batch: BatchRow, columns: number, rows: number): Row[] {
  const { title, runs, arms } = batch;
  const byArm = Map.groupBy(runs, ({ name }) => arms.get(name) ?? '');
  const means = [...byArm]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([arm, own]) => `${arm} C ${decimal(meanOf(own.map(({ convergence }) => convergence)))}`);
  const [head, facts] = [batchCounts(batch), means.join(' · ')];
  if (rows === 1) return [[span(` ${head}`, 'strong'), span(`  ${sanitizeLine(facts)}`, 'muted')]];
  const name = sanitizeLine(cutText(title, columns - columnsOf(head) - 3));
  return [[span(` ${name}: ${head}`, 'strong')], [span(` ${sanitizeLine(facts)}`, 'muted')]];
}

/** A text on at most so many rows, the last of them cut. */
function wrapped(text: string, meaning: Meaning, columns: number, most: number): Row[] {
  const lines = wrapText(sanitizeLine(text), columns - 2);
  const seen = lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')] : lines;
  return seen.map((line) => [span(` ${cutText(line, columns - 1)}`, meaning)]);
}

function footerRow(state: HomeState, content: HomeContent, columns: number): Row {
  const { prompt, said, isFiltering } = state;
  if (prompt?.type === 'empty-bin') return [span(` ${prompt.label}`, 'alarm')];
  if (prompt) return promptRow(`${prompt.label}:`, prompt.editor, said ?? 'Enter · Esc', columns);
  if (isFiltering) return promptRow('/', state.filter, 'Enter keeps it · Esc takes it away', columns);
  const keys = homeKeysIn(homePlace(state, content)).filter(({ short }) => short !== undefined);
  const rank = (at: number) => (ranks.indexOf(keys[at]?.action ?? 'down') + 99) % 99;
  const hints = keys.map(({ label, short = '' }) => ({ label, word: short }));
  return [span(' '), ...hintSpans(hints, columns - 1, rank)];
}

/** The keys worth a reminder, the most needed first; others come after them. */
const ranks: readonly HomeAction[] = [
  ...(['help', 'palette', 'leave', 'open', 'close', 'filter', 'mark', 'resume', 'compare'] as const),
  ...(['export', 'fork', 'report', 'delete', 'new-debate', 'sort'] as const),
];
