import { describe, expect, it } from 'vitest';
import { BoundedMap, remembering } from '../../src/text/memo.ts';

describe('a bounded map', () => {
  it('keeps what is asked for and drops what is not, however much goes through it', () => {
    const map = new BoundedMap<number, string>(10);
    map.set(-1, 'asked for');
    for (let key = 0; key < 1000; key++) {
      map.set(key, `value ${key}`);
      expect(map.get(-1)).toBe('asked for');
    }
    const kept = Array.from({ length: 1000 }, (_, key) => map.get(key)).filter((one) => one !== undefined);
    expect(kept.length).toBeGreaterThanOrEqual(9);
    expect(kept.length).toBeLessThanOrEqual(20);
  });

  it('does work once for a key that comes back', () => {
    let times = 0;
    const double = remembering(10, (value: number) => {
      times++;
      return 2 * value;
    });
    expect([double(2), double(2), double(3), double(2)]).toEqual([4, 4, 6, 4]);
    expect(times).toBe(2);
  });
});
