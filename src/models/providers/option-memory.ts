import type { Refusal } from '../types.ts';

/**
 * Remembers for one model which options its server does not take. `droppable` maps each option that a request can
 * do without to the words by which refusals name it.
 */
export class OptionMemory {
  readonly #droppable: Record<string, RegExp>;
  readonly #dropped = new Set<string>();

  constructor(droppable: Record<string, RegExp>) {
    this.#droppable = droppable;
  }

  /** The options without those that were refused before. */
  allowed(options: Record<string, unknown>): Record<string, unknown> {
    if (this.#dropped.size === 0) return options;
    return Object.fromEntries(Object.entries(options).filter(([name]) => !this.#dropped.has(name)));
  }

  /** True where the refusal names an option that was sent, which from now on is left out. */
  adapt({ reason, detail, options }: Refusal): boolean {
    if (reason !== 'bad-request') return false;
    for (const [name, words] of Object.entries(this.#droppable)) {
      // Another call may have learned it meanwhile: what was sent with this one counts.
      if (options[name] === undefined || !words.test(detail)) continue;
      this.#dropped.add(name);
      return true;
    }
    return false;
  }
}
