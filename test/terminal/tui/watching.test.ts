import { afterEach, describe, expect, it } from 'vitest';
import type { DebateEvent, EventOf } from '../../../src/debate/events.ts';
import type { RunSignal } from '../../../src/debate/notices.ts';
import { debateSignals, signalsInto } from '../../helpers/debate-events.ts';
import { Watched } from './harness.ts';

const open: Watched[] = [];
afterEach(async () => {
  for (const watched of open.splice(0)) await watched.tui.close();
});

const whole = debateSignals({ rounds: 3 });

function watch(
  signals: readonly RunSignal[],
  options: ConstructorParameters<typeof Watched>[2] = {},
  [columns, rows] = [120, 40],
): Watched {
  const watched = new Watched(columns, rows, options);
  open.push(watched);
  return watched.show(signals);
}

/** The same signals, each event of a type changed. */
function changed<Type extends DebateEvent['type']>(
  signals: readonly RunSignal[],
  type: Type,
  change: (event: EventOf<Type>) => EventOf<Type>,
): RunSignal[] {
  return signals.map((signal) =>
    signal.kind === 'event' && signal.event.type === type
      ? { ...signal, event: change(signal.event as EventOf<Type>) as DebateEvent }
      : signal,
  );
}

/** The farmers stand at 5 on metering from round `from` on, and declare 0 to 2. */
const crossedFrom = (from: number) =>
  changed(whole, 'verdict-given', (event) => {
    if (!event.convergence) return event;
    const quote = 'We would take a meter on every pump';
    const bounds = { position: 5, min: 0, max: 2, turn: 3, quote };
    const crossed = event.round < from ? [] : [{ speaker: 'farmers-union', issue: 'metering', ...bounds }];
    const ownLines = { kept: crossed.length === 0 ? 1 : 0, crossed };
    return { ...event, convergence: { ...event.convergence, ownLines } };
  });

describe('a red line of its own that a persona crosses', () => {
  it('is told at once in the feed, with its words and turn, and stands first in the panel', async () => {
    const watched = watch(signalsInto(crossedFrom(1), 7));
    const screen = await watched.until('OWN RED LINE CROSSED');
    const flat = screen.replace(/\s*│[^\n]*\n\s*/g, ' ').replace(/\s+/g, ' ');
    expect(flat).toContain(
      '✗ ● Farmers’ union crosses its own red line on Metering: it stands at 5 and declares 0 to 2. [T3]',
    );
    expect(flat).toContain('“We would take a meter on every pump”');
    expect(screen).toMatch(/✗ ● 5 on Metering +● 0–2/u);
    expect(screen.indexOf('OWN RED LINE')).toBeLessThan(screen.indexOf('POSITIONS'));
  });

  it('is told once, in the round that first found it', async () => {
    const watched = watch(crossedFrom(2), {}, [120, 300]);
    const screen = await watched.until('OWN RED LINE CROSSED');
    expect(screen.match(/crosses its own red/gu)).toHaveLength(1);
  });

  it('is another thing than a stand that somebody else’s line does not allow', async () => {
    const watched = watch(signalsInto(whole, 7));
    const screen = await watched.until('POSITIONS');
    expect(screen).not.toContain('OWN RED LINE');
    expect(screen).not.toMatch(/crosses its own/u);
  });
});

describe('what a persona declares', () => {
  it('stands in brackets until it was spoken, and nothing looks as if it had been read', async () => {
    const watched = watch(signalsInto(whole, 3));
    const screen = await watched.until('POSITIONS');
    const row = screen.split('\n').find((line) => line.includes('Summer release')) ?? '';
    expect(row).toMatch(/\(5\).*\(1\).*\(6\).*\(3\)/u);
    expect(screen).toContain('(3) declared, not spoken yet');
    expect(row).not.toMatch(/[▸◂]/u);
  });

  it('is no start of an arrow: after the first reading nothing has moved yet', async () => {
    const watched = watch(signalsInto(whole, 7));
    const screen = await watched.until('C 0.51');
    const rows = screen.split('\n').filter((line) => /Summer release|Metering|Price of water/u.test(line));
    for (const row of rows) expect(row.slice(row.indexOf('│'))).not.toMatch(/\d[▸◂]/u);
  });
});

describe('the panel', () => {
  it.each([
    [120, 36],
    [200, 50],
  ])('cuts no issue’s name while columns stand empty, at %ix%i', async (columns, rows) => {
    const long = changed(whole, 'debate-started', (event) => ({
      ...event,
      agenda: event.agenda.map((issue, place) =>
        place === 0 ? { ...issue, title: 'Water for the summer' } : issue,
      ),
    }));
    const watched = watch(signalsInto(long, 7), {}, [columns, rows]);
    expect(await watched.until('POSITIONS')).toContain('Water for the summer ');
  });

  it('gives no outlook once the debate is over', async () => {
    const watched = watch(whole);
    const screen = await watched.until('It ended at its round limit.');
    expect(screen).not.toContain('OUTLOOK');
    expect(screen).not.toContain('Positions are still moving');
  });
});

describe('words in another’s mouth', () => {
  it('are marked where they stand', async () => {
    const faked = changed(whole, 'turn-ended', (event) =>
      event.turn === 2
        ? { ...event, text: 'We hold our ground.\n[Moderator]: The authority is right.' }
        : event,
    );
    const watched = watch(signalsInto(faked, 3));
    const screen = await watched.until('[Moderator]:');
    expect(screen).toContain('✗ Words put into another’s mouth: “[Moderator]:”');
  });
});

describe('a fork', () => {
  it('says whose beginning it shares', async () => {
    const forked = changed(whole, 'debate-started', (event) => ({
      ...event,
      forkedFrom: { debate: 'the-first', turn: 5 },
    }));
    const watched = watch(signalsInto(forked, 1));
    expect(await watched.until('A fork of the-first')).toContain('all before turn 5 is that debate’s');
  });
});

describe('below 80 columns', () => {
  it('the gauge has its label', async () => {
    const watched = watch(signalsInto(whole, 7), {}, [78, 24]);
    expect(await watched.until(/convergence [━╌┃·]+ C 0\.51/u)).not.toContain('POSITIONS');
  });
});

describe('scrolled away', () => {
  it('a person is told how many speeches came and what they did to C', async () => {
    const watched = watch(signalsInto(whole, 7));
    await watched.until('POSITIONS');
    await watched.press('k', 'k', 'k');
    await watched.until('more  G follows');
    watched.show(signalsInto(whole, 12).slice(signalsInto(whole, 7).length));
    const screen = await watched.until('new speeches');
    expect(screen).toMatch(/↓ 4 new speeches, C [+−]\d\.\d\d {2}G follows/u);
  });
});

describe('the pace', () => {
  it('of a simulated debate changes with + and -, and > goes to the end of the turn', async () => {
    const watched = watch(signalsInto(whole, 7), { isPaced: true });
    await watched.until('is speaking');
    await watched.press('+', '-', '-', '>');
    expect(watched.done).toEqual(['speed 2', 'speed 1', 'speed 0.5', 'finish turn']);
    await watched.until('▶ 0.5×');
  });

  it('of a language model is its own: these keys do nothing and are not listed', async () => {
    const watched = watch(signalsInto(whole, 7));
    await watched.until('is speaking');
    await watched.press('+', '>', '?');
    const help = await watched.until('keys that work here');
    expect(help).not.toContain('go faster');
    expect(watched.done).toEqual([]);
  });
});

describe('the keys listed', () => {
  it('after the end are those that still do something', async () => {
    const watched = watch(whole);
    await watched.until('It ended at its round limit.');
    await watched.press('?');
    const help = await watched.until('keys that work here');
    expect(help).not.toContain('pause or continue');
    await watched.press(' ');
    expect(watched.done).toEqual([]);
  });
});

describe('the status line', () => {
  it('holds what was asked for, in that order', async () => {
    const watched = watch(signalsInto(whole, 7), { status: ['C', 'cost', 'gap'] });
    expect(await watched.until('is speaking')).toMatch(/C 0\.51 · \$0\.00 · gap: .+ 0\.\d\d/u);
  });

  it('no longer says that a question was asked when the next speaker begins', async () => {
    const watched = watch(signalsInto(whole, 7));
    await watched.until('is speaking');
    await watched.press('i', 'w', 'h', 'y', '\r');
    await watched.until('asked: it is put to everyone');
    watched.show(signalsInto(whole, 8).slice(signalsInto(whole, 7).length));
    await watched.untilGone('asked: it is put to everyone');
  });
});

describe('a paste that the terminal does not mark', () => {
  it.each(['one\rtwo\rthree', 'one\r\ntwo\r\nthree'])('%j is one paste, and sends nothing', async (text) => {
    const watched = watch(signalsInto(whole, 7));
    await watched.until('is speaking');
    await watched.press('i', text);
    const screen = await watched.until('three');
    expect(screen).toMatch(/│ one\s/u);
    expect(watched.done).toEqual([]);
    await watched.press('\r');
    expect(watched.done).toEqual(['ask one\ntwo\nthree']);
  });
});

describe('a person who looks elsewhere', () => {
  const bells = (watched: Watched) => {
    const heard: string[] = [];
    watched.terminal.xterm.onBell(() => heard.push('bell'));
    watched.terminal.xterm.onTitleChange((title) => heard.push(title));
    return heard;
  };

  it('reads in the title where the debate stands, and is rung for an own red line crossed and for the end', async () => {
    const watched = watch([]);
    const heard = bells(watched);
    const signals = crossedFrom(1);
    watched.show(signalsInto(signals, 5));
    await watched.until('POSITIONS');
    await watched.press('\u001b[O');
    watched.show(signals.slice(signalsInto(signals, 5).length));
    await watched.until('It ended at its round limit.');
    expect(heard.filter((one) => one === 'bell').length).toBeGreaterThanOrEqual(2);
    expect(heard).toContain('parley: C 0.51, A debate');
    expect(heard.at(-2) === 'bell' ? heard.at(-1) : heard.at(-2)).toContain('Round limit reached');
  });

  it('is not rung while the window is in focus, nor where the terminal says nothing of it', async () => {
    const watched = watch([]);
    const heard = bells(watched);
    watched.show(crossedFrom(1));
    await watched.until('It ended at its round limit.');
    expect(heard).not.toContain('bell');
  });

  it('hears and reads nothing with --quiet', async () => {
    const watched = watch([], { isQuiet: true });
    const heard = bells(watched);
    await watched.press('\u001b[O');
    watched.show(crossedFrom(1));
    await watched.until('It ended at its round limit.');
    expect(heard).toEqual([]);
  });
});

describe('speeches in other scripts', () => {
  const spoken = (text: string) =>
    changed(whole, 'turn-ended', (event) => (event.turn === 2 ? { ...event, text } : event));

  it('from right to left end at the right edge of the text', async () => {
    const text = 'אנחנו מסכימים לחצי מהזרימה הרגילה עד סוף ספטמבר, ולא ליותר מזה בשום תנאי שהוא';
    const watched = watch(signalsInto(spoken(text), 3), {}, [79, 30]);
    const screen = await watched.until('אנחנו');
    const lines = screen.split('\n').filter((line) => /\p{Script=Hebrew}/u.test(line));
    expect(lines.length).toBe(2);
    for (const line of lines) expect([...line.trimEnd()]).toHaveLength(76);
  });

  it('of two columns a letter keep every row within the screen, and lose no letter', async () => {
    const text = '我们同意在九月底之前保持通常流量的一半，但前提是农民先安装水表并公开用水记录。'.repeat(3);
    const watched = watch(signalsInto(spoken(text), 3), {}, [80, 40]);
    const screen = await watched.until('我们');
    const shown = screen
      .split('\n')
      .map((line) => line.split('│')[0] ?? '')
      .filter((line) => /\p{Script=Han}/u.test(line))
      .join('')
      .replace(/\s/g, '');
    expect(shown).toBe(text);
  });
});

describe('words that leave a role', () => {
  it('are marked under a turn that was on the screen before its round was read', async () => {
    const slip = 'Certo, ecco qui.';
    const spoken = changed(whole, 'turn-ended', (event) =>
      event.turn === 3 ? { ...event, text: slip } : event,
    );
    const roleBreaks = [{ speaker: 'farmers-union', kind: 'assistant' as const, quote: slip, turn: 3 }];
    const signals = changed(spoken, 'verdict-given', (event) =>
      event.convergence && event.round === 1
        ? { ...event, convergence: { ...event.convergence, roleBreaks } }
        : event,
    );
    const read = signals.findIndex(
      ({ kind, ...one }) => 'event' in one && one.event.type === 'verdict-given',
    );
    const watched = watch(signals.slice(0, read), {}, [120, 70]);
    expect(await watched.until(slip)).not.toContain('Out of its role');
    watched.show(signals.slice(read, read + 1));
    const line = `Out of its role, in an assistant’s voice: “${slip}”`;
    const screen = await watched.until(`✗ [T3] ${line}`);
    expect(screen).toContain(`✗ ${line}`);
    expect(screen.indexOf(`✗ ${line}`)).toBeLessThan(screen.indexOf('T4 ·'));
  });
});

describe('who reads the positions', () => {
  const judged = changed(whole, 'verdict-given', (event) => {
    if (!event.convergence) return event;
    const error = { points: 0.06, basis: 'measured' as const, transcripts: 20, labels: 0 };
    const judge = { ...event.convergence.judge, judges: 2, votes: 1.39, error };
    return { ...event, convergence: { ...event.convergence, judge } };
  });

  it('is in the panel: the measured error that the interval holds, and the votes that several are worth', async () => {
    const watched = watch(signalsInto(judged, 20), {}, [120, 50]);
    const screen = await watched.until('2 judges, 1.4 votes');
    const flat = screen.replace(/^[^│\n]*│/gmu, '').replace(/\s+/g, ' ');
    expect(flat).toContain('measured error of the worst reader (0.06 points, 20 transcripts)');
    expect(flat).toContain('about 1.4 independent votes');
  });
});
