import type { ChatMessage } from '../../debate/calls.ts';
import { rememberingFor } from '../../text/memo.ts';
import type { TableCheck } from '../check/conversation-rules.ts';
import { type Columns, type ColumnType, decimal, listOf, type Row, text } from '../column-types.ts';
import { type ExportedDebate, provenanceColumns } from '../row-provenance.ts';

/** One persona's side of a debate. */
export interface PersonaExample {
  messages: readonly ChatMessage[];
  /** For each assistant message of a whole conversation: 0 where it should not be learned from. */
  weights: readonly (0 | 1)[];
  /** For each assistant message the private notes before it; null where notes are not exported. */
  notes: readonly string[] | null;
  /** For the last speech: good, bad, or neither. */
  label: boolean | null;
  /** The last speech's turn. */
  turn: number;
  persona: string;
  exported: ExportedDebate;
  /** Estimated tokens of all messages. */
  tokens: number;
  provenance: Row;
}

/** A debate as one record, all speakers. */
export interface DebateExample {
  turns: readonly {
    turn: number;
    round: number;
    speaker: string;
    name: string;
    kind: string;
    text: string;
    notes: string | null;
    /** `person` where a person wrote it from a seat, else `model`. */
    author: 'model' | 'person';
  }[];
  verdicts: readonly {
    round: number;
    convergence: number | null;
    convergence_low: number | null;
    convergence_high: number | null;
    confidence: string;
  }[];
  positions: readonly {
    round: number;
    speaker: string;
    issue: string;
    position: number;
    quote: string;
    turn: number;
  }[];
  statement: string;
  answers: readonly { persona: string; answer: string; reason: string }[];
  provenance: Row;
}

/** One sample of the judge: what it was shown, and the checked answer. */
export interface ReadingExample {
  messages: readonly ChatMessage[];
  round: number;
  sample: number;
  provenance: Row;
}

/** Two ways on from one prefix. */
export interface PairExample {
  /** The prompt that the chosen speech answered. */
  prompt: readonly ChatMessage[];
  chosen: string;
  rejected: string;
  rankedBy: string;
  chosenScore: number;
  rejectedScore: number;
  chosenDebate: string;
  rejectedDebate: string;
  /** How the two ways on were made to differ. */
  differs: string;
  /** `both` where both speeches answered this very prompt; `chosen` where the other one answered one of its own. */
  promptOf: 'both' | 'chosen';
  provenance: Row;
}

/** What the configurations of trainers say of a format's files; left out where a trainer cannot take them. */
interface TrainerMapping {
  /** The entry of dataset_info.json, without its file name. */
  llamaFactory?: object;
  /** `head` stands above the list of data sets, `dataset` in each entry. */
  axolotl?: { head: object; dataset: object };
}

/**
 * What a trainer learns from a row, which decides how a conversation is cut into rows. Each distinct speech is learned once:
 * - runs: every answer of the row; speeches that follow one another are a row, what stands before is told in one message
 * - each: the last answer; a row for each speech
 * - labelled: the last answer with a label; speeches out of role and refusals too, which are labelled bad
 * - weighted: the answers whose weight is 1; a row for each conversation
 * - prompts: no answer; a row for each prompt
 */
export type Learns = 'runs' | 'each' | 'labelled' | 'weighted' | 'prompts';

interface FormatOf<Kind extends string, Example, Name extends string> {
  /** As a person types it. */
  name: Name;
  /** What its rows are made of. */
  of: Kind;
  /** What it is for, in one line. */
  use: string;
  columns: Columns;
  /** The columns where private notes are exported, if the format itself holds them. */
  columnsWithNotes?: Columns;
  /** Bare rows hold nothing but these columns; where they come from then stands in a file beside them. */
  isBare: boolean;
  trainers: TrainerMapping;
  /** null for rows that no trainer reads. */
  check: TableCheck | null;
  /** null where the example gives no row. */
  row(example: Example): Row | null;
}

export interface PersonaFormat<Name extends string = string>
  extends FormatOf<'persona', PersonaExample, Name> {
  learns: Learns;
}
export type DebateFormat<Name extends string = string> = FormatOf<'debate', DebateExample, Name>;
export type ReadingFormat<Name extends string = string> = FormatOf<'reading', ReadingExample, Name>;
export type PairFormat<Name extends string = string> = FormatOf<'pair', PairExample, Name>;

/** A training format: what its rows look like, how an example becomes one, who trains on them and what makes them unfit. */
export type Format = PersonaFormat | DebateFormat | ReadingFormat | PairFormat;

/** All columns of a format's rows as they are written. */
export function columnsOf(format: Format, hasNotes: boolean): Columns {
  const own = (hasNotes && format.columnsWithNotes) || format.columns;
  if (format.isBare) return own;
  const notes: Columns = hasNotes && format.of === 'persona' ? { notes: listOf(text) } : {};
  return { ...own, ...notes, ...provenanceColumns };
}

/** What LLaMA-Factory calls the parts of messages. */
export const chatTags = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
};

/** A turn of LLaMA-Factory's. */
export const sharegptGroup: ColumnType = {
  kind: 'group',
  fields: { from: text, value: text },
  isShared: true,
};

/** Of a message that stands in many rows there is one turn. */
const sharegptTurn = rememberingFor(({ role, content }: ChatMessage) => ({
  from: role === 'assistant' ? 'gpt' : 'human',
  value: content,
}));

/** LLaMA-Factory's names: strictly human and gpt in turn, beginning with human. */
export function sharegptTurns(messages: readonly ChatMessage[]) {
  const system = messages[0]?.role === 'system' ? messages[0].content : '';
  const conversations = messages.filter(({ role }) => role !== 'system').map(sharegptTurn);
  return { conversations, system };
}

/** What a pair's rows say of why one speech was preferred. */
export const rankingColumns: Columns = {
  ranked_by: text,
  chosen_score: decimal,
  rejected_score: decimal,
  chosen_debate: text,
  rejected_debate: text,
  differs: text,
  prompt_of: text,
};

export function rankingOf(pair: PairExample) {
  return {
    ranked_by: pair.rankedBy,
    chosen_score: pair.chosenScore,
    rejected_score: pair.rejectedScore,
    chosen_debate: pair.chosenDebate,
    rejected_debate: pair.rejectedDebate,
    differs: pair.differs,
    prompt_of: pair.promptOf,
  };
}

export function said(content: string): ChatMessage {
  return { role: 'assistant', content };
}
