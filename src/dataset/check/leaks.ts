import { isGroup } from './conversation-rules.ts';
import { createSplitTable } from './split-table.ts';

/** Columns that name what must stay in one split. */
const groupColumns = ['split_group', 'group', 'group_id', 'article_sha256', 'debate', 'conversation_id'];

/** Looks for what stands in more than one split: the same group, the same row, the same prompt. */
export interface LeakWatch {
  /** What leaks, in words; each thing is told once. */
  leaksOf(row: Record<string, unknown>, split: string, folder: string): string[];
}

export function createLeakWatch(): LeakWatch {
  const table = createSplitTable();

  const leak = (thing: string, split: string, what: string): string[] => {
    const before = table.clashOf(thing, split);
    return before === null ? [] : [`${what} stands in ${before} and in ${split}`];
  };

  return {
    leaksOf(row, split, folder) {
      const groups = groupColumns.flatMap((column) => {
        const value = row[column];
        if (typeof value !== 'string' || value === '') return [];
        return leak(`${column}\n${value}`, split, `${column} ${value.slice(0, 60)}`);
      });
      const prompt = promptOf(row);
      const same = prompt === null ? [] : leak(`${folder}\n${prompt}`, split, 'the same prompt');
      return [...groups, ...same];
    },
  };
}

/** The split that a file is of, by its name; null where it names none. */
export function splitOfFile(path: string): string | null {
  const found = /(?:^|[/_.-])(train|training|validation|valid|val|dev|test|eval)(?=[/_.-])/i.exec(path)?.[1];
  if (!found) return null;
  const name = found.toLowerCase();
  if (name === 'training') return 'train';
  return ['valid', 'val', 'dev', 'eval'].includes(name) ? 'validation' : name;
}

/** Everything but the answer that is learned. */
function promptOf(row: Record<string, unknown>): string | null {
  const input = isGroup(row['input']) ? row['input']['messages'] : undefined;
  const asked = row['prompt'] ?? input;
  if (asked !== undefined) return JSON.stringify(asked);
  const spoken = row['messages'] ?? row['conversations'];
  if (!Array.isArray(spoken)) return null;
  const isAnswered = ['assistant', 'gpt'].includes(String(spoken.at(-1)?.role ?? spoken.at(-1)?.from));
  return JSON.stringify(isAnswered ? spoken.slice(0, -1) : spoken);
}
