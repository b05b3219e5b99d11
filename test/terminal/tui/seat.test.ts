import { afterEach, describe, expect, it } from 'vitest';
import type { Notice } from '../../../src/debate/notices.ts';
import type { SeatControls } from '../../../src/terminal/types.ts';
import { debateSignals, signalsInto } from '../../helpers/debate-events.ts';
import { Watched } from './harness.ts';

const esc = '\u001b';
const ctrl = (letter: string) => String.fromCharCode(letter.charCodeAt(0) - 96);
const open: Watched[] = [];
afterEach(async () => {
  for (const watched of open.splice(0)) await watched.tui.close();
});

const turn: Extract<Notice, { type: 'seat-turn' }> = {
  ...{
    type: 'seat-turn',
    persona: 'farmers-union',
    turn: 12,
    round: 2,
    to: null,
    statement: null,
    longest: 150,
  },
  ...{ brief: '## Role\nYou grow barley.\n## Interests\nWater in June.', text: '', problems: [] },
};

/** A debate in which a person's words are awaited; `did` tells what the person did. */
async function seated(
  notice: Partial<typeof turn> = {},
  {
    size = [120, 36] as [number, number],
    edit = undefined as SeatControls['edit'],
    mode = 'full' as 'full' | 'inline',
  } = {},
  title = 'you speak for ● Farmers’ union',
) {
  const did: string[] = [];
  const seats: SeatControls = {
    take: (persona) => void did.push(`take ${persona}`),
    giveBack: (persona) => void did.push(`give back ${persona}`),
    say: (persona, text) => void did.push(`${persona}: ${text}`),
    keep: (_, text) => void did.push(`keep ${text}`),
    draft: (persona) => void did.push(`draft ${persona}`),
    ...(edit ? { edit } : {}),
  };
  const watched = new Watched(...size, { seats, mode });
  open.push(watched);
  watched.show(signalsInto(debateSignals({ rounds: 3 }), 11));
  watched.show([{ kind: 'notice', notice: { ...turn, ...notice } }]);
  await watched.until(title);
  return { watched, did, tell: (told: Notice) => watched.show([{ kind: 'notice', notice: told }]) };
}

describe('the editor of a person who holds a seat', () => {
  it('opens at its turn with the words counted, the brief, the red lines and the passages beside it', async () => {
    const { watched, did } = await seated();
    await watched.press('We', ' ', 'pay', '\r', 'for', ' ', 'water');
    const screen = await watched.until('4 of 150 words · T12');
    expect(screen).toMatch(/│ We pay +│/u);
    expect(screen).toMatch(/│ for water +│/u);
    for (const part of ['YOUR RED LINES', 'INTERESTS', 'Water in June.', 'PASSAGES'])
      expect(screen).toContain(part);
    expect(screen).toContain('Ctrl+S says it · Esc leaves · Tab [P3]');
    await watched.press(ctrl('s'));
    expect(did.at(-1)).toBe('farmers-union: We pay\nfor water');
  });

  it('takes no key into the speech that was repeated as a command when it opened', async () => {
    const did: string[] = [];
    const nothing = () => undefined;
    const keep = (_: string, text: string) => void did.push(text);
    const seats = { take: nothing, giveBack: nothing, say: nothing, draft: nothing, keep };
    const watched = new Watched(120, 36, { seats });
    open.push(watched);
    watched.show(signalsInto(debateSignals({ rounds: 3 }), 11));
    await watched.until('T11 · speaking');
    await watched.press('>', '>');
    watched.show([{ kind: 'notice', notice: turn }]);
    await watched.until('you speak for');
    watched.now += 150;
    await watched.press('>', '>');
    expect(did).toEqual([]);
    await watched.press('a', '>');
    expect(did.at(-1)).toBe('a>');
    watched.now += 1000;
    await watched.press('>');
    expect(did.at(-1)).toBe('a>>');
  });

  it('says what of a paste did not fit', async () => {
    const { watched, did } = await seated();
    await watched.press(`${esc}[200~${'five '.repeat(5000)}${esc}[201~`);
    await watched.until('only 20,000 characters fit: 5,000 were left out');
    expect(did.at(-1)).toHaveLength('keep '.length + 20_000);
  });

  it('says nothing of a key that writes while it writes', async () => {
    const { watched } = await seated();
    expect(await watched.until('your words for')).not.toContain('Enter writes');
    await watched.press(esc);
    await watched.until('what you wrote is kept');
  });

  it.each([
    [80, 24],
    [120, 36],
    [200, 50],
  ] as [number, number][])('shows the exchange, the editor and the brief at %ix%i', async (columns, rows) => {
    const { watched } = await seated({}, { size: [columns, rows] });
    const lines = (await watched.until('YOUR RED LINES')).split('\n');
    expect(lines).toHaveLength(rows);
    const box = lines.findIndex((line) => line.includes('you speak for'));
    expect(box).toBeGreaterThan(4);
    const brief = lines.findIndex((line) => line.includes('YOUR RED LINES'));
    if (columns < 100) expect(brief).toBeGreaterThan(box);
    else expect(lines[brief]?.indexOf('YOUR RED LINES')).toBeGreaterThan(columns / 2);
  });

  it('shows the closing statement beside the editor, and how it is answered', async () => {
    const { watched, did } = await seated(
      { turn: null, longest: null, statement: 'Water is shared in June.' },
      {},
      'sign or refuse, then why · you answer for ● Farmers’ union',
    );
    const screen = await watched.until('THE CLOSING STATEMENT');
    expect(screen).toContain('Water is shared in June.');
    await watched.press('sign: fair', ctrl('s'));
    expect(did.at(-1)).toBe('farmers-union: sign: fair');
  });

  it('wraps between words, moves by visual lines and words, and undoes what was deleted', async () => {
    const { watched, did } = await seated({}, { size: [80, 24] });
    const text = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen';
    watched.terminal.stdin.write(`${esc}[200~${text}${esc}[201~`);
    const screen = await watched.until('15 of 150');
    expect(screen).toMatch(/│ one two .*thirteen +│/u);
    expect(screen).toMatch(/│ fourteen fifteen /u);
    await watched.press(`${esc}[A`, `${esc}b`, 'X');
    await watched.press(ctrl('w'));
    await watched.press(ctrl('y'));
    await watched.press(ctrl('s'));
    expect(did.at(-1)).toBe(`farmers-union: ${text.replace('four', 'Xfour')}`);
  });

  it('completes a passage with Tab, the next one with Tab again, and shows its words', async () => {
    const { watched, did } = await seated();
    await watched.press('See', ' ', '[P');
    await watched.press('\t');
    await watched.until('See [P1]');
    expect(await watched.until('PASSAGE 1')).toMatch(/PASSAGE 1/u);
    await watched.press('\t');
    await watched.until('See [P2]');
    await watched.press('.', ctrl('s'));
    expect(did.at(-1)).toBe('farmers-union: See [P2].');
  });

  it('keeps what was written when it is left, and goes on with it', async () => {
    const { watched, did } = await seated();
    await watched.press('half');
    await watched.press(esc);
    await watched.until('what you wrote is kept: Enter goes on with it');
    expect(did.at(-1)).toBe('keep half');
    await watched.untilGone('you speak for');
    await watched.press('\r');
    await watched.until('1 of 150 words');
    await watched.press(' more', ctrl('s'));
    expect(did.at(-1)).toBe('farmers-union: half more');
  });

  it('opens with the words kept from before, and with what a check found in those just given', async () => {
    const { watched } = await seated({ text: 'We never said that.', problems: ['There is no [P99].'] });
    const screen = await watched.until('✗ There is no [P99].');
    expect(screen).toContain('We never said that.');
    expect(screen).toContain('Ctrl+S says it as it is');
  });

  it('puts a model’s draft in its place, which undo takes back', async () => {
    const { watched, did, tell } = await seated();
    await watched.press('mine', ctrl('g'));
    expect(did.at(-1)).toBe('draft farmers-union');
    tell({ type: 'seat-draft', persona: 'farmers-union', state: 'writing', text: '' });
    await watched.until('the model is drafting');
    tell({ type: 'seat-draft', persona: 'farmers-union', state: 'written', text: 'The model’s words.' });
    await watched.until('The model’s words.');
    await watched.press(ctrl('y'));
    await watched.until(/│ mine +│/u);
  });

  it('gives the terminal to the person’s own editor and takes what came of it', async () => {
    const { watched, did } = await seated({}, { edit: async (text) => `${text} in vim` });
    await watched.press('typed', ctrl('e'));
    await watched.until('typed in vim');
    await watched.press(ctrl('s'));
    expect(did.at(-1)).toBe('farmers-union: typed in vim');
  });

  it('says so where there is no editor, and says nothing where nothing is written', async () => {
    const { watched, did } = await seated();
    await watched.press(ctrl('e'));
    await watched.until('set VISUAL or EDITOR');
    await watched.press(ctrl('s'));
    await watched.until('there is nothing to say yet');
    expect(did.filter((one) => one.startsWith('farmers-union'))).toEqual([]);
  });

  it('gives the seat back, and closes once it is given back', async () => {
    const { watched, did, tell } = await seated();
    await watched.press(ctrl('x'));
    expect(did.at(-1)).toBe('give back farmers-union');
    tell({ type: 'seat-given-back', persona: 'farmers-union' });
    await watched.untilGone('you speak for');
  });

  it('works below the text of the normal screen too', async () => {
    const { watched, did } = await seated({}, { mode: 'inline', size: [80, 24] });
    await watched.press('Fine.', ctrl('s'));
    expect(did.at(-1)).toBe('farmers-union: Fine.');
  });

  it('shows no sequence that a notice brings', async () => {
    const { watched } = await seated({ brief: '## Role\n\u001b[2Jgone\u202e' });
    expect(await watched.until('ROLE')).toContain('gone');
  });
});

describe('s with a persona in focus', () => {
  it('takes its seat before its turn, and gives it back', async () => {
    const { watched, did, tell } = await seated();
    tell({ type: 'seat-given-back', persona: 'farmers-union' });
    await watched.untilGone('you speak for');
    await watched.press('s', '1', 's');
    expect(watched.done).toEqual(['step']);
    const taken = did.at(-1) ?? '';
    expect(taken).toMatch(/^take /u);
    tell({ type: 'seat-taken', persona: taken.slice(5) });
    await watched.press('s', '.');
    expect(did.at(-1)).toBe(taken.replace('take', 'give back'));
    expect(watched.done).toEqual(['step', 'step']);
  });
});
