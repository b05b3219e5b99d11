import { join } from 'node:path';
import type OpenAI from 'openai';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Row } from '../../src/dataset/column-types.ts';
import { type FormatName, formatNames, formatOf } from '../../src/dataset/formats/index.ts';
import { columnsOf, type Format } from '../../src/dataset/formats/training-format.ts';
import {
  debateExample,
  pairExample,
  personaExample,
  readingExample,
} from '../../src/dataset/make-examples.ts';
import { pairOfFamily } from '../../src/dataset/pairs/pair-of-family.ts';
import { personaConversation } from '../../src/dataset/persona-side.ts';
import type { ExportedDebate } from '../../src/dataset/row-provenance.ts';
import { jsonRow } from '../../src/dataset/write/json-row.ts';
import type { Ending } from '../../src/debate/events.ts';
import { asFork, exportedOf, harbourDebate, sampleOf, speechOf } from './exported-debates.ts';

const options = { foldSystem: false, notes: false };
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
      const conversation = personaConversation(debate.set, debate.debate, persona);
      if (!conversation) throw new Error('it never spoke');
      const example = personaExample(debate, conversation, given);
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
      const pair = pairOfFamily([debate, fork], forkedTurn, 'grounding', 0.1);
      if (!pair.ok) throw new Error(pair.reason);
      const example = pairExample(pair, 'grounding', given);
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

  test('names the article and leaves out its passages where the scenario does not share it', () => {
    const passage = debate.set.scenario.article.passages[1]?.text ?? '';
    expect(linesOf('sft')[0]).toContain(JSON.stringify(passage).slice(1, -1));
    const set = { ...debate.set, scenario: { ...debate.set.scenario, shareText: false } };
    const withheld = { ...debate, set };
    const conversation = personaConversation(set, withheld.debate, persona);
    const example = personaExample(withheld, conversation!, options);
    expect(example.messages[0]?.content).not.toContain(passage);
    expect(example.messages[0]?.content).toContain(debate.set.scenario.article.sha256);
    expect(example.provenance['article_text']).toBe('withheld');
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

  test('give what a fork took over no weight', () => {
    const conversation = personaConversation(fork.set, fork.debate, persona);
    expect(personaExample(fork, conversation!, options).weights).toEqual([0, 1]);
  });

  test.each(['length', 'refused', 'filtered'] as const)(
    'give a speech that ended as %s no weight, and the whole ones theirs',
    (ending) => {
      const cut = endingAs(debate, persona, [ending, 'complete']);
      const { weights } = personaExample(cut, personaConversation(cut.set, cut.debate, persona)!, options);
      expect(weights).toEqual([0, 1]);
      const other = endingAs(debate, persona, ['complete', ending]);
      expect(
        personaExample(other, personaConversation(other.set, other.debate, persona)!, options).weights,
      ).toEqual([1, 0]);
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

  test('quote words that stand in the prompt', () => {
    const { prompt, answer } = answerOf();
    expect(prompt).toContain(answer.readings[0].quote);
  });

  test('are none where nothing the judge claimed held', () => {
    const sample = { ...sampleOf(debate.debate), readings: [] };
    expect(readingExample(debate, debate.debate, sample, null, options)).toBeNull();
  });
});
