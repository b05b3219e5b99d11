import { expect, test } from 'vitest';
import type { HomeContent, HomeRun } from '../../../src/terminal/home/home-content.ts';
import { homeLine, homeLines } from '../../../src/terminal/home/home-lines.ts';
import { initialHome } from '../../../src/terminal/home/home-state.ts';

const now = new Date(2026, 10, 30, 15).getTime();

function run(name: string, more: Partial<HomeRun> = {}): HomeRun {
  return {
    ...{ name, title: 'The reservoir', at: now - 60_000, state: 'read', trouble: '', isLive: false },
    ...{ trend: [0.4], convergence: 0.4, interval: { low: 0.35, high: 0.45 }, ending: 'round-limit' },
    ...{ rounds: 1, turns: 8, costUsd: 0.12, isUnpriced: false, models: 'openai:gpt', strategy: 'plain' },
    ...{ isSimulated: false, control: null, forkedFrom: null, batch: null },
    ...more,
  };
}

function content(runs: readonly HomeRun[]): HomeContent {
  return {
    ...{
      place: 'transcripts',
      runs,
      unread: 0,
      batches: [],
      scenarios: [],
      strategies: [],
      plans: [],
      bin: [],
    },
    hasBin: true,
  };
}

const runs = content(Array.from({ length: 12 }, (_, index) => run(`run-${index + 1}`, { at: now - index })));

test('runs are read out ten at a time, each in a sentence with a number that can be typed', () => {
  const lines = homeLines(initialHome({}), runs, 0, now);
  expect(lines[0]).toBe('12 runs in transcripts, newest first.');
  expect(lines[1]).toBe(
    '1: run-1, The reservoir, 30 Nov 15:00. C 0.40, 0.35 to 0.45. round-limit. $0.12, openai:gpt.',
  );
  expect(lines).toContain('2 more: type more.');
  const rest = homeLines(initialHome({}), runs, 10, now);
  expect(rest[2]).toMatch(/^12: run-12/);
  expect(rest[3]).toBe('That is all.');
});

test('a simulated run says so, and texts from journals act on no terminal', () => {
  const hostile = content([run('a', { title: '\u001b[2J\u202etitle', isSimulated: true })]);
  const [, line = ''] = homeLines(initialHome({}), hostile, 0, now);
  expect(line).toContain('simulated: not a language model');
  expect(line).not.toMatch(/[\u001b\u202e]/u);
});

test.each([
  ['3', { type: 'open', run: 'run-3' }],
  ['open 12', { type: 'open', run: 'run-12' }],
  ['Score 2', { type: 'score', run: 'run-2' }],
  ['fork 2 5', { type: 'fork', run: 'run-2', turn: 5 }],
  ['report 1', { type: 'report', run: 'run-1', file: 'run-1.html' }],
  ['new-debate', { type: 'new-debate' }],
  ['leave', { type: 'leave' }],
])('%s asks for %j', (line, intent) => {
  expect(homeLine(initialHome({}), runs, line).intent).toMatchObject(intent);
});

test.each([
  ['resume 1', 'it has ended: round-limit; f forks it'],
  ['open 99', 'There is no number 99.'],
  ['score', 'There is no run without a number.'],
  ['dance 1', 'Nothing here is called dance.'],
  ['fork 1 99', '1 to 8'],
])('%s does nothing and says why', (line, why) => {
  const { state, intent, change } = homeLine(initialHome({}), runs, line);
  expect([intent, change, state.said]).toEqual([undefined, undefined, why]);
});

test('a run is deleted by its number, and brought back', () => {
  const deleted = homeLine(initialHome({}), runs, 'delete 2');
  expect(deleted.change).toEqual({ type: 'delete', runs: ['run-2'] });
  expect(homeLine(deleted.state, runs, 'undo').change).toEqual({ type: 'restore', runs: ['run-2'] });
});

test('what is looked for, sorted, marked, and looked at is read out again or said', () => {
  const found = homeLine(initialHome({}), runs, 'find run-12');
  expect([found.shows, homeLines(found.state, runs, 0, now)[0]]).toEqual([
    true,
    '1 run in transcripts with “run-12”. Type back to see all, newest first.',
  ]);
  expect(homeLines(homeLine(found.state, runs, 'back').state, runs, 0, now)[0]).toMatch(/^12 runs/);
  const sorted = homeLine(initialHome({}), runs, 'sort');
  expect([sorted.shows, homeLines(sorted.state, runs, 0, now)[0]]).toEqual([
    true,
    '12 runs in transcripts, by name.',
  ]);
  const one = homeLine(initialHome({}), runs, 'mark 1').state;
  expect(one.said).toBe('1 run marked.');
  const two = homeLine(one, runs, 'mark 3').state;
  expect(homeLine(two, runs, 'compare').intent).toEqual({ type: 'compare', runs: ['run-1', 'run-3'] });
  expect(homeLine(two, runs, 'export My/Folder').intent).toMatchObject({
    type: 'export',
    folder: 'My/Folder',
  });
  expect(homeLine(two, runs, 'delete').change).toEqual({ type: 'delete', runs: ['run-1', 'run-3'] });
  expect(homeLine(two, runs, 'unmark').state.said).toBe('0 runs marked.');
});

test('every section is read out, and its numbers begin what Enter begins on the screen', () => {
  const thing = (id: string) => ({ id, title: `About ${id}`, about: '', folder: `at/${id}`, trouble: null });
  const shown = {
    ...runs,
    scenarios: [thing('tram')],
    strategies: [thing('plain')],
    plans: [thing('p.yaml')],
  };
  const at = (section: string) => homeLine(initialHome({}), shown, section).state;
  expect(homeLines(at('scenarios'), shown, 0, now).slice(0, 2)).toEqual([
    'scenarios: 1.',
    '1: tram, About tram.',
  ]);
  expect(homeLine(at('scenarios'), shown, '1').intent).toMatchObject({
    type: 'new-debate',
    scenario: 'tram',
  });
  expect(homeLine(at('scenarios'), shown, 'check 1').intent).toEqual({ type: 'check', folder: 'at/tram' });
  expect(homeLine(at('strategies'), shown, '1').intent).toMatchObject({ strategy: 'plain' });
  expect(homeLine(at('plans'), shown, '1').intent).toEqual({ type: 'run-plan', plan: 'p.yaml' });
  const bin = { ...shown, bin: [run('gone')] };
  expect(homeLine(at('bin'), bin, '1').change).toEqual({ type: 'restore', runs: ['gone'] });
  const asked = homeLine(at('bin'), bin, 'empty-bin').state;
  expect(asked.said).toBe('Delete 1 for good? Type yes, or anything else to keep them.');
  expect(homeLine(asked, bin, 'yes').change).toEqual({ type: 'empty-bin' });
  expect(homeLine(asked, bin, '').change).toBeUndefined();
});

test('a batch is read out as one, and opened and left by its number and back', () => {
  const batch = { id: 'p-1', title: 'Mine', planned: 4, isLive: true, arms: new Map([['run-1', 'plain']]) };
  const shown = {
    ...content([run('run-1', { batch: 'p-1', isLive: true, ending: null })]),
    batches: [batch],
  };
  expect(homeLines(initialHome({}), shown, 0, now)[1]).toBe(
    '1: batch Mine. 0 of 4 debates done, 1 running. mean C 0.40. $0.12.',
  );
  const inside = homeLine(initialHome({}), shown, '1');
  expect([inside.shows, inside.intent]).toEqual([true, undefined]);
  expect(homeLines(inside.state, shown, 0, now)[0]).toBe(
    '1 debate of the batch Mine. Type back to leave it.',
  );
  expect(homeLine(inside.state, shown, 'back').state.batch).toBeNull();
});
