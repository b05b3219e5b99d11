import { expect, test } from 'vitest';
import { parseTranscript } from '../../src/score/parse-transcript.ts';

const kinds = ['Opening Statement', 'Opening Statement', 'Rebuttal', 'Rebuttal', 'Closing', 'Closing'];
const sides = [
  ['PRO', 'CON'],
  ['Affirmative', 'Negative'],
  ['for', 'against'],
  ['Proposition', 'Opposition'],
] as const;
const heads = [
  ...[
    'N: S K',
    'N: S (K)',
    'N - S K',
    'N — S: K',
    'N: K (S)',
    'N: K - S',
    'N (S): K',
    'N [S]: K',
    'N: S',
    'N | S | K',
  ],
  ...[
    'N/6: S K',
    '#N: S K',
    '0N: S K',
    'N. S K',
    'N: S K (gpt-4o)',
    'N: S (claude-3.5) — K',
    'N: S, K',
    'N S K',
    'N: **S** K',
  ],
];
const marks = ['## ', '### ', '', '**', '=== '];
const speech =
  'The choice is clear: act.\n\n### Claim 1: it works\n\nMy opponent said in Turn 1: no.\n\n- PRO: they say yes.\n- CON: no.';

/** Every form of heading under every mark, with the sides in turn. */
const forms = heads.flatMap((head) => marks.map((mark): [string, string] => [head, mark]));

test.each(forms)('two sides speak below “Turn %s” after “%s”', (head, mark) => {
  for (const [place, names] of sides.entries()) {
    const turns = kinds.map((kind, at) => {
      const line = head
        .replace('N', String(at + 1))
        .replace('S', names[at % 2] ?? '')
        .replace('K', kind);
      const whole =
        mark === '**'
          ? `**Turn ${line.replaceAll('**', '')}**`
          : `${mark}Turn ${line}${mark === '=== ' ? ' ===' : ''}`;
      return `${whole}\n${place % 2 ? '------\n' : ''}\n${speech} (${at + 1})\n`;
    });
    const content = `# Debate\n\nTopic: cars\n\n${turns.join('\n')}`;
    const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: [] });
    expect(parsed.ok && parsed.form).toBe('numbered turns');
    const read = parsed.ok ? parsed.turns.map(({ speaker, text }) => [speaker, text]) : [];
    expect(read).toEqual(kinds.map((_, at) => [names[at % 2], `${speech} (${at + 1})`]));
  }
});

function names(...rests: string[]): string[] {
  const content = rests.map((rest, at) => `## Turn ${at + 1}${rest}\n\nWords.`).join('\n\n');
  const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: [] });
  return parsed.ok ? parsed.turns.map(({ speaker }) => speaker) : [];
}

test('names stand for parties where headings hold names', () => {
  expect(names(' — Ann Lee (Pro)', ' — Bo Ray (Con)', ' — Ann Lee (Pro)', ' — Bo Ray (Con)')).toEqual([
    ...['Ann Lee', 'Bo Ray', 'Ann Lee', 'Bo Ray'],
  ]);
  expect(names(': Ann Lee', ': Ann Ray', ': Ann Lee', ': Ann Ray')).toEqual([
    'Ann Lee',
    'Ann Ray',
    'Ann Lee',
    'Ann Ray',
  ]);
});

test('a verdict below the last turn is nobody’s speech, and that is said', () => {
  const content = ['Turn 1: PRO', 'Turn 2: CON', 'Verdict']
    .map((head) => `## ${head}\n\nWords.`)
    .join('\n\n');
  const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: [] });
  expect(parsed.ok && parsed.turns.map(({ text }) => text)).toEqual(['Words.', 'Words.']);
  expect(parsed.ok && parsed.notes).toContain('left out, since it is nobody’s turn: Verdict');
});

test('a heading inside the last speech belongs to it', () => {
  const content = '## Turn 1: PRO\n\nWords.\n\n## Turn 2: CON\n\nFirst.\n\n## Claim 2\n\nLast.';
  const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: [] });
  expect(parsed.ok && parsed.turns.at(-1)?.text).toBe('First.\n\n## Claim 2\n\nLast.');
});

test('headings that only number rounds of named speakers are no parties', () => {
  const content = [1, 2].map((n) => `## Round ${n}: Opening statements\n\nAnn: Yes.\n\nBo: No.`).join('\n\n');
  const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: [] });
  expect(parsed.ok && parsed.turns.map(({ speaker }) => speaker)).toEqual(['Ann', 'Bo', 'Ann', 'Bo']);
});
