import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicText, settledText } from '../../src/terminal/live-text.ts';
import { sanitizeText } from '../../src/text/sanitize.ts';
import { VirtualTerminal } from '../helpers/virtual-terminal.ts';
import { splitHostileText } from './hostile-text.ts';

const runs = process.env['PARLEY_TEST_LONG'] ? 100_000 : 1000;

/** A terminal that notes every effect that is more than a character in a cell. */
function watchedTerminal() {
  const terminal = new VirtualTerminal(80, 24);
  const { xterm } = terminal;
  const effects: string[] = [];
  xterm.onTitleChange(() => effects.push('title'));
  xterm.onBell(() => effects.push('bell'));
  xterm.onData(() => effects.push('answer'));
  for (let code = 0; code <= 1400; code++) {
    xterm.parser.registerOscHandler(code, () => {
      effects.push(`osc ${code}`);
      return false;
    });
  }
  const modes = JSON.stringify(xterm.modes);
  return {
    async effectsOf(text: string): Promise<string[]> {
      effects.length = 0;
      terminal.stdout.write(text);
      await terminal.settled();
      if (JSON.stringify(xterm.modes) !== modes) effects.push('mode');
      if (terminal.isAlternate) effects.push('alternate screen');
      effects.push(...styledCells());
      const found = [...effects];
      terminal.stdout.write('\u001b[0m\u001b[H\u001b[2J\u001b[3J');
      await terminal.settled();
      return found;
    },
  };

  function styledCells(): string[] {
    const { active } = xterm.buffer;
    for (let row = 0; row <= active.baseY + active.cursorY; row++) {
      const line = active.getLine(row);
      for (let column = 0; column < (line?.length ?? 0); column++) {
        const cell = line?.getCell(column);
        if (cell && !cell.isAttributeDefault()) return [`style at ${column},${row}`];
      }
    }
    return [];
  }
}

describe('whatever a model sends, split wherever', () => {
  it('changes printable cells and nothing else', { timeout: 1_800_000 }, async () => {
    const watched = watchedTerminal();
    await fc.assert(
      fc.asyncProperty(splitHostileText, async (chunks) => {
        let reply = '';
        for (const chunk of chunks) reply += chunk;
        expect(await watched.effectsOf(sanitizeText(reply))).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  it('would be seen by this test if it did more', async () => {
    const watched = watchedTerminal();
    for (const hostile of [
      '\u001b[31mred',
      '\u001b]0;t\u0007',
      '\u001b]52;c;aA==\u0007',
      '\u001b[?1h',
      '\u0007',
      '\u001b[6n',
    ]) {
      expect.soft(await watched.effectsOf(hostile), JSON.stringify(hostile)).not.toEqual([]);
    }
  });

  it('does not settle a letter whose mark is still to come, though a sequence with a space stands between', () => {
    expect(settledText('one m\u001b[5 ')).toBe('one ');
    expect(settledText('one m\u001b[5 q\u0301 ')).toBe('one \u1e3f ');
  });

  it('streams as a prefix of what the whole reply shows', () => {
    fc.assert(
      fc.property(splitHostileText, (chunks) => {
        const whole = publicText(chunks.join(''));
        let reply = '';
        for (const chunk of chunks) {
          reply += chunk;
          expect(whole.startsWith(settledText(reply))).toBe(true);
        }
      }),
      { numRuns: runs },
    );
  });
});
