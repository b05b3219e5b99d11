/** What stands where there is no number. */
export const noNumber = '–';

/** C and every other index from 0 to 1, by two decimals: 0.37. */
export function decimal(value: number | null): string {
  return value === null ? noNumber : value.toFixed(2);
}

/** A change of an index with its sign: +0.08, −0.03, ±0.00. */
export function change(value: number): string {
  const size = Math.abs(value).toFixed(2);
  if (size === '0.00') return '±0.00';
  return `${value < 0 ? '−' : '+'}${size}`;
}

/** An interval of an index: 0.31 to 0.44. */
export function range({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${decimal(low)} to ${decimal(high)}`;
}

/** A share of a whole, such as coverage, weight or budget: 62%. */
export function percent(share: number | null): string {
  return share === null ? noNumber : `${Math.round(share * 100)}%`;
}

/** A position on the 0..6 scale with at most one decimal: 3, 2.5. */
export function position(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** Tokens and other large counts, to three digits: 950, 12.4k, 1.2M. */
export function count(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_950) return `${(value / 1000).toFixed(value < 99_950 ? 1 : 0)}k`;
  return `${(value / 1_000_000).toFixed(1)}M`;
}

/** Exact counts, with commas between thousands: 1,204,000. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** A count with its noun: 1 turn, 2 turns, 1,200 turns. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${grouped(value)} ${value === 1 ? one : many}`;
}

/** How many in a minute or a second: 0.4, 9.5, 1,240. */
export function rate(value: number): string {
  return value >= 10 ? grouped(Math.round(value)) : value.toFixed(1);
}

/** US dollars: cents from ten cents on, four digits below, where a debate's calls lie, six where even these are 0. */
export function dollars(value: number): string {
  if (value > 0 && value < 0.000_001) return '<$0.000001';
  if (value > 0 && value < 0.1) return `$${value.toFixed(value < 0.0001 ? 6 : 4)}`;
  const [whole = '0', cents] = value.toFixed(2).split('.');
  return `$${grouped(Number(whole))}.${cents}`;
}

/** A running clock, from milliseconds: 0:42, 12:05, 1:02:07. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A length of time in its two largest units, from milliseconds: 1.5 s, 45 s, 2 min 5 s, 1 h 30 min. */
export function duration(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 100) return `${tenths / 10} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 3600) return twoUnits(seconds, 'min', 's');
  return twoUnits(Math.round(seconds / 60), 'h', 'min');
}

/** A length of time no more exact than an estimate is: 40 s, 12 min, 3 h 30 min. */
export function aboutTime(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return twoUnits(Math.round(seconds / 600) * 10, 'h', 'min');
}

function twoUnits(value: number, large: string, small: string): string {
  const rest = value % 60;
  return `${Math.floor(value / 60)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
