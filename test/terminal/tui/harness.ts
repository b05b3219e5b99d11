import type { RunSignal } from '../../../src/debate/notices.ts';
import type { Leaving } from '../../../src/terminal/tui/actions.ts';
import { createTui, type TuiOptions } from '../../../src/terminal/tui/create-tui.ts';
import type { Controls } from '../../../src/terminal/types.ts';
import { VirtualTerminal } from '../../helpers/virtual-terminal.ts';
import { Collected } from '../collected.ts';

/** The full screen on a virtual terminal, with everything that the person did to the run. */
export class Watched {
  readonly terminal: VirtualTerminal;
  readonly stderr = new Collected();
  readonly done: string[] = [];
  readonly left: Leaving[] = [];
  readonly failures: unknown[] = [];
  readonly tui: ReturnType<typeof createTui>;
  now = 0;

  constructor(
    columns: number,
    rows: number,
    options: Partial<TuiOptions> & { isReplay?: boolean; isPaced?: boolean } & Pick<
        Controls,
        'why' | 'labels' | 'seats'
      > = {},
  ) {
    this.terminal = new VirtualTerminal(columns, rows);
    const { isReplay = false, isPaced = isReplay, why, labels, seats, ...rest } = options;
    const more = { ...(why ? { why } : {}), ...(labels ? { labels } : {}), ...(seats ? { seats } : {}) };
    this.tui = createTui({
      stdin: this.terminal.stdin as unknown as NodeJS.ReadStream,
      stdout: this.terminal.stdout,
      stderr: this.stderr.stream,
      mode: 'full',
      controls: { ...this.controls(isReplay, isPaced), ...more },
      theme: 'dark',
      color: '256',
      isAnimated: true,
      clock: { now: () => this.now },
      title: 'A debate',
      leave: (how) => this.left.push(how),
      failed: (error) => this.failures.push(error),
      exitLines: () => ['Saved in transcripts/x.'],
      ...rest,
    });
  }

  show(signals: readonly RunSignal[]): this {
    for (const signal of signals) this.tui.show(signal);
    return this;
  }

  /** Presses keys one after the other, as a person would. */
  async press(...keys: string[]): Promise<this> {
    for (const key of keys) {
      this.terminal.stdin.write(key);
      // Ink waits this long to see whether an escape is the start of a sequence.
      await new Promise((resolve) => setTimeout(resolve, key === '\u001b' ? 40 : 5));
    }
    return this;
  }

  /** Resolves with the screen once it holds the text; fails with what it held instead. */
  until(wanted: string | RegExp): Promise<string> {
    return this.waitFor(wanted, true);
  }

  untilGone(unwanted: string | RegExp): Promise<string> {
    return this.waitFor(unwanted, false);
  }

  async text(): Promise<string> {
    return (await this.terminal.screen()).join('\n');
  }

  private async waitFor(text: string | RegExp, isThere: boolean): Promise<string> {
    const holds = (screen: string) => (typeof text === 'string' ? screen.includes(text) : text.test(screen));
    for (let attempt = 0; attempt < 300; attempt++) {
      const screen = await this.text();
      if (holds(screen) === isThere) return screen;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${isThere ? 'never' : 'always'} on the screen: ${text}\n${await this.text()}`);
  }

  private controls(isReplay: boolean, isPaced: boolean): Controls {
    const did = (what: string) => void this.done.push(what);
    const tell = (type: 'pausing' | 'paused' | 'continued') =>
      this.tui.show({ kind: 'notice', notice: { type } });
    return {
      isReplay,
      pause: () => {
        did('pause');
        tell('paused');
      },
      resume: () => {
        did('resume');
        tell('continued');
      },
      step: () => did('step'),
      ask: (text) => did(`ask ${text}`),
      stop: () => did('stop'),
      ...(isPaced
        ? { setSpeed: (factor: number) => did(`speed ${factor}`), finishTurn: () => did('finish turn') }
        : {}),
      ...(isReplay ? { jump: (to: object) => did(`jump ${JSON.stringify(to)}`) } : {}),
    };
  }
}
