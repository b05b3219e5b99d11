import { isGroup } from './conversation-rules.ts';

/** What a chat template makes of conversations beside writing them down. */
type TemplateReason = 'system-role' | 'developer-role' | 'tool-messages' | 'alternation' | 'empty-answer';

/** A chat template of open models and one thing that it does to rows; `refuses` is null where it takes all of them as they are. */
export interface TemplateVerdict {
  model: string;
  refuses: TemplateReason | null;
  /** Rows that it concerns. */
  rows: number;
}

/**
 * What the templates published with the models do. Llama 3: heads any role, and trims text. Qwen 2.5 and 3: leave out a role they do not
 * know, without a word. Mistral: user and assistant must alternate and an assistant message must not be empty; no system role before the
 * third version of 7B. Gemma: user and assistant must alternate, no system role in 1 and 2, no tool messages.
 */
const templates: readonly { model: string; minds: readonly TemplateReason[] }[] = [
  { model: 'Llama', minds: ['developer-role'] },
  { model: 'Qwen', minds: ['developer-role'] },
  { model: 'Mistral', minds: ['system-role', 'developer-role', 'alternation', 'empty-answer'] },
  { model: 'Gemma', minds: ['system-role', 'developer-role', 'tool-messages', 'alternation'] },
];

const roleOf: Readonly<Record<string, string>> = {
  human: 'user',
  gpt: 'assistant',
  observation: 'tool',
  function_call: 'assistant',
};

/** What of a row's conversation templates may mind, by its roles in order; the same few shapes come thousands of times. */
function reasonsIn(roles: readonly string[], isEmpty: boolean): TemplateReason[] {
  const spoken = roles.filter((role, place) => place > 0 || !['system', 'developer'].includes(role));
  const sides = spoken.map((role) => (role === 'tool' ? 'user' : role));
  return [
    ...(roles.includes('system') ? (['system-role'] as const) : []),
    ...(roles.includes('developer') ? (['developer-role'] as const) : []),
    ...(roles.includes('tool') ? (['tool-messages'] as const) : []),
    ...(sides.every((side, place) => side === (place % 2 === 0 ? 'user' : 'assistant'))
      ? []
      : (['alternation'] as const)),
    ...(isEmpty ? (['empty-answer'] as const) : []),
  ];
}

/** Holds conversations against the templates, row by row. */
export interface TemplateTrial {
  take(row: Record<string, unknown>): void;
  verdicts(): TemplateVerdict[];
}

export function createTemplateTrial(): TemplateTrial {
  const counts = new Map<string, { count: number; reasons: readonly TemplateReason[] }>();
  return {
    take(row) {
      const { roles, isEmpty } = shapeOf(row);
      if (roles.length === 0) return;
      const key = `${roles.join(' ')} ${isEmpty}`;
      const counted = counts.get(key) ?? { count: 0, reasons: reasonsIn(roles, isEmpty) };
      counted.count += 1;
      counts.set(key, counted);
    },
    verdicts() {
      const shapes = [...counts.values()];
      return templates.flatMap(({ model, minds }): TemplateVerdict[] => {
        const found = minds.flatMap((refuses) => {
          const rows = shapes.reduce(
            (sum, { count, reasons }) => sum + (reasons.includes(refuses) ? count : 0),
            0,
          );
          return rows > 0 ? [{ model, refuses, rows }] : [];
        });
        return found.length > 0 ? found : [{ model, refuses: null, rows: 0 }];
      });
    },
  };
}

/** The roles of a row's conversation, its answer with them, in the words of chat templates. */
function shapeOf(row: Record<string, unknown>): { roles: string[]; isEmpty: boolean } {
  const { input, system } = row;
  const asked =
    row['messages'] ?? row['conversations'] ?? row['prompt'] ?? (isGroup(input) ? input['messages'] : null);
  const answer = row['completion'] ?? row['chosen'] ?? row['preferred_output'];
  const all = [asked, answer].flat().filter(isGroup);
  const roles = all.map((message) => String(message['role'] ?? message['from']));
  const isEmpty = all.some((message, place) => {
    const words = message['content'] ?? message['value'];
    const isAnswer = ['assistant', 'gpt'].includes(roles[place] as string);
    return (
      isAnswer &&
      !message['tool_calls'] &&
      (typeof words !== 'string' || words.trim() === '') &&
      !Array.isArray(words)
    );
  });
  const named = roles.map((role) => roleOf[role] ?? role);
  return { roles: typeof system === 'string' && system !== '' ? ['system', ...named] : named, isEmpty };
}
