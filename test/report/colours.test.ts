import { describe, expect, test } from 'vitest';
import { styleSheet } from '../../src/html/page.ts';

const roots = [...styleSheet.matchAll(/:root\{(?:color-scheme:[^;]*;)?((?:--[\w-]+:#[0-9a-f]{6};?)+)\}/g)];
const [light, dark] = roots.map((root) =>
  Object.fromEntries(
    [...(root[1] ?? '').matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value ?? '']),
  ),
);

describe.each([
  ['light', light ?? {}],
  ['dark', dark ?? {}],
])('in the %s theme', (_, theme) => {
  const text = [
    'ink',
    'muted',
    'accent',
    'bad',
    'good',
    ...Array.from({ length: 6 }, (_, place) => `who-${place}`),
  ];

  test.each(text)('%s can be read on paper (WCAG AA, 4.5)', (name) => {
    expect(contrast(theme[name], theme['paper'])).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['low', 'middle', 'high', 'raised', 'mark'])('ink can be read on %s', (name) => {
    expect(contrast(theme['ink'], theme[name])).toBeGreaterThanOrEqual(4.5);
  });

  test('paper can be read on the label', () => {
    expect(contrast(theme['paper'], theme['accent'])).toBeGreaterThanOrEqual(4.5);
  });
});

/** WCAG 2 contrast of two colours, 1..21. */
function contrast(one: string | undefined, other: string | undefined): number {
  const [lighter = 0, darker = 0] = [luminance(one ?? ''), luminance(other ?? '')].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
    const value = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
