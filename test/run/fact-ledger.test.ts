import { describe, expect, test } from 'vitest';
import { measureDebate } from '../../src/compare/measure-debate.ts';
import { fold } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { factLedgers, isAlive } from '../../src/grounding/alive-facts.ts';
import { termsOf } from '../../src/grounding/facts.ts';
import { reportOf } from '../../src/report/model/debate-report.ts';
import { renderReport } from '../../src/report/render-report.ts';
import { paragraphsOf } from '../../src/terminal/plain-transcript.ts';
import { sentencesOf } from '../../src/text/sentences.ts';
import { contentStems } from '../../src/text/words.ts';
import { eventsOf, harbourWithFacts, plainReply, saying } from '../helpers/fact-debates.ts';
import { harbourWith } from '../prompts/scenario-folder.ts';

/** Each fact in the article's words with its passage, in other words, and in words that share few with it. */
const wordings: Record<string, string> = {
  F1a: 'The farms above the town may take 900 cubic metres a day [P2].',
  F1b: 'The growers are entitled to pump 900 cubic metres every single day.',
  F1c: 'Nine hundred cubes daily is what the old paper lets them have.',
  F2a: 'It rests on a right granted in 1931 [P2].',
  F2b: 'Their title to the river dates from 1931.',
  F2c: 'That grant was signed in nineteen thirty-one.',
  F3a: 'The mayor proposed to halve the daily share until the first rain [P4].',
  F3b: 'City hall wants to cut the allotment by half until it rains.',
  F3c: 'Fifty per cent less, until clouds break: that is the proposal of the mayor.',
  F4a: 'Only 12 of 58 pumps have a meter [P3].',
  F4b: 'Of the 58 pumps no more than 12 are metered.',
  F4c: 'A dozen pumps are counted, and forty-six run unseen.',
  F5a: 'Households pay 2.10 for a cubic metre [P5].',
  F5b: 'A family is charged 2.10 for every cubic metre.',
  F5c: 'At the kitchen tap it costs two euros ten a cube.',
  F6a: 'The farms pay nothing [P5].',
  F6b: 'For its water a farm is not charged a cent.',
  F6c: 'Agriculture gets all of it free.',
  F7a: 'The river at Harbour fell to 41 centimetres on Monday [P1].',
  F7b: 'On Monday the gauge stood at 41 centimetres.',
  F7c: 'We have forty-one centimetres of river left.',
  // Contradictions.
  F4n: 'It is not so that only 12 of 58 pumps have a meter: by now every pump has one.',
  F6n: 'The farms do pay; their levy is due in June.',
  // Sentences that touch a fact's matter and do not say it.
  t1: 'A daily share has to be fair to those who farm.',
  t2: 'An old right is still a right, and papers matter here.',
  t3: 'Until the first rain we all have to be careful.',
  t4: 'Meters cost money, and somebody has to read the pumps.',
  t5: 'A cubic metre of water has a price for everybody.',
  t6: 'What farms pay is a question of dignity.',
  t7: 'The river at Harbour is dear to us on a Monday too.',
};

/** Three rounds of two speeches, each a row of wordings. What a case plants is what its last two rounds leave out. */
const cases: readonly [string, string][][] = [
  [
    ['F1a F4a', 'F2a F6a'],
    ['F4b t1', 't2 F2b'],
    ['F4c', 'F2c t6'],
  ],
  [
    ['F1a F2a F3a', 'F4a F5a'],
    ['t1 t4', 't2 t5'],
    ['t3', 't6'],
  ],
  [
    ['F5a F6a', 'F7a F3a'],
    ['F5b', 'F6b t7'],
    ['F6c t5', 'F5c'],
  ],
  [
    ['F7a F4a', 'F1a'],
    ['F7b F4b', 'F1b'],
    ['F7c F4c', 'F1c'],
  ],
  [
    ['F1b F2b', 'F3b F4b'],
    ['F3c t1', 't2 t4'],
    ['t3 F3a', 't4'],
  ],
  [
    ['F4a F6a', 'F5a F1a'],
    ['F4n t4', 'F1b'],
    ['t6', 'F1c t5'],
  ],
  [
    ['t1 t2', 't3 t4'],
    ['F2c', 'F7c'],
    ['t5 t6', 't7'],
  ],
  [
    ['F3a F5b', 'F6c F7b'],
    ['F5c t3', 't7'],
    ['t5', 'F3c'],
  ],
  [
    ['F1c F2c F4c', 'F5c F6c'],
    ['t1', 't2 F6a'],
    ['F6b t4', 't5'],
  ],
  [
    ['F7a F5a F3a', 'F6a F2a'],
    ['F6n t6', 'F7b'],
    ['t7 t3', 'F2b'],
  ],
  [
    ['F1a', 'F2a'],
    ['F3a', 'F4a'],
    ['F5a', 'F6a'],
  ],
  [
    ['F4b F7b', 'F1b F5b'],
    ['F4a t7', 't1 F5a'],
    ['F4c t4', 't5 t2'],
  ],
];

interface Planted {
  fact: string;
  turn: number;
  how: 'used' | 'contradicted';
  quote: string;
}

/** What a speech says: its text and the facts in it. */
function speechOf(row: string, turn: number): { text: string; uses: Planted[] } {
  const keys = row.split(' ');
  const uses = keys.flatMap((key): Planted[] => {
    if (!key.startsWith('F')) return [];
    const how = key.endsWith('n') ? 'contradicted' : 'used';
    return [{ fact: key.slice(0, 2), turn, how, quote: wordings[key] ?? '' }];
  });
  return { text: keys.map((key) => wordings[key]).join(' '), uses };
}

/**
 * A reading model that errs as models do: of its uses every ninth is passed over, every eleventh quoted in words that the
 * speech does not have, and in every round it claims two that nobody made, one of an earlier round and one of no fact.
 */
function erringReader() {
  let given = 0;
  return (planted: readonly Planted[], turns: readonly number[]): string => {
    const uses = planted.filter(({ turn }) => turns.includes(turn));
    const earlier = planted.filter(({ turn }) => turn < (turns[0] ?? 0));
    const kept = uses.flatMap((use) => {
      given += 1;
      if (given % 9 === 0) return [];
      return [given % 11 === 0 ? { ...use, quote: `${use.quote.slice(0, -1)} indeed` } : use];
    });
    const [turn = 0, other = 0] = turns;
    const invented = [
      // Words that nobody said, of two facts in turn; words of an earlier round; and a fact that there is not.
      {
        fact: `F${(turn % 7) + 1}`,
        turn,
        how: 'used',
        quote: 'Nobody here said these words about the farms',
      },
      {
        fact: `F${((turn + 3) % 7) + 1}`,
        turn: other,
        how: 'used',
        quote: 'the river has always been like this',
      },
      ...earlier.slice(-1),
      { fact: 'F70', turn, how: 'used', quote: 'the' },
    ];
    return JSON.stringify({ uses: [...kept, ...invented] });
  };
}

/** Runs a case through the real loop; the reading model sees what a model would, and answers from what is planted. */
async function run(rows: readonly [string, string][], reader: ReturnType<typeof erringReader>) {
  const scenario = await harbourWithFacts();
  const planted: Planted[] = [];
  const speakers = ['harbour-mayor', 'growers-union'].map((id, place) => {
    let round = 0;
    return [
      id,
      saying((kind, messages) => {
        if (kind !== 'speak') return plainReply(kind);
        const row = rows[round++]?.[place] ?? '';
        // The moderator opens as T1, and asks before the second round and those after it.
        const { text, uses } = speechOf(row, 3 * (round - 1) + 2 + place);
        planted.push(...uses);
        expect(messages.length).toBeGreaterThan(1);
        return text;
      }),
    ] as const;
  });
  const judge = saying((kind, messages) => {
    if (kind !== 'trace') return plainReply(kind);
    const text = messages.at(-1)?.content ?? '';
    const turns = [...text.matchAll(/<turn number="(\d+)"/g)].map(([, turn]) => Number(turn));
    return reader(planted, turns);
  });
  const model = saying(plainReply);
  const models = Object.fromEntries(speakers) as never;
  const events = await eventsOf({
    scenario,
    rounds: 3,
    model: model as never,
    models,
    judge: judge as never,
  });
  return { events, planted };
}

/** The facts that the last two rounds say, by what was planted. */
function aliveIn(rows: readonly [string, string][]): Set<string> {
  const recent = rows
    .slice(-2)
    .flat()
    .flatMap((row) => speechOf(row, 1).uses);
  return new Set(
    recent
      .filter(({ fact }) => recent.findLast((use) => use.fact === fact)?.how === 'used')
      .map(({ fact }) => fact),
  );
}

function f1({ right, wrong, missed }: { right: number; wrong: number; missed: number }): number {
  return (2 * right) / (2 * right + wrong + missed);
}

const allFacts = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7'];

/** How well omissions are found: those that are there and said to be, those only said, those only there. */
function tally(found: readonly Set<string>[]): { right: number; wrong: number; missed: number } {
  const counts = { right: 0, wrong: 0, missed: 0 };
  for (const [index, rows] of cases.entries()) {
    const alive = aliveIn(rows);
    for (const fact of allFacts) {
      const isOmitted = !alive.has(fact);
      const isFound = !found[index]?.has(fact);
      if (isOmitted && isFound) counts.right += 1;
      else if (isFound) counts.wrong += 1;
      else if (isOmitted) counts.missed += 1;
    }
  }
  return counts;
}

function ledgersOf(events: readonly DebateEvent[]) {
  const debate = fold(events);
  if (!debate) throw new Error('a debate that was run has begun');
  return { debate, ledgers: factLedgers(debate.started.facts ?? [], debate.traced) };
}

/** What code alone takes for a fact said: a sentence with all of its figures, or with more than half of its words. */
function saidByWords(facts: readonly { id: string; quote: string }[], text: string): string[] {
  return facts.flatMap(({ id, quote }) => {
    const figures = termsOf(quote).filter((term) => !term.startsWith('name'));
    const stems = contentStems(quote);
    const isSaid = sentencesOf(text).some((sentence) => {
      const own = new Set(contentStems(sentence.text));
      const terms = termsOf(sentence.text);
      const share = stems.filter((stem) => own.has(stem)).length / stems.length;
      return figures.length > 0 ? figures.every((term) => terms.includes(term)) : share > 0.5;
    });
    return isSaid ? [id] : [];
  });
}

describe('planted omissions', () => {
  test('are found with F1 of 0.85 and more, though the reading model errs in one use of five and invents four a round', async () => {
    const reader = erringReader();
    const found: Set<string>[] = [];
    const byWords: Set<string>[] = [];
    for (const rows of cases) {
      const { events } = await run(rows, reader);
      const { debate, ledgers } = ledgersOf(events);
      const last = ledgers.at(-1);
      expect(last?.round).toBe(3);
      found.push(
        new Set((last?.facts ?? []).filter(({ state }) => isAlive(state)).map(({ fact }) => fact.id)),
      );
      const recent = debate.turns.filter(({ kind, round }) => kind === 'speech' && round > 1);
      byWords.push(new Set(recent.flatMap(({ text }) => saidByWords(debate.started.facts ?? [], text))));
      // Whatever the model claims, what counts stands in the speech that it names.
      for (const { uses } of debate.traced)
        for (const use of uses) expect(debate.turns[use.turn - 1]?.text).toContain(use.quote);
      expect(debate.traced.every(({ rejected }) => rejected.length >= 3)).toBe(true);
    }
    const [read, words] = [tally(found), tally(byWords)].map((counts) => f1(counts));
    expect(read).toBeGreaterThanOrEqual(0.85);
    // Code alone takes other words for silence and the same words for the same fact; this is how far it comes.
    expect(words).toBeLessThan(read ?? 0);
    expect(words?.toFixed(2)).toBe('0.92');
  });
});

describe('facts that a model finds', () => {
  const good = { issue: 'metering', passage: 3, quote: 'Only 12 of 58 pumps have a meter' };
  const bad = { issue: 'price', passage: 5, quote: 'Households pay 3.50 for a cubic metre' };
  const stray = { issue: 'weather', passage: 1, quote: 'The river at Harbour' };

  async function found(replies: readonly unknown[][]) {
    let asked = 0;
    const judge = saying((kind) => {
      if (kind === 'extract' || kind === 'repair') return JSON.stringify({ facts: replies[asked++] ?? [] });
      return kind === 'trace' ? '{"uses":[]}' : plainReply(kind);
    });
    const scenario = await harbourWith({});
    const model = saying((kind) => (kind === 'speak' ? 'We see.' : plainReply(kind)));
    const events = eventsOf({
      scenario,
      facts: true,
      rounds: 1,
      model: model as never,
      judge: judge as never,
    });
    return { events: await events.catch((error: Error) => error), asked: () => asked };
  }

  test('stand in the debate by issue, asked for once where every quote stands in its passage', async () => {
    const { events, asked } = await found([[good]]);
    if (events instanceof Error) throw events;
    expect(asked()).toBe(1);
    expect(events[0]).toMatchObject({ facts: [{ id: 'F1', ...good }], settings: { facts: true } });
    expect(events.filter(({ type }) => type === 'facts-traced')).toHaveLength(1);
  });

  test('are asked for once more where a quote does not stand, and kept without it where it still does not', async () => {
    const { events, asked } = await found([
      [good, bad, stray],
      [good, bad],
    ]);
    if (events instanceof Error) throw events;
    expect(asked()).toBe(2);
    expect(events[0]).toMatchObject({ facts: [{ id: 'F1', ...good }] });
  });

  test('are none where nothing stands: the debate does not begin', async () => {
    const { events } = await found([[bad], [stray]]);
    expect(events).toMatchObject({ reason: 'no-facts' });
  });
});

describe('passages dealt unevenly', () => {
  test('are all that a persona is shown; what it was not dealt it may cite once somebody has', async () => {
    const scenario = await harbourWithFacts({ mayor: [1, 3, 4], growers: [1, 2, 5] });
    const prompts = new Map<string, string>();
    const persona = (id: string, speeches: readonly string[]) => {
      let given = 0;
      return saying((kind, messages) => {
        if (kind !== 'speak') return plainReply(kind);
        prompts.set(id, messages[0]?.content ?? '');
        return speeches[given++] ?? '';
      });
    };
    const judge = saying((kind, messages) => {
      if (kind !== 'trace') return plainReply(kind);
      const turn = Number(
        /<turn number="(\d+)" speaker="growers-union">/.exec(messages.at(-1)?.content ?? '')?.[1],
      );
      return JSON.stringify({ uses: [{ fact: 'F2', turn, how: 'used', quote: 'a right granted in 1931' }] });
    });
    const models = {
      'harbour-mayor': persona('mayor', ['Farms pay nothing [P5].', 'As you say, farms pay nothing [P5].']),
      'growers-union': persona('growers', [
        'We hold a right granted in 1931 [P2], and farms pay nothing [P5].',
        'It is a right granted in 1931 [P2].',
      ]),
    };
    const model = saying(plainReply);
    const events = await eventsOf({
      ...{ scenario, rounds: 2, model: model as never, models: models as never, judge: judge as never },
    });
    expect(prompts.get('mayor')).toContain('[P3] Only 12 of 58');
    expect(prompts.get('mayor')).not.toContain('Households pay 2.10');
    expect(prompts.get('mayor')).toContain(
      'You hold only a part of the article: passages [P1], [P3] and [P4].',
    );
    expect(prompts.get('growers')).not.toContain('Only 12 of 58');
    const report = reportOf(events, { notes: false });
    const citations = [...(report?.groundings.values() ?? [])].flatMap(({ citations: all }) =>
      all.map(({ label, exists }) => `${label} ${exists}`),
    );
    expect(citations).toEqual(['P5 false', 'P2 true', 'P5 true', 'P5 true', 'P2 true']);
    const debate = fold(events);
    if (!debate) throw new Error('it has begun');
    // Of the six facts that one of them holds alone, one was said by its holder; of seven one is alive.
    const measured = measureDebate(debate, { arm: 'a', article: 'b', cell: 'c' });
    expect(measured.factsShared).toBeCloseTo(1 / 6);
    expect(measured.factsKept).toBeCloseTo(1 / 7);
  });
});

describe('what a person sees of facts', () => {
  test('is how many are alive, which died, and that they agree more and know less', async () => {
    const rows: [string, string][] = [
      ['F1a F4a F5a', 'F2a F6a'],
      ['t1', 't2'],
      ['t3 F4b', 't4'],
    ];
    const { events } = await run(rows, (planted, turns) =>
      JSON.stringify({ uses: planted.filter(({ turn }) => turns.includes(turn)) }),
    );
    const rising = events.map((event) =>
      event.type === 'verdict-given' && event.convergence
        ? { ...event, convergence: { ...event.convergence, principals: 0.3 + 0.1 * event.round } }
        : event,
    );
    const debate = fold(rising);
    const traced = rising.findLast((event) => event.type === 'facts-traced');
    if (!debate || traced?.type !== 'facts-traced') throw new Error('the facts were followed');
    const plain = paragraphsOf(traced, debate, { paint: (text) => text })[0] ?? '';
    expect(plain).toMatch(/^Round 3: facts alive 1 of 7: 1 used, 4 forgotten, 2 unmentioned\n/);
    expect(plain).toContain('  forgotten: F2 “a right granted in 1931” [P2]');
    expect(plain).toContain(
      '! They agree more and know less: since round 1 C has risen by 0.20 while 4 facts died.',
    );
    const render = (format: 'md' | 'html' | 'json') => renderReport(rising, { format, notes: false }) ?? '';
    expect(render('md')).toMatch(/## What is known at the end[\s\S]+\| 3 \| 1 of 7 \| 0\.60 \|/);
    expect(render('md')).toMatch(
      /\| F4 \| Metering \| “Only 12 of 58 pumps have a meter” .+ \| used \| .+no more than 12/,
    );
    expect(render('html')).toContain('<h2 id="facts-h">What is known at the end</h2>');
    expect(JSON.parse(render('json')).facts.warning).toMatchObject({ since: 1, lost: 4 });
  });
});
