import { afterEach, describe, expect, it } from 'vitest';
import type { RunSignal } from '../../../src/debate/notices.ts';
import { keyListMarkdown, keysFor, keyTable, whyNot } from '../../../src/terminal/tui/keys.ts';
import { debateSignals, signalsInto } from '../../helpers/debate-events.ts';
import { Watched } from './harness.ts';

const esc = '\u001b';
const whole = debateSignals({ rounds: 3, notes: true });
const open: Watched[] = [];
afterEach(async () => {
  for (const watched of open.splice(0)) await watched.tui.close();
});

async function watching(
  options: ConstructorParameters<typeof Watched>[2] = {},
  signals = signalsInto(whole, 12),
) {
  const watched = new Watched(120, 40, options);
  open.push(watched);
  watched.show(signals);
  await watched.until(options.mode === 'inline' ? 'T12 · speaking' : 'POSITIONS');
  return watched;
}

describe('a key that does nothing here', () => {
  const place = { isReplay: false, isFull: true, isPaced: true, isOver: false };
  it.each([
    ['i', { isReplay: true }, 'i is for debates under way; this one is stored'],
    ['+', { isPaced: false }, '+ is for replays and simulated debates'],
    ['s', { isOver: true }, 's: the debate is over'],
    ['/', { isFull: false }, '/ is for the whole screen'],
    ['ö', {}, null],
    ['return', {}, null],
  ])('%s says why, where %j', (key, where, why) => {
    expect(whyNot(key, { ...place, ...where })).toBe(why);
  });

  it('says so in the status line, before what was used', async () => {
    const watched = await watching({ mode: 'inline' });
    await watched.press('/');
    await watched.until('/ is for the whole screen');
  });
});

describe('keys', () => {
  it('pause and go on with space, and step with s', async () => {
    const watched = await watching();
    await watched.press(' ');
    await watched.until('❚❚ paused');
    await watched.press(' ');
    await watched.untilGone('❚❚ paused');
    await watched.press('s');
    expect(watched.done).toEqual(['pause', 'resume', 'step']);
  });

  it('scroll, stop following, count what is new, and follow again', async () => {
    const watched = await watching();
    await watched.press('k', 'k', 'k');
    await watched.until('more  G follows');
    watched.show(whole.slice(signalsInto(whole, 12).length));
    await watched.until(/\d+ new speeches, C [+−]\d\.\d\d {2}G follows/u);
    await watched.press('G');
    await watched.untilGone('G follows');
    await watched.press('g');
    await watched.until('“The reservoir is at a third of its usual level”');
    await watched.press('\u001b[6~');
    await watched.until('T8 · round 2');
    await watched.press('\u001b[5~');
    await watched.until('“The reservoir is at a third of its usual level”');
  });

  it('jump from turn to turn with [ and ], marking where they are', async () => {
    const watched = await watching();
    await watched.press('[');
    await watched.until(/▸◎ Moderator +T11/u);
    await watched.press('[', '[');
    await watched.until(/▸▲ Anglers’ club +T9/u);
    await watched.press(']');
    await watched.until(/▸■ Town council +T10/u);
  });

  it('jump to a turn or a round by number, and say what is not there yet', async () => {
    const watched = await watching();
    await watched.press('t', '3', '\r');
    await watched.until(/▸● Farmers’ union.* T3/u);
    await watched.press('t', 'r', '2', '\r');
    await watched.until(/▸◎ Moderator +T6 · round 2/u);
    await watched.press('t', '9', '9', '\r');
    await watched.until('turn 99 is still to come');
  });

  it('let a replay go where the debate has not been shown', async () => {
    const watched = await watching({ isReplay: true });
    await watched.press('t', 'r', '3', '\r');
    await watched.press('t', '1', '4', '\r');
    await watched.press('+', '+', '-');
    expect(watched.done).toEqual(['jump {"turn":14}', 'speed 2', 'speed 4', 'speed 2']);
  });

  it('search, older matches first, and mark what they found', async () => {
    const watched = await watching();
    await watched.press('/', ...'quota');
    await watched.until(/\/ quota/u);
    await watched.press('\r');
    const first = await watched.until(/(\d+) of \1 · Enter/u);
    const count = Number(/(\d+) of \1 · Enter/u.exec(first)?.[1]);
    await watched.press('\r');
    await watched.until(`${count - 1} of ${count} · Enter`);
    await watched.press('\u001b[B');
    await watched.until(`${count} of ${count} · Enter`);
    await watched.press(esc);
    await watched.untilGone('Enter ↑ ↓');
    await watched.press('/', ...'zzz');
    await watched.until('nothing found');
  });

  it('focus a persona by number and Tab, and zoom to what it said', async () => {
    const watched = await watching();
    await watched.press('2', 'z');
    const zoomed = await watched.untilGone('POSITIONS');
    expect(zoomed).toContain('T8 · round 2');
    expect(zoomed).not.toContain('Anglers’ club ');
    await watched.press('z', '\t');
    await watched.until('POSITIONS');
    await watched.press('z');
    await watched.until(/▲ Anglers’ club +T9/u);
    await watched.press('z', esc);
    await watched.until('POSITIONS');
  });

  it('show private notes only on demand', async () => {
    const watched = await watching();
    expect(await watched.text()).not.toContain('private notes');
    await watched.press('n');
    await watched.until('private notes, seen by nobody in the debate');
    await watched.press('n');
    await watched.untilGone('private notes, seen');
  });

  it('show the evidence behind a position, walk the map, and go to its turn', async () => {
    const watched = await watching();
    await watched.press('e');
    const first = await watched.until('River authority  on  Summer release');
    expect(first).toMatch(/“[\s\S]+”/u);
    expect(first).toContain('THE SCALE');
    expect(first).toContain('[P1]');
    await watched.press('\u001b[B', '\u001b[C');
    await watched.until('Farmers’ union  on  Metering');
    await watched.press('\r');
    await watched.until(/▸● Farmers’ union.* T8/u);
  });

  it('label the quotes behind positions with one key each, most telling first, without the reading', async () => {
    const verdicts = signalsInto(whole, 12).flatMap((signal) =>
      signal.kind === 'event' && signal.event.type === 'verdict-given' ? [signal.event] : [],
    );
    const stands = (verdicts.at(-1)?.cells ?? []).filter((cell) => cell.stand === 'position').toReversed();
    const [first, second] = stands;
    if (!first || !second) throw new Error('a debate for this test has two stands');
    const kept: [string, number | null][] = [];
    const labels = {
      quotes: async () => stands.map(({ speaker, issue, turn, quote }) => ({ speaker, issue, turn, quote })),
      keep: async ({ speaker, issue }: { speaker: string; issue: string }, position: number | null) => {
        kept.push([`${speaker} ${issue}`, position]);
        return kept.length === 3 ? 'the disk is full' : null;
      },
    };
    const watched = await watching({ labels });
    await watched.press('e', 'b');
    const screen = await watched.until('Where do these words stand');
    expect(screen.replace(/\s*│[^\n]*\n\s*│\s*/g, ' ')).toContain(first.quote.slice(0, 40));
    expect(screen).toContain(`${stands.length} left`);
    for (const hint of ['of 6', 'spread', 'samples', 'POSITIONS', first.act])
      expect(screen).not.toContain(hint);
    await watched.press('4');
    await watched.until(`${stands.length - 1} left`);
    await watched.press('n');
    await watched.until(`${stands.length - 2} left`);
    const named = ({ speaker, issue }: { speaker: string; issue: string }) => `${speaker} ${issue}`;
    expect(kept).toEqual([
      [named(first), 4],
      [named(second), null],
    ]);
    await watched.press('0');
    await watched.until('the disk is full');
    await watched.until(`${stands.length - 2} left`);
    await watched.press('b');
    const sighted = await watched.until('spread');
    expect(sighted).toContain('POSITIONS');
    await watched.press('3', esc);
    expect(kept).toHaveLength(3);
  });

  it('say where labels cannot be kept', async () => {
    const watched = await watching();
    await watched.press('e', 'b');
    await watched.until('labels are kept beside a stored run alone');
  });

  it('show why positions changed: that of the chosen turn first, the others beside it, and its turn on Enter', async () => {
    const shifts = [
      { turn: 4, lines: ['#1 the first change', '  Persuasion: it moves for the reasons.'] },
      { turn: 8, lines: ['#2 the second change', '  parley why x --shift 2 asks for it: about 40 calls.'] },
    ];
    const watched = await watching({ why: async () => shifts });
    await watched.press('t', '4', '\r', 'w');
    await watched.until('Persuasion: it moves for the reasons.');
    await watched.press('\u001b[C');
    await watched.until(/2 of 2[\s\S]+parley why x --shift 2/u);
    await watched.press('\r');
    await watched.until(/▸● Farmers’ union.* T8/u);
    await watched.press('[', 'w', esc);
    await watched.untilGone('why positions changed');
  });

  it('say where nothing can be known of why positions changed', async () => {
    const watched = await watching({ why: async () => 'The readings found no change of stand.' });
    await watched.press('w');
    await watched.until('The readings found no change of stand.');
    const unkept = await watching();
    await unkept.press('w');
    await unkept.until('kept beside a stored run alone');
  });

  it('show the passages that a turn cites', async () => {
    const watched = await watching();
    await watched.press('t', '4', '\r', 'p');
    const screen = await watched.until('the sources of T4');
    expect(screen).toContain('[P4]');
    expect(screen).toContain('The town council pays 0.62 per cubic metre');
    await watched.press(esc);
    await watched.untilGone('the sources of T4');
  });

  it('copy a turn by OSC 52, whole, and say so', async () => {
    const watched = await watching();
    const copied: string[] = [];
    watched.terminal.xterm.parser.registerOscHandler(52, (data) => {
      copied.push(Buffer.from(data.split(';')[1] ?? '', 'base64').toString('utf8'));
      return true;
    });
    await watched.press('t', '2', '\r', 'y');
    await watched.until('T2 sent to the clipboard');
    const turn = whole.find(
      ({ kind, ...rest }) =>
        kind === 'event' && 'event' in rest && rest.event.type === 'turn-ended' && rest.event.turn === 2,
    );
    expect(copied).toEqual([
      turn?.kind === 'event' && turn.event.type === 'turn-ended' ? turn.event.text : '',
    ]);
  });

  it('open boxes that stay whole at 40x10, with all of the help to be read', async () => {
    const watched = new Watched(40, 10);
    open.push(watched);
    watched.show(signalsInto(whole, 12));
    await watched.until('is speaking');
    for (const key of ['?', 'e', 'i']) {
      await watched.press(key);
      const box = (await watched.until(/╭[\s\S]*╰/u)).split('\n').filter((row) => /[╭╰│]/u.test(row));
      for (const row of box) expect(row).toMatch(/^[╭╰│].*[╮╯│]$/u);
      expect(box.length).toBeGreaterThan(2);
      await watched.press(esc);
      await watched.untilGone('╭');
    }
    await watched.press('?');
    await watched.until(/ask the debate a +│\n│ +question/u);
  });

  it('take a question of several lines, typed and pasted, and ask it', async () => {
    const watched = await watching();
    await watched.press('i');
    await watched.until('your question, put to everyone before the next turn');
    await watched.press(
      ...'What of the fxish',
      '\u001b[D',
      '\u001b[D',
      '\u001b[D',
      '\u007f',
      '\u001b[F',
      '?',
      '\u001b\r',
    );
    await watched.press('\u001b[200~Pasted one\r\nand \u001b[31mtwo\u001b[201~');
    await watched.until('and two');
    await watched.press('\r');
    await watched.until('asked: it is put to everyone');
    expect(watched.done).toEqual(['ask What of the fish?\nPasted one\nand two']);
  });

  it('do nothing with a paste where no text is asked for', async () => {
    const watched = await watching();
    await watched.press('\u001b[200~qqq s i\u001b[201~');
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(watched.done).toEqual([]);
    expect(watched.left).toEqual([]);
  });

  it('drop a question with Esc', async () => {
    const watched = await watching();
    await watched.press('i', 'a', esc);
    await watched.untilGone('your question');
    expect(watched.done).toEqual([]);
  });

  it('list themselves in the help, each of them', async () => {
    const watched = await watching();
    await watched.press('?');
    const screen = await watched.until('pause or continue');
    await watched.press('\u001b[6~', '\u001b[6~');
    const more = await watched.until('twice leaves at once');
    for (const { does, needs } of keyTable) {
      if (needs === undefined || needs === 'live' || needs === 'going') expect(screen + more).toContain(does);
    }
  });

  it('are listed inline only where they work there, and the others do nothing', async () => {
    const watched = await watching({ mode: 'inline' });
    await watched.press('?');
    const top = await watched.until('pause or continue');
    await watched.press('\u001b[6~');
    const help = top + (await watched.until('twice leaves at once'));
    for (const { does, isFullOnly, needs } of keyTable) {
      if (needs === 'pace' || needs === 'focus' || needs === 'awaited') continue;
      expect(help.includes(`${does} `), does).toBe(!isFullOnly);
    }
    await watched.press(esc, 'k', 'g', '/', 'z', '[');
    const screen = await watched.untilGone('Esc closes');
    expect(screen).not.toMatch(/Enter finds|G follows/u);
  });

  it('show what a turn quotes wrongly: marked in its words, and compared with the source by p and e', async () => {
    const quoted =
      'Look: "the reservoir stood at 43 percent on 1 January, the lowest level since 1976" [P1].';
    const signals = whole.map(
      (signal): RunSignal =>
        signal.kind === 'event' && signal.event.type === 'turn-ended' && signal.event.turn === 10
          ? { kind: 'event', event: { ...signal.event, text: `${quoted} ${signal.event.text}` } }
          : signal,
    );
    const watched = await watching({ color: 'none' }, signalsInto(signals, 12));
    await watched.press('t', '1', '0', '\r');
    const screen = await watched.until('✗ Misquote of [P1]');
    const { xterm } = watched.terminal;
    const row = screen.split('\n').findIndex((line) => line.includes('43 percent'));
    const line = xterm.buffer.active.getLine(row);
    const at = line?.translateToString().indexOf('43') ?? 0;
    expect(line?.getCell(at)?.isUnderline()).toBeTruthy();
    expect(line?.getCell(3)?.isUnderline()).toBeFalsy();
    await watched.press('p');
    const sources = await watched.until('T10 AGAINST ITS SOURCES');
    expect(sources).toMatch(/it says +the reservoir stood at 43 percent/iu);
    expect(sources).toMatch(/\[P1\] +.*34 percent on 1 January/u);
    expect(sources).toContain('The reservoir above the valley stood at 34 percent');
  });

  it('stop the run and leave with q', async () => {
    const watched = await watching();
    await watched.press('q');
    await watched.until('saving and stopping');
    expect(watched.done).toEqual(['stop']);
    expect(watched.left).toEqual(['quit']);
  });

  it('leave at once with a second Ctrl+C', async () => {
    const watched = await watching();
    await watched.press('\u0003');
    await watched.until('Ctrl+C again leaves at once');
    await watched.press('\u0003');
    expect(watched.left).toEqual(['interrupt', 'at-once']);
  });

  it('leave an ended debate without stopping anything', async () => {
    const watched = await watching({}, whole);
    await watched.press('q');
    expect(watched.done).toEqual([]);
    expect(watched.left).toEqual(['quit']);
  });

  it('draw the screen anew with Ctrl+L after something wrote on it', async () => {
    const watched = await watching();
    const before = await watched.text();
    watched.terminal.stdout.write('\u001b[H\u001b[2Jgarbage');
    await watched.press('\u000c');
    await watched.untilGone('garbage');
    await watched.until('POSITIONS');
    expect(await watched.text()).toBe(before);
  });
});

describe('the key list', () => {
  it('gives the README every key of the table', () => {
    for (const { label, does } of keyTable) expect(keyListMarkdown()).toContain(`| \`${label}\` | ${does}`);
  });

  it('binds no key twice in the same place', () => {
    for (const place of ['live', 'replay'] as const) {
      const isReplay = place === 'replay';
      const keys = keysFor({ isReplay, isFull: true, isPaced: true, isOver: false }).flatMap(
        (one) => one.keys,
      );
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
