import { createTui } from '../terminal/tui/create-tui.ts';
import type { FrontEnd } from '../terminal/types.ts';
import { complain } from './complain.ts';
import type { ScreenNeeds } from './front-end.ts';
import { colorDepth, themeOf } from './look.ts';

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
    ...(needs.speed === undefined ? {} : { speed: needs.speed }),
    leave: needs.leave,
    failed: (error) => {
      complain(environment, `the screen broke and was given back; the run is saved. ${String(error)}`);
      needs.outClosed();
    },
    outClosed: needs.outClosed,
    exitLines: needs.farewell,
  });
}
