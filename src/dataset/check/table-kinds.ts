import { formats } from '../formats/index.ts';
import type { Format } from '../formats/training-format.ts';
import { implicitPreferenceCheck, type TableCheck, textCheck } from './conversation-rules.ts';

/** Column names to which TRL, Hugging Face's trainers or Axolotl give a meaning: one too many changes how a table is read. */
const reservedNames = [
  ...['text', 'messages', 'conversations', 'prompt', 'completion', 'chosen', 'rejected', 'label', 'labels'],
  ...[
    'images',
    'image',
    'videos',
    'audios',
    'tools',
    'chat_template_kwargs',
    'completions',
    'stepwise_labels',
  ],
  ...['input_ids', 'attention_mask', 'position_ids', 'token_type_ids', 'completion_mask', 'assistant_masks'],
  ...['seq_lengths', 'length', 'system', 'input', 'preferred_output', 'non_preferred_output', 'weight'],
  ...[
    'margin',
    'advantages',
    'ref_chosen_logps',
    'ref_rejected_logps',
    'kto_tag',
    'instruction',
    'output',
    'history',
  ],
];

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
    (name) => reservedNames.includes(name) && !check.own.includes(name) && !always.includes(name),
  );
}
