import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Debate, fold } from '../../src/debate/debate.ts';
import type { DebateEvent } from '../../src/debate/events.ts';
import { factLedgers, isAlive } from '../../src/grounding/alive-facts.ts';
import { termsOf } from '../../src/grounding/facts.ts';
import { sentencesOf } from '../../src/text/sentences.ts';
import { contentStems } from '../../src/text/words.ts';
import { eventsOf, harbourWithFacts, plainReply, saying } from '../../test/helpers/fact-debates.ts';

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

export interface Planted {
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

type Reader = (planted: readonly Planted[], turns: readonly number[]) => string;

/**
 * A reading model that errs as models do: of its uses every ninth is passed over, every eleventh quoted in words that the
 * speech does not have, and in every round it claims two that nobody made, one of an earlier round and one of no fact.
 */
function erringReader(): Reader {
  let given = 0;
  return (planted, turns) => {
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
export async function runPlanted(rows: readonly [string, string][], reader: Reader, scenario: string) {
  const planted: Planted[] = [];
  const speakers = ['harbour-mayor', 'growers-union'].map((id, place) => {
    let round = 0;
    return [
      id,
      saying((kind) => {
        if (kind !== 'speak') return plainReply(kind);
        const row = rows[round++]?.[place] ?? '';
        // The moderator opens as T1, and asks before the second round and those after it.
        const { text, uses } = speechOf(row, 3 * (round - 1) + 2 + place);
        planted.push(...uses);
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

/** Omissions that are there and said to be, those only said, and those only there. */
interface Tally {
  right: number;
  wrong: number;
  missed: number;
}

export function f1({ right, wrong, missed }: Tally): number {
  return (2 * right) / (2 * right + wrong + missed);
}

const allFacts = ['F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'F7'];

/** How well omissions are found: those that are there and said to be, those only said, those only there. */
function tally(found: readonly Set<string>[]): Tally {
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

/** Runs every case through the real loop, and holds what the ledger and what code alone find against what is planted. */
export async function plantedOmissions(
  scenario: string,
): Promise<{ read: Tally; words: Tally; debates: Debate[] }> {
  const reader = erringReader();
  const read: Set<string>[] = [];
  const words: Set<string>[] = [];
  const debates: Debate[] = [];
  for (const rows of cases) {
    const { events } = await runPlanted(rows, reader, scenario);
    const { debate, ledgers } = ledgersOf(events);
    const last = ledgers.at(-1)?.facts ?? [];
    read.push(new Set(last.filter(({ state }) => isAlive(state)).map(({ fact }) => fact.id)));
    const recent = debate.turns.filter(({ kind, round }) => kind === 'speech' && round > 1);
    words.push(new Set(recent.flatMap(({ text }) => saidByWords(debate.started.facts ?? [], text))));
    debates.push(debate);
  }
  return { read: tally(read), words: tally(words), debates };
}

const leastF1 = 0.85;

/** How well planted omissions are found by a reading model that errs, and by code alone. */
export async function omissionsReport(): Promise<{ text: string; isKept: boolean }> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-facts-'));
  const { read, words } = await plantedOmissions(await harbourWithFacts({}, folder)).finally(() =>
    rm(folder, { recursive: true, force: true }),
  );
  const isKept = f1(read) >= leastF1;
  const row = (name: string, counts: Tally) =>
    `| ${name} | ${counts.right} | ${counts.wrong} | ${counts.missed} | ${f1(counts).toFixed(2)} |`;
  const text = `# Facts that a debate loses, against what was planted

${cases.length} debates of three rounds over ${allFacts.length} facts of one article, said in its words, in other words, contradicted or left out. The reading
model is scripted: of its uses it passes over every ninth, misquotes every eleventh, and it claims four a round that nobody made.

| by | omissions found | only said to be | missed | F1 |
|---|---|---|---|---|
${row('the reading model, its quotes checked', read)}
${row('code alone: all figures or half of the words', words)}

${isKept ? 'kept' : 'BROKEN'}: F1 at least ${leastF1}. This proves the checks and the ledger; how well a language model reads is another question.
`;
  return { text, isKept };
}
