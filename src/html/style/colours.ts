/** Colours by theme; text on paper and on every tint reaches WCAG AA. Speakers' colours keep apart for colour-blind readers. */
const light = {
  paper: '#fbf9f4',
  raised: '#f4f0e6',
  ink: '#22201b',
  muted: '#655f53',
  rule: '#dcd5c5',
  accent: '#96371d',
  mark: '#f3e3b3',
  bad: '#a3271b',
  good: '#1d6a46',
  low: '#8fb9e0',
  middle: '#f1ece0',
  high: '#eaaa78',
  who: ['#1f5c9e', '#b0431a', '#1c6e4d', '#7b3c91', '#7c5d09', '#0e6877'],
};

const dark: typeof light = {
  paper: '#171613',
  raised: '#211f1b',
  ink: '#e9e4d8',
  muted: '#a9a292',
  rule: '#3a362e',
  accent: '#f0a184',
  mark: '#4b3f17',
  bad: '#ff9c8a',
  good: '#84d1a9',
  low: '#1f4b73',
  middle: '#2c2923',
  high: '#77401c',
  who: ['#8ebcf0', '#f3a27d', '#80cfa8', '#d4a8e8', '#dabd66', '#7fcad6'],
};

function variables({ who, ...named }: typeof light): string {
  const names = Object.entries(named).map(([name, value]) => `--${name}:${value}`);
  return [...names, ...who.map((value, place) => `--who-${place}:${value}`)].join(';');
}

const heats = Array.from({ length: 13 }, (_, step) => {
  const end = step < 6 ? 'low' : 'high';
  const part = Math.round((Math.abs(step - 6) / 6) * 100);
  return `.heat-${step}{background:color-mix(in oklab,var(--${end}) ${part}%,var(--middle))}`;
});

const agreements = Array.from(
  { length: 11 },
  (_, step) => `.agree-${step}{background:color-mix(in oklab,var(--good) ${step * 3}%,var(--paper))}`,
);

const speakers = light.who.map((_, place) => `.who-${place}{--own:var(--who-${place})}`);

export const colours = `
:root{color-scheme:light dark;${variables(light)}}
@media (prefers-color-scheme:dark){:root{${variables(dark)}}}
@media print{:root{color-scheme:light;${variables(light)};--paper:#fff}}
.who{--own:var(--muted)}
${[...speakers, ...heats, ...agreements].join('\n')}
`;
