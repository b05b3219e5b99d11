/** What a person wants done at home; the screen is left for all of it. */
export type HomeIntent =
  | { type: 'open' | 'resume' | 'score' | 'serve'; run: string; isLive: boolean }
  | { type: 'fork'; run: string; turn: number }
  | { type: 'report'; run: string; file: string }
  | { type: 'compare'; runs: readonly [string, string] }
  | { type: 'export'; runs: readonly string[]; folder: string; hasSimulated: boolean }
  | { type: 'check'; folder: string }
  | { type: 'run-plan' | 'compare-plan'; plan: string }
  | { type: 'new-debate'; scenario: string | null; strategy: string | null }
  | { type: 'leave' };

/** What is done without leaving the screen. */
export type HomeChange =
  | { type: 'delete' | 'restore'; runs: readonly string[] }
  | { type: 'empty-bin' }
  | { type: 'suspend' }
  | { type: 'redraw' };
