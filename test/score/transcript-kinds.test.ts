import { describe, expect, test } from 'vitest';
import { parseTranscript, transcriptKinds } from '../../src/score/parse-transcript.ts';

function read(content: string, changes: Partial<Parameters<typeof parseTranscript>[0]> = {}) {
  return parseTranscript({
    file: 'talk',
    content,
    speakers: null,
    leftOut: ['moderator', 'system'],
    ...changes,
  });
}

/** The turns as "Name: text", or the faults. */
function told(content: string, changes: Partial<Parameters<typeof parseTranscript>[0]> = {}): string[] {
  const parsed = read(content, changes);
  return parsed.ok
    ? parsed.turns.map(({ speaker, text }) => `${speaker}: ${text.replaceAll('\n', ' / ')}`)
    : parsed.faults.map(({ message }) => `! ${message}`);
}

const json = (value: unknown) => JSON.stringify(value);
const csv = (lines: string[]) => lines.join('\n');

/** Each kind with the words that say what it was read as; every one is the same talk of Ann and Bo. */
const kinds: Record<string, [content: string, form: string]> = {
  'WebVTT with voices': [
    'WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>We agree\n\n2\n00:03.000 --> 00:04.000\n<v Ann>to inspections.\n\n00:04.500 --> 00:06.000 align:start\n<v Bo>We do not.</v>',
    'WebVTT',
  ],
  'WebVTT with names (Zoom)': [
    'WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nAnn: We agree\n\n2\n00:00:03.000 --> 00:00:05.000\nto inspections.\n\n3\n00:00:06.000 --> 00:00:07.000\nBo: We do not.',
    'WebVTT',
  ],
  'WebVTT with names in brackets (Google Meet)': [
    'WEBVTT\n\n00:00:08.000 --> 00:00:12.000\n(Ann)\nWe agree\n\n00:00:12.000 --> 00:00:16.000\n(Ann)\nto inspections.\n-\n(Bo)\nWe do not.\n',
    'WebVTT',
  ],
  'SRT with names in brackets': [
    '1\n00:00:01,000 --> 00:00:03,000\n[Ann] We agree\n\n2\n00:00:03,000 --> 00:00:04,000\n[Ann] to inspections.\n\n3\n00:00:06,000 --> 00:00:07,000\n[Bo] We do not.\n',
    'SRT captions',
  ],
  'captions without a number or a head': [
    '00:00:08.000 --> 00:00:12.000\n(Ann)\nWe agree\nto inspections.\n\n00:00:12.000 --> 00:00:16.000\n(Bo)\nWe do not.\n',
    'SRT captions',
  ],
  SRT: [
    '1\n00:00:01,000 --> 00:00:03,000\nAnn: We agree\n\n2\n00:00:03,000 --> 00:00:04,000\nto inspections.\n\n3\n00:00:06,000 --> 00:00:07,000\nBo: We do not.\n',
    'SRT captions',
  ],
  'WhatsApp (Android)': [
    '12/31/20, 9:15 PM - Messages are end-to-end encrypted.\n12/31/20, 9:15 PM - Ann: We agree\nto inspections.\n12/31/20, 9:16 PM - Bo: We do not.',
    'a WhatsApp export',
  ],
  'WhatsApp (iPhone)': [
    '[31.12.20, 21:15:03] Ann: We agree\n[31.12.20, 21:15:09] Ann: to inspections.\n[31.12.20, 21:16:00] Bo: We do not.',
    'a WhatsApp export',
  ],
  'Zoom chat': [
    '21:15:03\tFrom Ann to Everyone:\tWe agree\n\tto inspections.\n21:16:03\tFrom Bo to Everyone:\tWe do not.',
    'a Zoom chat',
  ],
  IRC: ['[21:15] <Ann> We agree\n[21:15] <Ann> to inspections.\n[21:16] <Bo> We do not.', 'a chat log'],
  Discord: [
    'Ann — Today at 9:15 PM\nWe agree\nto inspections.\n\nBo — 12/31/2020 9:16 PM\nWe do not.',
    'a Discord chat',
  ],
  Slack: ['Ann  [9:15 PM]\nWe agree\nto inspections.\nBo  [9:16 PM]\nWe do not.', 'a Slack chat'],
  'Teams, Otter': [
    'Ann  0:03\nWe agree\nto inspections.\n\nBo  1:15\nWe do not.',
    'a meeting transcript with times (Teams, Otter)',
  ],
  CSV: [
    csv(['id,speaker,text,round', '1,Ann,"We agree', 'to inspections.",1', '2,Bo,We do not.,1']),
    'a table with named columns',
  ],
  'CSV with semicolons': [
    csv(['Author;Message', 'Ann;"We agree', 'to inspections."', 'Bo;We do not.']),
    'a table with named columns',
  ],
  TSV: [
    csv(['name\tutterance', 'Ann\t"We agree', 'to inspections."', 'Bo\tWe do not.']),
    'a table with named columns',
  ],
  'numbered turns': [
    '# A debate\n\nTurn 1: Ann Opening\nWe agree\nto inspections.\n\nTurn 2: Bo Opening\nWe do not.',
    'numbered turns',
  ],
  'numbered headings': [
    '## Turn 1: Ann Opening\n\nWe agree\nto inspections.\n\n---\n\n## Turn 2: Bo Rebuttal\n\nWe do not.',
    'numbered turns',
  ],
  'bold names': ['**Ann:** We agree\nto inspections.\n\n**Bo:** We do not.', 'names before colons'],
  'bracketed names': ['[Ann]: We agree\nto inspections.\n\n[Bo]: We do not.', 'names before colons'],
  'full-width colons': ['Ann：We agree\nto inspections.\nBo：We do not.', 'names before colons'],
  headings: ['### Ann\nWe agree\nto inspections.\n### Bo\nWe do not.', 'headings with names'],
  'AutoGen 0.4': [
    json([
      { source: 'Ann', type: 'TextMessage', models_usage: null, content: 'We agree\nto inspections.' },
      { source: 'Ann', type: 'ToolCallRequestEvent', content: [] },
      { source: 'Bo', type: 'TextMessage', content: 'We do not.' },
    ]),
    'JSON',
  ],
  'AutoGen 0.2': [
    json({
      chat_history: [
        { role: 'system', content: 'Argue.' },
        { role: 'assistant', name: 'Ann', content: 'We agree\nto inspections.' },
        { role: 'user', name: 'Bo', content: 'We do not.' },
      ],
    }),
    'JSON',
  ],
  'LangChain, kept': [
    json([
      {
        lc: 1,
        type: 'constructor',
        id: ['langchain_core', 'messages', 'SystemMessage'],
        kwargs: { content: 'Argue.' },
      },
      {
        lc: 1,
        type: 'constructor',
        id: ['langchain_core', 'messages', 'AIMessage'],
        kwargs: { name: 'Ann', content: 'We agree\nto inspections.' },
      },
      {
        lc: 1,
        type: 'constructor',
        id: ['langchain_core', 'messages', 'HumanMessage'],
        kwargs: { name: 'Bo', content: 'We do not.' },
      },
    ]),
    'JSON',
  ],
  'LangGraph state': [
    json({
      messages: [
        { type: 'ai', name: 'Ann', content: 'We agree\nto inspections.', id: 'x' },
        { type: 'tool', content: '4', name: 'search' },
        { type: 'human', name: 'Bo', content: 'We do not.' },
      ],
    }),
    'JSON',
  ],
  'Inspect log': [
    json({
      version: 2,
      eval: { task: 'x' },
      samples: [
        {
          id: 1,
          messages: [
            { role: 'system', content: 'Argue.' },
            { role: 'Ann', content: 'We agree\nto inspections.' },
            { role: 'Bo', content: [{ type: 'text', text: 'We do not.' }] },
          ],
        },
      ],
    }),
    'JSON',
  ],
  promptfoo: [
    json({
      results: {
        results: [
          { provider: { id: 'Ann' }, response: { output: 'We agree\nto inspections.' } },
          { provider: { id: 'Bo' }, response: { output: 'We do not.' } },
        ],
      },
    }),
    'JSON',
  ],
  'Slack export': [
    json(
      [
        {
          type: 'message',
          user: 'U1',
          user_profile: { real_name: 'Ann' },
          username: 'Ann',
          text: 'We agree\nto inspections.',
        },
        { type: 'message', subtype: 'channel_join', user: 'U3', text: 'joined' },
        { type: 'message', username: 'Bo', text: 'We do not.' },
      ].map(({ user: _, ...rest }) => rest),
    ),
    'JSON',
  ],
  'Discord export': [
    json({
      guild: {},
      messages: [
        {
          id: '1',
          type: 'Default',
          author: { id: '9', name: 'ann99', nickname: 'Ann' },
          content: 'We agree\nto inspections.',
        },
        { id: '2', author: { name: 'bo1', nickname: 'Bo' }, content: 'We do not.' },
      ],
    }),
    'JSON',
  ],
};

describe('a transcript', () => {
  test.each(Object.entries(kinds))('is read from %s', (_kind, [content, form]) => {
    expect(told(content)).toEqual(['Ann: We agree / to inspections.', 'Bo: We do not.']);
    const parsed = read(content);
    expect(parsed.ok && parsed.notes).toEqual([`read as ${form}, 2 speakers: Ann (1), Bo (1)`]);
  });

  test.each(Object.entries(kinds))('has the same turns with Windows line ends: %s', (_kind, [content]) => {
    expect(told(content.replaceAll('\n', '\r\n'))).toEqual(told(content));
  });

  test('of ShareGPT is one conversation, of human and gpt', () => {
    const talk = {
      conversations: [
        { from: 'system', value: 'Argue.' },
        { from: 'human', value: 'Yes?' },
        { from: 'gpt', value: 'No.' },
      ],
    };
    expect(told(json([talk]))).toEqual(['human: Yes?', 'gpt: No.']);
    expect(told(json([talk, talk]))).toEqual([
      '! 2 conversations are in this file; name one by adding #1 to #2 to its path',
    ]);
  });

  test.each(['system', 'developer', 'tool'])('takes no message of role %s for a party', (role) => {
    const messages = [
      { role, content: 'Argue.' },
      { role: 'user', content: 'Yes?' },
      { role: 'assistant', content: 'No.' },
    ];
    expect(told(json({ messages }), { leftOut: [] })).toEqual(['user: Yes?', 'assistant: No.']);
  });

  test('of a deposition has who asks and who answers', () => {
    const text =
      'BY MR. COLE:\n 1  Q. Did you sign it?\n 2  A. No.\n 3  Q. Did anybody?\n 4  A. No.\nTHE COURT: Go on.\n Q. Well?';
    expect(told(text)).toEqual([
      'Question: Did you sign it?',
      'Answer: No.',
      'Question: Did anybody?',
      'Answer: No.',
      'THE COURT: Go on.',
      'Question: Well?',
    ]);
  });

  test.each([
    [
      'a title, with a country',
      'Mr. Cole (Example Republic): We agree.\n\nMs. Diaz (Other Land): We do not.',
      ['Mr. Cole (Example Republic)', 'Ms. Diaz (Other Land)'],
    ],
    [
      'a language in brackets',
      'Mr. Cole (Example Republic) (spoke in French): We agree.\n\nThe President: We do not.',
      ['Mr. Cole (Example Republic)', 'The President'],
    ],
    ['initials', 'J. R. Cole: We agree.\n\nDr. B. Diaz: We do not.', ['J. R. Cole', 'Dr. B. Diaz']],
    ['capitals', 'MR. COLE: We agree.\nTHE WITNESS: We do not.', ['MR. COLE', 'THE WITNESS']],
    ['small letters, again and again', 'ann: yes.\nbo: no.\nann: yes!\nbo: no!', ['ann', 'bo', 'ann', 'bo']],
    ['other scripts', '王毅: 我们同意。\n李娜: 我们不同意。', ['王毅', '李娜']],
    [
      'Hansard',
      '**Mr Cole (Example)**: We agree.\n\n**The Minister**: We do not.',
      ['Mr Cole (Example)', 'The Minister'],
    ],
  ])('has names with %s', (_what, text, names) => {
    const parsed = read(text);
    expect(parsed.ok && parsed.turns.map(({ speaker }) => speaker)).toEqual(names);
  });

  test('takes no line of prose for a party', () => {
    const text =
      'Ann: We agree.\n\nThe choice is clear: we sign or we leave.\n\nNote: it rained.\n\nBo: We do not.';
    expect(told(text)).toEqual([
      'Ann: We agree. /  / The choice is clear: we sign or we leave. /  / Note: it rained.',
      'Bo: We do not.',
    ]);
  });

  test('of two sides with numbered turns has two parties', () => {
    const text = Array.from(
      { length: 8 },
      (_, index) =>
        `Turn ${index + 1}: ${index % 2 === 0 ? 'PRO' : 'CON'} ${['Opening', 'Rebuttal', 'Closing Statement'][index % 3]}\n\nWords of turn ${index + 1}: they go on.\n`,
    ).join('\n');
    const parsed = read(text);
    expect(parsed.ok && parsed.notes).toEqual(['read as numbered turns, 2 speakers: PRO (4), CON (4)']);
  });

  test('says which of the names asked for nobody bears', () => {
    expect(told('Ann: Yes.\n\nBo: No.', { speakers: ['Ann', 'Bo', 'Cy'] })).toEqual([
      '! nobody called Cy speaks here; those who do are Ann, Bo',
    ]);
  });

  test('is read as the kind that is asked for, or refused', () => {
    expect(told('Ann: Yes.\n\nBo: No.', { as: 'vtt' })).toEqual([
      '! no turn is found in it as WebVTT; name another kind, or leave the choice out',
    ]);
    expect(told('Turn 1: a\n\nTurn 2: b', { as: 'labels' })[0]).toMatch(/^Turn|^!/);
  });
});

test('the kinds that the command line lists are those that are read', async () => {
  const { command: score } = await import('../../src/cli/commands/score.ts');
  const help = JSON.stringify(score.options);
  for (const kind of transcriptKinds) expect(help, kind).toContain(kind);
});

describe('a transcript is not read wrongly in silence', () => {
  test('points of a list in bold inside a speech are no parties', () => {
    expect(
      told(
        '**User:**\n\nWhat is wrong?\n\n---\n\n**Assistant:**\n\nTwo things:\n\n- **Noise:** too loud\n- **Law:** no consent\n',
      ),
    ).toEqual([
      'User: What is wrong?',
      'Assistant: Two things: /  / - **Noise:** too loud / - **Law:** no consent',
    ]);
  });

  test('facts above a rule are no parties', () => {
    expect(
      told(
        '# Talk\n\n**Interviewee:** Ada\n**Interviewer:** Charles\n\n---\n\n**Charles:** How are you?\n\n**Ada:** Well.',
      ),
    ).toEqual(['Charles: How are you?', 'Ada: Well.']);
    expect(told('Ann: Yes.\nBo: No.\n\n---\n\nAnn: Why?\nBo: Because.')).toHaveLength(4);
  });

  test('fields of records are refused by name', () => {
    const record = (who: string) => `Timestamp: 10:00\nRole: user\nSender: ${who}\n---\nWe agree.\n`;
    expect(told(record('Ann') + record('Bo'))[0]).toMatch(
      /^! Timestamp, Role, Sender look like the fields of records/,
    );
  });

  test('numbers of lines and times behind names are no part of a name', () => {
    expect(
      told(
        '     THE COURT:  Good morning.\n 2              MS. ROE:  Good morning.\n 3              THE COURT:  Go on.',
      ),
    ).toEqual(['THE COURT: Good morning.', 'MS. ROE: Good morning.', 'THE COURT: Go on.']);
    expect(told('Ann Lee (10:02 AM): Yes.\nBo Ray (10:03 AM): No.')).toEqual([
      'Ann Lee: Yes.',
      'Bo Ray: No.',
    ]);
  });

  test('sounds in brackets name nobody in captions', () => {
    const cue = (at: number, words: string) => `00:00:0${at}.000 --> 00:00:0${at}.900\n${words}\n\n`;
    const text = `WEBVTT\n\n${cue(1, 'Ann: We agree.')}${cue(2, '[laughs] Really.')}${cue(3, 'Bo: No.')}`;
    expect(told(text)).toEqual(['Ann: We agree. / [laughs] Really.', 'Bo: No.']);
  });

  test.each([
    [
      'segments of WhisperX',
      {
        segments: [
          { speaker: 'A', text: ' Yes.' },
          { speaker: 'B', text: ' No.' },
        ],
      },
    ],
    [
      'sentences of Fireflies',
      [
        { speaker_name: 'A', sentence: 'Yes.' },
        { speaker_name: 'B', sentence: 'No.' },
      ],
    ],
    [
      'rounds that hold turns',
      {
        rounds: [
          {
            round: 1,
            turns: [
              { speaker: 'A', text: 'Yes.' },
              { speaker: 'B', text: 'No.' },
            ],
          },
        ],
      },
    ],
    [
      'arguments',
      {
        debate: [
          { agent: 'A', argument: 'Yes.' },
          { agent: 'B', argument: 'No.' },
        ],
      },
    ],
  ])('JSON is read: %s', (_name, value) => {
    expect(told(json(value))).toEqual(['A: Yes.', 'B: No.']);
  });

  test('voices that a program only numbers are speakers', () => {
    const utterances = [
      { speaker: 0, transcript: 'Yes.' },
      { speaker: 1, transcript: 'No.' },
    ];
    expect(told(json({ results: { utterances } }))).toEqual(['Speaker 0: Yes.', 'Speaker 1: No.']);
  });
});
