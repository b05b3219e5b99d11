import { wrapText } from '../../text/columns.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { Meaning } from '../theme/theme.ts';
import { columnsOf, emptyRow, type Row, type Size, span } from '../tui/span.ts';
import type { ProgressState } from './progress-state.ts';

type Tree = NonNullable<ProgressState['tree']>;
type TreeStrain = Tree['strains'][number];

/** How a strategy stands: a sign, the words, and what they mean. */
const states: Record<TreeStrain['state'], readonly [sign: string, words: string, meaning: Meaning]> = {
  start: ['○', 'the start', 'muted'],
  written: ['·', 'not tested yet', 'muted'],
  testing: ['▸', 'being tested', 'caution'],
  unusable: ['✗', 'its file does not load', 'alarm'],
  admitted: ['✓', 'admitted', 'good'],
  'not-shown': ['–', 'not shown to be better', 'muted'],
};

/** The tree of strategies, each with its index and its evidence; below them, what the chosen one changed. */
export function treeRows({ stage, strains }: Tree, chosen: string | null, { columns, rows }: Size): Row[] {
  const depths = depthsOf(strains);
  const names = Math.max(...strains.map(({ id }) => columnsOf(id) + 2 * (depths.get(id) ?? 0)), 0);
  const title: Row[] = [[span(` ${stage}`, 'strong')], emptyRow];
  const picked = strains.find(({ id }) => id === chosen);
  const words = picked ? [picked.evidence, picked.reason].filter(Boolean) : [];
  const below = words.flatMap((text) =>
    wrapText(sanitizeLine(text), Math.max(20, columns - 4)).map((line): Row => [span(`  ${line}`, 'muted')]),
  );
  const kept = below.slice(0, Math.max(0, Math.floor(rows / 3)));
  const detail = kept.length === 0 ? [] : [emptyRow, ...kept];
  const room = Math.max(1, rows - title.length - detail.length);
  const all = strains.map((strain) => strainRow(strain, { chosen, depths, names }));
  const at = strains.findIndex(({ id }) => id === chosen);
  // What is chosen stays in sight; without a choice the newest do.
  const from = Math.max(
    0,
    Math.min(all.length - room, at < 0 ? all.length - room : at - Math.floor(room / 2)),
  );
  return [...title, ...all.slice(from, from + room), ...detail];
}

function strainRow(
  { id, parent, state, isChampion, index }: TreeStrain,
  { chosen, depths, names }: { chosen: string | null; depths: ReadonlyMap<string, number>; names: number },
): Row {
  const depth = depths.get(id) ?? 0;
  const [sign, words, meaning] = states[state];
  const lead = `${'  '.repeat(depth)}${parent === null ? '' : '└ '}`;
  const gap = ' '.repeat(Math.max(1, names + 4 - columnsOf(lead) - columnsOf(id)));
  return [
    span(chosen === id ? ' ▸ ' : '   ', 'accent'),
    span(lead, 'faint'),
    span(`${sign} `, meaning),
    span(sanitizeLine(id), isChampion ? 'strong' : 'text'),
    span(gap),
    span(index === '' ? '' : `${index}  `),
    span(words, meaning),
    span(isChampion && state !== 'start' ? ', the best so far' : '', 'good'),
  ];
}

/** What a strategy changed of its parent; rows above are scrolled away. */
export function strainDiffRows(
  { strains }: Tree,
  strain: string,
  above: number,
  { columns, rows }: Size,
): Row[] {
  const shown = strains.find(({ id }) => id === strain);
  const title: Row = [
    span(` ${sanitizeLine(strain)}`, 'strong'),
    span(shown?.parent ? ` against ${sanitizeLine(shown.parent)}` : '', 'muted'),
  ];
  if (!shown || shown.diff.length === 0)
    return [title, emptyRow, [span(' It is what the others come from.', 'muted')]];
  const lines = diffLines(shown, columns);
  return [title, emptyRow, ...lines.slice(above)].slice(0, rows);
}

/** How many rows of a diff can be scrolled away. */
export function diffRowCount({ strains }: Tree, strain: string, columns: number): number {
  const shown = strains.find(({ id }) => id === strain);
  return shown ? diffLines(shown, columns).length : 0;
}

function diffLines({ diff }: TreeStrain, columns: number): Row[] {
  return diff.flatMap((line) =>
    wrapText(sanitizeLine(line), Math.max(20, columns - 3)).map(
      (part): Row => [span(` ${part}`, meaningOf(line))],
    ),
  );
}

function meaningOf(line: string): Meaning {
  if (line.startsWith('+')) return 'good';
  if (line.startsWith('-')) return 'alarm';
  return line.startsWith('@@') ? 'faint' : 'muted';
}

function depthsOf(strains: readonly TreeStrain[]): Map<string, number> {
  const depths = new Map<string, number>();
  for (const { id, parent } of strains) {
    depths.set(id, parent === null ? 0 : (depths.get(parent) ?? 0) + 1);
  }
  return depths;
}
