/** Maps numbers to places on a plot. */
export interface PlotScale {
  from: number;
  to: number;
  at(value: number): number;
  ticks: number[];
}

/** A straight scale from one range of numbers to one of places; with round numbers for its ticks. */
export function plotScale(
  numbers: { from: number; to: number },
  places: { start: number; end: number },
  wanted = 5,
): PlotScale {
  const { from } = numbers;
  const to = numbers.to > from ? numbers.to : from + 1;
  const at = (value: number) =>
    rounded(places.start + ((value - from) / (to - from)) * (places.end - places.start));
  return { from, to, at, ticks: ticksBetween(from, to, wanted) };
}

/** Round numbers between two: steps of 1, 2 or 5 times a power of ten (Heckbert 1990, Nice Numbers for Graph Labels). */
export function ticksBetween(from: number, to: number, wanted: number): number[] {
  const rough = (to - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough * 0.999) ?? rough;
  const ticks: number[] = [];
  for (let index = Math.ceil(from / step - 1e-9); index * step <= to + step * 1e-9; index++) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/** Two decimals are finer than any screen draws, and keep the file small. */
function rounded(place: number): number {
  return Math.round(place * 100) / 100;
}
