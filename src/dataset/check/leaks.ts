import { createHash } from 'node:crypto';
import { isGroup } from './conversation-rules.ts';

/** Columns that name what must stay in one split. */
const groupColumns = ['split_group', 'group', 'group_id', 'article_sha256', 'debate', 'conversation_id'];

/** Looks for what stands in more than one split: the same group, the same row, the same prompt. */
export interface LeakWatch {
  /** What leaks, in words; each thing is told once. */
  leaksOf(row: Record<string, unknown>, split: string, table: string): string[];
}

export function createLeakWatch(): LeakWatch {
  const splits = new Map<string, string>();
  const told = new Set<string>();

  const leak = (key: string, split: string, what: string): string[] => {
    const before = splits.get(key);
    if (before === undefined) splits.set(key, split);
    if (before === undefined || before === split || told.has(key)) return [];
    told.add(key);
    return [`${what} stands in ${before} and in ${split}`];
  };

  return {
    leaksOf(row, split, table) {
      const groups = groupColumns.flatMap((column) => {
        const value = row[column];
        if (typeof value !== 'string' || value === '') return [];
        return leak(shortHash(`${column}\n${value}`), split, `${column} ${value.slice(0, 60)}`);
      });
      const prompt = promptOf(row);
      const same = prompt === null ? [] : leak(shortHash(`${table}\n${prompt}`), split, 'the same prompt');
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

/** Nine bytes: short enough for millions of rows, long enough that no two meet by chance. */
function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}
