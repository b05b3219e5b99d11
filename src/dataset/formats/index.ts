import { dpo } from './dpo.ts';
import { dpoLlamafactory } from './dpo-llamafactory.ts';
import { dpoOpenai } from './dpo-openai.ts';
import { grpo } from './grpo.ts';
import { judge } from './judge-readings.ts';
import { kto } from './kto.ts';
import { ktoLlamafactory } from './kto-llamafactory.ts';
import { openai } from './openai-weighted.ts';
import { promptCompletion } from './prompt-completion.ts';
import { rft } from './rft.ts';
import { sft } from './sft.ts';
import { sharegpt } from './sharegpt.ts';
import type { Format } from './training-format.ts';
import { transcript } from './transcript.ts';

/** Every format, in the order in which they are listed. A new one is its own file and a line here. */
export const formats = [
  sft,
  promptCompletion,
  dpo,
  dpoOpenai,
  dpoLlamafactory,
  kto,
  ktoLlamafactory,
  grpo,
  rft,
  openai,
  sharegpt,
  transcript,
  judge,
] as const satisfies readonly Format[];

export type FormatName = (typeof formats)[number]['name'];

/** Names as a person types them. */
export const formatNames = formats.map(({ name }) => name) as [FormatName, ...FormatName[]];

export function formatOf(name: FormatName): Format {
  return formats.find((format) => format.name === name) as Format;
}
