import { describe, expect, test } from 'vitest';
import { createGate } from '../../src/run/gate.ts';

const never = new AbortController().signal;

async function isThrough(passing: Promise<void>): Promise<boolean> {
  return Promise.race([
    passing.then(() => true),
    new Promise<boolean>((done) => setTimeout(() => done(false), 10)),
  ]);
}

describe('the gate between actions', () => {
  test('is open until paused', async () => {
    expect(await isThrough(createGate(() => {}).passed(never))).toBe(true);
  });

  test('holds while paused and opens on resume', async () => {
    const gate = createGate(() => {});
    gate.pause();
    const passing = gate.passed(never);
    expect(await isThrough(passing)).toBe(false);
    gate.resume();
    expect(await isThrough(passing)).toBe(true);
  });

  test('lets exactly one action through a step and stays paused', async () => {
    const gate = createGate(() => {});
    gate.step();
    expect(await isThrough(gate.passed(never))).toBe(true);
    expect(await isThrough(gate.passed(never))).toBe(false);
    expect(gate.isPaused).toBe(true);
  });

  test('an abort opens it', async () => {
    const gate = createGate(() => {});
    const abort = new AbortController();
    gate.pause();
    const passing = gate.passed(abort.signal);
    abort.abort();
    expect(await isThrough(passing)).toBe(true);
  });

  test('tells of each change once', () => {
    const changes: string[] = [];
    const gate = createGate((state) => changes.push(state));
    gate.pause();
    gate.pause();
    gate.resume();
    expect(changes).toEqual(['paused', 'going']);
  });

  test('is pausing, not paused, until the action under way is done', async () => {
    const changes: string[] = [];
    const gate = createGate((state) => changes.push(state));
    await gate.passed(never);
    gate.pause();
    expect(changes).toEqual(['pausing']);
    const passing = gate.passed(never);
    expect(changes).toEqual(['pausing', 'paused']);
    gate.step();
    await passing;
    expect(changes).toEqual(['pausing', 'paused', 'pausing']);
    void gate.passed(never);
    expect(changes.at(-1)).toBe('paused');
  });

  test('holds what is under way too, but not what a step let through', async () => {
    const gate = createGate(() => {});
    await gate.passed(never);
    expect(gate.holds).toBe(false);
    gate.pause();
    expect(gate.holds).toBe(true);
    gate.step();
    await gate.passed(never);
    expect(gate.holds).toBe(false);
  });

  test('hands over each question once, trimmed, and no empty ones', () => {
    const gate = createGate(() => {});
    gate.ask('  Why not?  ');
    gate.ask('   ');
    expect(gate.takeQuestions()).toEqual(['Why not?']);
    expect(gate.takeQuestions()).toEqual([]);
  });
});
