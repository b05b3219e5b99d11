import { join } from 'node:path';
import type OpenAI from 'openai';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Row } from '../../src/dataset/column-types.ts';
import { type FormatName, formatNames, formatOf } from '../../src/dataset/formats/index.ts';
import { columnsOf, type Format } from '../../src/dataset/formats/training-format.ts';
import { debateExample, pairExample, readingExample } from '../../src/dataset/make-examples.ts';
import { pairsOfFamily } from '../../src/dataset/pairs/pair-of-family.ts';
import { examplesOf, maskOf, type PersonaSide } from '../../src/dataset/persona-rows.ts';
import { personaConversations } from '../../src/dataset/persona-side.ts';
import type { ExportedDebate } from '../../src/dataset/row-provenance.ts';
import { jsonRow } from '../../src/dataset/write/json-lines.ts';
import type { Ending } from '../../src/debate/speech-events.ts';
import { HarbourDebate, harbourPrompts } from '../prompts/harbour.ts';
import { asFork, exportedOf, harbourDebate, sampleOf, speechOf } from './exported-debates.ts';

const options = { foldSystem: false, notes: false, window: null };
const persona = 'growers-union';
const forkedTurn = 7;

let debate: ExportedDebate;
let fork: ExportedDebate;

beforeAll(async () => {
  debate = exportedOf(await harbourDebate());
  const invented = await harbourDebate((speaker, turn) =>
    turn < forkedTurn ? speechOf(speaker, turn) : 'Some 4,711 pumps were “torn out by night” on 5 May 2019.',
  );
  fork = asFork(exportedOf(invented), 'test-t7-1', 'test', forkedTurn);
});

/** A persona's side with the masks that its speeches earn. */
function sideOf(exported: ExportedDebate, takenOver = 0): PersonaSide {
  const [conversation] = personaConversations(exported.set, exported.debate, persona);
  if (!conversation) throw new Error('it never spoke');
  const facts = exported.speeches.filter(({ speaker }) => speaker === persona);
  const masks = facts.map((speech, place) =>
    place < takenOver ? 'taken-over' : maskOf(speech, exported.isShared),
  );
  return { exported, conversation, masks };
}

/** The same debate, with the persona's speeches ended otherwise. */
function endingAs(exported: ExportedDebate, speaker: string, endings: readonly Ending[]): ExportedDebate {
  const left = [...endings];
  const turns = exported.debate.turns.map((turn) =>
    turn.speaker === speaker ? { ...turn, ending: left.shift() ?? turn.ending } : turn,
  );
  return exportedOf({ set: exported.set, debate: { ...exported.debate, turns } });
}

/** The first rows that a format makes of the harbour's debate, as they are written. */
function linesOf(name: FormatName, given = options): string[] {
  const format = formatOf(name);
  const columns = columnsOf(format, given.notes);
  return rowsOf(format, given).map(({ row, provenance }) =>
    jsonRow(format.isBare ? row : { ...row, ...provenance }, columns),
  );
}

function rowsOf(format: Format, given: typeof options): { row: Row; provenance: Row }[] {
  const withRow = (row: Row | null, provenance: Row) => (row ? [{ row, provenance }] : []);
  switch (format.of) {
    case 'persona': {
      const [example] = examplesOf(sideOf(debate), format.learns, given).slice(-1);
      if (!example || example === 'length') throw new Error('it gives no example');
      const row = format.row({ ...example, label: true });
      const notes = example.notes && !format.isBare ? { notes: example.notes } : {};
      return withRow(row && { ...row, ...notes }, example.provenance);
    }
    case 'debate': {
      const example = debateExample(debate, given);
      return withRow(format.row(example), example.provenance);
    }
    case 'reading': {
      const example = readingExample(debate, debate.debate, sampleOf(debate.debate), null, given);
      return example ? withRow(format.row(example), example.provenance) : [];
    }
    case 'pair': {
      const pairs = pairsOfFamily([debate, fork], forkedTurn, 'grounding', 0.1);
      const example = typeof pairs === 'string' ? null : pairExample(pairs[0]!, 'grounding', given);
      if (!example) throw new Error('there is no pair');
      return withRow(format.row(example), example.provenance);
    }
  }
}

const chat = z.object({ role: z.string(), content: z.string() });

describe('every format', () => {
  test.each(formatNames)('%s is as its golden file has it', async (name) => {
    const lines = linesOf(name);
    expect(lines).toHaveLength(1);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, `../fixtures/dataset/${name}.jsonl`),
    );
  });

  test.each(formatNames)('%s has every key of its table in every row', (name) => {
    const [line = ''] = linesOf(name);
    expect(Object.keys(JSON.parse(line))).toEqual(Object.keys(columnsOf(formatOf(name), false)));
  });
});

describe('a conversation', () => {
  test('alternates strictly, system first, and ends with the persona’s own speech', () => {
    const { messages } = z.object({ messages: z.array(chat) }).parse(JSON.parse(linesOf('sft')[0] ?? ''));
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user', 'assistant']);
    const last = debate.debate.turns.findLast(({ speaker }) => speaker === persona);
    expect(messages.at(-1)?.content).toBe(last?.text);
  });

  test('has the system text before the first user message where it is folded', () => {
    const [line = ''] = linesOf('sft', { ...options, foldSystem: true });
    const { messages } = z.object({ messages: z.array(chat) }).parse(JSON.parse(line));
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
    expect(messages[0]?.content).toMatch(/^<rules>[\s\S]*<task kind="speak"/);
  });

  test('holds private notes only where they are asked for, and then apart', () => {
    expect(linesOf('sft')[0]).not.toContain('SECRET');
    const row = JSON.parse(linesOf('sft', { ...options, notes: true })[0] ?? '');
    expect(row.notes).toHaveLength(2);
    expect(row.notes[0]).toMatch(/^SECRET-/);
    expect(JSON.stringify(row.messages)).not.toContain('SECRET');
    expect(linesOf('transcript', { ...options, notes: true })[0]).toContain('SECRET');
    expect(linesOf('transcript')[0]).not.toContain('SECRET');
  });

  test('names the article and leaves out its passages where it may not be shared', () => {
    const passage = debate.set.scenario.article.passages[1]?.text ?? '';
    expect(linesOf('sft')[0]).toContain(JSON.stringify(passage).slice(1, -1));
    const withheld = { ...debate, isShared: false };
    // Every speech cites, so that none may be learned; the weights of a row of it are seen all the same.
    expect(examplesOf(sideOf(withheld), 'runs', options)).toEqual([]);
    const side = { ...sideOf(withheld), masks: [null, null] };
    const [example] = examplesOf(side, 'runs', options);
    if (!example || example === 'length') throw new Error('it gives no example');
    expect(example.messages[0]?.content).not.toContain(passage);
    expect(example.messages[0]?.content).toContain(debate.set.scenario.article.sha256);
    expect(example.provenance).toMatchObject({ article_text: 'withheld', prompts_verified: 0 });
  });

  test('tells in one message what is not to be learned, and then goes on in turn', () => {
    const [example] = examplesOf(sideOf(debate, 1), 'runs', options);
    if (!example || example === 'length') throw new Error('it gives no example');
    expect(example.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    const own = debate.debate.turns.filter(({ speaker }) => speaker === persona);
    expect(example.messages[1]?.content).toContain(own[0]?.text);
    expect(example.messages[1]?.content).toMatch(/<turn number="\d+" speaker="growers-union"/);
    expect(example.messages[2]?.content).toBe(own[1]?.text);
    expect(example.provenance).toMatchObject({ own_turns: 1, turn: own[1]?.turn, prompts_verified: 0 });
  });

  test('is cut to a window from its oldest exchange on, and left out where not even the last one fits', () => {
    const whole = examplesOf(sideOf(debate), 'each', options);
    const last = whole.at(-1);
    if (!last || last === 'length') throw new Error('it gives no example');
    const cut = examplesOf(sideOf(debate), 'each', { ...options, window: last.tokens - 1 }).at(-1);
    if (!cut || cut === 'length') throw new Error('it gives no example');
    expect(cut.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    expect(cut.messages.at(-1)).toEqual(last.messages.at(-1));
    expect(cut.tokens).toBeLessThan(last.tokens);
    expect(examplesOf(sideOf(debate), 'runs', { ...options, window: 50 })).toEqual(['length', 'length']);
  });

  test('with more rounds than are learned ends with the last speech that is', async () => {
    const made = new HarbourDebate(await harbourPrompts('plain'), { rounds: 4 });
    made.hold(speechOf);
    const given = sideOf(exportedOf(made));
    const side = { ...given, conversation: { ...given.conversation, verified: [true, true, true, true] } };
    expect(side.masks).toHaveLength(4);
    const own = side.conversation.speeches.map(({ turn }) => turn);
    const shapes = (masks: PersonaSide['masks'], window: number | null = null) =>
      examplesOf({ ...side, masks }, 'runs', { ...options, window }).map((example) =>
        example === 'length'
          ? example
          : [
              example.messages.length,
              example.provenance['own_turns'],
              example.turn,
              example.provenance['prompts_verified'],
            ],
      );
    expect(shapes([null, null, 'cut-short', null])).toEqual([
      [5, 2, own[1], 2],
      [3, 1, own[3], 0],
    ]);
    expect(shapes(['cut-short', null, null, 'cut-short'])).toEqual([[5, 2, own[2], 0]]);
    expect(shapes([null, null, null, null])).toEqual([[9, 4, own[3], 4]]);
    // With a window each speech is a row of its own, with as much before it as fits.
    expect(shapes([null, null, null, null], 100_000)).toEqual(
      own.map((turn, place) => [3, 1, turn, place === 0 ? 1 : 0]),
    );
    const [first] = examplesOf({ ...side, masks: [null, 'cut-short', null, null] }, 'runs', options);
    if (!first || first === 'length') throw new Error('it gives no example');
    expect(shapes([null, 'cut-short', 'cut-short', 'cut-short'], first.tokens)).toHaveLength(1);
    expect(shapes([null, 'cut-short', 'cut-short', 'cut-short'], first.tokens)[0]).not.toBe('length');
    expect(shapes([null, 'cut-short', 'cut-short', 'cut-short'], first.tokens - 1)).toEqual(['length']);
    const prompts = examplesOf(side, 'prompts', options);
    expect(prompts.map((example) => example !== 'length' && example.messages.length)).toEqual([3, 5, 7, 9]);
    const weighted = examplesOf(
      { ...side, masks: [null, 'cut-short', null, 'refusal'] },
      'weighted',
      options,
    );
    expect(weighted.map((example) => example !== 'length' && example.weights)).toEqual([[1, 0, 1, 0]]);
    const labelled = examplesOf(
      { ...side, masks: [null, 'cut-short', 'refusal', 'taken-over'] },
      'labelled',
      options,
    );
    expect(labelled.map((example) => example !== 'length' && example.turn)).toEqual([own[0], own[2]]);
  });

  test('of a judge opens with the system text where it is folded', () => {
    const asked = (foldSystem: boolean) =>
      readingExample(debate, debate.debate, sampleOf(debate.debate), null, { ...options, foldSystem })
        ?.messages ?? [];
    expect(asked(false).map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    const folded = asked(true);
    expect(folded.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(folded[0]?.content).toBe(`${asked(false)[0]?.content}\n\n${asked(false)[1]?.content}`);
  });
});

describe('rows for OpenAI', () => {
  test('hold messages that its own package takes, and weights of 0 or 1 on assistant messages', () => {
    const message: z.ZodType<OpenAI.ChatCompletionMessageParam & { weight?: 0 | 1 | undefined }> =
      z.discriminatedUnion('role', [
        z.strictObject({ role: z.literal('system'), content: z.string() }),
        z.strictObject({ role: z.literal('user'), content: z.string() }),
        z.strictObject({
          role: z.literal('assistant'),
          content: z.string(),
          weight: z.union([z.literal(0), z.literal(1)]),
        }),
      ]);
    const row = z.strictObject({ messages: z.array(message) }).parse(JSON.parse(linesOf('openai')[0] ?? ''));
    expect(row.messages.at(-1)).toMatchObject({ role: 'assistant', weight: 1 });
  });

  const weightsOf = (side: PersonaSide) => {
    const [example] = examplesOf(side, 'weighted', options);
    return example && example !== 'length' ? example.weights : null;
  };

  test('give what a fork took over no weight', () => {
    expect(weightsOf(sideOf(fork, 1))).toEqual([0, 1]);
  });

  test.each(['length', 'refused', 'filtered'] as const)(
    'give a speech that ended as %s no weight, and the whole ones theirs',
    (ending) => {
      expect(weightsOf(sideOf(endingAs(debate, persona, [ending, 'complete'])))).toEqual([0, 1]);
      expect(weightsOf(sideOf(endingAs(debate, persona, ['complete', ending])))).toEqual([1, 0]);
      expect(weightsOf(sideOf(endingAs(debate, persona, [ending, ending])))).toBeNull();
    },
  );

  test('pair two answers to one prompt', () => {
    const answer = z.array(z.strictObject({ role: z.literal('assistant'), content: z.string() })).length(1);
    const prompt: z.ZodType<{ messages: OpenAI.ChatCompletionMessageParam[] }> = z.strictObject({
      messages: z.array(
        z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }),
      ),
    });
    const row = z
      .strictObject({ input: prompt, preferred_output: answer, non_preferred_output: answer })
      .parse(JSON.parse(linesOf('dpo-openai')[0] ?? ''));
    expect(row.input.messages.at(-1)?.role).toBe('user');
    expect(row.preferred_output).not.toEqual(row.non_preferred_output);
  });
});

describe('rows for LLaMA-Factory', () => {
  const side = z.strictObject({ from: z.enum(['human', 'gpt']), value: z.string() });

  test('begin with human, end with gpt, and have the system text apart', () => {
    const { conversations, system } = JSON.parse(linesOf('sharegpt')[0] ?? '');
    const turns = z.array(side).parse(conversations);
    expect(turns.map(({ from }) => from)).toEqual(['human', 'gpt', 'human', 'gpt']);
    expect(system).toMatch(/^<rules>/);
  });

  test('have an odd number of turns before a pair', () => {
    const row = JSON.parse(linesOf('dpo-llamafactory')[0] ?? '');
    expect(row.conversations.length % 2).toBe(1);
    expect(side.parse(row.chosen).from).toBe('gpt');
  });
});

describe('the judge’s answers', () => {
  const answerOf = () => {
    const { messages } = JSON.parse(linesOf('judge')[0] ?? '');
    return { prompt: messages[1].content, answer: JSON.parse(messages[2].content) };
  };

  test('are the checked readings as that sample saw them: letters, scale upside down', () => {
    const { answer } = answerOf();
    expect(answer.readings).toEqual([
      {
        party: 'C',
        issue: 'daily-share',
        position: 4,
        act: 'commit',
        quote: 'I would accept a fifth',
        turn: 2,
      },
    ]);
  });

  test('hold the reasons and the lists that the judge was asked for, and no list that it was not', () => {
    const [reading] = sampleOf(debate.debate).readings;
    if (!reading) throw new Error('there is a reading');
    const { speaker, turn, quote } = reading;
    const asked = {
      ...sampleOf(debate.debate),
      readings: [{ ...reading, why: quote }],
      agreements: [{ speaker, turn, quote }],
      crossings: [{ speaker, turn, quote, issue: reading.issue }],
      roleBreaks: [],
    };
    const example = readingExample(debate, debate.debate, asked, null, options);
    const { readings, ...lists } = JSON.parse(example?.messages.at(-1)?.content ?? '');
    expect(readings[0].why).toBe('I would accept a fifth');
    const words = { party: 'C', quote: 'I would accept a fifth', turn: 2 };
    expect(lists).toEqual({
      agreements: [words],
      crossings: [{ ...words, issue: 'daily-share' }],
      role_breaks: [],
    });
  });

  test('quote words that stand in the prompt', () => {
    const { prompt, answer } = answerOf();
    expect(prompt).toContain(answer.readings[0].quote);
  });

  test('are none where nothing the judge claimed held', () => {
    const sample = { ...sampleOf(debate.debate), readings: [] };
    expect(readingExample(debate, debate.debate, sample, null, options)).toBeNull();
  });
});
