import { hostileTexts } from './hostile-texts.ts';

/** Characters at which a function is first timed. */
const shortest = 2_000;

/** A text of four times the length may take so many times as long: what is linear takes four, what is quadratic sixteen. */
const mostTimes = 9;

/** Milliseconds below which the clock tells nothing. */
const least = 0.5;

let timed = 0;

/** Milliseconds, the least of some tries over texts that differ, so that nothing is remembered. (Processor time comes in ticks too coarse for this.) */
function costOf(work: (text: string) => unknown, unit: string, length: number, most: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < most; tries++) {
    timed += 1;
    const text = `${timed} ${unit.repeat(Math.ceil(length / unit.length))}`.slice(0, length);
    const before = performance.now();
    work(text);
    best = Math.min(best, performance.now() - before);
  }
  return best;
}

/** Does a function take longer than in step with the length of a text of this unit? A doubtful answer is asked for again, with longer texts and more tries. */
function growsTooFast(work: (text: string) => unknown, unit: string): boolean {
  for (const [length, tries] of [
    [shortest, 3],
    [4 * shortest, 3],
    [16 * shortest, 3],
    [16 * shortest, 8],
    [16 * shortest, 30],
  ] as const) {
    const short = costOf(work, unit, length, tries);
    const long = costOf(work, unit, 4 * length, tries);
    if (long < least ? length === 16 * shortest : long < mostTimes * short) return false;
  }
  return true;
}

/** The units of hostile text by which a function takes longer than in step with their length: a sample that differs from function to function. */
export function slowUnits(work: (text: string) => unknown, place: number, sample = 4): string[] {
  return chosenUnits(place, sample).filter((unit) => growsTooFast(work, unit));
}

function chosenUnits(place: number, sample: number): string[] {
  const all = [...new Set([...hostileTexts(8).map(([name]) => JSON.parse(name) as string), ...units])];
  const step = Math.max(1, Math.floor(all.length / sample));
  return process.env['PARLEY_ALL_UNITS'] ? all : all.filter((_, index) => (index + place) % step === 0);
}

/** Milliseconds of processor time that a megabyte of anything may take, and how much longer it may on a machine under load. */
export const mostForMegabyte = 100;
const margin = 3;
const megabyte = 1_000_000;

/** Of a sample of hostile texts of a megabyte, those for which a function takes too long, with the milliseconds of the best of some tries. */
export function costlyUnits(work: (text: string) => unknown, place: number, sample = 2): string[] {
  return chosenUnits(place, sample).flatMap((unit) => {
    let best = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 4 && best > mostForMegabyte; tries++)
      best = Math.min(best, megabyteOf(work, unit));
    return best > mostForMegabyte * margin ? [`${JSON.stringify(unit)} ${Math.round(best)} ms`] : [];
  });
}

function megabyteOf(work: (text: string) => unknown, unit: string): number {
  timed += 1;
  const text = `${timed} ${unit.repeat(Math.ceil(megabyte / unit.length))}`.slice(0, megabyte);
  const before = process.cpuUsage();
  work(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Units of speech and of articles that invite a second look: quotations that stay open, facts, near copies, scripts of all kinds. */
const units = [
  ...[
    '“we will not pay twice ',
    '"we will pay" ',
    "'a' ",
    '„a“ ',
    '«a» ',
    '‹a›',
    '「',
    '」',
    '‘',
    '’ ',
    '...',
    '. . . ',
  ],
  ...[
    '[P1]',
    '[P1, ',
    '(',
    '((',
    '[[',
    '2019 ',
    '1,000',
    '3%',
    '12 May 2019, ',
    '$1.5m ',
    'A.B.C. ',
    'IV. ',
    'Of the ',
  ],
  ...[
    'North: ',
    'I, as ',
    'Ann North ',
    'We will not pay twic ',
    '桥',
    '我们不会付两次。',
    'สะพาน',
    'ㄱ',
    'لا ',
    'İ',
    'ﬁ',
    '…',
  ],
  ...[
    '\u0301',
    '\ud83d',
    '\u200b',
    '\u2028',
    '\u3000',
    '![',
    '\n\n- ',
    '<div>',
    '<p>a</p>',
    'https://a.b/c ',
    'sk-abc ',
    'key=',
  ],
];
