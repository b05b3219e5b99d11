import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Notice } from '../../src/debate/notices.ts';
import { openSeatFile } from '../../src/journal/side-file.ts';
import { createSeatLines } from '../../src/terminal/seat-lines.ts';
import { debateSignals, signalsInto } from '../helpers/debate-events.ts';
import { Collected } from './collected.ts';

type SeatTurn = Extract<Notice, { type: 'seat-turn' }>;
const turn: SeatTurn = {
  ...{
    type: 'seat-turn',
    persona: 'farmers-union',
    turn: 12,
    round: 2,
    to: null,
    statement: null,
    longest: 150,
  },
  ...{ brief: '## Role\nYou grow barley.', text: '', problems: [] },
};

/** Words for a seat from a stream; `isTTY` as at a terminal. */
function reading(form: 'text' | 'json', { isTTY = false } = {}) {
  const input = new PassThrough() as unknown as NodeJS.ReadStream & PassThrough;
  Object.assign(input, { isTTY, setRawMode: () => input });
  const out = new Collected();
  const did: string[] = [];
  const note = (what: string) => (persona: string, text?: string) =>
    void did.push([what, persona, text].filter((part) => part !== undefined).join(' '));
  const lines = createSeatLines({
    ...{ input, form, out: out.stream },
    controls: {
      take: note('take'),
      giveBack: note('give back'),
      say: note('say'),
      keep: () => {},
      draft: note('draft'),
    },
    interrupted: () => did.push('interrupted'),
    ended: note('ended'),
  });
  for (const signal of signalsInto(debateSignals({ rounds: 3 }), 11)) lines.show(signal);
  const ask = (notice: Partial<SeatTurn> = {}) =>
    lines.show({ kind: 'notice', notice: { ...turn, ...notice } });
  const until = async (what: string) => {
    for (let attempt = 0; attempt < 200 && !did.includes(what); attempt++)
      await new Promise((resolve) => setTimeout(resolve, 2));
    expect(did).toContain(what);
  };
  onTestFinished(() => lines.close());
  return { input, out, did, lines, ask, until };
}

describe('words for a seat that come in as lines', () => {
  test('end with a dot alone; what comes before it is awaited waits', async () => {
    const { input, did, ask, until } = reading('text');
    input.write('First line.\nA second.\n.\nNext speech.\n.\n');
    ask();
    await until('say farmers-union First line.\nA second.');
    expect(did).toHaveLength(1);
    ask({ turn: 16 });
    await until('say farmers-union Next speech.');
  });

  test('end with the input, and when nothing is left the debate is told so', async () => {
    const { input, ask, until } = reading('text');
    input.end('The last words\nwith no dot.');
    ask();
    await until('say farmers-union The last words\nwith no dot.');
    ask({ turn: 16 });
    await until('ended farmers-union');
  });

  test('of a pipe that a check found wanting are said as they are', async () => {
    const { did, ask } = reading('text');
    ask({ text: 'There is [P99].', problems: ['There is no [P99].'] });
    expect(did).toEqual(['say farmers-union There is [P99].']);
  });

  test('of a pipe that has ended leave the closing statement to the model, and answer it where words are left', async () => {
    const { input, ask, until } = reading('text');
    input.end('sign: it is fair.');
    ask({ turn: null, statement: 'All agree.' });
    await until('say farmers-union sign: it is fair.');
    ask({ turn: null, statement: 'All agree once more.' });
    await until('give back farmers-union');
  });

  test('at a terminal say how the closing statement is answered', () => {
    const { out, ask } = reading('text', { isTTY: true });
    ask({ turn: null, statement: 'All agree.' });
    expect(out.text).toContain(
      'You answer the closing statement for Farmers’ union. Begin with "sign" or "refuse"',
    );
  });

  test('at a terminal tell what to do, show the brief, and take commands', async () => {
    const { input, out, did, ask, until } = reading('text', { isTTY: true });
    ask({ text: 'Kept words.' });
    input.write('.brief\r.draft\r');
    await until('draft farmers-union');
    expect(out.text).toContain('You speak for Farmers’ union, round 2, turn 12, 150 words at most.');
    expect(out.text).toContain('Kept words.');
    expect(out.text).toContain('You grow barley.');
    expect(out.text).toMatch(/Red line on /u);
    input.write('.again\rMine.\r.\r');
    await until('say farmers-union Mine.');
    expect(did.filter((one) => one.startsWith('say'))).toHaveLength(1);
  });

  test('as JSON name their seat, ask for a draft or give the seat back; what fits nothing costs nothing', async () => {
    const { input, out, did, ask, until } = reading('json');
    ask();
    input.write('nonsense\n{"seat":"nobody","text":"x"}\n{"do":"draft"}\n{"text":"Words."}\n');
    await until('say farmers-union Words.');
    expect(did).toEqual(['draft farmers-union', 'say farmers-union Words.']);
    expect(out.text.match(/Not taken/gu)).toHaveLength(2);
    ask({ turn: 16 });
    input.write('{"seat":"farmers-union","do":"give-back"}\n');
    await until('give back farmers-union');
  });
});

describe('the file of seats and drafts beside a run', () => {
  test('outlives the process, and goes with the last seat and draft', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'parley-seats-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = openSeatFile(folder);
    file.hold(['mayor']);
    file.keep('mayor', 'half a\nthought');
    file.close();
    expect(JSON.parse(await readFile(join(folder, 'seats.json'), 'utf8'))).toEqual({
      v: 1,
      seats: ['mayor'],
      drafts: { mayor: 'half a\nthought' },
    });
    const again = openSeatFile(folder);
    expect([again.seats, again.read('mayor'), again.read('farmer')]).toEqual([
      ['mayor'],
      'half a\nthought',
      '',
    ]);
    again.hold([]);
    again.keep('mayor', '');
    again.close();
    await expect(stat(join(folder, 'seats.json'))).rejects.toThrow();
    expect(openSeatFile(join(folder, 'nowhere')).seats).toEqual([]);
  });
});
