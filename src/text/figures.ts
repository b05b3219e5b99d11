/** 0.623 as 62%; a dash where there is no number. */
export function percent(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)}%`;
}

/** A change of a share in points, with its sign: +8, −3, ±0. */
export function points(change: number): string {
  const rounded = Math.round(change * 100);
  if (rounded === 0) return '±0';
  return rounded > 0 ? `+${rounded}` : `−${-rounded}`;
}

/** 950, 12.4k, 1.2M. */
export function count(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_950) return `${(value / 1000).toFixed(value < 99_950 ? 1 : 0)}k`;
  return `${(value / 1_000_000).toFixed(1)}M`;
}

/** With commas between thousands: 1,204,000. */
export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}

/** US dollars; four digits below ten cents, where a debate's calls lie. */
export function dollars(value: number): string {
  return `$${value.toFixed(value > 0 && value < 0.1 ? 4 : 2)}`;
}

/** Milliseconds as 0:42, 12:05 or 1:02:07. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A wait in words, to the nearest second: 1 s, 45 s, 2 min 5 s. */
export function waitOf(milliseconds: number): string {
  const seconds = Math.max(1, Math.round(milliseconds / 1000));
  if (seconds < 120) return `${seconds} s`;
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** About as exact as an estimate is: 40 s, 12 min, 3.5 h. */
export function aboutTime(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}

/** How many a minute: 0.4, 9.5, 1,240. */
export function rate(value: number): string {
  return value >= 10 ? grouped(Math.round(value)) : value.toFixed(1);
}

/** A position on the 0..6 scale with at most one decimal: 3, 2.5. */
export function position(value: number): string {
  return String(Math.round(value * 10) / 10);
}
