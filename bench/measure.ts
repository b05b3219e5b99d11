/** One figure of the benchmark: what was measured, in which unit, what is aimed at. */
export interface Figure {
  what: string;
  value: number;
  unit:
    | 'ms'
    | 'x'
    | 'share'
    | 'debates'
    | 'connections'
    | 'round trips'
    | 'MB'
    | 'bytes'
    | 'fps'
    | 's'
    | 'per second'
    | 'percent';
  /** The most (or least) it should be; absent where there is no aim. */
  aim?: { most: number } | { least: number };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function meets({ value, aim }: Figure): boolean | null {
  if (!aim) return null;
  return 'most' in aim ? value <= aim.most : value >= aim.least;
}

/** The figures as a Markdown table. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { aim, unit } = figure;
    const limit =
      aim === undefined
        ? ''
        : 'most' in aim
          ? `at most ${shown(aim.most, unit)}`
          : `at least ${shown(aim.least, unit)}`;
    const met = meets(figure);
    return `| ${figure.what} | ${shown(figure.value, unit)} | ${limit} | ${met === null ? '' : met ? 'yes' : '**no**'} |`;
  });
  return ['| measured | median | aim | met |', '|---|---:|---:|---|', ...rows].join('\n');
}

function shown(value: number, unit: Figure['unit']): string {
  const digits = unit === 'x' || unit === 'share' ? 2 : value < 10 ? 2 : value < 100 ? 1 : 0;
  const number = value.toFixed(digits);
  switch (unit) {
    case 'share':
      return number;
    case 'x':
      return `${number}x`;
    case 'debates':
      return value.toFixed(0);
    case 'connections':
    case 'round trips':
      return value.toFixed(1);
    case 'percent':
      return `${number}%`;
    default:
      return `${number} ${unit}`;
  }
}
