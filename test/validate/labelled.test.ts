import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  keptReplies,
  labelledIn,
  labelledReport,
  measures,
  type Scores,
  scoreLabelled,
} from '../../bench/validate/labelled-cases.ts';
import { judgeContext } from '../../bench/validate/model-judge.ts';
import type { ChatMessage } from '../../src/debate/calls.ts';

const folder = mkdtempSync(join(tmpdir(), 'labelled-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A ferry, two who sign and a harbour pilot; written for this test. */
const ferry = {
  id: 'ferry',
  article: {
    title: 'The last ferry',
    passages: [{ id: 'P1', text: 'The last ferry leaves at eight, and forty people a week miss it.' }],
  },
  agenda: [
    { id: 'hour', title: 'Last sailing', weight: 2, scale: { 0: 'eight', 3: 'ten', 6: 'midnight' } },
    { id: 'fare', title: 'Fare', weight: 1, scale: { 0: 'free', 3: 'two crowns', 6: 'four crowns' } },
  ],
  speakers: [
    { id: 'island', name: 'Ada Holm', principal: true, redLines: [] },
    { id: 'line', name: 'Bo Krog', principal: true, redLines: [{ issue: 'hour', max: 3 }] },
  ],
  turns: [
    { n: 1, round: 1, speaker: 'island', text: 'Midnight, every night. The fare may stay at two crowns.' },
    { n: 2, round: 1, speaker: 'line', text: 'Eight is what we can crew. Four crowns, since fuel is dear.' },
    {
      ...{ n: 3, round: 2, speaker: 'island' },
      text: 'It says “forty people a month miss it”. You ask would a child pay the fare too, I hear. Midnight.',
    },
    {
      ...{ n: 4, round: 2, speaker: 'line' },
      text: '*looks at the clock* My own daughter stood on that quay in the rain. Eleven, then. The fare stays.',
    },
  ],
  labels: {
    opening: { island: { hour: 6, fare: 3 }, line: { hour: 0, fare: 6 } },
    final: { island: { hour: 6, fare: 3 }, line: { hour: 4.5, fare: 6 } },
    moves: [
      {
        ...{ turn: 4, speaker: 'line', issue: 'hour', kind: 'concession' },
        reason: 'My own daughter stood on that quay in the rain.',
      },
    ],
    hollowRounds: [],
    ownLineCrossed: [{ turn: 4, speaker: 'line', issue: 'hour' }],
    roleBreaks: [{ turn: 4, speaker: 'line', text: '*looks at the clock*' }],
    fakeQuotes: [{ turn: 3, quote: 'forty people a month miss it' }],
    watcherQuestions: [{ afterTurn: 2, text: 'Would a child pay the fare too?', answeredIn: null }],
  },
};
writeFileSync(join(folder, 'ferry.json'), JSON.stringify(ferry));

/** Answers as a reader would that finds these stands: speaker, issue, position, quote, turn and reason. */
type Stand = [string, string, number, string, number, (string | null)?];
const first: Stand[] = [
  ['island', 'hour', 6, 'Midnight, every night.', 1],
  ['line', 'hour', 0, 'Eight is what we can crew.', 2],
  ['line', 'fare', 6, 'Four crowns, since fuel is dear.', 2],
];
const second: Stand[] = [
  ['island', 'hour', 6, 'Midnight, every night.', 1],
  ['island', 'fare', 0, 'would a child pay the fare too', 3],
  ['line', 'hour', 4.5, 'Eleven, then.', 4, 'My own daughter stood on that quay in the rain.'],
  ['line', 'fare', 6, 'The fare stays.', 4],
];

/** The judge of the command, with a model that knows which sample it answers from the prompt. */
async function scored() {
  const context = await judgeContext('simulator', undefined);
  const model = context.modelOf('judge');
  const seen: string[] = [];
  const stream = async function* (messages: readonly ChatMessage[]) {
    const prompt = messages.map(({ content }) => content).join('\n');
    seen.push(prompt);
    const round = prompt.includes('round="2"') ? 2 : 1;
    const isReversed = prompt.indexOf('0: midnight') > 0;
    const islandIsA = prompt.includes('speaker="Party A">\n[Party A]: Midnight');
    const partyOf = (speaker: string) => ((speaker === 'island') === islandIsA ? 'A' : 'B');
    const readings = (round === 1 ? first : second).map(([speaker, issue, position, quote, turn, why]) => ({
      ...{ party: partyOf(speaker), issue, position: isReversed ? 6 - position : position },
      ...{ act: 'propose', quote, turn, why: why ?? null },
    }));
    const text = JSON.stringify({ readings, agreements: [], pledges: [], crossings: [], role_breaks: [] });
    yield { text, additional_kwargs: {}, response_metadata: {} };
    yield { text: '', additional_kwargs: {}, response_metadata: { finish_reason: 'stop' } };
  };
  const answering = {
    ...model,
    chatModel: async () => ({ stream: async (m: readonly ChatMessage[]) => stream(m) }),
  };
  const [made] = labelledIn(folder);
  return { scores: await scoreLabelled(made!, 1, { ...context, modelOf: () => answering }), seen };
}

test('a reading that is right is scored as right, and the words of a question as no stand', async () => {
  const { scores } = await scored();
  const right = { right: 1, wrong: 0, missed: 0 };
  expect(scores.moves).toEqual(right);
  expect(scores.reasons).toEqual(right);
  expect(scores['own lines crossed']).toEqual(right);
  expect(scores['role breaks']).toEqual(right);
  expect(scores['altered quotations']).toEqual(right);
  expect(scores['stands on a question']).toEqual({ right: 0, wrong: 0, missed: 0 });
  expect(scores.errors).toEqual([0, 0, 0]);
  expect(labelledReport([scores])).toContain('moves                  F1 1.00  right 1, wrong 0, missed 0');
});

test('the judge is shown the question, the last spoken stands and the red lines, and no name', async () => {
  const { seen } = await scored();
  const [opening, later] = seen;
  expect(opening).toContain('None: this is the first reading.');
  expect(later).toContain('<question after="2">\nWould a child pay the fare too?\n</question>');
  expect(later).toMatch(
    /- Party [AB], hour: 0 \[T[12]\] "(?:Midnight, every night\.|Eight is what we can crew\.)"/,
  );
  expect(later).toMatch(/- Party [AB], hour: stays within (?:0 to 3|3 to 6)/);
  expect(seen.join('\n')).not.toMatch(/Holm|Krog/);
});

test('a file of another form is named with what is wrong in it', () => {
  const other = mkdtempSync(join(tmpdir(), 'unlabelled-'));
  writeFileSync(join(other, 'odd.json'), JSON.stringify({ ...ferry, turns: 'none' }));
  expect(() => labelledIn(other)).toThrow(/odd\.json[\s\S]*turns/);
  rmSync(other, { recursive: true });
});

test('the 25 debates that a reader read without the labels give the figures of docs/scoring.md', async () => {
  const context = await judgeContext('simulator', undefined);
  const all = await Promise.all(
    labelledIn('bench/validate/labelled-debates').map((made) =>
      scoreLabelled(made, 1, keptReplies(made, context)),
    ),
  );
  const sum = (measure: (typeof measures)[number], of: keyof Scores['moves']) =>
    all.reduce((total, scores) => total + scores[measure][of], 0);
  const figures = measures.map((measure) => {
    const counts = [sum(measure, 'right'), sum(measure, 'wrong'), sum(measure, 'missed')];
    return `${measure} ${counts.join(', ')}`;
  });
  expect(figures).toEqual([
    'moves 61, 2, 2',
    'reasons 45, 3, 1',
    'hollow rounds 12, 0, 0',
    'own lines crossed 16, 0, 0',
    'role breaks 16, 0, 0',
    'altered quotations 19, 0, 0',
    'stands on a question 0, 0, 0',
  ]);
  const errors = all.flatMap((scores) => scores.errors);
  expect(errors).toHaveLength(119);
  expect(errors.reduce((total, error) => total + error, 0) / errors.length).toBeCloseTo(0.024, 3);
  const documented = readFileSync('docs/scoring.md', 'utf8');
  for (const figure of figures.slice(0, 6)) expect(documented).toContain(`| ${figure.replace(/^\D+/, '')}`);
});
