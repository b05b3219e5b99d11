import { stringify } from 'yaml';
import type { DataFile, Summary } from './summary.ts';

/** dataset_info.json for LLaMA-Factory: put the folder into its `dataset_dir`. */
export function llamaFactoryInfo({ files, name }: Summary): string {
  const entries = preferred(files).flatMap((file) => {
    const shape = llamaFactoryShapes[file.format];
    return shape ? [[`${name}_${file.format}_${file.split}`, { file_name: file.path, ...shape }]] : [];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

const chatTags = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
};

const llamaFactoryShapes: Record<string, object> = {
  sft: { formatting: 'sharegpt', columns: { messages: 'messages' }, tags: chatTags },
  openai: { formatting: 'sharegpt', columns: { messages: 'messages' }, tags: chatTags },
  judge: { formatting: 'sharegpt', columns: { messages: 'messages' }, tags: chatTags },
  sharegpt: { formatting: 'sharegpt', columns: { messages: 'conversations', system: 'system' } },
  'dpo-llamafactory': {
    formatting: 'sharegpt',
    ranking: true,
    columns: { messages: 'conversations', chosen: 'chosen', rejected: 'rejected', system: 'system' },
  },
};

/** The `datasets` part of an Axolotl configuration, one document for each way to train. */
export function axolotlStanzas({ files }: Summary): string {
  const chosen = preferred(files);
  const of = (format: string, split: string) =>
    chosen.filter((file) => file.format === format && file.split === split);
  const documents = Object.entries(axolotlShapes).flatMap(([format, { head, shape }]) => {
    const train = of(format, 'train').map((file) => ({ ...axolotlFile(file), ...shape }));
    const test = of(format, 'validation').map((file) => ({ ...axolotlFile(file), ...shape }));
    if (train.length === 0) return [];
    return [{ ...head, datasets: train, ...(test.length > 0 ? { test_datasets: test } : {}) }];
  });
  const note = '# Paths are relative to this folder. Copy one document into your configuration.\n';
  return note + documents.map((document) => stringify(document, { lineWidth: 0 })).join('---\n');
}

const mappings = { message_property_mappings: { role: 'role', content: 'content' } };

const axolotlShapes: Record<string, { head: object; shape: object }> = {
  sft: {
    head: {},
    shape: {
      type: 'chat_template',
      field_messages: 'messages',
      ...mappings,
      roles_to_train: ['assistant'],
      train_on_eos: 'turn',
    },
  },
  dpo: {
    head: { rl: 'dpo' },
    shape: {
      type: 'chat_template.default',
      field_messages: 'prompt',
      field_chosen: 'chosen',
      field_rejected: 'rejected',
      ...mappings,
    },
  },
};

function axolotlFile({ path, kind }: DataFile) {
  return { path, ds_type: kind === 'parquet' ? 'parquet' : 'json', split: 'train' };
}

/** One file for each format and split: JSON lines, which is one file whatever its size, else the first Parquet file. */
function preferred(files: readonly DataFile[]): DataFile[] {
  const byTable = new Map<string, DataFile>();
  for (const file of files) {
    const key = `${file.format}/${file.split}`;
    if (!byTable.has(key) || file.kind === 'jsonl') byTable.set(key, file);
  }
  return [...byTable.values()];
}
