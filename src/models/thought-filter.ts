const opening = '<think>';
const closing = '</think>';

/**
 * Some servers send a reasoning model's thoughts as part of its text, between <think> and </think> at the very
 * start. This takes them out of a stream: give it each piece, show what it returns, and add what `end` returns.
 */
export function createThoughtFilter(): { push(piece: string): string; end(): string } {
  let mode: 'undecided' | 'thinking' | 'text' = 'undecided';
  let held = '';

  const decide = (): string => {
    const start = held.trimStart();
    if (start.startsWith(opening)) {
      mode = 'thinking';
      return leaveThought();
    }
    if (opening.startsWith(start)) return '';
    mode = 'text';
    return take();
  };
  const leaveThought = (): string => {
    const end = held.indexOf(closing);
    if (end === -1) return '';
    held = held.slice(end + closing.length).trimStart();
    mode = 'text';
    return take();
  };
  const take = (): string => {
    const text = held;
    held = '';
    return text;
  };

  return {
    push: (piece) => {
      if (mode === 'text') return piece;
      held += piece;
      return mode === 'undecided' ? decide() : leaveThought();
    },
    // A thought that never ended is no text.
    end: () => (mode === 'undecided' ? take() : ''),
  };
}
