import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AssessInput, assess } from '../../src/convergence/assess.ts';
import { adviceSchema, cellSchema, convergenceSchema } from '../../src/debate/verdict.ts';
import { agendaOf, member, reading, sample, unanimous } from './made-up-readings.ts';

const agenda = agendaOf(0.6, 0.4);
const cast = [
  member('north', { opening: { a: 1, b: 1 } }),
  member('south', { opening: { a: 5, b: 5 } }),
  member('observer', { principal: false }),
];
type Matrix = Parameters<typeof unanimous>[1];
const flat = (north: number, south: number): Matrix => ({
  north: { a: north, b: north },
  south: { a: south, b: south },
});

function assessed(more: Partial<AssessInput>) {
  return assess({
    agenda,
    cast,
    turns: [{ turn: 1, round: 1, speaker: 'north', text: 'Two lanes.' }],
    round: 1,
    samples: [],
    earlier: [],
    repetition: null,
    termsOf: () => [],
    ...more,
  });
}

/** Plays rounds of unanimous readings and gives the advice after each. */
function advices(rounds: Matrix[], more: Partial<AssessInput> = {}, act: 'commit' | 'propose' = 'commit') {
  const earlier: AssessInput['earlier'][number][] = [];
  return rounds.map((matrix, place) => {
    const result = assessed({
      samples: unanimous(3, matrix, { act }),
      round: place + 1,
      earlier: [...earlier],
      ...more,
    });
    earlier.push({ round: place + 1, cells: result.cells, convergence: result.convergence });
    return result.advice;
  });
}

test('the figures of a verdict stand beside each other', () => {
  const matrix = { north: { a: 2, b: 3 }, south: { a: 5, b: 3 }, observer: { a: 2 } };
  const { convergence } = assessed({ samples: unanimous(3, matrix) });
  // principals: a 1 - 3/6 = 0.5, b 1: 0.6 * 0.5 + 0.4 = 0.7
  expect(convergence?.principals).toBeCloseTo(0.7, 12);
  expect(convergence?.min).toBe(0.5);
  // everyone: a gaps 3, 0, 3, mean 2: 2/3; b 1: 0.6 * 2/3 + 0.4 = 0.8
  expect(convergence?.all).toBeCloseTo(0.8, 12);
  // rms: 0.6 * 9/36 = 0.15; 1 - root = 0.6127
  expect(convergence?.rms).toBeCloseTo(1 - Math.sqrt(0.15), 12);
  expect(convergence?.coverage).toBe(1);
  // a: 2, 5, 2: mean 3, squares 1 + 4 + 1 = 6, / 3 = 2, / 9
  expect(convergence?.byIssue[0]).toEqual({
    issue: 'a',
    principals: 0.5,
    all: expect.closeTo(2 / 3, 12),
    polarisation: expect.closeTo(2 / 9, 12),
  });
  expect(convergence?.pairs).toHaveLength(3);
});

test('no readable sample makes no score', () => {
  const failed = sample(0, [], { outcome: 'failed', failure: 'The reply is empty.' });
  expect(assessed({ samples: [failed] })).toMatchObject({
    cells: [],
    convergence: null,
    advice: { stop: null },
  });
});

test('samples that read nothing make a verdict without a number', () => {
  const { convergence, cells } = assessed({ samples: [sample(0, []), sample(1, [])] });
  expect(convergence).toMatchObject({
    principals: null,
    all: null,
    min: null,
    rms: null,
    interval: null,
    coverage: 0,
  });
  expect(cells.every((cell) => cell.stand === 'abstain')).toBe(true);
});

test('two rounds running of acceptable, committed nearness are converged', () => {
  const [first, second] = advices([flat(3, 3.5), flat(3, 3.5)]);
  expect(first).toMatchObject({
    stop: null,
    why: 'Converged in this round, to be confirmed in the next.',
  });
  expect(second?.stop).toBe('converged');
  expect(second?.why).toContain('lower bound of C is at least 0.85 (now 0.86)');
});

test('a failed reading between two converged ones confirms nothing', () => {
  const samples = unanimous(3, flat(3, 3), { act: 'commit' });
  const first = assessed({ samples });
  const failed = { round: 2, cells: [], convergence: null };
  const third = assessed({ samples, round: 3, earlier: [{ round: 1, ...first }, failed] });
  expect(third.advice.stop).toBeNull();
});

test('an issue below 0.67 holds up convergence', () => {
  // a 3, 3; b 1, 3.5 with weight 0.4: C = 0.6 + 0.4 * 0.583 = 0.83; raise the weight of a
  const matrix = { north: { a: 3, b: 1 }, south: { a: 3, b: 3.5 } };
  const advice = advices([matrix, matrix], { agenda: agendaOf(0.8, 0.2) }).at(-1);
  expect(advice).toEqual({
    stop: null,
    why: 'Not converged: the least converged issue is at 0.58, below 0.67.',
  });
});

test('a deal beyond a red line is not converged, and the advice says whose line it is', () => {
  const strict = [
    member('north', { redLines: [{ issue: 'a', min: 0, max: 2, text: 'No more.' }] }),
    member('south'),
  ];
  const advice = advices([flat(2, 2.5), flat(2, 2.5)], { cast: strict }).at(-1);
  expect(advice).toEqual({
    stop: null,
    why: 'Not converged: south stands at 2.5 on a, beyond the red line of north.',
  });
});

test('a wide interval holds up convergence, however high the index', () => {
  const samples = [3, 3, 0].map((south, number) =>
    sample(number, [
      reading('north', 'a', 3),
      reading('south', 'a', south),
      reading('north', 'b', 3),
      reading('south', 'b', 3),
    ]),
  );
  const { convergence, advice } = assessed({ samples });
  expect(convergence?.principals).toBe(1);
  expect(advice.why).toMatch(/^Not converged: the lower bound of C is 0\.76, below 0\.85\.$/);
});

test('one sample can never call a debate converged', () => {
  const earlier = [{ round: 1, ...assessed({ samples: unanimous(1, flat(3, 3)) }) }];
  const { advice } = assessed({ samples: unanimous(1, flat(3, 3)), round: 2, earlier });
  expect(advice).toEqual({
    stop: null,
    why: 'Not converged: confidence in this reading is low (Only one sample of the judge was read; its noise is taken by default).',
  });
});

test('hollow agreement is not converged', () => {
  const turns = [{ turn: 1, round: 2, speaker: 'north', text: 'We are of one mind.' }];
  const agreements = ['north', 'south'].map((speaker) => ({ speaker, quote: 'We are of one mind', turn: 1 }));
  const samples = unanimous(3, flat(3, 3), { act: 'rhetoric' }).map((one) => ({ ...one, agreements }));
  const earlier = [{ round: 1, ...assessed({ samples }) }];
  const { convergence, advice } = assessed({ samples, round: 2, earlier, turns });
  expect(convergence?.hollow.isHollow).toBe(true);
  expect(advice).toEqual({ stop: null, why: 'Not converged: the agreement is hollow.' });
});

/** Two rounds in which everything but `hot` is agreed, and on it the samples read what `hot` gives. */
function twoRounds(
  hot: Record<'north' | 'south', (number | null)[]>,
  more: { secondRound?: number; redLines?: boolean } = {},
) {
  const { secondRound = 2, redLines = true } = more;
  const lines = (min: number, max: number) =>
    redLines ? [{ issue: 'c', min, max, text: 'No further.' }] : [];
  const own = [member('north', { redLines: lines(0, 4) }), member('south', { redLines: lines(2, 6) })];
  const samples = [0, 1, 2].map((number) =>
    sample(
      number,
      (['north', 'south'] as const).flatMap((speaker) => [
        reading(speaker, 'a', 3, { act: 'commit' }),
        reading(speaker, 'b', 3, { act: 'commit' }),
        ...(hot[speaker][number] == null ? [] : [reading(speaker, 'c', hot[speaker][number])]),
      ]),
    ),
  );
  const input = { cast: own, agenda: agendaOf(0.45, 0.45, 0.1), samples };
  const first = assessed(input);
  return assessed({ ...input, round: secondRound, earlier: [{ round: 1, ...first }] }).advice;
}
const agreed = [3, 3, 3];
const nobody = [null, null, null];

test('two rounds running in which everything is read and agreed are converged', () => {
  expect(twoRounds({ north: agreed, south: agreed }).stop).toBe('converged');
});

test('samples that disagree on where a principal stands block convergence, red line or none', () => {
  const disagreeing = { north: [0, 6, 0], south: agreed };
  for (const redLines of [true, false]) {
    expect(twoRounds(disagreeing, { redLines })).toEqual({
      stop: null,
      why: "Not converged: the judge's samples disagree on where north stands on c.",
    });
  }
});

test('a principal that was not read on an issue with a red line blocks convergence', () => {
  expect(twoRounds({ north: agreed, south: nobody })).toEqual({
    stop: null,
    why: 'Not converged: south was not read on c, on which a red line is drawn.',
  });
  expect(twoRounds({ north: agreed, south: nobody }, { redLines: false }).stop).toBe('converged');
});

test('a round between that nobody read leaves convergence to be confirmed', () => {
  expect(twoRounds({ north: agreed, south: agreed }, { secondRound: 3 })).toEqual({
    stop: null,
    why: 'Converged in this round, to be confirmed in the next.',
  });
});

test('low confidence blocks convergence and gives its reason', () => {
  const failed = [3, 4, 5].map((number) => sample(number, [], { outcome: 'failed' }));
  const samples = [...unanimous(3, flat(3, 3), { act: 'commit' }), ...failed];
  const earlier = [{ round: 1, ...assessed({ samples: unanimous(3, flat(3, 3), { act: 'commit' }) }) }];
  expect(assessed({ samples, round: 2, earlier }).advice.why).toBe(
    'Not converged: confidence in this reading is low (3 of 6 samples of the judge failed).',
  );
});

test.each([
  ['with a quoted reason it is borne out, whatever the wording cues do', 'The sacks.', 'propose', 'usual'],
  ['so it is where the principal binds itself', null, 'conditional', 'usual'],
  ['with neither it is not', null, 'propose', 'low'],
] as const)('C jumps by 0.30 as one principal gives way: %s', (_, why, act, level) => {
  const first = assessed({ samples: unanimous(3, flat(1, 5)) });
  const earlier = [{ round: 1, cells: first.cells, convergence: first.convergence }];
  const second = [
    ...['a', 'b'].map((issue) => reading('north', issue, 1)),
    reading('south', 'b', 5),
    reading('south', 'a', 2, { turn: 2, why, act }),
  ];
  const samples = [0, 1, 2].map((number) => sample(number, second));
  const turns = [{ turn: 2, round: 2, speaker: 'south', text: 'Two. The sacks.' }];
  const { convergence } = assessed({ samples, turns, round: 2, earlier });
  expect(convergence?.principals).toBeCloseTo((first.convergence?.principals ?? 0) + 0.3, 12);
  expect(convergence?.confidence.level).toBe(level);
});

test('three rounds without movement from the reading before them, below 0.5, are a deadlock', () => {
  const all = advices([flat(1, 5), flat(1, 5), flat(1, 5), flat(1, 5)]);
  expect(all.map(({ stop }) => stop)).toEqual([null, null, null, 'deadlock']);
  expect(all[3]?.why).toBe('Deadlock: three rounds without movement, with C at 0.33, below 0.5.');
});

test('what a persona file declares is no reading to stand still from', () => {
  const declared = cast.map((one) => ({ ...one, opening: { a: 1, b: 1 } }));
  expect(advices([flat(1, 1), flat(1, 1), flat(1, 1)], { cast: declared }, 'propose').at(-1)?.stop).not.toBe(
    'plateau',
  );
});

test('three rounds without movement at 0.5 or above are a plateau', () => {
  expect(advices([flat(2, 4), flat(2, 4), flat(2, 4), flat(2, 4)]).at(-1)?.stop).toBe('plateau');
});

test('at exactly 0.5 being stuck is a plateau', () => {
  expect(advices([flat(1.5, 4.5), flat(1.5, 4.5), flat(1.5, 4.5), flat(1.5, 4.5)]).at(-1)).toMatchObject({
    stop: 'plateau',
  });
});

test('small steps of both the same way add up to movement though C stays', () => {
  // 1 -> 2.2 and 4 -> 5.2 over three rounds, 0.8 over the last two
  expect(advices([flat(1, 4), flat(1.4, 4.4), flat(1.8, 4.8), flat(2.2, 5.2)]).at(-1)?.stop).toBeNull();
});

test('steps too small to notice one by one add up to movement', () => {
  // 1 -> 1.4 -> 1.8 -> 2.2: 1.2 points over three rounds
  expect(advices([flat(1, 5), flat(1.4, 5), flat(1.8, 5), flat(2.2, 5)]).at(-1)?.stop).toBeNull();
});

test('one principal that moves on one light issue alone is movement, though C hardly changes', () => {
  const still: Matrix = { north: { a: 1, b: 1 }, south: { a: 5, b: 5 } };
  const moved: Matrix = { north: { a: 1, b: 2 }, south: { a: 5, b: 5 } };
  const light = { agenda: agendaOf(0.9, 0.1) };
  expect(advices([still, still, still, moved], light).at(-1)?.stop).toBeNull();
  expect(advices([still, still, still, still], light).at(-1)?.stop).toBe('deadlock');
});

test('both moving the same way is movement though C stays', () => {
  expect(advices([flat(1, 4), flat(1, 4), flat(1, 4), flat(2.5, 5.5)]).at(-1)?.stop).toBeNull();
});

test('too little coverage gives no advice but to go on', () => {
  const [advice] = advices([{ north: { b: 3 }, south: { b: 3 } }]);
  expect(advice).toEqual({
    stop: null,
    why: 'No number: positions were read on only 40% of the agenda.',
  });
});

test('a foreign transcript without principals, openings or red lines is assessed among everyone', () => {
  const strangers = ['north', 'south', 'observer'].map((id) => member(id, { principal: false }));
  const matrix = { north: { a: 0, b: 0 }, south: { a: 3, b: 3 }, observer: { a: 6, b: 6 } };
  const { convergence } = assessed({ cast: strangers, samples: unanimous(1, matrix) });
  // gaps 3, 6, 3: 1/3
  expect(convergence?.principals).toBeCloseTo(1 / 3, 12);
  expect(convergence?.movements).toEqual([]);
  expect(convergence?.acceptable).toEqual({ share: 1, breaches: [] });
});

test('one principal alone cannot converge with itself, so that everyone counts', () => {
  const lone = [member('north'), member('south', { principal: false })];
  expect(assessed({ cast: lone, samples: unanimous(3, flat(0, 6)) }).convergence?.principals).toBe(0);
});

const half = fc.integer({ min: 0, max: 12 }).map((value) => value / 2);
const anyReading = fc.record({
  speaker: fc.constantFrom('north', 'south', 'observer'),
  issue: fc.constantFrom('a', 'b'),
  position: half,
  act: fc.constantFrom('commit' as const, 'rhetoric' as const, 'retract' as const),
  turn: fc.integer({ min: 1, max: 6 }),
});
const anySamples = fc
  .array(fc.uniqueArray(anyReading, { selector: ({ speaker, issue }) => `${speaker}${issue}` }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((all) =>
    all.map((readings, number) =>
      sample(
        number,
        readings.map((one) => ({ ...one, quote: 'so said' })),
        {
          speakerOrder: ['north', 'south', 'observer'],
          reversed: number % 2 === 1,
        },
      ),
    ),
  );

test('whatever the judge reads, the verdict fits the schemas of the journal', () => {
  fc.assert(
    fc.property(anySamples, anySamples, (before, now) => {
      const first = assessed({ samples: before });
      const { cells, convergence, advice } = assessed({
        samples: now,
        round: 2,
        earlier: [{ round: 1, ...first }],
      });
      for (const cell of cells) cellSchema.parse(cell);
      convergenceSchema.parse(convergence);
      adviceSchema.parse(advice);
    }),
  );
});

test('the order of samples, speakers and issues changes no figure', () => {
  fc.assert(
    fc.property(anySamples, (samples) => {
      const one = assessed({ samples }).convergence!;
      const other = assessed({
        samples: samples.toReversed(),
        cast: cast.toReversed(),
        agenda: agenda.toReversed(),
      }).convergence!;
      for (const figure of ['principals', 'all', 'min', 'rms', 'coverage', 'reciprocity'] as const) {
        if (one[figure] === null) expect(other[figure]).toBeNull();
        else expect(other[figure]).toBeCloseTo(one[figure], 9);
      }
      expect(other.hollow.isHollow).toBe(one.hollow.isHollow);
    }),
  );
});

test('turning every position upside down leaves C, the twin and the interval as they are', () => {
  const open = cast.map((one) => ({ ...one, opening: {} }));
  fc.assert(
    fc.property(anySamples, (samples) => {
      const turned = samples.map((one) => ({
        ...one,
        readings: one.readings.map((read) => ({ ...read, position: 6 - read.position })),
      }));
      const [a, b] = [samples, turned].map((these) => assessed({ samples: these, cast: open }).convergence!);
      for (const pick of ['principals', 'rms', 'min', 'all'] as const) {
        if (a![pick] === null) expect(b![pick]).toBeNull();
        else expect(b![pick]).toBeCloseTo(a![pick], 9);
      }
      if (a!.interval) expect(b!.interval?.low).toBeCloseTo(a!.interval.low, 9);
    }),
  );
});

test('turned upside down, equal stands of one issue beside unequal ones of another leave the interval as it is', () => {
  const read = (turned: boolean) => {
    const at = (position: number) => (turned ? 6 - position : position);
    const of = (number: number, southA: number, northA: number, southB: number) =>
      sample(number, [
        ...[reading('south', 'a', at(southA)), reading('north', 'a', at(northA))],
        ...[reading('north', 'b', at(0)), reading('south', 'b', at(southB))],
      ]);
    return assessed({ samples: [of(0, 4.5, 5, 0.5), of(1, 5.5, 5, 0)] }).convergence?.interval;
  };
  expect(read(true)?.low).toBeCloseTo(read(false)?.low as number, 9);
  expect(read(true)?.high).toBeCloseTo(read(false)?.high as number, 9);
});

test('of two principals, one that comes nearer on an issue never lowers C', () => {
  fc.assert(
    fc.property(half, half, half, half, fc.double({ min: 0, max: 1, noNaN: true }), (x, y, u, v, way) => {
      const far = assessed({ samples: unanimous(1, { north: { a: x, b: u }, south: { a: y, b: v } }) });
      const near = assessed({
        samples: unanimous(1, { north: { a: x + way * (y - x), b: u }, south: { a: y, b: v } }),
      });
      expect(near.convergence!.principals!).toBeGreaterThanOrEqual(far.convergence!.principals! - 1e-12);
    }),
  );
});
