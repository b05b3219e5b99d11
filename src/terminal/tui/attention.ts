import type { Debate } from '../../debate/debate.ts';
import type { RunSignal } from '../../debate/notices.ts';
import { endedAs } from '../../debate/phrases.ts';
import { decimal } from '../../text/figures.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { latestReading, newlyCrossed } from '../latest-reading.ts';
import type { OutputStream } from '../types.ts';

/** Calls a person back who looks elsewhere: the window's title says where the debate stands, and the bell rings. */
export interface Attention {
  saw(signal: RunSignal, debate: Debate | null): void;
  /** Gives title and keyboard back. Safe to call twice. */
  end(): void;
}

interface AttentionOptions {
  stdin: NodeJS.ReadStream;
  stdout: OutputStream;
  name: string;
}

const longestTitle = 80;

export function createAttention({ stdin, stdout, name }: AttentionOptions): Attention {
  const write = (text: string) => void stdout.write(text);
  let isOver = false;
  /** The bell rings only where the terminal has told that the window is not looked at. */
  let isAway = false;
  let shown = '';
  const title = (text: string) => {
    const safe = sanitizeLine(`parley: ${text}`).slice(0, longestTitle);
    if (safe === shown) return;
    shown = safe;
    write(`\u001b]2;${safe}\u001b\\`);
  };
  // Terminals that keep no stack of titles ignore this, and the one that comes back.
  write('\u001b[22;2t\u001b[?1004h');
  title(name);
  const unwatch = watchFocus(stdin, (hasFocus) => {
    isAway = !hasFocus;
  });
  return {
    saw(signal, debate) {
      if (isOver || !debate) return;
      if (signal.kind === 'notice') {
        if (signal.notice.type !== 'seat-turn') return;
        title(`your turn, ${name}`);
        if (isAway) write('\u0007');
        return;
      }
      const { event } = signal;
      if (event.type === 'verdict-given') {
        title(`C ${decimal(latestReading(debate)?.convergence.principals ?? null)}, ${name}`);
      }
      if (event.type === 'debate-ended') title(`${endedAs[event.reason]}, ${name}`);
      if (isAway && isWorthACall(event, debate)) write('\u0007');
    },
    end() {
      if (isOver) return;
      isOver = true;
      unwatch();
      write('\u001b[?1004l\u001b[23;2t');
    },
  };
}

/** An own red line crossed, a stand that moved, the end. */
function isWorthACall(event: Extract<RunSignal, { kind: 'event' }>['event'], debate: Debate): boolean {
  if (event.type === 'debate-ended') return true;
  if (event.type !== 'verdict-given') return false;
  return newlyCrossed(debate, event).length > 0 || (event.convergence?.moves ?? []).length > 0;
}

/** Ink swallows the terminal's reports of focus, so they are seen where it reads. */
function watchFocus(stdin: NodeJS.ReadStream, changed: (hasFocus: boolean) => void): () => void {
  const read = stdin.read;
  stdin.read = (size?: number) => {
    const chunk: unknown = read.call(stdin, size);
    const [report] = /\u001b\[[IO](?!.*\u001b\[[IO])/su.exec(String(chunk ?? '')) ?? [];
    if (report) changed(report.endsWith('I'));
    return chunk;
  };
  return () => {
    stdin.read = read;
  };
}
