import fc from 'fast-check';

/** Pieces of what a hostile or broken model could send: sequences, whole and cut, and ordinary text of many kinds. */
const pieces = [
  ...[
    '\u001b',
    '\u001b[',
    '\u001b]',
    '\u001bP',
    '\u001b_',
    '\u001b^',
    '\u001bX',
    '\u001b\\',
    '\u0007',
    '\u009c',
  ],
  ...['\u009b', '\u009d', '\u0090', '\u0098', '\u009e', '\u009f', '\u0085', '\u0018', '\u001a', '\u007f'],
  ...[
    '[31m',
    '[2J',
    '[H',
    '[?1049h',
    '[?25l',
    '[?1000h',
    '[6n',
    '[4h',
    '[10;10H',
    '[1;5r',
    'c',
    '7',
    '8',
    '(0',
  ],
  ...[
    '\u001b[38;5;196mred\u001b[0m',
    '\u001b[8mhidden',
    '\u001b[?2004h',
    '\u001b[!p',
    '\u001b#8',
    '\u001b[5 q',
  ],
  ...[
    '\u001b]0;title\u0007',
    '\u001b]2;title\u001b\\',
    '\u001b]52;c;aGVsbG8=\u0007',
    '\u001b]8;;http://x.test\u0007link',
  ],
  ...[
    '\u001b]4;1;rgb:ff/00/00\u0007',
    '\u001bP+q544e\u001b\\',
    '\u001b_Gi=1;AAAA\u001b\\',
    '\u001b]1337;File=:AA\u0007',
  ],
  ...[
    '0;',
    ';',
    '?',
    '52;c;',
    'm',
    'h',
    'J',
    '\r',
    '\b\b\b',
    '\u0000',
    '\t',
    '\n',
    '\r\n',
    '\v',
    '\f',
    '\u000e',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u2069',
    '\u200b',
    '\u200d',
    '\ufeff',
    '\u00ad',
    '\u2028',
    '\u{e0041}',
    '\u{e0001}',
    '\ufe0f',
  ],
  ...[
    'hello ',
    'world',
    'ab',
    ' ',
    '. ',
    '한국어',
    '日本語',
    '😀',
    '👩\u200d🚀',
    '👍🏽',
    '🇰🇷',
    'e\u0301',
    'é',
    'אב',
    'مر',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\u{10ffff}',
    '\ue000',
    '\u0301\u0302\u0303\u0304\u0305\u0306',
    '\uffff',
    '<notes>',
    '</notes>',
  ],
];

/** A text and the places at which it was split on its way. */
export const splitHostileText: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...pieces) },
        fc.string({ maxLength: 6, unit: 'binary' }),
      ),
      {
        maxLength: 24,
      },
    ),
    fc.array(fc.nat(200), { maxLength: 6 }),
  )
  .map(([parts, places]) => splitAt(parts.join(''), places));

function splitAt(text: string, places: readonly number[]): string[] {
  const ends = [...new Set(places.map((place) => Math.min(place, text.length)))].sort((a, b) => a - b);
  const chunks: string[] = [];
  let from = 0;
  for (const end of [...ends, text.length]) {
    chunks.push(text.slice(from, end));
    from = end;
  }
  return chunks;
}
