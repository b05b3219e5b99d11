const opening = '<think>';
const closing = '</think>';

/**
 * Some servers send a reasoning model's thoughts as part of its text, between <think> and </think> at the very
 * start. This takes them out of a stream: give it each piece, show what it returns, and add what `end` returns.
 */
export function createThoughtFilter(): { push(piece: string): string; end(): string } {
  let mode: 'undecided' | 'thinking' | 'after-thought' | 'text' = 'undecided';
  let held = '';

  /** What can be shown of the text held so far. */
  const advance = (): string => {
    switch (mode) {
      case 'undecided': {
        const start = held.trimStart();
        if (start.startsWith(opening)) return enter('thinking');
        return opening.startsWith(start) ? '' : enter('text');
      }
      case 'thinking': {
        const end = held.indexOf(closing);
        if (end === -1) return '';
        held = held.slice(end + closing.length);
        return enter('after-thought');
      }
      case 'after-thought':
        held = held.trimStart();
        return held === '' ? '' : enter('text');
      case 'text': {
        const text = held;
        held = '';
        return text;
      }
    }
  };
  const enter = (next: typeof mode): string => {
    mode = next;
    return advance();
  };

  return {
    push: (piece) => {
      if (mode === 'text') return piece;
      held += piece;
      return advance();
    },
    // A thought that never ended is no text.
    end: () => (mode === 'undecided' ? enter('text') : ''),
  };
}
