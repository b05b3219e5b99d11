import { createTui } from '../terminal/tui/create-tui.ts';
import type { ColorDepth, FrontEnd } from '../terminal/types.ts';
import { complain } from './complain.ts';
import type { Environment } from './environment.ts';
import type { ScreenNeeds } from './front-end.ts';

/** The screen that Ink draws; Ink itself loads behind its first line. */
export function openInk({ options, environment, clock, controls, ...needs }: ScreenNeeds): FrontEnd {
  const { stdin, stdout, stderr } = environment;
  return createTui({
    stdin,
    stdout,
    stderr,
    mode: needs.kind === 'inline' ? 'inline' : 'full',
    controls,
    clock,
    theme: themeOf(options.theme, environment),
    color: options.theme === 'none' ? 'none' : colorDepth(environment),
    isAnimated: options.animation !== false,
    title: needs.title,
    leave: needs.leave,
    failed: (error) => {
      complain(environment, `the screen broke and was given back; the run is saved. ${String(error)}`);
      needs.outClosed();
    },
    outClosed: needs.outClosed,
    farewell: needs.farewell,
  });
}

type ThemeName = Parameters<typeof createTui>[0]['theme'];

/** COLORFGBG, where a terminal sets it, ends in the number of its background; 7 and above are light. */
function themeOf(name: string | undefined, { variables }: Environment): ThemeName {
  if (name !== undefined && name !== 'auto' && name !== 'none') return name as ThemeName;
  const background = Number(variables['COLORFGBG']?.split(';').at(-1));
  return background >= 7 && background !== 8 ? 'light' : 'dark';
}

function colorDepth({ color, variables }: Environment): ColorDepth {
  if (color === false) return 'none';
  const isRich = /256|truecolor|24bit|kitty|ghostty/.test(`${variables['TERM']} ${variables['COLORTERM']}`);
  return isRich ? '256' : '16';
}
