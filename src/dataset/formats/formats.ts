import { type Columns, listOf, text } from '../columns.ts';
import { provenanceColumns } from '../provenance.ts';
import { kto, openai, promptCompletion, sft, sharegpt } from './conversation-formats.ts';
import { judge, transcript } from './debate-formats.ts';
import type { Format } from './format.ts';
import { dpo, dpoLlamafactory, dpoOpenai } from './pair-formats.ts';

/** Names as a person types them, in the order in which they are listed. */
export const formatNames = [
  'sft',
  'prompt-completion',
  'dpo',
  'dpo-openai',
  'dpo-llamafactory',
  'kto',
  'openai',
  'sharegpt',
  'transcript',
  'judge',
] as const;

export type FormatName = (typeof formatNames)[number];

export function formatOf(name: FormatName, hasNotes: boolean): Format {
  switch (name) {
    case 'sft':
      return sft;
    case 'prompt-completion':
      return promptCompletion;
    case 'dpo':
      return dpo;
    case 'dpo-openai':
      return dpoOpenai;
    case 'dpo-llamafactory':
      return dpoLlamafactory;
    case 'kto':
      return kto;
    case 'openai':
      return openai;
    case 'sharegpt':
      return sharegpt;
    case 'transcript':
      return transcript(hasNotes);
    case 'judge':
      return judge;
  }
}

/** All columns of a format's rows as they are written. */
export function columnsOf(format: Format, hasNotes: boolean): Columns {
  if (format.isBare) return format.columns;
  const notes: Columns = hasNotes && format.of === 'persona' ? { notes: listOf(text) } : {};
  return { ...format.columns, ...notes, ...provenanceColumns };
}
