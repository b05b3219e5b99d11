import type { ThemeName } from '../terminal/theme/theme.ts';
import type { ColorDepth } from '../terminal/types.ts';
import type { Environment } from './environment.ts';

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
