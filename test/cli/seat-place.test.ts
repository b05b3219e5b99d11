import { expect, it } from 'vitest';
import { seatPlace } from '../../src/cli/seat-people.ts';

const environment = { variables: { XDG_STATE_HOME: '/state' }, homeDirectory: '/home/ann' };
const at = (folder: string, run = 'night') => seatPlace(folder, run, environment);

it('keeps drafts for a run of a database on this machine, one place for a run and a database, whatever the password', () => {
  const place = at('postgres://ann:secret@db/debates');
  expect(place).toMatch(/^\/state\/parley\/seats\/[0-9a-f]{16}\/night$/u);
  expect(place).toBe(at('postgres://ann:other@db/debates?sslmode=require'));
  expect(place).not.toBe(at('postgres://ann:secret@db/others'));
  expect(place).not.toBe(at('postgres://ann:secret@db/debates', 'day'));
  expect(at('/no/such/folder')).toBeNull();
});
