import { describe, expect, test } from 'vitest';
import { parseTranscript } from '../../src/score/parse-transcript.ts';

/** The turns as [name, words], or the faults. */
function turnsIn(...lines: string[]) {
  const given = { file: 'talk', content: lines.join('\n'), speakers: null, leftOut: [] };
  const parsed = parseTranscript(given);
  if (!parsed.ok) return parsed.faults.map(({ message }) => message);
  return parsed.turns.map(({ speaker, text }) => [speaker, text.replaceAll(/\s+/g, ' ')]);
}

describe('a record of a court', () => {
  test('whose lines are numbered has neither the numbers nor the heads of its pages', () => {
    const page = [
      ...['THE COURT:  Counsel, your', 'appearances, please.', 'MR. COLE:  Paul Cole, your Honor.'],
      ...[
        'MS. DIAZ:  Clara Diaz for the',
        'defendant.',
        'THE COURT:  Thank you.',
        'MR. COLE:  The question is one',
      ],
      ...['of cost: who pays?', 'MS. DIAZ:  They do.'],
    ].map((line, at) => `${String(at + 1).padStart(3)}      ${line}`);
    expect(turnsIn('                    14', '', ...page, '', '      A. REPORTER  555-0100')).toEqual([
      ['THE COURT', 'Counsel, your appearances, please.'],
      ['MR. COLE', 'Paul Cole, your Honor.'],
      ['MS. DIAZ', 'Clara Diaz for the defendant.'],
      ['THE COURT', 'Thank you.'],
      ['MR. COLE', 'The question is one of cost: who pays?'],
      ['MS. DIAZ', 'They do.'],
    ]);
  });

  test('in which several people ask has their names, and one witness', () => {
    expect(
      turnsIn(
        ...['BY MR. COLE:', ' Q.  Did you sign?', ' A.  No.', 'MS. DIAZ:  Objection.', ' 3  BY MS. DIAZ:'],
        ...[' Q.  Did he ask you to?', 'THE WITNESS:  He did.'],
      ),
    ).toEqual([
      ['MR. COLE', 'Did you sign?'],
      ['Answer', 'No.'],
      ['MS. DIAZ', 'Objection. Did he ask you to?'],
      ['Answer', 'He did.'],
    ]);
  });
});

describe('a record of the press', () => {
  test('has questions in capitals between the answers of officials', () => {
    expect(
      turnsIn(
        ...['Briefing of 24 May', '', 'MS LEE: Good afternoon. Two things: water, and costs.', ''],
        ...['QUESTION: Will you sign?', '', 'MS LEE: No.', '', 'QUESTION: Why?', '', 'MS LEE: Ask in May.'],
      ),
    ).toEqual([
      ['MS LEE', 'Good afternoon. Two things: water, and costs.'],
      ['Q', 'Will you sign?'],
      ['MS LEE', 'No.'],
      ['Q', 'Why?'],
      ['MS LEE', 'Ask in May.'],
    ]);
  });

  test('has questions of nobody in particular between several names', () => {
    expect(
      turnsIn(
        ...['Spokesman: Good day.', '', 'Question: Who pays?', '', 'Guest: Both.', ''],
        ...['Question: When?', '', 'Spokesman: In May.', '', 'Guest: At last.'],
      ),
    ).toEqual([
      ['Spokesman', 'Good day.'],
      ['Question', 'Who pays?'],
      ['Guest', 'Both.'],
      ['Question', 'When?'],
      ['Spokesman', 'In May.'],
      ['Guest', 'At last.'],
    ]);
  });

  test('has no notes in brackets and capitals', () => {
    const lines = ['ANN LEE: You heard?', '', '(BEGIN VIDEO CLIP)', '', 'BO RAY: They never pay.', ''];
    expect(turnsIn(...lines, '(END VIDEO CLIP)', '', 'ANN LEE: Never.', '', 'BO RAY: Never.')).toEqual([
      ['ANN LEE', 'You heard?'],
      ['BO RAY', 'They never pay.'],
      ['ANN LEE', 'Never.'],
      ['BO RAY', 'Never.'],
    ]);
  });

  test('has no line among its turns that names who speaks', () => {
    const talk = ['AL: Shall we sign?', '', 'BR: No.', '', 'AL: Why?', '', 'BR: Ask in May.'];
    const turns = [
      ['AL', 'Shall we sign?'],
      ['BR', 'No.'],
      ['AL', 'Why?'],
      ['BR', 'Ask in May.'],
    ];
    expect(turnsIn('Interview: Ann Lee (AL) and Bo Ray (BR), 24 May', '', ...talk)).toEqual(turns);
    // Who greets them in a sentence speaks.
    expect(turnsIn('Cy: Welcome, AL and BR.', '', ...talk)).toEqual([
      ['Cy', 'Welcome, AL and BR.'],
      ...turns,
    ]);
  });
});

test('marks of direction before and behind a name are no part of it', () => {
  expect(turnsIn('\u200fالوزير\u200f: لا.', '\u200fالمذيع: لماذا؟', '\u200fالوزير: غدا.')).toEqual([
    ['الوزير', 'لا.'],
    ['المذيع', 'لماذا؟'],
    ['الوزير', 'غدا.'],
  ]);
});

test('ASS captions are read by their names, and refused where one is missing', () => {
  const said = (name: string, words: string) =>
    `Dialogue: 0,0:00:01.00,0:00:03.00,Default,${name},0,0,0,,${words}`;
  expect(
    turnsIn('[Script Info]', '[Events]', said('Ann', '{\\i1}Yes,{\\i0} or\\Nno?'), said('Bo', 'No.')),
  ).toEqual([
    ['Ann', 'Yes, or no?'],
    ['Bo', 'No.'],
  ]);
  expect(turnsIn('[Script Info]', said('Ann', 'Yes?'), said('', 'No.'))).toEqual([
    'nothing names who speaks in line 3 of these captions',
  ]);
});

test.each([
  [['id', 'who', 'what_they_said']],
  [['message_id', 'username', 'message_body']],
  [['Nr', 'Locutor', 'Intervención']],
])('columns %j say who speaks and what', (columns) => {
  const rows = [columns.join(','), '1,Ann,Yes.', '2,Bo,No.'];
  expect(turnsIn(...rows)).toEqual([
    ['Ann', 'Yes.'],
    ['Bo', 'No.'],
  ]);
});

describe('nobody speaks in', () => {
  test('a list whose one label comes twice running', () => {
    const recipe = [
      'Serves: 4',
      '',
      'Ingredients:',
      '- Onions, sliced',
      '- Butter, soft, and a litre of stock for the pot',
      '',
    ];
    expect(turnsIn(...recipe, 'Tip: add cheese.', 'Tip: use bread.')[0]).toContain(
      'may be parts of a document',
    );
  });

  test('a form that is filled in twice', () => {
    const form = (name: string) => [`Pupil: ${name}`, 'Class: 4 b', 'Teacher: M. Lee'];
    expect(turnsIn(...form('Ann'), ...form('Bo'), ...form('Cy'))[0]).toContain('may be fields of records');
  });

  test('a song with verses', () => {
    const song = [
      'Verse 1:',
      'The river is low',
      '',
      'Chorus:',
      'Who pays',
      '',
      'Verse 2:',
      'It is slow',
      '',
      'Chorus:',
      'Who pays',
    ];
    expect(turnsIn(...song)).toEqual([expect.stringContaining('"Verse 1:" stands before the first speaker')]);
  });
});

describe('a debate', () => {
  const talk = ['Affirmative: We sign now.', '', 'Negative: Not yet.', ''];
  const more = ['Affirmative: Why?', '', 'Negative: No visits.', ''];
  const turns = [
    ['Affirmative', 'We sign now.'],
    ['Negative', 'Not yet.'],
    ['Affirmative', 'Why?'],
    ['Negative', 'No visits.'],
  ];

  test('has neither its motion nor the numbers of its rounds among the speeches', () => {
    expect(turnsIn('Motion: We should sign.', '', 'ROUND 1', '', ...talk, 'Round 2:', '', ...more)).toEqual(
      turns,
    );
  });

  test.each(["Judge's decision: Negative wins.", 'Winner: Negative', '**Verdict:** Negative'])(
    'ends before %s, and that is said',
    (line) => {
      const content = [...talk, ...more, line].join('\n');
      const parsed = parseTranscript({ file: 'talk', content, speakers: null, leftOut: [] });
      if (!parsed.ok) throw new Error(parsed.faults[0]?.message);
      expect(parsed.turns.map(({ speaker, text }) => [speaker, text])).toEqual(turns);
      expect(parsed.notes.at(-1)).toBe(`left out below the last speech, from “${line}” on`);
    },
  );
});

describe('what may be a name', () => {
  test('with a dot that no label has is asked about, and not taken for words of the speaker before', () => {
    const talk = [
      'Ann Lee: Who pays?',
      '',
      'Bo Ray: Both.',
      '',
      'Comm. Cy Moor: Neither.',
      '',
      'Ann Lee: No?',
      '',
      'Bo Ray: No.',
    ];
    expect(turnsIn(...talk)[0]).toContain('“Comm. Cy Moor” may begin a turn here');
  });

  test('in a record in French may have a title with an elision', () => {
    expect(
      turnsIn('M. Jean Roy : Qui paie ?', '', 'L’hon. Luc Morel : Vous.', '', 'M. Jean Roy : Non.'),
    ).toEqual([
      ['M. Jean Roy', 'Qui paie ?'],
      ['L’hon. Luc Morel', 'Vous.'],
      ['M. Jean Roy', 'Non.'],
    ]);
  });

  test('is no word on which a full line goes on', () => {
    const talk = [
      'Ann Lee: Good day to you all. The choice is',
      'clear: we sign, or wait.',
      'Bo Ray: We wait.',
    ];
    const words = 'Good day to you all. The choice is clear: we sign, or wait.';
    expect(turnsIn(...talk, ...talk)).toEqual([
      ['Ann Lee', words],
      ['Bo Ray', 'We wait.'],
      ['Ann Lee', words],
      ['Bo Ray', 'We wait.'],
    ]);
  });

  test('is no letter before the answers of a quiz', () => {
    const quiz = (at: number) => [`${at}. What is a dam?`, 'A. A wall', 'B. A fish', 'Answer: A', ''];
    expect(turnsIn(...quiz(1), ...quiz(2), ...quiz(3)).every((fault) => typeof fault === 'string')).toBe(
      true,
    );
  });

  test('is no title of a page above names on lines of their own', () => {
    const talk = [
      'Ann Lee',
      'Who pays?',
      '',
      'Bo Ray',
      'Both.',
      '',
      'Ann Lee',
      'When?',
      '',
      'Bo Ray',
      'In May.',
    ];
    expect(turnsIn('Talks', '', '24 May', '', ...talk).map(([name]) => name)).toEqual([
      'Ann Lee',
      'Bo Ray',
      'Ann Lee',
      'Bo Ray',
    ]);
  });

  test('is a title in Spanish before an office in capitals', () => {
    const talk = [
      'La señora RUIZ: Gracias, señor ministro del agua.',
      '',
      'El señor MINISTRO DEL AGUA: ¿Y quién paga?',
      '',
      'La señora RUIZ: Ustedes.',
      '',
      'El señor LEE: No.',
      '',
      'El señor LEE: Sí.',
    ];
    expect(turnsIn(...talk).map(([name]) => name)).toContain('El señor MINISTRO DEL AGUA');
  });
});
