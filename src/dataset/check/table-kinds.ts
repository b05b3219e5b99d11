import { formats } from '../formats/index.ts';
import type { Format } from '../formats/training-format.ts';
import { implicitPreferenceCheck, type TableCheck, textCheck } from './conversation-rules.ts';
import { NumberToken } from './read-row.ts';

/** Column names to which trainers give a meaning, each as its sources read rows: one too many changes how a table is read. */
export const reservedBy: Readonly<
  Record<'TRL' | 'Transformers' | 'Axolotl' | 'LLaMA-Factory' | 'OpenAI', string>
> = {
  // 1.13: the columns that the trainers for SFT, DPO, KTO, rewards and GRPO look for.
  TRL: `text messages conversations prompt completion chosen rejected label margin images image videos audios tools chat_template_kwargs
completions completion_ids prompt_ids chosen_ids rejected_ids chosen_input_ids rejected_input_ids stepwise_labels labels seq_lengths
completion_mask assistant_masks ref_logps ref_chosen_logps ref_rejected_logps advantages environment tool_mask old_per_token_logps
ref_per_token_logps sampling_per_token_logps importance_sampling_ratio trainer_state log_extra log_metric prompts`,
  Transformers: `input_ids attention_mask position_ids token_type_ids mm_token_type_ids inputs_embeds labels label label_ids length
return_loss pixel_values`,
  Axolotl: `text messages conversations system tools length weight instruction input output prompt completion chosen rejected label
input_ids attention_mask labels position_ids`,
  'LLaMA-Factory': `instruction input output history system conversations chosen rejected kto_tag tools images videos audios`,
  OpenAI: `messages tools parallel_tool_calls functions function_call input preferred_output non_preferred_output`,
};

const reservedNames = new Set(Object.values(reservedBy).flatMap((names) => names.split(/\s+/)));

const always = ['tools', 'chat_template_kwargs', 'images'];

/** Finds what a table is from its columns and its path; null for what no trainer reads. `more` are formats of the caller's own. */
export function checkOf(
  columns: readonly string[],
  path: string,
  more: readonly Format[] = [],
): TableCheck | null {
  const checks = [
    ...[...formats, ...more].flatMap(({ check }) => check ?? []),
    implicitPreferenceCheck,
    textCheck,
  ];
  const fitting = checks.filter(
    ({ needs, inPath }) => needs.every((name) => columns.includes(name)) && (inPath?.test(path) ?? true),
  );
  const weight = ({ needs, inPath }: TableCheck) => needs.length + (inPath ? 0.5 : 0);
  return fitting.sort((one, other) => weight(other) - weight(one))[0] ?? null;
}

/** Reserved names that stand in a table without belonging to its kind. */
export function strayNames(columns: readonly string[], check: TableCheck | null): string[] {
  if (check?.isBare) return columns.filter((name) => !check.own.includes(name));
  if (!check) return [];
  return columns.filter(
    (name) => reservedNames.has(name) && !check.own.includes(name) && !always.includes(name),
  );
}

type Kind = 'text' | 'whole number' | 'decimal' | 'true or false' | 'list' | 'group';

/** Remembers what each column of a table held, over rows and over files. */
export interface ColumnKinds {
  /** What a row adds that does not fit what was there before. */
  clashesOf(row: Record<string, unknown>): string[];
}

/** What stood in one place of the rows before. */
interface Column {
  kind: Kind | null;
  told: Set<Kind>;
  items: Column | null;
  fields: Map<string, Column>;
}

/**
 * Arrow gives each column one type. Text beside numbers fails; whole numbers beside decimals fail or not by where a
 * block of the file ends, which is worse. Each clash is told once.
 */
export function createColumnKinds(): ColumnKinds {
  const top = new Map<string, Column>();
  return {
    clashesOf(row) {
      const clashes: string[] = [];
      for (const key in row) note(columnAt(top, key), row[key], key, clashes);
      return clashes;
    },
  };
}

function note(column: Column, value: unknown, path: string, clashes: string[]): void {
  const kind = kindOf(value);
  if (kind === null) return;
  column.kind ??= kind;
  if (column.kind !== kind && !column.told.has(kind)) {
    column.told.add(kind);
    clashes.push(`column ${path} is ${kind} here and ${column.kind} before`);
  }
  if (Array.isArray(value)) {
    column.items ??= newColumn();
    for (const item of value) note(column.items, item, `${path}[]`, clashes);
  } else if (kind === 'group') {
    const group = value as Record<string, unknown>;
    for (const key in group) note(columnAt(column.fields, key), group[key], `${path}.${key}`, clashes);
  }
}

function columnAt(columns: Map<string, Column>, key: string): Column {
  const column = columns.get(key) ?? newColumn();
  columns.set(key, column);
  return column;
}

function newColumn(): Column {
  return { kind: null, told: new Set(), items: null, fields: new Map() };
}

function kindOf(value: unknown): Kind | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  if (value instanceof NumberToken) return value.isWhole ? 'whole number' : 'decimal';
  return Array.isArray(value) ? 'list' : 'group';
}
