import { expect, it } from 'vitest';
import { checkRunName } from '../../src/journal/named-run.ts';

it.each([
  'a',
  'night-run',
  '2026-11-23-us-dprk-talks',
  'Größe',
  '谈判',
  'with space',
  'v1.2',
  'a'.repeat(100),
  'console',
  'nul-hypothesis',
])('takes %j', (name) => expect(checkRunName(name)).toEqual({ ok: true, value: name }));

it.each([
  ['', 'empty'],
  ['..', 'dot'],
  ['.hidden', 'dot'],
  ['../up', 'slash'],
  ['a/b', 'slash'],
  ['a\\b', 'slash'],
  ['-rf', 'hyphen'],
  ['a\nb', 'invisible'],
  ['a\u0000', 'invisible'],
  ['a\u202eb', 'invisible'],
  ['a\u200bb', 'invisible'],
  ['a\ud800', 'invisible'],
  ['what?', 'not every system'],
  ['a:b', 'not every system'],
  [' a', 'space'],
  ['a ', 'space'],
  ['a.', 'dot'],
  ['a'.repeat(101), '101 bytes'],
  ['谈'.repeat(34), '102 bytes'],
  ['CON', 'device'],
  ['nul.txt', 'device'],
  ['Lpt1', 'device'],
  ['ab', 'hexadecimal'],
  ['42', 'hexadecimal'],
])('refuses %j, says why and proposes what to use', (name, why) => {
  const outcome = checkRunName(name);
  expect(outcome).toMatchObject({ ok: false, failure: { reason: 'bad-name' } });
  if (outcome.ok) return;
  expect(outcome.failure.message).toContain(why);
  expect(outcome.failure.message).toMatch(/Try [a-z0-9-]+\.$|Use letters, digits and hyphens/);
  expect(outcome.failure.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
});

it('proposes a name that it would take', () => {
  const outcome = checkRunName('../My “Night” Run');
  const proposal = /Try (.+)\.$/.exec(outcome.ok ? '' : outcome.failure.message)?.[1] ?? '';
  expect(proposal).toBe('my-night-run');
  expect(checkRunName(proposal).ok).toBe(true);
});

it.each([
  ['d1', 'Try run-d1.'],
  ['CON', 'Try run-con.'],
])('proposes a name like %j, which only cannot stand alone', (name, proposal) => {
  const outcome = checkRunName(name);
  expect(!outcome.ok && outcome.failure.message).toContain(proposal);
});
