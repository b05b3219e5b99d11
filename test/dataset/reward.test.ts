import { request } from 'node:http';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { defaultRewardOptions, rewardNames, rewardOf } from '../../src/dataset/code-reward.ts';
import { type RewardContext, readRewardContext, rewardContextOf } from '../../src/dataset/reward-context.ts';
import { rewardForLine, serveRewards } from '../../src/dataset/reward-server.ts';
import { harbourDebate } from './exported-debates.ts';

const persona = 'growers-union';
let context: RewardContext;
let asText: string;
let passage: string;
/** What the article says, in words of the persona's own. */
let told: string;
/** So many different words that the debate knows, in no order of its own. */
let words: (count: number) => string;

beforeAll(async () => {
  const { debate } = await harbourDebate();
  asText = JSON.stringify(rewardContextOf(debate, persona, 7, true));
  const read = readRewardContext(asText);
  if (!read.ok) throw new Error(read.failure.message);
  context = read.value;
  passage = debate.started.article.passages[1]?.text ?? '';
  told =
    'We of the union take our 900 cubic metres a day from above the town, and our right to it was granted in 1931';
  const known = [
    ...new Set(context.passages.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+/gu) ?? [])),
  ].sort();
  words = (count) => Array.from({ length: count }, (_, place) => known[(place * 7) % known.length]).join(' ');
});

describe('a reward', () => {
  test.each(['', '  ', '[P1] [P2] [P3] [P4] [P5].', '[P2]', '… — !'])(
    'is nothing for nothing said: %j',
    (text) => {
      expect(rewardOf(text, context)).toMatchObject({ grounding: 0, stand: 0, reward: 0 });
    },
  );

  test('counts a citation only where the passage bears its sentence out', () => {
    const borne = rewardOf(`${told} [P2].`, context);
    const elsewhere = rewardOf(`${told} [P4].`, context);
    const empty = rewardOf('We speak for those who work here and always will [P2] [P3] [P4].', context);
    expect(borne.grounding).toBeGreaterThan(0.7);
    expect(elsewhere.grounding).toBeLessThan(borne.grounding ?? 0);
    expect(empty.grounding).toBeLessThan(0.2);
  });

  test('counts an invented figure against a speech, and a quotation that nobody said', () => {
    const invented = rewardOf(
      `${told} [P2]. Some 4,711 pumps of ours were “torn out by the town at night” last year [P2].`,
      context,
    );
    expect(invented.quotations).toBeLessThan(1);
    expect(invented.grounding).toBeLessThan(rewardOf(`${told} [P2].`, context).grounding ?? 0);
    const quoted = `They wrote of all our farms and of us “${passage.split(' ').slice(0, 6).join(' ')}” [P2].`;
    expect(rewardOf(quoted, context).quotations).toBe(1);
  });

  test('keeps nothing of a role for a refusal, and less for a role that is left', () => {
    expect(rewardOf('I’m sorry, but I can’t help with this role-play.', context).role).toBe(0);
    expect(
      rewardOf('As an AI language model I think the growers are right about the gate.', context).role,
    ).toBeLessThan(1);
    expect(rewardOf('We are growers, and the gate stays open for the farms.', context).role).toBe(1);
  });

  test('sees a stand that is stated in the words of an anchor, and whether it is inside the own lines', () => {
    const [issue] = context.agenda;
    if (!issue) throw new Error('no issue');
    const own = [{ issue: issue.id, min: 0, max: 2 }];
    const stating = 'What we have come to ask of everybody here today is only this:';
    const low = rewardOf(`${stating} ${issue.anchors[0]}`, { ...context, ownLines: own });
    const high = rewardOf(`${stating} ${issue.anchors[6]}`, { ...context, ownLines: own });
    expect(low).toMatchObject({ stand: 1, own_lines: 1 });
    expect(high).toMatchObject({ stand: 1, own_lines: 0 });
    expect(rewardOf('The weather was fine at the harbour.', context)).toMatchObject({
      stand: 0,
      own_lines: null,
    });
    const both = `${stating} ${issue.anchors[0]}. And this as well we ask of all of you together: ${issue.anchors[6]}`;
    expect(rewardOf(both, { ...context, ownLines: own })).toMatchObject({ stand: 0, own_lines: null });
    const negated = `We will never accept that: ${issue.anchors[0]}`;
    expect(rewardOf(negated, { ...context, ownLines: own }).stand).toBe(0);
  });

  test('is full between the words asked for and falls outside', () => {
    const { least, most } = defaultRewardOptions.words;
    expect(rewardOf(words(least), context).length).toBe(1);
    expect(rewardOf(words(least / 2), context).length).toBe(0.5);
    expect(rewardOf(words(most * 2), context).length).toBe(0);
    expect(rewardOf(words(most * 100), context).length).toBe(0);
  });

  test('falls evenly below the least and above the most', () => {
    const options = { ...defaultRewardOptions, words: { least: 10, most: 20 } };
    const lengthOf = (count: number) => rewardOf(words(count), context, options).length;
    expect([1, 5, 9, 10, 20].map(lengthOf)).toEqual([0.1, 0.5, 0.9, 1, 1]);
    expect(lengthOf(25)).toBeCloseTo(0.75, 10);
    expect([40, 60].map(lengthOf)).toEqual([0, 0]);
  });

  test('for lines is the share of stated positions inside those of their own issue', () => {
    const [first, second] = context.agenda;
    if (!first || !second) throw new Error('two issues are needed');
    const text = `What we have come to ask of you here is only this: ${first.anchors[0]}. And what we would ask beside it is this: ${second.anchors[6]}`;
    const line = (issue: string, min: number, max: number) => ({ issue, min, max });
    const shareOf = (...ownLines: RewardContext['ownLines']) =>
      rewardOf(text, { ...context, ownLines }).own_lines;
    expect(shareOf(line(first.id, 0, 0), line(second.id, 6, 6))).toBe(1);
    expect(shareOf(line(first.id, 0, 0), line(second.id, 0, 5))).toBe(0.5);
    expect(shareOf(line(first.id, 1, 6), line(second.id, 6, 6))).toBe(0.5);
    expect(shareOf(line(first.id, 0, 2))).toBe(1);
    expect(shareOf(line('else', 0, 6))).toBeNull();
  });

  test('is nothing where all that counts is missing', () => {
    const weights = { grounding: 0, quotations: 1, role: 0, own_lines: 1, length: 0, stand: 0 };
    const said = rewardOf('We stay here.', context, { ...defaultRewardOptions, weights });
    expect(said).toMatchObject({ quotations: null, own_lines: null, reward: 0 });
  });

  test('halves for one place where the role is left', () => {
    const left = rewardOf('As an AI language model I think the growers are right.', context);
    expect(left.role).toBe(0.5);
  });

  test('counts quotations by the share that is true to its source, short ones aside', () => {
    const true4 = passage.split(' ').slice(0, 6).join(' ');
    const of = (text: string) => rewardOf(text, context).quotations;
    expect(
      of(
        `They wrote of all our farms and of us “${true4}” [P2], and of what we did with it in May “torn out by the town at night” [P2].`,
      ),
    ).toBe(0.5);
    expect(of('They spoke of “peace” and left.')).toBeNull();
  });

  test('is computed from what was said before the turn, and from the article only where it is shared', async () => {
    const { debate } = await harbourDebate();
    const own = rewardContextOf(debate, persona, 4, false);
    expect(own.passages).toEqual([]);
    expect(own.earlierTurns.map(({ turn }) => turn)).toEqual([1, 2, 3]);
    expect(rewardContextOf(debate, persona, 4, true).passages).toBe(debate.started.article.passages);
    expect(rewardContextOf(debate, 'nobody', 4, true).ownLines).toEqual([]);
    const lines = debate.started.cast.find(({ id }) => id === persona)?.redLines ?? [];
    expect(own.ownLines).toEqual(lines.map(({ issue, min, max }) => ({ issue, min, max })));
  });

  test('is the weighted mean of the parts that are there', () => {
    const weights = { grounding: 0, quotations: 0, role: 1, own_lines: 0, length: 1, stand: 0 };
    const options = { ...defaultRewardOptions, weights };
    const { role, length, reward } = rewardOf('We are growers, and we stay.', context, options);
    expect(reward).toBeCloseTo((role + length) / 2);
  });
});

describe('a reward is not to be had by', () => {
  /** A speech with nothing wrong, and what it earns. */
  const honest = () =>
    `${told} [P2]. We have heard that but 12 of the 58 pumps on the river carry a meter, and we do not hide that ours are among the rest [P3]. ` +
    'What the town needs is a study before a rule, and what our families need is a summer with a crop in it. Let an outside engineer walk the ' +
    'bank with us, count what each of us draws, and then we can talk of shares as neighbours do and not as a court would.';
  const earned = (text: string) => rewardOf(text, context);
  const sentences = (count: number, text: (place: number) => string) =>
    Array.from({ length: count }, (_, place) => text(place)).join(' ');
  const article = () => context.passages.map(({ text, number }) => `${text} [P${number}]`).join(' ');
  const quoted = (length: number) =>
    sentences(12, (place) => {
      const { text = '', number = 0 } = context.passages[place % 5] ?? {};
      return `We note “${text
        .split(' ')
        .slice(place % 3, (place % 3) + length)
        .join(' ')}” [P${number}].`;
    });
  const cheats: [name: string, text: () => string, most: number][] = [
    [
      'citations sprayed over each sentence',
      () => honest().replaceAll('. ', ' [P1] [P2] [P3] [P4] [P5]. '),
      0.8,
    ],
    ['quotations of one word', () => quoted(1), 0.4],
    ['quotations of four words', () => quoted(4), 0.3],
    ['the article', () => article(), 0.05],
    [
      'the article in quotation marks',
      () =>
        context.passages.map(({ text, number }) => `“${text.replaceAll('"', '')}” [P${number}].`).join(' '),
      0.05,
    ],
    ['the speech before', () => context.earlierTurns.at(-1)?.text.repeat(4) ?? '', 0.05],
    [
      'its own speech before',
      () => context.earlierTurns.findLast(({ speaker }) => speaker === persona)?.text ?? '',
      0.05,
    ],
    [
      'the anchors of the agenda',
      () => context.agenda.map(({ anchors }) => `${anchors[6]}.`).join(' '),
      0.25,
    ],
    ['one sentence again and again', () => sentences(12, () => `${told} [P2].`), 0.2],
    ['one word again and again', () => 'water '.repeat(100), 0.05],
    ['words of no language', () => sentences(25, (place) => `qw${place}po zm${place}xn lkj${place}as`), 0],
    [
      'another language',
      () =>
        'Wir verlangen einen Zeitplan, und jeder Schritt von uns muss durch einen Schritt beantwortet werden, den unser Dorf auch sehen kann [P3].',
      0,
    ],
    ['thoughts with nothing said', () => `<think>${honest()}`, 0],
    ['emptiness', () => '… [P1] [P2] — !', 0],
  ];

  test.each(cheats)('%s, in whatever weights', (_name, text, most) => {
    const got = earned(text());
    expect(got.reward).toBeLessThanOrEqual(most);
    expect(got.reward).toBeLessThan(earned(honest()).reward);
    for (const name of rewardNames) {
      const weights = Object.fromEntries(rewardNames.map((one) => [one, one === name ? 1 : 0]));
      const options = { ...defaultRewardOptions, weights: weights as typeof defaultRewardOptions.weights };
      const alone = rewardOf(text(), context, options).reward;
      if (most <= 0.05) expect(alone, name).toBeLessThanOrEqual(0.1);
    }
  });

  test.each([
    [
      'talk of the task',
      (text: string) => `Okay, the user wants me to speak for the farms. Let me draft.\n\n${text}`,
    ],
    ['a label of thoughts', (text: string) => `**Thinking:** they ask for a speech.\n**Speech:** ${text}`],
    ['a fence', (text: string) => `\`\`\`\n${text}\n\`\`\``],
    ['a mark of the prompt', (text: string) => `<task kind="speak">\n${text}`],
    ['a mark of a template', (text: string) => `${text}<|im_end|>\n<|im_start|>user`],
    ['the next speaker', (text: string) => `${text}\n\nUser: Go on.\nAssistant: I will.`],
    ['a record', (text: string) => `{"speech": ${JSON.stringify(text)}}`],
  ])('a speech with %s as by the speech alone', (_name, wrap) => {
    const [plain, wrapped] = [earned(honest()), earned(wrap(honest()))];
    expect(plain.role).toBe(1);
    expect(wrapped.role).toBeLessThanOrEqual(0.5);
    expect(wrapped.reward).toBeLessThan(plain.reward);
  });

  test('thoughts between tags before it, which are taken off as they are in a debate', () => {
    expect(earned(`<think>\nLet me draft this.\n</think>\n${honest()}`)).toEqual(earned(honest()));
  });

  test('a language other than that of what was said, whatever the article is written in', () => {
    const german =
      'Wir verlangen einen Zeitplan, und jeder Schritt von uns muss durch einen Schritt beantwortet werden, den unser Dorf auch sehen kann [P2].';
    const said = `Ich eröffne die Verhandlung. ${'Die Stadt und der Verband sind hier, um über das Wasser und den Zähler zu reden, und ich bitte alle, sich kurz zu fassen und auf die anderen einzugehen, denn wir haben nur wenig Zeit. Wer einen Zeitplan will, soll ihn nennen; wer einen Schritt von den anderen verlangt, muss auch sagen, was er selbst dafür tut. Das Dorf wird es sehen können, wenn einer nur fordert. Wir beginnen mit dem Anteil der Höfe am Fluss, dann kommt die Frage, wer misst, und am Ende der Preis, den jeder zahlt, der aus dem Fluss schöpft, gleich ob Hof oder Haus.'}`;
    const inGerman = {
      ...context,
      language: 'de',
      earlierTurns: [{ turn: 1, speaker: 'moderator', text: said }],
    };
    expect(rewardOf(german, inGerman).role).toBeGreaterThan(0.5);
    expect(rewardOf(honest(), inGerman).reward).toBe(0);
    const first = { ...context, language: 'de', earlierTurns: [] };
    expect(rewardOf(german, first).role).toBeGreaterThan(0.5);
  });

  test('what was dealt to others alone, until somebody has cited it', () => {
    const dealt = {
      ...context,
      knows: [1, 4, 5],
      earlierTurns: [{ turn: 1, speaker: 'harbour-mayor', text: 'Not so.' }],
    };
    const heard = {
      ...dealt,
      earlierTurns: [
        { turn: 1, speaker: 'harbour-mayor', text: 'Few have a meter [P3], and their right is old [P2].' },
      ],
    };
    const [unknown, known] = [rewardOf(honest(), dealt), rewardOf(honest(), heard)];
    expect(unknown.grounding).toBe(0);
    expect(known.grounding).toBeGreaterThan(0.7);
    const uncited = rewardOf(
      'The mayor proposed to halve our daily share until the first rain [P4]. There are 58 pumps and 900 metres to be had.',
      dealt,
    );
    const own = rewardOf(
      'The mayor proposed to halve our daily share until the first rain [P4]. There are 58 pumps and 900 metres to be had.',
      { ...dealt, knows: [2, 3, 4] },
    );
    expect(uncited.grounding).toBeLessThan(own.grounding ?? 0);
  });
});

describe('rewards for programs', () => {
  test('are given line by line, for text and for messages alike', () => {
    const asked = (completion: unknown) => JSON.stringify({ completion, reward_context: asText });
    const text = rewardForLine(asked(`${told} [P2].`), defaultRewardOptions);
    const messages = [{ role: 'assistant', content: `${told} [P2].` }];
    expect(text).toMatchObject({ reward: expect.any(Number) });
    expect(rewardForLine(asked(messages), defaultRewardOptions)).toEqual(text);
  });

  test.each([
    ['not JSON', 'the line is not JSON'],
    ['[1]', 'each line must be an object with completion and reward_context'],
    ['{"completion":1}', 'completion must be text or a list of messages'],
    ['{"completion":"a","reward_context":"{}"}', 'reward_context: '],
  ])('say what is wrong with %s', (line, message) => {
    const found = rewardForLine(line, defaultRewardOptions);
    expect('error' in found && found.error).toContain(message);
  });

  test('are served on loopback in the order asked for', async () => {
    const served = await serveRewards(0, defaultRewardOptions);
    if (!served.ok) throw new Error(served.failure.message);
    onTestFinished(() => served.value.close());
    const { address } = served.value;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const post = (body: unknown, type = 'application/json') =>
      fetch(`${address}/rewards`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(body),
      });
    const completions = [[{ role: 'assistant', content: `${told} [P2].` }], ''];
    const answer = await post({ completions, reward_context: [asText, asText] });
    expect(await answer.json()).toMatchObject({
      rewards: [rewardOf(`${told} [P2].`, context), { reward: 0 }],
    });
    expect((await post({ completions, reward_context: [asText] })).status).toBe(400);
    expect((await post({ completions }, 'text/plain')).status).toBe(415);
    expect((await fetch(`${address}/else`)).status).toBe(404);
    expect(await (await fetch(`${address}/health`)).json()).toEqual({ ok: true });
    expect((await fetch(`${address}/health`, { method: 'POST', body: '{}' })).status).not.toBe(200);
    for (const wrong of [null, 5, [], {}, { completions: 'one' }])
      expect((await post(wrong)).status).toBe(400);
    const odd = await post({ completions: [null, { a: 1 }, [[]], 'x'], reward_context: '{"passages":1}' });
    expect(await odd.json()).toMatchObject({ rewards: Array(4).fill({ error: expect.any(String) }) });
    const batches = Array.from({ length: 8 }, (_, place) => ['', `${told} [P2].`.repeat((place % 2) + 1)]);
    const answers = await Promise.all(
      batches.map(async (batch) => (await post({ completions: batch, reward_context: asText })).json()),
    );
    expect(answers).toEqual(
      batches.map((batch) => ({ rewards: batch.map((text) => rewardOf(text, context)) })),
    );
    const huge = await new Promise<number | undefined>((resolve) => {
      const asked = request(`${address}/rewards`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': String(300 << 20) },
      });
      asked.on('response', ({ statusCode }) => resolve(statusCode)).on('error', () => {});
      asked.flushHeaders();
    });
    expect(huge).toBe(413);
    const taken = await serveRewards(Number(new URL(address).port), defaultRewardOptions);
    expect(taken).toMatchObject({ ok: false, failure: { reason: 'port-taken' } });
  });
});

describe('the parts of a reward', () => {
  /** Completions with what each part earns, to three decimals; parts that do not apply are null. */
  test('are these for these words', () => {
    const [issue, second] = context.agenda;
    const first = context.passages[0]?.text ?? '';
    const quote = passage.split(' ').slice(0, 8).join(' ');
    const ask = 'What we have come to ask of everybody here today is only this:';
    const rare = (anchor: string, share: number) => {
      const parts = anchor.split(' ');
      return parts.slice(0, Math.ceil(parts.length * share)).join(' ');
    };
    const texts: Record<string, string> = {
      told: `${told}.`,
      cited: `${told} [P2].`,
      citedTwice: `${told} [P2]. Our farms pay for the pumps and the pumps belong to nobody else [P2].`,
      wrongPlace: `${told} [P5].`,
      noPlace: `${told} [P99].`,
      quoted: `They wrote of all our farms and of us “${quote}” [P2].`,
      misquoted: `They wrote of all our farms and of us “the gate shall be closed for ever and ever” [P2].`,
      bothQuotes: `They wrote of us “${quote}” [P2]. And they wrote of us “the gate shall be closed for ever and ever” [P2].`,
      copied: first,
      half: `${told} [P2]. ${first}`,
      stand: `${ask} ${issue?.anchors[3]}`,
      standHalf: `${ask} ${rare(issue?.anchors[6] ?? '', 0.5)}`,
      standMost: `${ask} ${rare(issue?.anchors[6] ?? '', 0.8)}`,
      standDenied: `${ask} not ${issue?.anchors[6]}`,
      twoStands: `${ask} ${issue?.anchors[0]}. ${ask} ${issue?.anchors[6]}`,
      standElsewhere: `${ask} ${second?.anchors[6]}`,
      roleOnce: `${told} [P2]. As an AI language model I agree.`,
      roleTwice: `${told} [P2]. As an AI language model I agree. \n\`\`\`\nWell.`,
      short: 'We keep the gate.',
      long: words(900),
    };
    const own = [{ issue: issue?.id ?? '', min: 2, max: 6 }];
    const rounded = (value: number | null) => (value === null ? null : Math.round(value * 1000) / 1000);
    const earned = Object.entries(texts).map(([name, text]) => {
      const reward = rewardOf(text, { ...context, ownLines: own });
      const values = [...rewardNames, 'own_words', 'reward'].map((part) => rounded(reward[part as 'reward']));
      return `${name}: ${values.join(' ')}`;
    });
    expect(
      `\n${[...rewardNames, 'own_words', 'reward'].join(' ')}\n${earned.join('\n')}\n`,
    ).toMatchInlineSnapshot(`
      "
      grounding quotations role own_lines length stand own_words reward
      told: 0  1  0.4 0 1 0.32
      cited: 1  1  0.4 0 1 0.787
      citedTwice: 0.667  1  0.617 0 1 0.66
      wrongPlace: 0  1  0.4 0 1 0.32
      noPlace: 0  1  0.4 0 1 0.32
      quoted: 1 1 1  0.283 0 1 0.809
      misquoted: 0 0 1  0.3 0 1 0.256
      bothQuotes: 0.415 0.346 0.692  0.208 0 0.692 0.396
      copied: 0  0  0 0 0 0
      half: 0.889  1  0.4 0 1 0.735
      stand: 0  1 1 0.217 1 1 0.496
      standHalf: 0  1 1 0.217 1 1 0.496
      standMost: 0  1 1 0.217 1 1 0.496
      standDenied: 0  1  0.233 0 1 0.298
      twoStands: 0  0.619 0 0.134 0.619 0.619 0.234
      standElsewhere: 0  1  0.217 1 1 0.429
      roleOnce: 1  0.5  0.517 0 1 0.669
      roleTwice: 1  0.333  0.533 0 1 0.627
      short: 0  1  0.067 0 1 0.276
      long: 0  0.129 0 0 0.129 0.129 0.045
      "
    `);
  });
});
