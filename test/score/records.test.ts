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
