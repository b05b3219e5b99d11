/** Console output and process warnings that came while the screen was taken. */
export interface ConsoleGuard {
  /** Gives console and warnings back; returns what came, in order. Safe to call twice. */
  release(): string[];
}

const guarded = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const mostKept = 200;

/** Libraries print to the console when something goes wrong; on a screen that would leave marks, or worse. */
export function guardConsole(): ConsoleGuard {
  const kept: string[] = [];
  let isReleased = false;
  const keep = (...parts: unknown[]) => {
    if (kept.length < mostKept) kept.push(parts.map(String).join(' '));
  };
  const originals = guarded.map((name) => [name, console[name]] as const);
  for (const name of guarded) console[name] = keep;
  // Node itself prints warnings past the console.
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', keep);
  return {
    release() {
      if (isReleased) return [];
      isReleased = true;
      for (const [name, original] of originals) console[name] = original;
      process.off('warning', keep);
      for (const listener of listeners) process.on('warning', listener);
      return kept.splice(0);
    },
  };
}
