import { expect, test } from 'vitest';
import { interpretReply, judgeReplyFormat } from '../../src/convergence/judge-reply.ts';
import { maskNames } from '../../src/convergence/mask-names.ts';
import { readingSchema, rejectedReadingSchema } from '../../src/debate/readings.ts';
import { matchQuote } from '../../src/grounding/quotes.ts';
import { agendaOf, member } from './made-up-readings.ts';

const agenda = agendaOf(0.5, 0.5);
const cast = [member('north', { name: 'North Bank mayor', short: 'North' }), member('south')];
const upright = { sample: 0, speakerOrder: ['south', 'north'], issueOrder: ['b', 'a'], reversed: false };
const turns = [
  { turn: 2, speaker: 'north', text: 'We could open two lanes, if the tolls stay low.' },
  { turn: 3, speaker: 'south', text: 'I told the North Bank mayor: we want all four lanes open.' },
  { turn: 5, speaker: 'north', text: 'Very well: three lanes it is. We could open two lanes at once.' },
];

function interpret(reply: string, plan = upright) {
  return interpretReply({ reply, plan, agenda, turns, mask: maskNames(cast, plan), matchQuote });
}
function stated(more: Record<string, unknown> = {}) {
  return {
    party: 'B',
    issue: 'a',
    position: 2,
    act: 'conditional',
    quote: 'open two lanes',
    turn: 2,
    ...more,
  };
}
function readingsOf(reply: string, plan = upright) {
  const read = interpret(reply, plan);
  if (!read.ok) throw new Error(read.faults.join(' '));
  return read;
}
const json = (...entries: unknown[]) => JSON.stringify({ readings: entries });
const one = (more: Record<string, unknown>) => readingsOf(json(stated(more)));

test('a letter becomes the speaker of the plan', () => {
  expect(one({}).readings).toEqual([
    { speaker: 'north', issue: 'a', position: 2, act: 'conditional', quote: 'open two lanes', turn: 2 },
  ]);
});

test('"Party B" and "b" are the same as "B"', () => {
  expect(one({ party: 'Party B' }).readings).toHaveLength(1);
  expect(one({ party: 'b' }).readings).toHaveLength(1);
});

test('a reversed scale is turned back: 2 becomes 4', () => {
  expect(readingsOf(json(stated()), { ...upright, reversed: true }).readings[0]?.position).toBe(4);
});

test('the quote is stored as the speaker wrote it, whatever marks and case the judge used', () => {
  expect(one({ quote: 'we COULD  open two lanes' }).readings[0]?.quote).toBe('We could open two lanes');
});

test('a label of the record that was copied with the quote is no part of it', () => {
  expect(one({ quote: '[Party B]: We could open two lanes' }).readings[0]?.quote).toBe(
    'We could open two lanes',
  );
});

test('a masked name in a quote comes back as the name', () => {
  const { readings } = one({ party: 'A', quote: 'told the Party B: we want all four', turn: 3 });
  expect(readings[0]?.quote).toBe('told the North Bank mayor: we want all four');
});

test('a quote in which the judge guessed the name is found too', () => {
  const { readings } = one({ party: 'A', quote: 'told the North Bank mayor: we want', turn: 3 });
  expect(readings).toHaveLength(1);
});

test('a wrong turn is put right where the quote stands in one turn of the speaker only', () => {
  expect(one({ quote: 'three lanes it is', turn: 2 }).readings[0]?.turn).toBe(5);
});

test('a missing turn is found by the quote', () => {
  expect(one({ quote: 'three lanes it is', turn: null }).readings[0]?.turn).toBe(5);
});

test('a wrong turn is not guessed where the quote stands in two turns', () => {
  expect(one({ turn: 3 }).rejected[0]?.reason).toBe('turn-unclear');
});

test("another speaker's words are rejected as such", () => {
  expect(one({ quote: 'all four lanes open', turn: 3 }).rejected[0]).toEqual({
    speaker: 'north',
    issue: 'a',
    quote: 'all four lanes open',
    reason: 'wrong-speaker',
  });
});

test.each([
  ['words that nobody said', { quote: 'we promise everything today' }, 'quote-not-found'],
  ['a misquote', { quote: 'we could open three lanes, if the tolls stay low' }, 'quote-not-found'],
  ['an empty quote', { quote: '  ' }, 'no-quote'],
  ['a quote too short to show anything', { quote: 'two' }, 'quote-not-found'],
  ['a party beyond the plan', { party: 'C' }, 'unknown-speaker'],
  ['an issue beyond the agenda', { issue: 'z' }, 'unknown-issue'],
  ['a position above the scale', { position: 6.5 }, 'out-of-scale'],
  ['a position below the scale', { position: -1 }, 'out-of-scale'],
  ['an act that is none', { act: 'offer' }, 'unknown-act'],
])('%s is rejected and never scores', (_, more, reason) => {
  const { readings, rejected } = one(more);
  expect(readings).toEqual([]);
  expect(rejected.map((entry) => entry.reason)).toEqual([reason]);
});

test('a whole short speech may be its own quote', () => {
  const plan = upright;
  const read = interpretReply({
    reply: json(stated({ quote: 'Agreed.', turn: 1 })),
    plan,
    agenda,
    turns: [{ turn: 1, speaker: 'north', text: 'Agreed.' }],
    mask: maskNames(cast, plan),
    matchQuote,
  });
  expect(read.ok && read.readings).toHaveLength(1);
});

test('a position of null says that there is no evidence, and is no fault', () => {
  expect(readingsOf(json(stated({ position: null, quote: '', turn: 0 })))).toEqual({
    ok: true,
    readings: [],
    rejected: [],
  });
});

test('of two readings of a cell the one with the later turn counts', () => {
  const { readings, rejected } = readingsOf(
    json(stated(), stated({ quote: 'three lanes it is', turn: 5, position: 3 })),
  );
  expect(readings.map(({ turn }) => turn)).toEqual([5]);
  expect(rejected.map(({ reason }) => reason)).toEqual(['duplicate']);
});

test('of two readings of a cell from one turn the first counts', () => {
  const { readings } = readingsOf(json(stated(), stated({ position: 5 })));
  expect(readings.map(({ position }) => position)).toEqual([2]);
});

test('JSON in a code fence is read', () => {
  expect(readingsOf(`\`\`\`json\n${json(stated())}\n\`\`\``).readings).toHaveLength(1);
});

test('JSON among prose with brackets is read', () => {
  expect(
    readingsOf(`Here {as asked} are [my] readings:\n${json(stated())}\nThat's "all".`).readings,
  ).toHaveLength(1);
});

test('of several JSON objects the last with readings counts, as a draft comes before', () => {
  const reply = `<think>${json(stated({ position: 1 }))}</think>${json(stated({ position: 4 }))}`;
  expect(readingsOf(reply).readings[0]?.position).toBe(4);
});

test('a bare list of readings is read', () => {
  expect(readingsOf(JSON.stringify([stated()])).readings).toHaveLength(1);
});

test('numbers in quotation marks are numbers', () => {
  expect(one({ position: '2.5', turn: 'T2' }).readings[0]).toMatchObject({ position: 2.5, turn: 2 });
});

test('a brace inside a quote does not end the JSON', () => {
  const reply = `Sure: ${json(stated({ quote: 'a } b { "c"' }))} Done.`;
  expect(readingsOf(reply).rejected[0]?.quote).toBe('a } b { "c"');
});

test('a quotation mark inside a quote does not end it', () => {
  const reply = `Sure: ${json(stated({ quote: 'a " } b' }))} Done.`;
  expect(readingsOf(reply).rejected[0]?.quote).toBe('a " } b');
});

test('one malformed entry among good ones is left out and kept for the eye', () => {
  const { readings, rejected } = readingsOf(json(stated(), { party: 'A', issue: 'b', stance: 3 }));
  expect(readings).toHaveLength(1);
  expect(rejected).toEqual([{ speaker: 'A', issue: 'b', quote: '', reason: 'malformed' }]);
});

test.each([
  ['nothing', '', 'The reply is empty.'],
  ['prose', 'I would say they agree.', 'The reply holds no JSON.'],
  ['other JSON', '{"score": 0.9}', 'The JSON has no list "readings".'],
  ['a reply cut off', json(stated()).slice(0, -20), 'The JSON breaks off before its end.'],
  ['broken JSON', '{"readings": [}]}', 'The reply is not valid JSON.'],
])('%s is a fault for the repair prompt', (_, reply, fault) => {
  expect(interpret(reply)).toEqual({ ok: false, faults: [fault] });
});

test('a reply of malformed entries only names each place that is wrong', () => {
  const read = interpret(json({ party: 'A', issue: 'a', stance: 3 }, 'all fine'));
  expect(read.ok).toBe(false);
  expect(!read.ok && read.faults).toHaveLength(2);
  expect(!read.ok && read.faults[0]).toMatch(/^readings\[0\]\.position: /);
});

test('a reply of brackets alone is given up on quickly', () => {
  expect(interpret('[{'.repeat(50_000)).ok).toBe(false);
});

test('what is read fits the schemas of the journal', () => {
  const { readings, rejected } = readingsOf(
    json(stated(), stated({ party: 'Q' }), stated({ issue: 'b', quote: 'x' })),
  );
  for (const entry of readings) readingSchema.parse(entry);
  for (const entry of rejected) rejectedReadingSchema.parse(entry);
});

test('the reply format names the letters and issues of the plan and allows no other keys', () => {
  const text = JSON.stringify(judgeReplyFormat(upright).schema);
  expect(text).toContain('"enum":["A","B"]');
  expect(text).toContain('"enum":["b","a"]');
  expect(text.match(/"additionalProperties":false/g)).toHaveLength(7);
  expect(JSON.stringify(judgeReplyFormat(upright, false).schema)).not.toContain('"facts"');
});

const asking = {
  plan: upright,
  agenda,
  turns: [
    {
      turn: 2,
      round: 1,
      speaker: 'north',
      text: 'We could open two lanes. You ask what about China, I hear.',
    },
    {
      turn: 5,
      round: 2,
      speaker: 'north',
      text: 'The bills went out over my name. One lane. Thirty days. What about China?',
    },
    {
      turn: 6,
      round: 2,
      speaker: 'south',
      text: 'I am glad that we are of one mind. *taps the map* Four lanes, I said.',
    },
  ],
  round: 2,
  questions: [
    { afterTurn: 1, text: 'What about China?' },
    { afterTurn: 4, text: 'Thirty days or sixty days?' },
  ],
  mask: maskNames(cast, upright),
  matchQuote,
};
const asked = (reply: Record<string, unknown>) => {
  const read = interpretReply({ ...asking, reply: JSON.stringify({ readings: [], ...reply }) });
  if (!read.ok) throw new Error(read.faults.join(' '));
  return read;
};

test('a reason in the same turn is kept verbatim, wherever in it', () => {
  const why = 'the bills went out over my name.';
  const { readings } = asked({ readings: [stated({ quote: 'One lane. Thirty days.', turn: 5, why })] });
  expect(readings[0]?.why).toBe('The bills went out over my name.');
});

test('a reason that stands in another turn is none, and the reading counts', () => {
  const { readings, rejected } = asked({
    readings: [stated({ quote: 'One lane. Thirty days.', turn: 5, why: 'We could open two lanes.' })],
  });
  expect(readings[0]?.why).toBeNull();
  expect(rejected).toMatchObject([{ reason: 'why-not-found', quote: 'We could open two lanes.' }]);
});

test('a reply that says nothing of reasons leaves them unknown', () => {
  expect(
    asked({ readings: [stated({ quote: 'One lane. Thirty days.', turn: 5 })] }).readings[0],
  ).not.toHaveProperty('why');
  expect(
    asked({ readings: [stated({ quote: 'One lane. Thirty days.', turn: 5, why: null })] }).readings[0],
  ).toHaveProperty('why', null);
});

test('a whole sentence of one or two words takes a stand; the same words inside a sentence are too short', () => {
  expect(asked({ readings: [stated({ quote: 'One lane.', turn: 5 })] }).readings).toHaveLength(1);
  expect(asked({ readings: [stated({ quote: 'of one', turn: 6, party: 'A' })] }).rejected).toMatchObject([
    { reason: 'quote-not-found' },
  ]);
});

test('the words of a question are no stand, asked back or repeated', () => {
  for (const turn of [2, 5]) {
    const { readings, rejected } = asked({ readings: [stated({ quote: 'what about China', turn })] });
    expect(readings).toEqual([]);
    expect(rejected).toMatchObject([{ reason: 'words-of-a-question' }]);
  }
});

test('a sentence that answers a question in its own words is a stand', () => {
  expect(asked({ readings: [stated({ quote: 'Thirty days.', turn: 5 })] }).readings).toHaveLength(1);
});

test('the words of a question that came later are the speaker’s own', () => {
  const questions = [{ afterTurn: 6, text: 'Could you open two lanes?' }];
  const reply = JSON.stringify({ readings: [stated({ quote: 'open two lanes', turn: 2 })] });
  const read = interpretReply({ ...asking, questions, reply });
  expect(read.ok && read.readings).toHaveLength(1);
});

test('claims of agreement and breaks of role are verified in the round just held alone', () => {
  const read = asked({
    agreements: [
      { party: 'A', quote: 'we are of one mind', turn: 6 },
      { party: 'B', quote: 'We could open two lanes', turn: 2 },
      { party: 'B', quote: 'we agree on everything', turn: 5 },
    ],
    pledges: [{ party: 'A', quote: 'Four lanes, I said', turn: 6 }],
    crossings: [{ party: 'A', issue: 'a', quote: 'Four lanes, I said', turn: 6 }],
    role_breaks: [
      { party: 'A', kind: 'stage-direction', quote: '*taps the map*', turn: 6 },
      { party: 'A', kind: 'odd', quote: '*taps the map*', turn: 6 },
    ],
  });
  expect(read.agreements).toEqual([{ speaker: 'south', quote: 'we are of one mind', turn: 6 }]);
  expect(read.pledges).toEqual([{ speaker: 'south', quote: 'Four lanes, I said', turn: 6 }]);
  expect(read.crossings).toEqual([{ speaker: 'south', issue: 'a', quote: 'Four lanes, I said', turn: 6 }]);
  expect(read.roleBreaks).toEqual([
    { speaker: 'south', kind: 'stage-direction', quote: '*taps the map*', turn: 6 },
  ]);
});

test('a break of role is quoted alone, however short its words are; as a stand they are too short', () => {
  const turns = [{ turn: 6, round: 2, speaker: 'south', text: 'Four lanes, *nods* as I said [EOT]' }];
  const role_breaks = ['*nods*', '[EOT]'].map((quote) => ({ party: 'A', kind: 'meta', quote, turn: 6 }));
  const readings = [stated({ party: 'A', quote: '*nods*', turn: 6 })];
  const read = interpretReply({ ...asking, turns, reply: JSON.stringify({ readings, role_breaks }) });
  expect(read.ok && read.roleBreaks?.map(({ quote }) => quote)).toEqual(['*nods*', '[EOT]']);
  expect(read.ok && read.readings).toEqual([]);
});

test('lists that a reply does not hold stay unknown', () => {
  const read = asked({});
  expect(read).not.toHaveProperty('agreements');
  expect(asked({ agreements: [] }).agreements).toEqual([]);
});

test('of two readings of a cell the later turn counts, in whichever order they are given', () => {
  const { readings, rejected } = readingsOf(
    json(stated({ quote: 'three lanes it is', turn: 5, position: 3 }), stated()),
  );
  expect(readings.map(({ turn, position }) => [turn, position])).toEqual([[5, 3]]);
  expect(rejected).toEqual([{ speaker: 'north', issue: 'a', quote: 'open two lanes', reason: 'duplicate' }]);
});

test('both ends of the scale are on it', () => {
  expect(one({ position: 0 }).readings[0]?.position).toBe(0);
  expect(one({ position: 6 }).readings[0]?.position).toBe(6);
});

test('the words of a question put after the turn that holds them are the speaker’s own', () => {
  const questions = [{ afterTurn: 2, text: 'Could you open two lanes?' }];
  const reply = JSON.stringify({ readings: [stated({ quote: 'open two lanes', turn: 2 })] });
  const read = interpretReply({ ...asking, questions, reply });
  expect(read.ok && read.readings).toHaveLength(1);
});

test('a reply of malformed entries names no more faults than a repair prompt can use', () => {
  const read = interpret(json(...Array.from({ length: 40 }, () => ({ party: 'A' }))));
  expect(!read.ok && read.faults.length).toBe(5);
});

test('malformed entries beside readings that do not hold are no reply to repair', () => {
  const { readings, rejected } = readingsOf(json(stated({ party: 'C' }), { party: 'A' }));
  expect(readings).toEqual([]);
  expect(rejected.map(({ reason }) => reason)).toEqual(['unknown-speaker', 'malformed']);
});

test('eight letters within a sentence show a stand, seven do not', () => {
  expect(asked({ readings: [stated({ quote: 'The bills', turn: 5 })] }).readings).toHaveLength(1);
  expect(asked({ readings: [stated({ quote: 'went out', turn: 5 })] }).rejected).toMatchObject([
    { reason: 'quote-not-found' },
  ]);
});
