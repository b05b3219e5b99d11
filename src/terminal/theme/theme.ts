import type { ColorDepth } from '../types.ts';
import {
  colorBlind,
  colorBlindLight,
  dark,
  highContrast,
  light,
  type Palette,
  type Style,
} from './palettes.ts';

/** What a piece of text means; a theme decides how that looks. Colour never says anything alone. */
export type Meaning =
  | 'text'
  | 'strong'
  | 'muted'
  | 'faint'
  | 'accent'
  | 'good'
  | 'caution'
  | 'alarm'
  | 'citation'
  | 'moderator'
  | 'selected'
  | 'match'
  /** Words that are not those of their source. */
  | 'misquote'
  /** Stands on words that are no language model's. */
  | 'mark'
  | `person-${number}`
  /** A place on an issue's scale, 0..6. */
  | `scale-${number}`
  /** A share in four steps, 0..3. */
  | `share-${number}`;

export interface Paint {
  /** The text with its look and a reset, or the bare text where the look is none. */
  paint(text: string, meaning: Meaning): string;
}

export interface Theme extends Paint {
  readonly name: ThemeName;
  readonly depth: ColorDepth;
}

/** For pipes and files: no escape sequence at all. */
export const bare: Paint = { paint: (text) => text };

const palettes = {
  dark,
  light,
  'colour-blind': colorBlind,
  'colour-blind-light': colorBlindLight,
  'high-contrast': highContrast,
} satisfies Record<string, Palette>;

export type ThemeName = keyof typeof palettes;

export const themeNames = Object.keys(palettes) as ThemeName[];

/** With depth `none` a theme still uses bold, underline and reverse, which NO_COLOR allows. */
export function createTheme(name: ThemeName, depth: ColorDepth): Theme {
  const palette: Palette = palettes[name];
  const codes = new Map<Meaning, string>();
  const codeOf = (meaning: Meaning): string => {
    const known = codes.get(meaning);
    if (known !== undefined) return known;
    const code = sgr(styleOf(palette, meaning), depth);
    codes.set(meaning, code);
    return code;
  };
  return {
    name,
    depth,
    paint(text, meaning) {
      const code = codeOf(meaning);
      return code === '' || text === '' ? text : `${code}${text}\u001b[0m`;
    },
  };
}

function styleOf(palette: Palette, meaning: Meaning): Style {
  const [kind, place] = meaning.split('-') as [string, string | undefined];
  if (place === undefined) return palette[meaning as keyof Palette] as Style;
  const styles = kind === 'person' ? palette.people : kind === 'scale' ? palette.scale : palette.share;
  return styles[Number(place) % styles.length] ?? {};
}

function sgr(style: Style, depth: ColorDepth): string {
  const codes: (number | string)[] = [];
  if (style.bold) codes.push(1);
  if (style.dim && depth === 'none') codes.push(2);
  if (style.underline) codes.push(4);
  if (style.inverse) codes.push(7);
  if (depth === '256') {
    if (style.fg) codes.push(`38;5;${style.fg[0]}`);
    if (style.bg) codes.push(`48;5;${style.bg[0]}`);
  }
  if (depth === '16') {
    if (style.fg) codes.push(basic(style.fg[1], 30, 90));
    if (style.bg) codes.push(basic(style.bg[1], 40, 100));
  }
  return codes.length === 0 ? '' : `\u001b[${codes.join(';')}m`;
}

/** A basic colour 0..15 as its code; 8 and up are the bright ones. */
function basic(color: number, normal: number, bright: number): number {
  return color < 8 ? normal + color : bright + color - 8;
}
