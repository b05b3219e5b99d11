import { hostileTexts } from './hostile-texts.ts';

/** Characters at which a function is first timed. */
const shortest = 2_000;

/** The power of the length with which a time may grow: what is linear grows with 1, what is quadratic with 2. */
const mostPower = 1.5;

/** Milliseconds below which the clock tells nothing. */
const least = 0.5;

let timed = 0;

/** Milliseconds, the least of some tries over texts that differ, so that nothing is remembered. */
function costOf(work: (text: string) => unknown, unit: string, length: number, most: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < most; tries++) {
    timed += 1;
    const text = `${timed} ${unit.repeat(Math.ceil(length / unit.length))}`.slice(0, length);
    best = Math.min(
      best,
      timeOf(() => work(text)),
    );
  }
  return best;
}

/** Milliseconds of the clock or of the processor, whichever are fewer: other programs lengthen the one, other threads of this process the other. */
function timeOf(work: () => unknown): number {
  const began = performance.now();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  const passed = performance.now() - began;
  const busy = (user + system) / 1000;
  // A processor's time that comes in ticks may be nothing at all.
  return busy === 0 ? passed : Math.min(passed, busy);
}

/**
 * Does a function take longer than in step with the length of a text of this unit? A doubtful answer is asked for again
 * over a wider span of lengths, where a busy machine matters less, until a text takes seconds.
 */
function growsTooFast(work: (text: string) => unknown, unit: string): boolean {
  for (let times = 4, tries = 3; times <= 256; times *= 4, tries *= 2) {
    const short = costOf(work, unit, shortest, 2 * tries);
    const long = costOf(work, unit, times * shortest, times < 64 ? tries : 3);
    const isInStep = long < Math.max(least, short * times ** mostPower);
    if (isInStep && (long >= least || times >= 64)) return false;
    if (!isInStep && long > 1_500) return true;
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

/** Milliseconds that a megabyte of anything may take on a machine where the plain work below takes `referenceTime`. */
export const mostForMegabyte = 100;
const referenceTime = 40;
/** How far two measurements of one moment may differ on a busy machine. */
const margin = 2;
const megabyte = 1_000_000;

/**
 * Of a sample of hostile texts of a megabyte, those for which a function takes too long, with the milliseconds of the best
 * of some tries. A machine that is slow or busy is allowed as many times more as plain work of the same moment takes there.
 */
export function costlyUnits(work: (text: string) => unknown, place: number, sample = 2): string[] {
  return chosenUnits(place, sample).flatMap((unit) => {
    let best = Number.POSITIVE_INFINITY;
    let reference = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < 6 && best > mostForMegabyte; tries++) {
      best = Math.min(best, costOf(work, unit, megabyte, 1));
      if (best > mostForMegabyte) reference = Math.min(reference, costOf(plainWork, unit, megabyte, 1));
    }
    const most = mostForMegabyte * margin * Math.max(1, reference / referenceTime);
    return best > most ? [`${JSON.stringify(unit)} ${Math.round(best)} ms`] : [];
  });
}

/** Work that looks at every character once and makes something of it. */
function plainWork(text: string): number {
  return text.split('').map((character, at) => character + at).length;
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
