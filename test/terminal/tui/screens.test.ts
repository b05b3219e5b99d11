import stringWidth from 'string-width';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunSignal } from '../../../src/debate/notices.ts';
import { debateEvents, debateSignals, readingWaits, signalsInto } from '../../helpers/debate-events.ts';
import { Watched } from './harness.ts';

const open: Watched[] = [];
const watch = (columns: number, rows: number, options?: ConstructorParameters<typeof Watched>[2]) => {
  const watched = new Watched(columns, rows, options);
  open.push(watched);
  return watched;
};
afterEach(async () => {
  for (const watched of open.splice(0)) await watched.tui.close();
});

/** The second round under way: T7 is being spoken. */
const underWay = signalsInto(debateSignals({ rounds: 3 }), 7);

const sizes = [
  [40, 10],
  [60, 20],
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

describe('the full screen', () => {
  it.each(sizes)(
    'says at %ix%i who speaks, the round, the index, and that words are simulated',
    async (columns, rows) => {
      const watched = watch(columns, rows).show(underWay);
      const screen = await watched.until('▌');
      expect(screen).toMatch(/River auth|Authority is/u);
      expect(screen).toMatch(/round 2 of 3|2\/3/u);
      expect(screen).toContain('C 0.51');
      expect(screen).toContain('SIMULATED');
      expect(screen).toMatch(/is speaking/u);
    },
  );

  it.each(sizes)('fills %ix%i and no more: no row is wider, nothing scrolls away', async (columns, rows) => {
    const watched = watch(columns, rows).show(underWay);
    const screen = await watched.until('▌');
    const lines = screen.split('\n');
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
    expect(watched.terminal.xterm.buffer.active.baseY).toBe(0);
  });

  it('has a side panel from 80 columns on and a one-line gauge below', async () => {
    const wide = watch(80, 24).show(underWay);
    expect(await wide.until('POSITIONS')).toContain('AGREEMENT');
    const narrow = watch(79, 24).show(underWay);
    const screen = await narrow.until('C 0.51');
    expect(screen).not.toContain('POSITIONS');
  });

  it.each<[number, number]>([
    ...sizes.map(([columns, rows]): [number, number] => [columns, rows]),
    [60, 18],
    [80, 15],
    [38, 9],
    [28, 3],
  ])(
    'says on every screen with words, at %ix%i too, that they are simulated by AI and by which kind',
    async (columns, rows) => {
      const watched = watch(columns, rows).show(underWay);
      const screen = await watched.until(/SIMUL/u);
      expect(screen).toMatch(/AI simulation|Simulated by AI/u);
      expect(screen).toContain('SIMULATED');
    },
  );

  it.each([
    [60, 18],
    [38, 9],
    [100, 30],
  ])('keeps the label in sight inline at %ix%i, however much has scrolled away', async (columns, rows) => {
    const watched = watch(columns, rows, { mode: 'inline' }).show(underWay);
    const screen = await watched.until('speaking');
    expect(screen).toMatch(/AI simulation|Simulated by AI/u);
    expect(screen).toContain('SIMULATED');
    expect(screen).not.toContain('“The reservoir is at a third of its usual level”');
  });

  it('says that it is pausing while a turn still comes, with the clock going on, and then that it is paused', async () => {
    const watched = watch(120, 40).show(underWay);
    await watched.until('▌');
    watched.show([{ kind: 'notice', notice: { type: 'pausing' } }]);
    await watched.until('❚❚ pausing after this turn');
    watched.now = 61_000;
    await watched.until('1:01');
    watched.show([{ kind: 'notice', notice: { type: 'paused' } }]);
    await watched.until('❚❚ paused');
    watched.now = 90_000;
    await watched.press('k');
    expect(await watched.until('❚❚ paused')).toContain('1:01');
    await watched.press(' ');
    expect(watched.done).toEqual(['resume']);
    await watched.untilGone('❚❚ paused');
  });

  it('says at 80 columns whose call waits and why, and leaves out what was used before that', async () => {
    const watched = watch(80, 24).show(underWay);
    const speaker = 'river-authority';
    watched.show([
      {
        kind: 'notice',
        notice: { type: 'waiting', speaker, purpose: 'speak', reason: 'connection-lost', milliseconds: 8000 },
      },
    ]);
    await watched.until('trying again in 8 s  River authority: the connection was lost');
  });

  it('says in the status line that a server gives no finish reasons', async () => {
    const watched = watch(120, 40).show(underWay);
    const message = 'openai:x: its server gives no reason why a reply ends.';
    watched.show([{ kind: 'notice', notice: { type: 'server-noted', model: 'openai:x', message } }]);
    await watched.until('no finish reasons');
  });

  it('goes on with one press of the key while it is still pausing', async () => {
    const watched = watch(120, 40).show(underWay);
    watched.show([{ kind: 'notice', notice: { type: 'pausing' } }]);
    await watched.until('❚❚ pausing');
    await watched.press(' ');
    expect(watched.done).toEqual(['resume']);
  });

  it('says which reading waits, and that it is tried again once the wait is over', async () => {
    const watched = watch(120, 40).show(signalsInto(debateSignals({ rounds: 1 }), 2));
    const part = { number: 2, of: 3 };
    watched.show([
      {
        kind: 'notice',
        notice: {
          type: 'waiting',
          speaker: 'moderator',
          purpose: 'judge',
          part,
          reason: 'overloaded',
          milliseconds: 150_000,
        },
      },
    ]);
    await watched.until(
      'trying again in 2 min 30 s  reading 2 of 3 of the positions: the provider is overloaded',
    );
    watched.show([{ kind: 'notice', notice: { type: 'working', purpose: 'judge', done: 2, of: 3 } }]);
    watched.now = 30_000;
    await watched.until('trying again in 2 min  reading 2 of 3 of the positions');
    watched.now = 151_000;
    await watched.until('trying again  reading 2 of 3 of the positions');
  });

  it('says in one phrase of all the readings that wait together', async () => {
    const watched = watch(120, 40).show(signalsInto(debateSignals({ rounds: 1 }), 2));
    watched.show([readingWaits(1, 'rate-limited', 12_000), readingWaits(3, 'rate-limited', 12_000)]);
    await watched.until('2 readings wait 12 s for simulator: too many calls at once');
    watched.now = 4_000;
    watched.show([readingWaits(2, 'overloaded', 20_000)]);
    await watched.until(
      '3 readings wait 8 s to 20 s for simulator: too many calls at once, the provider is overloaded',
    );
    // One that waits anew is no fourth.
    watched.show([readingWaits(1, 'overloaded', 20_000), readingWaits(3, 'overloaded', 20_000)]);
    await watched.until('3 readings wait 20 s for simulator: the provider is overloaded');
    watched.now = 5_000;
    watched.show([readingWaits(2, 'overloaded', 60_000)]);
    watched.now = 25_000;
    await watched.until('trying again in 40 s  reading 2 of 3 of the positions: the provider is overloaded');
  });

  it('says which size it needs on a smaller screen, and shows the debate once it has it', async () => {
    const watched = watch(39, 9).show(underWay);
    await watched.until('need 40x10 (have 39x9)');
    watched.terminal.resize(80, 24);
    await watched.until('POSITIONS');
  });

  it('marks moves, absent stands, red lines and low confidence without colour alone', async () => {
    const secondReading = signalsInto(debateSignals({ rounds: 3 }), 12);
    const watched = watch(120, 40, { color: 'none' }).show(secondReading);
    const screen = await watched.until('POSITIONS');
    expect(screen).toMatch(/Summer release\s+4\.2◂\s+1\.8▸/u);
    const first = await watch(120, 40, { color: 'none' }).show(underWay).until('POSITIONS');
    expect(first).toMatch(/Oversight\s+·\s+·/u);
    expect(first).toMatch(/DISTANCE TO ACCEPTANCE +1 stand/u);
    expect(first).toMatch(/· ◆ 3\.8 on Price of water +● 0–3/u);
    expect(first).toContain('! Low confidence.');
  });

  it('uses no colour at all with NO_COLOR', async () => {
    const watched = watch(120, 40, { color: 'none' }).show(underWay);
    await watched.until('POSITIONS');
    const { xterm } = watched.terminal;
    for (let row = 0; row < xterm.rows; row++) {
      for (let column = 0; column < xterm.cols; column++) {
        const cell = xterm.buffer.active.getLine(row)?.getCell(column);
        expect(cell?.isFgDefault() && cell.isBgDefault()).toBe(true);
      }
    }
  });

  it('ends a storm of resizes as if it had been opened at the last size', async () => {
    const stormy = watch(120, 40).show(underWay);
    await stormy.until('POSITIONS');
    const storm = [80, 43, 200, 39, 120, 61, 99, 150, 44, 80, 133, 100];
    for (const [index, columns] of storm.entries()) {
      stormy.terminal.resize(columns, 8 + ((index * 17) % 50));
      if (index % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
    }
    stormy.terminal.resize(100, 30);
    const calm = watch(100, 30).show(underWay);
    const wanted = await calm.until('▌');
    for (let attempt = 0; attempt < 100 && (await stormy.text()) !== wanted; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await stormy.text()).toBe(wanted);
  });

  it('keeps its columns straight with Korean, Japanese, emoji and accents in the words', async () => {
    const text = '한국어로 말합니다 [P1]. 日本語もあります。 Emoji 😀🎉 and e\u0301. 👩\u200d🚀 '.repeat(8);
    const signals = debateEvents({ rounds: 1 }).map(
      (event): RunSignal => ({
        kind: 'event',
        event: event.type === 'turn-ended' ? { ...event, text } : event,
      }),
    );
    const watched = watch(100, 30).show(signals.slice(0, 6));
    const screen = await watched.until('한국어');
    const { xterm } = watched.terminal;
    const dividers = Array.from({ length: 24 }, (_, row) => {
      const line = xterm.buffer.active.getLine(row + 2);
      return Array.from({ length: xterm.cols }, (_, column) => line?.getCell(column)?.getChars()).indexOf(
        '│',
      );
    });
    expect(new Set(dividers).size, screen).toBe(1);
  });

  it('shows hostile words as words, and keeps title, clipboard, modes and cells to itself', async () => {
    const text =
      'before \u001b]0;owned\u0007\u001b]52;c;aA==\u0007\u001b[2J\u001b[1;1HTOP\u001b[?1049l\u202e after';
    const watched = watch(100, 30);
    const effects: string[] = [];
    const titles: string[] = [];
    watched.terminal.xterm.onTitleChange((title) => titles.push(title));
    watched.terminal.xterm.parser.registerOscHandler(52, () => {
      effects.push('clipboard');
      return true;
    });
    watched.show(
      debateEvents({ rounds: 1 }).map((event): RunSignal => {
        if (event.type === 'debate-started') {
          const title = 'T\u001b]0;owned\u0007itle';
          return { kind: 'event', event: { ...event, scenario: { ...event.scenario, title } } };
        }
        return { kind: 'event', event: event.type === 'turn-ended' ? { ...event, text } : event };
      }),
    );
    await watched.until('Title');
    await watched.press('g');
    const screen = await watched.until('before TOP after');
    expect(screen.split('\n')[0]).toContain('parley  Title');
    expect(effects).toEqual([]);
    for (const title of titles) expect(title).toMatch(/^parley: [^\p{Cc}]*A debate$/u);
    expect(watched.terminal.isAlternate).toBe(true);
  });

  it('hides private notes while a reply is under way', async () => {
    const [start] = debateSignals({ rounds: 1 });
    const delta = (text: string): RunSignal => ({
      kind: 'notice',
      notice: { type: 'turn-delta', speaker: 'river-authority', text },
    });
    const watched = watch(100, 30);
    if (start) watched.tui.show({ kind: 'event', event: debateEvents({ rounds: 1 })[0] as never });
    watched.show([
      {
        kind: 'notice',
        notice: {
          type: 'turn-started',
          purpose: 'speak',
          speaker: 'river-authority',
          round: 1,
          turn: 1,
          model: 'm',
        },
      },
      delta('<not'),
      delta('es>We are bluffing</no'),
      delta('tes>We hold firm'),
    ]);
    expect(await watched.until('We hold firm')).not.toContain('bluffing');
  });

  it('counts down to the next attempt and drops what the last one said', async () => {
    const signals = signalsInto(debateSignals({ rounds: 1 }), 2);
    const watched = watch(120, 40).show(signals);
    await watched.until('▌');
    const speaker = 'river-authority';
    watched.show([
      { kind: 'notice', notice: { type: 'reply-dropped', speaker, reason: 'idle-timeout' } },
      { kind: 'notice', notice: { type: 'waiting', speaker, reason: 'idle-timeout', milliseconds: 7000 } },
    ]);
    const screen = await watched.until('trying again in 7 s');
    expect(screen).toContain('the answer stalled');
  });

  it('counts what it reads, and says what is next', async () => {
    const watched = watch(120, 40).show(signalsInto(debateSignals({ rounds: 1 }), 2));
    watched.show([{ kind: 'notice', notice: { type: 'working', purpose: 'judge', done: 1, of: 3 } }]);
    await watched.until('reading positions 2 of 3');
  });

  it('gives the screen back, with the end, the verdict, the cost and the way back on the normal one', async () => {
    const watched = watch(100, 40);
    watched.terminal.stdout.write('');
    watched.show(debateSignals({ rounds: 1 }));
    await watched.until('Round limit reached. q leaves.');
    expect(watched.terminal.isAlternate).toBe(true);
    await watched.tui.close();
    const screen = await watched.until('Saved in transcripts/x.');
    expect(watched.terminal.isAlternate).toBe(false);
    expect(screen).toContain('Round 1: convergence 0.63');
    expect(screen).toMatch(/5 turns, 9 calls, .* tokens, \$0\.00/u);
    expect(watched.terminal.stdin.isRaw).toBe(false);
  });

  it('keeps what libraries print off the screen and gives it to stderr afterwards', async () => {
    const watched = watch(100, 30).show(underWay);
    await watched.until('▌');
    console.log('noise \u001b]52;c;aA==\u0007from a library');
    process.emitWarning('a warning');
    await watched.press('j');
    expect(await watched.text()).not.toContain('noise');
    await watched.tui.close();
    expect(watched.stderr.text).toContain('noise from a library\n');
    expect(watched.stderr.text).toContain('a warning');
  });

  it('gives the screen back and says why when a component throws', async () => {
    const watched = watch(100, 30).show(underWay);
    await watched.until('▌');
    // A verdict with no shape at all: nothing that passes the schema, but a bug could make one.
    const broken = { ...debateEvents({ rounds: 1 })[6], number: 8, convergence: {} };
    const before = debateEvents({ rounds: 3 }).slice(0, 8);
    watched.show(before.map((event) => ({ kind: 'event', event })));
    watched.show([{ kind: 'event', event: broken as never }]);
    for (let attempt = 0; attempt < 200 && watched.failures.length === 0; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(watched.failures).toHaveLength(1);
    await watched.terminal.settled();
    expect(watched.terminal.isAlternate).toBe(false);
    expect(watched.terminal.stdin.isRaw).toBe(false);
  });

  it('gives the screen back and says why when an event cannot follow', async () => {
    const watched = watch(100, 30).show(underWay);
    await watched.until('▌');
    const late = debateEvents({ rounds: 3 }).at(-1);
    if (late) watched.show([{ kind: 'event', event: late }]);
    await watched.terminal.settled();
    expect(String(watched.failures[0])).toMatch(/does not follow event/u);
    expect(watched.terminal.isAlternate).toBe(false);
    expect(watched.terminal.stdin.isRaw).toBe(false);
  });

  it('writes nothing while it is paused', async () => {
    const watched = watch(120, 40).show(underWay);
    await watched.press(' ');
    await watched.until('paused');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = watched.terminal.writes;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(watched.terminal.writes).toBe(before);
  });
});
