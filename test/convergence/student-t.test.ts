import { describe, expect, it } from 'vitest';
import {
  studentTCdf,
  studentTQuantile,
  studentTTail,
  studentTTwoSided,
} from '../../src/convergence/distributions.ts';

/** Reference values to double precision: rows of a t table (0.90, 0.95, 0.975, 0.995, 0.9999). */
const table: [degrees: number, quantiles: number[]][] = [
  [1, [3.0776835371752544, 6.313751514675037, 12.706204736174694, 63.656741162871526, 3183.098757118502]],
  [2, [1.8856180831641272, 2.9199855803537242, 4.302652729749462, 9.924843200918287, 70.70007107496818]],
  [3, [1.637744353696209, 2.3533634348018233, 3.1824463052837078, 5.840909309733355, 22.203742273205]],
  [5, [1.4758840488244815, 2.0150483733330233, 2.5705818356363146, 4.032142983555228, 9.677566300882814]],
  [9, [1.3830287383966329, 1.833112932656237, 2.262157162798205, 3.249835541592126, 6.010132129081531]],
  [10, [1.372183641110336, 1.8124611228116756, 2.228138851986274, 3.16927267261695, 5.693820101457592]],
  [30, [1.3104150253913955, 1.697260886593957, 2.0422724563012378, 2.7499956535672254, 4.23398595727206]],
  [100, [1.290074761346516, 1.6602343260853392, 1.9839715185235518, 2.6258905214380173, 3.861599790950091]],
  [1000, [1.2823987214609247, 1.6463788172854643, 1.9623390808264083, 2.580754698065951, 3.7328516045753966]],
];
const probabilities = [0.9, 0.95, 0.975, 0.995, 0.9999];

/** Upper tails at t = 0.5, 2, 10 and 40. */
const tails: [degrees: number, tails: number[]][] = [
  [1, [0.35241638234956674, 0.14758361765043326, 0.03172551743055357, 0.007956089912025812]],
  [5, [0.31914943582046457, 0.050969739414929174, 8.547378787148181e-5, 9.205981085886477e-8]],
  [30, [0.3103615024425636, 0.027312522481491547, 2.287625704114809e-11, 6.863022597203209e-28]],
  [1000, [0.30859254041693734, 0.02288517324662583, 8.335351479300069e-23, 5.239426077586636e-210]],
];

describe("Student's t", () => {
  it.each(table)('gives the tabled quantiles for %i degrees of freedom', (degrees, quantiles) => {
    for (const [index, probability] of probabilities.entries()) {
      const expected = quantiles[index] as number;
      expect(Math.abs(studentTQuantile(probability, degrees) / expected - 1)).toBeLessThan(1e-9);
    }
  });

  it.each(tails)(
    'keeps its relative precision in the tail for %i degrees of freedom',
    (degrees, expected) => {
      for (const [index, t] of [0.5, 2, 10, 40].entries()) {
        expect(Math.abs(studentTTail(t, degrees) / (expected[index] as number) - 1)).toBeLessThan(1e-9);
      }
    },
  );

  it('joins the normal distribution for very many degrees of freedom, without a step where the method changes', () => {
    expect(studentTQuantile(0.975, 1_000_000)).toBeCloseTo(1.9599663568, 9);
    expect(studentTQuantile(0.975, 1001)).toBeLessThan(studentTQuantile(0.975, 1000));
    expect(studentTQuantile(0.975, 1001)).toBeGreaterThan(studentTQuantile(0.975, 1002));
    expect(studentTQuantile(0.975, 1001)).toBeCloseTo(1.9623367053, 9);
  });

  it.each([
    [1001, [0.38211972094467006, 0.15877608823825554, 0.0013833208819473194, 1.7116671721165943e-15]],
    [1002, [0.3821196898678634, 0.15877596767524063, 0.0013832873093543242, 1.7100084015784569e-15]],
    [2000, [0.3821041659932358, 0.15871573905037165, 0.0013665718810163996, 1.0432182690804112e-15]],
    [5001, [0.3820948120878996, 0.15867944495605205, 0.0013565531793722557, 7.669617512869551e-16]],
  ])('has the tails of the beta integral to twelve digits for %i degrees of freedom', (degrees, expected) => {
    for (const [index, t] of [0.3, 1, 3, 8].entries()) {
      expect(Math.abs(studentTTail(t, degrees) / (expected[index] as number) - 1)).toBeLessThan(1e-12);
    }
  });

  it.each([
    [1, [0.4072264209222577, 0.25, 0.05256845671125344]],
    [2, [0.3962428304200888, 0.2113248654051871, 0.013335736607712385]],
    [3, [0.3918816460199595, 0.19550110947788524, 0.004636357446142333]],
    [7, [0.3864450252010671, 0.1753083314101037, 0.00027112917100140525]],
    [40, [0.38286535838550956, 0.16166090587414556, 2.3632275663940903e-7]],
  ])('has the tails of the beta integral for %i degrees of freedom', (degrees, expected) => {
    for (const [index, t] of [0.3, 1, 6].entries()) {
      expect(Math.abs(studentTTail(t, degrees) / (expected[index] as number) - 1)).toBeLessThan(1e-11);
    }
  });

  it('counts both tails for a two-sided p, whatever the sign', () => {
    // For one degree of freedom t = 1 is the upper quartile.
    expect(studentTTwoSided(1, 1)).toBeCloseTo(0.5, 12);
    expect(studentTTwoSided(-1, 1)).toBeCloseTo(0.5, 12);
    expect(studentTTwoSided(1e-9, 5)).toBeLessThanOrEqual(1);
  });

  it('loses nothing where t is too small to square', () => {
    expect(studentTTail(1e-200, 4)).toBe(0.5);
    expect(studentTTail(0, 4)).toBe(0.5);
    expect(studentTQuantile(0.5, 4)).toBe(0);
  });

  it('agrees with the closed forms for one, two and four degrees of freedom', () => {
    for (const t of [-7, -1.3, -0.01, 0, 0.2, 1, 2.5, 31]) {
      expect(studentTCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12);
      expect(studentTCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12);
      const s = t / Math.sqrt(4 + t * t);
      expect(studentTCdf(t, 4)).toBeCloseTo(0.5 + (3 / 4) * (s - s ** 3 / 3), 12);
    }
  });

  it('gives back the probability whose quantile it took', () => {
    for (const degrees of [1, 2, 7, 64, 5000]) {
      for (const probability of [1e-6, 0.025, 0.3, 0.5, 0.8, 0.999]) {
        expect(studentTCdf(studentTQuantile(probability, degrees), degrees)).toBeCloseTo(probability, 12);
      }
    }
  });

  it('is symmetric, and certain at both ends', () => {
    expect(studentTCdf(-1.7, 6) + studentTCdf(1.7, 6)).toBeCloseTo(1, 14);
    expect(studentTTail(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
    expect(studentTTwoSided(0, 8)).toBe(1);
  });

  it('refuses a probability outside 0..1 and degrees of freedom that are no whole number', () => {
    expect(() => studentTQuantile(1, 3)).toThrow(RangeError);
    expect(() => studentTQuantile(0, 3)).toThrow(RangeError);
    expect(() => studentTTail(1, 0)).toThrow(RangeError);
    expect(() => studentTTail(1, 2.5)).toThrow(RangeError);
  });
});
