import type { Clock } from '../debate/clock.ts';
import type { ThemeName } from '../terminal/theme/theme.ts';
import type { createTui } from '../terminal/tui/create-tui.ts';
import type { ColorDepth, Controls, FrontEnd } from '../terminal/types.ts';
import type { OptionValues } from './command.ts';
import { complain } from './complain.ts';
import type { Environment } from './environment.ts';
import type { screenOptions } from './shared-options.ts';

/** How a run is shown. */
export type ScreenKind = 'full' | 'inline' | 'plain' | 'json' | 'screen-reader';

export type ScreenOptions = OptionValues<typeof screenOptions>;

/** Chooses by what was asked, then by what the terminal can do: anything that is no terminal gets plain text. */
export function chooseScreen(options: ScreenOptions, environment: Environment): ScreenKind {
  const { stdout, stdin, isCi, isDumbTerminal, wantsPlainSentences } = environment;
  if (options.json) return 'json';
  if (options.screenReader) return 'screen-reader';
  if (options.plain || options.ui === 'plain') return 'plain';
  const isWatched = stdout.isTTY === true && stdin.isTTY === true && !isDumbTerminal;
  if (options.ui === 'full' || options.ui === 'inline') return isWatched ? options.ui : 'plain';
  if (wantsPlainSentences && stdout.isTTY) return 'screen-reader';
  if (!isWatched || isCi) return 'plain';
  // Whatever its size: the full screen follows a window that is made larger or smaller, which the inline one cannot.
  return 'full';
}

/** True where a person sits in front of the words, so that they should come at a reading pace. */
export function isWatched(kind: ScreenKind, environment: Environment): boolean {
  return kind !== 'json' && environment.stdout.isTTY === true && !environment.isCi;
}

export interface ScreenNeeds {
  kind: ScreenKind;
  options: ScreenOptions;
  environment: Environment;
  clock: Clock;
  controls: Controls;
  /** Of a replay, at its start. */
  speed?: number;
  /** Shown before anything is loaded. */
  title: string;
  /** Printed to the normal screen when a full screen closes. */
  exitSummary(): string[];
  /** The reader of stdout has gone. */
  outClosed(): void;
  /** The person leaves by a key: q, or Ctrl+C, which in raw mode sends no signal. */
  leave(how: 'quit' | 'interrupt' | 'at-once'): void;
}

/** Opens the front end; Ink is loaded only for those that need it. */
export async function openScreen(needs: ScreenNeeds): Promise<FrontEnd> {
  const { kind, environment, clock, outClosed } = needs;
  const { stdout, stderr } = environment;
  switch (kind) {
    case 'json': {
      const { createJson } = await import('../terminal/json.ts');
      return createJson({ out: stdout, outClosed });
    }
    case 'screen-reader': {
      const { createScreenReader } = await import('../terminal/screen-reader.ts');
      return createScreenReader({ out: stdout, outClosed });
    }
    case 'plain': {
      const { createPlain } = await import('../terminal/plain.ts');
      const color = environment.color ?? (stdout.isTTY === true && !environment.isDumbTerminal);
      const width = stdout.isTTY ? { width: Math.min(stdout.columns, 100) } : {};
      const theme = themeOf(needs.options.theme, environment);
      return createPlain({ out: stdout, err: stderr, ...width, color, theme, clock, outClosed });
    }
    case 'full':
    case 'inline': {
      const { createTui } = await import('../terminal/tui/create-tui.ts');
      return openInk(createTui, needs);
    }
  }
}

/** The screen that Ink draws; Ink itself loads behind its first line. */
function openInk(
  create: typeof createTui,
  { options, environment, controls, clock, ...needs }: ScreenNeeds,
): FrontEnd {
  const { stdin, stdout, stderr } = environment;
  return create({
    ...{ stdin, stdout, stderr, controls, clock },
    mode: needs.kind === 'inline' ? 'inline' : 'full',
    theme: themeOf(options.theme, environment),
    color: options.theme === 'none' ? 'none' : colorDepth(environment),
    isAnimated: options.animation,
    isQuiet: options.quiet,
    ...(options.status === null ? {} : { status: options.status }),
    title: needs.title,
    ...(needs.speed === undefined ? {} : { speed: needs.speed }),
    leave: needs.leave,
    failed: (error) => {
      complain(environment, `the screen failed and was closed; the run is saved. ${String(error)}`);
      needs.outClosed();
    },
    outClosed: needs.outClosed,
    exitLines: needs.exitSummary,
  });
}

/** COLORFGBG, where a terminal sets it, ends in the number of its background; 7 and above are light. */
export function themeOf(name: string | undefined, { variables }: Environment): ThemeName {
  if (name !== undefined && name !== 'auto' && name !== 'none') return name as ThemeName;
  const background = Number(variables['COLORFGBG']?.split(';').at(-1));
  return background >= 7 && background !== 8 ? 'light' : 'dark';
}

export function colorDepth({ color, variables }: Environment): ColorDepth {
  if (color === false) return 'none';
  const isRich = /256|truecolor|24bit|kitty|ghostty/.test(`${variables['TERM']} ${variables['COLORTERM']}`);
  return isRich ? '256' : '16';
}

/** Is there a person at a terminal, who sees a screen that is redrawn? Progress goes to stderr: stdout is for results. */
export function isProgressWatched(
  { plain }: { plain?: boolean | undefined },
  { stderr, isCi, isDumbTerminal, wantsPlainSentences }: Environment,
): boolean {
  return stderr.isTTY === true && plain !== true && !isCi && !isDumbTerminal && !wantsPlainSentences;
}
