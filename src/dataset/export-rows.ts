import type { LoadedDebate } from './debate-source.ts';
import {
  type Counts,
  countRemoved,
  countRow,
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
import {
  debateExample,
  type ExampleOptions,
  pairExample,
  personaExample,
  readingExample,
} from './make-examples.ts';
import type { Repeats } from './pairs/families.ts';
import type { PairMade, RankingRule } from './pairs/pair-of-family.ts';
import { personaConversation } from './persona-side.ts';
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
  { tables, counts, filters, examples, repeats }: RowContext,
): void {
  if (formats.length === 0) return;
  const { started } = exported.debate;
  for (const { id } of started.cast) {
    const conversation = personaConversation(exported.set, exported.debate, id);
    if (!conversation) {
      countRemoved(counts, 'silent');
      continue;
    }
    const why = personaFilter(
      exported.speeches.filter(({ speaker }) => speaker === id),
      filters,
    );
    const example = personaExample(exported, conversation, examples);
    const removed = why ?? (isTooLong(example.messages, filters) ? 'length' : null);
    if (removed) {
      countRemoved(counts, removed);
      continue;
    }
    const isTaught = !filters.allForks && repeats.isTaught(started, id);
    counts.verified.of += 1;
    if (conversation.verified === conversation.speeches.length) counts.verified.exact += 1;
    for (const format of formats) {
      if (repeatsIn(format, example, isTaught)) {
        countRemoved(counts, 'fork-repeat');
        continue;
      }
      const row = format.row(example);
      if (!row) {
        countRemoved(counts, 'undecided');
        continue;
      }
      const whole = example.notes && !format.isBare ? { ...row, notes: example.notes } : row;
      tables.write(format, split, whole, example.provenance);
      countRow(counts, format.name, split);
    }
    repeats.teach(started, id);
  }
}

/**
 * Would a trainer learn from speeches of this row that it learns from elsewhere? Weights tell it which are new; where
 * they are all 0, no trainer takes the row.
 */
function repeatsIn(
  { learns }: PersonaFormat,
  { weights, takenOver }: PersonaExample,
  isTaught: boolean,
): boolean {
  switch (learns) {
    case 'all':
      return isTaught && takenOver > 0;
    case 'last':
      return isTaught && takenOver === weights.length;
    case 'weighted':
      return takenOver > 0 && !weights.includes(1);
  }
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
      const example = readingExample(exported, before, sample, hash, examples);
      if (!example || isTooLong(example.messages, filters)) {
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

/** Writes the one pair of a family. */
export function writePair(
  pair: Extract<PairMade, { ok: true }>,
  rule: RankingRule,
  split: string,
  { formats, tables, counts, filters, examples }: RowContext,
): void {
  const example = pairExample(pair, rule, examples);
  if (isTooLong(example.prompt, filters)) {
    countRemoved(counts, 'length');
    return;
  }
  const pairFormats = formats.filter((format): format is PairFormat => format.of === 'pair');
  for (const format of pairFormats) {
    const row = format.row(example);
    if (!row) continue;
    tables.write(format, split, row, example.provenance);
    countRow(counts, format.name, split);
  }
}
