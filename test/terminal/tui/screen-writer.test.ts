import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createTheme } from '../../../src/terminal/theme/theme.ts';
import { createPainter, createScreenWriter } from '../../../src/terminal/tui/screen-writer.ts';
import { span } from '../../../src/terminal/tui/span.ts';
import { VirtualTerminal } from '../../helpers/virtual-terminal.ts';

const theme = createTheme('dark', '256');
const paint = createPainter(theme);

/** Rows of spans that share beginnings often, in letters of one column and of two, with marks and colours. */
const word = fc.constantFrom('the ', 'water', '水', '水は', ' é', 'ee', '😀', '─', '▌', '✗ ', 'a\u0308');
const meaning = fc.constantFrom('text', 'strong', 'accent', 'scale-3', 'muted');
const line = fc.array(fc.tuple(word, meaning), { maxLength: 6 }).map((parts) =>
  paint(
    parts.map(([text, look]) => span(text, look as 'text')),
    20,
  ),
);
const screen = fc.tuple(
  fc.array(line, { minLength: 3, maxLength: 3 }),
  fc.array(line, { minLength: 3, maxLength: 3 }),
);

async function cellsOf(terminal: VirtualTerminal): Promise<string[]> {
  await terminal.settled();
  const { active } = terminal.xterm.buffer;
  return Array.from({ length: 3 * 44 }, (_, index) => {
    const cell = active.getLine(Math.floor(index / 44))?.getCell(index % 44);
    return `${cell?.getChars() || ' '}|${cell?.getFgColor()}|${cell?.getBgColor()}|${cell?.isBold()}`;
  });
}

describe('frames written as changes', () => {
  test('leave the screen as if each had been written whole', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(screen, { minLength: 2, maxLength: 6 }), async (frames) => {
        const changing = new VirtualTerminal(44, 5);
        const writer = createScreenWriter((text) => changing.stdout.write(text));
        for (const [left, right] of frames) writer.draw(panes(left, right));
        const whole = new VirtualTerminal(44, 5);
        const [left = [], right = []] = frames.at(-1) ?? [];
        createScreenWriter((text) => whole.stdout.write(text)).draw(panes(left, right));
        expect(await cellsOf(changing)).toEqual(await cellsOf(whole));
      }),
      { numRuns: 150 },
    );
  });

  test('write nothing for what stayed, and of a line only what is new', () => {
    const written: string[] = [];
    const writer = createScreenWriter((text) => void written.push(text));
    writer.draw(panes(['one two', 'stays', ''], []));
    writer.draw(panes(['one two', 'stays', ''], []));
    expect(written).toHaveLength(1);
    writer.draw(panes(['one two three', 'stays', ''], []));
    expect(written[1]).toContain(' three');
    expect(written[1]).not.toMatch(/one|stays/u);
  });

  test('are whole again after the screen was anything', () => {
    const written: string[] = [];
    const writer = createScreenWriter((text) => void written.push(text));
    writer.draw(panes(['one'], []));
    writer.forget();
    writer.draw(panes(['one'], []));
    expect(written[1]).toContain('one');
    expect(written[1]).toContain('\u001b[2J');
  });
});

function panes(left: readonly string[], right: readonly string[]) {
  return [
    { lines: left, row: 0, column: 0, columns: 22 },
    { lines: right, row: 0, column: 22, columns: 22 },
  ];
}
