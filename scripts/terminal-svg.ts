import type { IBufferCell } from '@xterm/headless';
import type { VirtualTerminal } from '../test/helpers/virtual-terminal.ts';

const cell = { width: 8.43, height: 18, fontSize: 14 };
const margin = 16;
const ground = '#14171c';
const ink = '#d6d9df';
const basic = [
  ...['#1e2127', '#e06c75', '#98c379', '#d19a66', '#61afef', '#c678dd', '#56b6c2', '#abb2bf'],
  ...['#5c6370', '#ff7a85', '#b5e890', '#e5c07b', '#82c4ff', '#d89bf0', '#7fd6e0', '#ffffff'],
];

interface Run {
  text: string;
  column: number;
  columns: number;
  fill: string;
  back: string | null;
  isBold: boolean;
  isUnderlined: boolean;
}

/** What a virtual terminal shows, as a picture that needs no font but a monospaced one. */
export async function terminalSvg(terminal: VirtualTerminal, title: string): Promise<string> {
  await terminal.settled();
  const { cols, rows, buffer } = terminal.xterm;
  const width = Math.ceil(cols * cell.width + 2 * margin);
  const height = rows * cell.height + 2 * margin;
  const lines: string[] = [];
  for (let row = 0; row < rows; row++) {
    const line = buffer.active.getLine(buffer.active.viewportY + row);
    const cells = Array.from({ length: cols }, (_, column) => line?.getCell(column));
    for (const run of runsOf(cells)) lines.push(...drawn(run, row));
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escaped(title)}</title>`,
    `<style>text{font:${cell.fontSize}px "DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre}.b{font-weight:bold}.u{text-decoration:underline}</style>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${ground}"/>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

function runsOf(cells: readonly (IBufferCell | undefined)[]): Run[] {
  const runs: Run[] = [];
  for (const [column, one] of cells.entries()) {
    if (!one || one.getWidth() === 0) continue;
    const look = lookOf(one);
    const last = runs.at(-1);
    const text = one.getChars() || ' ';
    const isSame =
      last && (Object.keys(look) as (keyof typeof look)[]).every((key) => look[key] === last[key]);
    if (isSame) {
      last.text += text;
      last.columns += one.getWidth();
    } else runs.push({ ...look, text, column, columns: one.getWidth() });
  }
  return runs.filter(({ text, back }) => back !== null || text.trim() !== '');
}

function lookOf(one: IBufferCell) {
  const fore = one.isFgDefault() ? ink : colorOf(one.getFgColor(), one.isFgRGB());
  const behind = one.isBgDefault() ? null : colorOf(one.getBgColor(), one.isBgRGB());
  const isInverse = one.isInverse() !== 0;
  return {
    fill: isInverse ? (behind ?? ground) : fore,
    back: isInverse ? fore : behind,
    isBold: one.isBold() !== 0,
    isUnderlined: one.isUnderline() !== 0,
  };
}

/** The usual colours of the 256: 16 basic ones, a cube of six steps, and greys. */
function colorOf(color: number, isRgb: boolean): string {
  if (isRgb) return `#${color.toString(16).padStart(6, '0')}`;
  if (color < 16) return basic[color] ?? ink;
  if (color >= 232) return hex([8, 8, 8].map((base) => base + 10 * (color - 232)));
  const place = color - 16;
  const step = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
  return hex([Math.floor(place / 36), Math.floor(place / 6) % 6, place % 6].map(step));
}

function hex(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function drawn(run: Run, row: number): string[] {
  const x = (margin + run.column * cell.width).toFixed(2);
  const top = margin + row * cell.height;
  const length = (run.columns * cell.width).toFixed(2);
  const classes = [run.isBold ? 'b' : '', run.isUnderlined ? 'u' : '']
    .filter((name) => name !== '')
    .join(' ');
  const named = classes === '' ? '' : ` class="${classes}"`;
  const rect = `<rect x="${x}" y="${top}" width="${length}" height="${cell.height}" fill="${run.back}"/>`;
  const text = `<text x="${x}" y="${top + 13.5}" textLength="${length}" lengthAdjust="spacingAndGlyphs" fill="${run.fill}"${named}>${escaped(run.text)}</text>`;
  return [...(run.back === null ? [] : [rect]), ...(run.text.trim() === '' ? [] : [text])];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
