import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, onTestFinished, test } from 'vitest';
import { readTranscript } from '../../src/score/transcripts.ts';
import { pdfOf } from '../helpers/pdf.ts';

const agenda = { agenda: [], cast: [], from: 'nowhere' };

/** The turns of a file as "Name: text" below what it was read as, or why it was not read. */
async function told(name: string, bytes: Uint8Array | string, part = ''): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-transcript-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), bytes);
  const read = await readTranscript(join(folder, name) + part, {
    ...{
      agenda,
      principals: null,
      seed: null,
      roundsOf: null,
      speakers: null,
      leaveOut: [],
      transcripts: folder,
    },
  });
  if (!read.ok) return [read.failure.message.replaceAll(`${folder}/`, '')];
  const { readAs, speeches, cast } = read.value;
  const nameOf = (id: string) => cast.find((member) => member.id === id)?.name;
  return [readAs ?? '', ...speeches.map(({ speaker, text }) => `${nameOf(speaker)}: ${text}`)];
}

const talk = [
  { role: 'system', content: 'Be brief.', source: 'input' },
  { role: 'user', content: 'We agree to inspections.', source: 'input' },
  { role: 'assistant', content: [{ type: 'text', text: 'We do not.' }], source: 'generate' },
];
const other = [
  { role: 'user', content: 'Do you sign?' },
  { role: 'assistant', content: 'No.' },
];
const log = (samples: readonly object[]) =>
  zipSync(
    Object.fromEntries([
      ['header.json', strToU8('{}')],
      ...samples.map((messages, at) => [
        `samples/${at + 1}_epoch_1.json`,
        strToU8(JSON.stringify({ id: at + 1, messages, events: [] })),
      ]),
    ]),
  );

test('an Inspect log is read by the roles of its messages, not by where they come from', async () => {
  expect(await told('talk.eval', log([talk]))).toEqual([
    'read as an Inspect log, 2 speakers: user (1), assistant (1)',
    'user: We agree to inspections.',
    'assistant: We do not.',
  ]);
});

test('a log of several samples says how to name one, and reads the one that is named', async () => {
  expect((await told('talk.eval', log([talk, other])))[0]).toMatch(
    /^talk\.eval:1: 2 samples are in this file; name one by adding #1 to #2 to its path/,
  );
  expect(await told('talk.eval', log([talk, other]), '#2')).toContain('assistant: No.');
  expect((await told('talk.eval', log([talk, other]), '#3'))[0]).toMatch(/2 samples are in this file/);
});

test('an archive that holds no log is refused', async () => {
  expect(await told('talk.zip', zipSync({ 'a.txt': strToU8('Ann: Yes.') }))).toEqual([
    'talk.zip is an archive without samples of Inspect. Give the transcript itself.',
  ]);
});

const column = (name: string, data: unknown[], type?: 'STRING' | 'JSON') => ({
  name,
  data,
  ...(type ? { type } : {}),
});
const parquet = (columns: ReturnType<typeof column>[]) =>
  new Uint8Array(parquetWriteBuffer({ columnData: columns as never }));

test('a Parquet table is read by its columns, a turn a row', async () => {
  const bytes = parquet([
    column('speaker', ['Ann', 'Bo'], 'STRING'),
    column('text', ['We agree.', 'We do not.'], 'STRING'),
    column('round', [1, 1]),
  ]);
  expect(await told('talk.parquet', bytes)).toEqual([
    'read as a Parquet table, 2 speakers: Ann (1), Bo (1)',
    'Ann: We agree.',
    'Bo: We do not.',
  ]);
});

test('a Parquet table of conversations reads the row that is named', async () => {
  const bytes = parquet([column('messages', [talk, other], 'JSON')]);
  expect(await told('talks.parquet', bytes)).toEqual([
    'talks.parquet holds 2 conversations. Name one: talks.parquet#1 to talks.parquet#2.',
  ]);
  expect(await told('talks.parquet', bytes, '#2')).toContain('assistant: No.');
});

test('a Parquet table without a speaker or that is cut off is refused', async () => {
  const bytes = parquet([column('prompt', ['a'], 'STRING')]);
  expect(await told('a.parquet', bytes)).toEqual([
    'a.parquet has the columns prompt, and none of them say who speaks and what.',
  ]);
  expect((await told('b.parquet', bytes.subarray(0, 40)))[0]).toMatch(
    /^b\.parquet cannot be read as a Parquet table/,
  );
});

test('what says how a numbered turn was made is no part of it', async () => {
  const turn = (head: string, words: string) =>
    `## ${head}\n\n- model: some-model\n- raw_words: 3\n\n${words}\n\n`;
  const text = turn('Turn 1: PRO Opening', 'We agree.') + turn('Turn 2: CON Opening', '- We: do not.');
  expect(await told('talk.md', text)).toEqual([
    'read as numbered turns, 2 speakers: PRO (1), CON (1)',
    'PRO: We agree.',
    'CON: - We: do not.',
  ]);
});

const word = (body: string) =>
  zipSync({ 'word/document.xml': strToU8(`<w:document><w:body>${body}</w:body></w:document>`) });
const run = (text: string, isBold = false) =>
  `<w:r>${isBold ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t xml:space="preserve">${text}</w:t></w:r>`;

test('a Word document is read by its names, in bold or above their times, and by its tables', async () => {
  const paragraphs = ['Ann', 'Bo', 'Ann', 'Bo'].map(
    (name) => `<w:p>${run(`${name}:`, true)}${run(' R&amp;D')}</w:p>`,
  );
  expect(await told('talk.docx', word(paragraphs.join('')))).toEqual([
    'read as names before colons, in a Word document, 2 speakers: Ann (2), Bo (2)',
    ...['Ann: R&D', 'Bo: R&D', 'Ann: R&D', 'Bo: R&D'],
  ]);
  const teams = ['Ann', 'Bo', 'Ann'].map(
    (name) => `<w:p>${run(name, true)}${run('   0:03')}<w:r><w:br/><w:t>Yes.</w:t></w:r></w:p>`,
  );
  expect((await told('teams.docx', word(teams.join('')))).slice(1)).toEqual([
    'Ann: Yes.',
    'Bo: Yes.',
    'Ann: Yes.',
  ]);
  const rows = [
    ['Speaker', 'Text'],
    ['Ann', 'a | b'],
    ['Bo', 'No.'],
    ['Ann', 'Yes.'],
  ].map((cells) => `<w:tr>${cells.map((cell) => `<w:tc><w:p>${run(cell)}</w:p></w:tc>`).join('')}</w:tr>`);
  expect((await told('table.docx', word(`<w:tbl>${rows.join('')}</w:tbl>`))).slice(1)).toEqual([
    'Ann: a | b',
    'Bo: No.',
    'Ann: Yes.',
  ]);
});

test.each([
  ['utf-16le', Buffer.from('\uFEFFAnn: Größe.\n\nBo: Nein.\n\nAnn: Doch.\n', 'utf16le')],
  ['windows-1252', Buffer.from('Ann: Größe.\n\nBo: Nein.\n\nAnn: Doch.\n', 'latin1')],
])('text in %s is read, and it is said what it was', async (encoding, bytes) => {
  const lines = await told('talk.txt', bytes);
  expect(lines[0]).toContain(`in text in ${encoding}`);
  expect(lines.slice(1)).toEqual(['Ann: Größe.', 'Bo: Nein.', 'Ann: Doch.']);
});

test('bytes that are no text are refused', async () => {
  const bytes = Uint8Array.from({ length: 400 }, (_, at) => (at * 37) % 256);
  expect((await told('talk.bin', bytes))[0]).toMatch(/^talk\.bin: talk\.bin is not text/);
});

test('a PDF is read by its lines, in which names begin turns', async () => {
  const pages = [
    ['Talks on water', '', 'Ann Lee: The choice is clear: we sign,', 'or we wait.', 'Bo Ray: We wait.'],
    ['Ann Lee: Until when?', 'Bo Ray: May.'],
  ];
  expect(await told('talk.pdf', pdfOf(pages))).toEqual([
    expect.stringContaining('in a PDF, 2 speakers: Ann Lee (2), Bo Ray (2)'),
    'Ann Lee: The choice is clear: we sign,\nor we wait.',
    'Bo Ray: We wait.',
    'Ann Lee: Until when?',
    'Bo Ray: May.',
  ]);
  expect(await told('scan.pdf', pdfOf([[]]))).toEqual([
    'scan.pdf is a PDF of 1 page without text: it seems to be scanned. Run OCR on it and pass the text.',
  ]);
});
