/** A colour as its number among 256 and its nearest among the basic 16. */
type Color = readonly [number, number];

export interface Style {
  fg?: Color;
  bg?: Color;
  bold?: boolean;
  /** Only used where there is no colour to say it. */
  dim?: boolean;
  underline?: boolean;
  inverse?: boolean;
}

export interface Palette {
  text: Style;
  strong: Style;
  muted: Style;
  faint: Style;
  accent: Style;
  good: Style;
  caution: Style;
  alarm: Style;
  citation: Style;
  moderator: Style;
  selected: Style;
  match: Style;
  misquote: Style;
  mark: Style;
  /** The hues of `personaMark`: blue, orange, green, violet, ochre, teal, or what stands for them here. */
  people: readonly Style[];
  /** Places 0 to 6 of an issue's scale. */
  scale: readonly Style[];
  /** Four steps of a share. */
  share: readonly Style[];
}

const fg = (color: number, basic: number): Style => ({ fg: [color, basic] });
const on = (bg: number, basicBg: number, text: number, basicText: number): Style => ({
  fg: [text, basicText],
  bg: [bg, basicBg],
});

/** Bold, so that names stand out; each hue among 256 colours and among the basic 16. */
function hues(colors: readonly number[], basics: readonly number[]): Style[] {
  return colors.map((color, index) => ({ ...fg(color, basics[index] ?? 7), bold: true }));
}

export const dark: Palette = {
  text: {},
  strong: { bold: true },
  muted: { ...fg(246, 7), dim: true },
  faint: { ...fg(239, 8), dim: true },
  accent: fg(80, 14),
  good: fg(114, 10),
  caution: fg(221, 11),
  alarm: { ...fg(210, 9), bold: true },
  citation: fg(110, 12),
  moderator: { ...fg(183, 13), bold: true },
  selected: { inverse: true },
  match: { ...on(221, 3, 16, 0), bold: true, underline: true },
  misquote: { ...fg(210, 9), underline: true },
  mark: { ...on(58, 3, 229, 15), bold: true },
  people: hues([75, 215, 114, 141, 222, 80], [12, 11, 10, 13, 3, 14]),
  scale: [
    on(25, 4, 231, 15),
    on(31, 6, 231, 15),
    on(66, 6, 231, 15),
    on(240, 8, 231, 15),
    on(137, 3, 16, 0),
    on(173, 3, 16, 0),
    on(166, 1, 231, 15),
  ],
  share: [on(236, 0, 250, 7), on(23, 0, 253, 15), on(30, 6, 231, 15), on(36, 2, 16, 0)],
};

export const light: Palette = {
  ...dark,
  muted: { ...fg(242, 8), dim: true },
  faint: { ...fg(250, 7), dim: true },
  accent: fg(30, 6),
  good: fg(28, 2),
  caution: fg(130, 3),
  alarm: { ...fg(160, 1), bold: true },
  citation: fg(25, 4),
  moderator: { ...fg(91, 5), bold: true },
  match: { ...on(220, 3, 16, 0), bold: true, underline: true },
  misquote: { ...fg(160, 1), underline: true },
  mark: { ...on(229, 3, 94, 0), bold: true },
  people: hues([26, 166, 28, 92, 136, 30], [4, 3, 2, 5, 1, 6]),
  scale: [
    on(25, 4, 231, 15),
    on(74, 6, 16, 0),
    on(152, 6, 16, 0),
    on(252, 7, 16, 0),
    on(223, 3, 16, 0),
    on(215, 3, 16, 0),
    on(166, 1, 231, 15),
  ],
  share: [on(254, 7, 16, 0), on(152, 7, 16, 0), on(73, 6, 16, 0), on(30, 6, 231, 15)],
};

/** Hues after Okabe and Ito (2008), which people with any common colour blindness can tell apart. */
export const colorBlind: Palette = {
  ...dark,
  accent: fg(74, 14),
  good: fg(74, 14),
  caution: fg(220, 11),
  alarm: { ...fg(208, 9), bold: true, underline: true },
  misquote: { ...fg(208, 9), underline: true },
  citation: fg(153, 12),
  moderator: { ...fg(254, 15), bold: true },
  people: hues([74, 214, 36, 175, 227, 208], [14, 11, 2, 13, 3, 9]),
  scale: [
    on(24, 4, 231, 15),
    on(31, 4, 231, 15),
    on(74, 6, 16, 0),
    on(240, 8, 231, 15),
    on(222, 3, 16, 0),
    on(214, 3, 16, 0),
    on(166, 1, 231, 15),
  ],
  share: [on(236, 0, 250, 7), on(24, 4, 231, 15), on(31, 6, 231, 15), on(117, 6, 16, 0)],
};

export const colorBlindLight: Palette = {
  ...colorBlind,
  muted: light.muted,
  faint: light.faint,
  accent: fg(25, 4),
  good: fg(25, 4),
  caution: fg(94, 3),
  alarm: { ...fg(166, 1), bold: true, underline: true },
  misquote: { ...fg(166, 1), underline: true },
  citation: fg(24, 4),
  moderator: { ...fg(236, 0), bold: true },
  people: hues([25, 172, 29, 132, 100, 166], [4, 3, 2, 5, 11, 1]),
  share: [on(254, 7, 16, 0), on(153, 7, 16, 0), on(74, 6, 16, 0), on(25, 4, 231, 15)],
};

const strongText: Style = { ...fg(231, 15), bold: true };

/** For black screens: nothing dim, few hues, meaning carried by weight and reverse. */
export const highContrast: Palette = {
  text: fg(231, 15),
  strong: { ...strongText, underline: true },
  muted: fg(231, 15),
  faint: fg(255, 15),
  accent: { ...fg(87, 14), bold: true },
  good: { ...fg(120, 10), bold: true },
  caution: { ...fg(226, 11), bold: true },
  alarm: { ...fg(231, 15), bold: true, inverse: true },
  citation: { ...fg(123, 14), underline: true },
  moderator: strongText,
  selected: { inverse: true, bold: true },
  match: { inverse: true, bold: true, underline: true },
  misquote: { ...fg(226, 11), bold: true, underline: true },
  mark: { inverse: true, bold: true },
  people: [
    [123, 14],
    [215, 11],
    [120, 10],
    [219, 13],
    [226, 3],
    [231, 15],
  ].map(([color = 231, basic = 15]) => ({ ...fg(color, basic), bold: true })),
  scale: [strongText],
  share: [strongText],
};
