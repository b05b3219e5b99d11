/** Texts of a length whose every piece invites a pattern to look far ahead, or back, again and again. */
export function hostileTexts(length: number): [name: string, text: string][] {
  const pieces = [
    ...[
      ' ',
      '\n',
      '\t',
      ' \n',
      '\r',
      'a',
      'a ',
      '1',
      '1 ',
      '1,',
      '"',
      '"a ',
      '“a',
      '“a\n',
      "'",
      '’s ',
      '[',
      '[a](',
      '](',
      '<',
      '< ',
      '<a',
      '<a ',
      '<!--',
      '<script>',
      '<title x',
    ],
    ...[
      '&amp;',
      '&#x41;',
      '&',
      '**',
      '*a ',
      '_',
      '`',
      '# ',
      '# a\n',
      '- ',
      '> ',
      '---\n',
      'a: b\n',
      'a:',
      ':',
      ': ',
      'Name: ',
      'Name:\n',
      'Q: a\n',
      '| ',
      '||',
      '. ',
      'a. ',
      '!?',
      '…',
      '...',
    ],
    ...[
      '{',
      '{"a":',
      '[{',
      '},',
      '\\',
      '\\u0000',
      '\u0301',
      'a\u0301\u0301\u0301',
      '\u200d',
      '\ufe0f',
      '🙂',
      '中',
      '中。',
      'א',
      '=',
      '==',
      '=a',
      '@',
      'a@',
      'a.',
      '+1 (',
      'eyJ.',
      '00:00:01 --> ',
      '00:00 ',
      '[00:00] ',
      '12/1/20, 1:00 - ',
    ],
    ...[
      'From: a\n',
      'MR. ',
      'Mr. A (B): ',
      '<v A>',
      '1\n00:00:01,000 --> 00:00:02,000\n',
      '"a","b"\n',
      '"',
      '""',
      ',',
      ';',
      '~~~\n',
      '```\n',
    ],
  ];
  return pieces.map((piece): [string, string] => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    return [JSON.stringify(piece), `word ${text}`.slice(0, length)];
  });
}

/** The quickest of a few tries in milliseconds of this thread's processor time: what else a machine does is not the function's fault. */
export function quickest(work: () => unknown, enough: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 4 && best > enough; tries++) {
    const before = process.threadCpuUsage();
    work();
    const { user, system } = process.threadCpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}
