import type { Environment } from './environment.ts';

/**
 * Asks a person at the terminal for a line; null where they leave with Ctrl+C or Ctrl+D. Reads as the screens do, that may
 * come before and after it: node's readline would leave stdin paused, and no later screen could read a key.
 */
export async function askLine(
  question: string,
  { stdin, stderr }: Pick<Environment, 'stdin' | 'stderr'>,
): Promise<string | null> {
  const answered = Promise.withResolvers<string | null>();
  let typed = '';
  const read = () => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) typed += String(chunk);
    const end = typed.search(/[\r\n]/);
    if (end < 0) return;
    // What was typed ahead is the answer to the next question.
    const rest = typed.slice(end + 1);
    stdin.off('readable', read);
    if (rest !== '') stdin.unshift(Buffer.from(rest));
    answered.resolve(typed.slice(0, end));
  };
  const leave = () => answered.resolve(null);
  if (stdin.readableEnded) return null;
  stderr.write(question);
  // A screen that was closed before has let go of stdin, and nothing else may keep the process alive.
  stdin.ref?.();
  stdin.on('readable', read).once('end', leave);
  process.once('SIGINT', leave);
  try {
    const line = await answered.promise;
    if (line === null) stderr.write('\n');
    return line;
  } finally {
    stdin.off('readable', read).off('end', leave).unref?.();
    process.off('SIGINT', leave);
  }
}
