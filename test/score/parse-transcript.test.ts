import { describe, expect, test } from 'vitest';
import { parseTranscript } from '../../src/score/parse-transcript.ts';

const read = (
  content: string,
  speakers: string[] | null = null,
  leftOut: string[] = ['moderator', 'system'],
) => parseTranscript({ file: 'talk', content, speakers, leftOut });

/** The turns as "Name: text", or the faults as "line: message". */
function told(content: string, speakers: string[] | null = null): string[] {
  const parsed = read(content, speakers);
  return parsed.ok
    ? parsed.turns.map(({ speaker, text }) => `${speaker}: ${text}`)
    : parsed.faults.map(({ line, message }) => `${line}: ${message}`);
}

describe('turns in text', () => {
  test.each([
    ['Name: speech', 'Ann: We agree.\nBo: We do not.'],
    ['**Name:** speech', '**Ann:** We agree.\n\n**Bo:** We do not.'],
    ['**Name**: speech', '**Ann**: We agree.\n\n**Bo** : We do not.'],
    ['a list', '- Ann: We agree.\n- Bo: We do not.'],
    ['a time before the name', '[00:01:02] Ann: We agree.\n12:04 Bo: We do not.'],
    ['headings', '# The talk\n\n## Ann\n\nWe agree.\n\n## Bo\n\nWe do not.'],
    ['Windows line ends and a byte order mark', '\uFEFFAnn: We agree.\r\nBo: We do not.\r\n'],
    ['front matter and rules', '---\ntitle: x\n---\nAnn: We agree.\n\n---\n\nBo: We do not.'],
    ['a title above labels', '# The talk\n\nAnn: We agree.\n\nBo: We do not.'],
  ])('are read from %s', (_, content) => {
    expect(told(content)).toEqual(['Ann: We agree.', 'Bo: We do not.']);
  });

  test('go on over paragraphs, and a colon inside a paragraph begins nothing', () => {
    expect(
      told('Ann: We say this.\nIt goes on.\nNote: not a name.\n\nA second paragraph.\n\nBo: No.'),
    ).toEqual(['Ann: We say this.\nIt goes on.\nNote: not a name.\n\nA second paragraph.', 'Bo: No.']);
  });

  test('begin only with the names given, where names are given', () => {
    expect(told('Ann: Yes.\n\nNote: the room is cold.\n\nBO: No.', ['ann', 'Bo'])).toEqual([
      'Ann: Yes.\n\nNote: the room is cold.',
      'BO: No.',
    ]);
  });

  test('of whoever chairs are left out', () => {
    expect(told('Moderator: Begin.\n\nAnn: Yes.\n\nBo: No.')).toEqual(['Ann: Yes.', 'Bo: No.']);
  });

  test.each([
    ['nothing', ' \n', ['1: the transcript is empty']],
    [
      'no names',
      '\nJust some prose here.',
      ['2: no turn begins here; write "Name: speech", "**Name:** speech" or a heading with the name'],
    ],
    [
      'words before the first name',
      'Some words.\n\nAnn: Yes.\n\nBo: No.',
      ['1: "Some words." stands before the first speaker; begin it with a name and a colon, or take it out'],
    ],
    [
      'a name that says nothing',
      'Ann: Yes.\n\nBo:\n\nAnn: Well.',
      ['3: Bo says nothing here; leave the turn out or complete it'],
    ],
    [
      'one speaker alone',
      'Ann: Yes.\n\nAnn: No.',
      ['1: only Ann speaks here; convergence needs two speakers or more'],
    ],
    [
      'thirteen speakers',
      Array.from({ length: 13 }, (_, place) => `Person ${place}: Yes.`).join('\n'),
      ['1: 13 names speak here, and at most 12 can be read; name the speakers if some of these are not'],
    ],
  ])('faults: %s', (_, content, faults) => {
    expect(told(content)).toEqual(faults);
  });
});

describe('turns in JSON', () => {
  const turns = ['Ann: We agree.', 'Bo: We do not.'];

  test.each([
    [
      'speaker and text, one a line',
      '{"speaker":"Ann","text":"We agree."}\n\n{"speaker":"Bo","text":"We do not."}',
    ],
    [
      'name and content, with other keys',
      '{"id":1,"name":"Ann","role":"user","content":"We agree."}\n{"name":"Bo","role":"assistant","content":"We do not."}',
    ],
    [
      'content in parts',
      '{"name":"Ann","content":[{"type":"text","text":"We agree."}]}\n{"name":"Bo","content":[{"type":"text","text":"We do not."}]}',
    ],
    ['one array', '[{"from":"Ann","value":"We agree."},\n {"from":"Bo","value":"We do not."}]'],
    [
      'an object with messages',
      '{"messages":[{"role":"system","content":"Argue."},{"role":"Ann","content":"We agree."},{"role":"Bo","content":"We do not."}]}',
    ],
    [
      'a line with messages',
      '{"messages":[{"name":"Ann","content":"We agree."},{"name":"Bo","content":"We do not."}]}\n',
    ],
    [
      'an object with turns',
      '{"title":"x","turns":[{"speaker":"Ann","text":"We agree."},{"speaker":"Bo","text":"We do not."}]}',
    ],
  ])('are read from %s', (_, content) => {
    expect(told(content)).toEqual(turns);
  });

  test('keep the rounds that they name', () => {
    const parsed = read('{"speaker":"Ann","text":"a","round":1}\n{"speaker":"Bo","text":"b","round":"x"}');
    expect(parsed.ok && parsed.turns.map(({ round }) => round)).toEqual([1, null]);
  });

  test('name every fault with its line', () => {
    const faults = told(
      '{"speaker":"Ann","text":"We agree."}\n{"text":"who?"}\n{oops\n{"speaker":"Bo"}\n{"speaker":"Bo","text":" "}',
    );
    expect(faults).toEqual([
      expect.stringMatching(/^3: this line is no JSON: /),
      '2: a turn without a speaker; name it under one of speaker, speaker_name, name, author, from, agent, sender, user, username, role, source',
      '4: Bo has no text here; put it under one of text, content, message, value, utterance, body, sentence, argument, transcript',
      '5: Bo says nothing here; leave the turn out or complete it',
    ]);
  });

  test('of two conversations are refused', () => {
    const one = '{"messages":[{"name":"Ann","content":"a"},{"name":"Bo","content":"b"}]}';
    expect(told(`${one}\n${one}`)).toEqual([
      '2: 2 conversations are in this file; name one by adding #1 to #2 to its path',
    ]);
  });

  test('inside one array are told by their place', () => {
    expect(told('[{"speaker":"Ann","text":"a"},{"text":"b"}]')).toEqual([
      '1: turn 2: a turn without a speaker; name it under one of speaker, speaker_name, name, author, from, agent, sender, user, username, role, source',
    ]);
  });
});

describe('documents under headings and labels are no talks', () => {
  const under = (...heads: string[]) => heads.map((head) => `## ${head}\n\nWords of it.`).join('\n\n');
  test.each([
    ['a manual', under('Usage', 'Requirements')],
    ['a change log', under('Bug Fixes', 'Features', 'Bug Fixes', 'Features')],
    ['functions', under('up(count = 1)', 'down(count = 1)', 'up(count = 1)', 'down(count = 1)')],
    ['chapters', under('Setting up a state', 'Using a store')],
    ['licences', 'License: MIT\nBy: Ann\n\nLicense: ISC\nBy: Bo'],
    ['options', 'Type: `text`\nDefault: 1\n\nType: `number`\nDefault: 2'],
    ['a list of changes', '- [Fix] a bug\n- [Tests] more\n- [Fix] another\n- [Tests] fewer'],
  ])('%s', (_what, content) => {
    const parsed = parseTranscript({ file: 'x', content, speakers: null, leftOut: [] });
    expect(parsed.ok).toBe(false);
    expect(parsed.ok || parsed.faults[0]?.message).toMatch(
      /name the speakers|no turn begins|fields of records/,
    );
  });
});

test('a speech put together from very many pieces is read in time that grows with its length', () => {
  const milliseconds = (times: number) => {
    const began = process.cpuUsage();
    const content = 'Ann: a\n\nBo: b\n\n'.repeat(2) + '[INST] a [/INST]'.repeat(times);
    parseTranscript({ file: 'x', content, speakers: null, leftOut: [] });
    return process.cpuUsage(began).user / 1000;
  };
  milliseconds(2000);
  // Sixteen times as much took two hundred times as long, twelve seconds, where it was looked at again with each piece.
  expect(milliseconds(64_000)).toBeLessThan(2000);
});
