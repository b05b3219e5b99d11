/** A share 0..1 as the index is written everywhere: 0.49; an en dash where there is no number. */
export function share(value: number | null): string {
  return value === null ? '–' : value.toFixed(2);
}

/** A position on the 0..6 scale with at most one decimal. */
export function position(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A change of a share with its sign: +0.08, −0.03, ±0.00. */
export function change(value: number): string {
  const size = Math.abs(value).toFixed(2);
  if (size === '0.00') return '±0.00';
  return `${value < 0 ? '−' : '+'}${size}`;
}

export function percent(value: number | null): string {
  return value === null ? '–' : `${Math.round(value * 100)}%`;
}

/** 12,400 */
export function whole(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** US dollars; four digits below ten cents, where a debate's calls lie. */
export function dollars(value: number): string {
  return `$${value.toFixed(value > 0 && value < 0.1 ? 4 : 2)}`;
}

/** "1 turn", "2 turns" */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${whole(value)} ${value === 1 ? one : many}`;
}

/** "A", "A and B", "A, B and C" */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** Milliseconds as "42 s", "12 min", "1 h 2 min". */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
