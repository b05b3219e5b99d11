import { expect, test } from 'vitest';
import { splitNotes } from '../../src/prompts/replies.ts';

test.each([
  ['notes and then a speech', '<notes>I bluff.</notes>\nWe agree.', 'I bluff.', 'We agree.'],
  ['no notes', 'We agree.', '', 'We agree.'],
  ['notes after the speech', 'We agree. <notes>I bluff.</notes>', 'I bluff.', 'We agree.'],
  ['notes twice', '<notes>One.</notes>A.<notes>Two.</notes>B.', 'One.\n\nTwo.', 'A.\n\nB.'],
  [
    'notes that are never closed are private to the end',
    'A. <notes>I bluff. We agree.',
    'I bluff. We agree.',
    'A.',
  ],
  [
    'notes that were never opened are private from the start',
    'I bluff.</notes>We agree.',
    'I bluff.',
    'We agree.',
  ],
  ['tags in capitals and with spaces', '< Notes >I bluff.</ NOTES >We agree.', 'I bluff.', 'We agree.'],
  ['notes inside notes', '<notes>a<notes>b</notes>c</notes>d', 'a<notes>b\n\nc', 'd'],
  ['nothing', '', '', ''],
])('%s', (_title, text, notes, speech) => {
  expect(splitNotes(text)).toEqual({ notes, speech });
});
