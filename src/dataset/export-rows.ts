import type { SplitTable } from './check/leaks.ts';
import type { LoadedDebate } from './debate-source.ts';
import {
  type Counts,
  countLabel,
  countMasked,
  countRemoved,
  countRow,
  countTokens,
  type FilterOptions,
  isTooLong,
  personaFilter,
} from './filters.ts';
import type {
  DebateFormat,
  Format,
  PairFormat,
  PersonaExample,
  PersonaFormat,
  ReadingFormat,
} from './formats/training-format.ts';
import { debateExample, pairExample, readingExample } from './make-examples.ts';
import type { Repeats } from './pairs/families.ts';
import type { Pair, RankingRule } from './pairs/pair-of-family.ts';
import { type ExampleOptions, examplesOf, type MaskName, maskOf, speechKey } from './persona-rows.ts';
import { type PersonaConversation, personaConversations, wholeFrom } from './persona-side.ts';
import type { ExportedDebate } from './row-provenance.ts';
import type { Tables } from './write/tables.ts';

/** Where rows go, and by which rules. */
export interface RowContext {
  formats: readonly Format[];
  tables: Tables;
  counts: Counts;
  filters: FilterOptions;
  examples: ExampleOptions;
  repeats: Repeats;
  /** Prompts of rows that hold no answer: debates of one scenario all begin with the same few. */
  prompts: Pick<SplitTable, 'isRepeated'>;
}

/** Writes all rows of one debate but its pairs. */
export function writeDebate(
  exported: ExportedDebate,
  { beforeVerdicts }: LoadedDebate,
  split: string,
  context: RowContext,
): void {
  const { formats } = context;
  writePersonas(
    exported,
    split,
    formats.filter((format) => format.of === 'persona'),
    context,
  );
  writeWhole(
    exported,
    split,
    formats.filter((format) => format.of === 'debate'),
    context,
  );
  const readings = formats.filter((format) => format.of === 'reading');
  if (readings.length > 0) writeReadings(exported, beforeVerdicts, split, readings, context);
}

function writePersonas(
  exported: ExportedDebate,
  split: string,
  formats: readonly PersonaFormat[],
  context: RowContext,
): void {
  if (formats.length === 0) return;
  const { counts, filters } = context;
  for (const { id } of exported.debate.started.cast) {
    const conversations = personaConversations(exported.set, exported.debate, id);
    if (conversations.length === 0) {
      countRemoved(counts, 'silent');
      continue;
    }
    const facts = exported.speeches.filter(({ speaker }) => speaker === id);
    const why = personaFilter(facts, filters);
    if (why) {
      countRemoved(counts, why);
      continue;
    }
    for (const conversation of conversations)
      writeConversation(exported, conversation, split, formats, context);
  }
}

function writeConversation(
  exported: ExportedDebate,
  conversation: PersonaConversation,
  split: string,
  formats: readonly PersonaFormat[],
  context: RowContext,
): void {
  const { tables, counts, filters, examples, repeats } = context;
  const { started } = exported.debate;
  const { persona: id, fullFrom } = conversation;
  const masks = masksOf(exported, conversation, context);
  for (const mask of masks) if (mask !== null) countMasked(counts, mask);
  const side = { exported, conversation, masks };
  for (const format of formats) {
    for (const example of examplesOf(side, format.learns, examples)) {
      if (example === 'length' || isTooLong(example.tokens, filters)) {
        countRemoved(counts, 'length');
        continue;
      }
      const row = format.row(example);
      if (!row) {
        countRemoved(counts, 'undecided');
        continue;
      }
      if (format.learns === 'prompts' && isAskedAlready(example, format, context)) {
        countRemoved(counts, 'repeated-prompt');
        continue;
      }
      const whole = example.notes && !format.isBare ? { ...row, notes: example.notes } : row;
      tables.write(format, split, whole, example.provenance);
      countRow(counts, format.name, split);
      countTokens(counts, format.name, example.tokens);
      if (format.learns === 'labelled' && example.label !== null)
        countLabel(counts, format.name, example.label);
    }
  }
  for (const speech of conversation.speeches.filter(({ type }) => type === 'turn-ended'))
    repeats.teach(started, speechKey(id, speech.turn, speech.text));
  if (exported.isShared) {
    counts.verified.of += 1;
    const isExact = ({ verified, speeches }: PersonaConversation) =>
      speeches.every((speech, place) => verified[place] || wholeFrom(speech) !== fullFrom);
    if (isExact(conversation)) counts.verified.exact += 1;
  }
}

function isAskedAlready(
  { messages }: PersonaExample,
  { name }: PersonaFormat,
  { prompts }: RowContext,
): boolean {
  return prompts.isRepeated(`${name}\n${JSON.stringify(messages.slice(0, -1))}`);
}

/** Why each speech of a persona is not learned. What a fork took over is, where the debate it comes from gives no row. */
function masksOf(
  { debate, speeches, isShared }: ExportedDebate,
  { persona, speeches: own }: PersonaConversation,
  { filters, repeats }: RowContext,
): (MaskName | null)[] {
  return own.map(({ type, turn, text }) => {
    if (type === 'caucus-spoken') return 'caucus';
    const facts = speeches.find((speech) => speech.turn === turn);
    const isTaught = !filters.allForks && repeats.isTaught(debate.started, speechKey(persona, turn, text));
    return isTaught ? 'taken-over' : facts ? maskOf(facts, isShared) : null;
  });
}

function writeWhole(
  exported: ExportedDebate,
  split: string,
  formats: readonly DebateFormat[],
  { tables, counts, examples }: RowContext,
): void {
  for (const format of formats) {
    const example = debateExample(exported, examples);
    const row = format.row(example);
    if (!row) continue;
    tables.write(format, split, row, example.provenance);
    countRow(counts, format.name, split);
  }
}

function writeReadings(
  exported: ExportedDebate,
  beforeVerdicts: LoadedDebate['beforeVerdicts'],
  split: string,
  formats: readonly ReadingFormat[],
  { tables, counts, filters, examples }: RowContext,
): void {
  const forkedAt = exported.debate.started.forkedFrom?.turn ?? 0;
  for (const [index, verdict] of exported.debate.verdicts.entries()) {
    const before = beforeVerdicts[index];
    // A verdict from before a fork stands in the debate it came from.
    if (!before || before.turns.length < forkedAt) continue;
    for (const [place, sample] of verdict.samples.entries()) {
      const hash = verdict.calls[place]?.promptHash ?? null;
      const example = readingExample(exported, before, sample, hash, {
        ...examples,
        fullFrom: verdict.fullFrom,
      });
      if (!example || isTooLong(Number(example.provenance['tokens']), filters)) {
        countRemoved(counts, example ? 'length' : 'empty-answer');
        continue;
      }
      for (const format of formats) {
        const row = format.row(example);
        if (!row) continue;
        tables.write(format, split, row, example.provenance);
        countRow(counts, format.name, split);
      }
    }
  }
}

/** Writes a pair in every format for pairs. */
export function writePair(
  pair: Pair,
  rule: RankingRule,
  split: string,
  { formats, tables, counts, filters, examples }: RowContext,
): void {
  const example = pairExample(pair, rule, examples);
  const tokens = Number(example?.provenance['tokens'] ?? 0);
  if (!example || isTooLong(tokens, filters)) {
    countRemoved(counts, 'length');
    return;
  }
  const pairFormats = formats.filter((format): format is PairFormat => format.of === 'pair');
  for (const format of pairFormats) {
    const row = format.row(example);
    if (!row) continue;
    tables.write(format, split, row, example.provenance);
    countRow(counts, format.name, split);
    countTokens(counts, format.name, tokens);
  }
}
