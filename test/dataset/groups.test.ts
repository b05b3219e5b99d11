import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  articleGroups,
  defaultSplits,
  parseSplits,
  splitOf,
  type UsedArticle,
} from '../../src/dataset/groups/article-groups.ts';
import { minHash, similarity, similarTexts } from '../../src/dataset/groups/similar-texts.ts';
import { seededRandom } from '../../src/debate/seeded-random.ts';

const halves = [
  { name: 'train', share: 0.5 },
  { name: 'test', share: 0.5 },
];

/** A text of its own for each number; a version of it differs in a word or two. */
function articleText(story: number, version: number): string {
  const random = seededRandom('story', story);
  const words = Array.from({ length: 240 }, () => `w${Math.floor(random() * 5000)}`);
  for (let change = 0; change < version; change++) words[change * 90] = `changed${version}`;
  return words.join(' ');
}

const usedArticles = fc.array(
  fc.record({
    story: fc.nat({ max: 12 }),
    version: fc.nat({ max: 2 }),
    group: fc.option(fc.constantFrom('storm', 'strike', 'talks', 'vote'), { nil: null }),
  }),
  { minLength: 1, maxLength: 40 },
);

function asUsed(picks: readonly { story: number; version: number; group: string | null }[]): UsedArticle[] {
  return picks.map(({ story, version, group }, day) => ({
    sha256: `${story}-${version}`,
    group,
    signatures: [minHash(articleText(story, version))],
    at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
  }));
}

describe('article groups', () => {
  test('never leave one event, one article or its near-duplicates in two splits', () => {
    fc.assert(
      fc.property(usedArticles, (picks) => {
        const used = asUsed(picks);
        const placeOf = articleGroups(used, halves);
        const splits = new Map<string, Set<string>>();
        for (const [place, { sha256, group }] of used.entries()) {
          const split = placeOf(sha256, group)?.split;
          if (!split) continue;
          for (const key of [
            `text ${sha256}`,
            `story ${picks[place]?.story}`,
            ...(group ? [`event ${group}`] : []),
          ]) {
            splits.set(key, (splits.get(key) ?? new Set()).add(split));
          }
        }
        for (const [key, found] of splits) expect([...found], key).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  test('stay where they are when later debates are added', () => {
    fc.assert(
      fc.property(usedArticles, fc.nat(), (picks, cut) => {
        const used = asUsed(picks);
        const earlier = used.slice(0, 1 + (cut % used.length));
        const before = articleGroups(earlier, halves);
        const after = articleGroups(used, halves);
        for (const { sha256, group } of earlier) expect(after(sha256, group)).toEqual(before(sha256, group));
      }),
      { numRuns: 200 },
    );
  });

  test('do not depend on the order in which articles are met', () => {
    const used = asUsed([
      { story: 1, version: 0, group: null },
      { story: 2, version: 0, group: 'storm' },
      { story: 1, version: 1, group: 'strike' },
    ]);
    const forth = articleGroups(used, halves);
    const back = articleGroups([...used].reverse(), halves);
    for (const { sha256, group } of used) expect(back(sha256, group)).toEqual(forth(sha256, group));
  });

  test('leave out an article that is like those of two splits', () => {
    const inSplit = (split: string, not: readonly string[]) =>
      Array.from({ length: 99 }, (_, number) => `event-${number}`).find(
        (name) => splitOf(name, halves) === split && !not.includes(name),
      ) ?? '';
    const [one, other] = [inSplit('train', []), inSplit('test', [])];
    const used: UsedArticle[] = [
      { sha256: 'a', group: one, signatures: [minHash(articleText(1, 0))], at: '2026-01-01' },
      { sha256: 'b', group: other, signatures: [minHash(articleText(2, 0))], at: '2026-01-02' },
      { sha256: 'c', group: other, signatures: [minHash(articleText(1, 1))], at: '2026-01-03' },
    ];
    const placeOf = articleGroups(used, halves);
    expect(placeOf('a', one)?.split).toBe('train');
    expect(placeOf('b', other)?.split).toBe('test');
    expect(placeOf('c', other)?.split).toBeNull();
  });

  test('hold dossiers together that have a source in common', () => {
    const of = (...stories: number[]) => {
      const texts = stories.map((story) => articleText(story, 0));
      return [...(texts.length > 1 ? [texts.join('\n')] : []), ...texts].map(minHash);
    };
    const used: UsedArticle[] = [
      { sha256: 'one', group: null, signatures: of(1), at: '2026-01-01' },
      { sha256: 'dossier', group: null, signatures: of(2, 1, 3), at: '2026-01-02' },
      { sha256: 'three', group: null, signatures: of(3), at: '2026-01-03' },
      { sha256: 'four', group: null, signatures: of(4), at: '2026-01-04' },
    ];
    const groups = new Set(
      ['one', 'dossier', 'three', 'four'].map((name) => {
        const place = articleGroups(used, [{ name: 'train', share: 1 }])(name, null);
        return `${name === 'four'} ${place?.group}`;
      }),
    );
    expect(groups).toEqual(new Set(['false one', 'true four']));
  });
});

describe('splits', () => {
  test('get about the shares asked for', () => {
    const groups = Array.from({ length: 4000 }, (_, number) => `group ${number}`);
    const train = groups.filter((group) => splitOf(group, defaultSplits) === 'train').length;
    expect(train / groups.length).toBeGreaterThan(0.88);
    expect(train / groups.length).toBeLessThan(0.92);
  });

  test('are read from names and shares', () => {
    expect(parseSplits('train=0.8,test=0.2')).toEqual({
      ok: true,
      value: [
        { name: 'train', share: 0.8 },
        { name: 'test', share: 0.2 },
      ],
    });
  });

  test('cover the whole range of hashes, each in its order', () => {
    const certain = [
      { name: 'none', share: 0 },
      { name: 'all', share: 1 },
      { name: 'rest', share: 0 },
    ];
    const groups = Array.from({ length: 50 }, (_, number) => `group ${number}`);
    expect(new Set(groups.map((group) => splitOf(group, certain)))).toEqual(new Set(['all']));
    // SHA-256 of "parley split\nstorm" decides, for ever: data sets that were made before must not move.
    const third = [
      { name: 'low', share: 1 / 3 },
      { name: 'mid', share: 1 / 3 },
      { name: 'high', share: 1 / 3 },
    ];
    const placeOf = (group: string) =>
      createHash('sha256').update(`parley split\n${group}`).digest().readUIntBE(0, 6) / 2 ** 48;
    for (const group of groups)
      expect(splitOf(group, third)).toBe(['low', 'mid', 'high'][Math.floor(3 * placeOf(group))]);
    expect(splitOf('anything', [{ name: 'short', share: 0 }])).toBe('short');
    expect(splitOf('anything', [])).toBe('train');
  });

  test('say what is wrong with them', () => {
    const why = (given: string) => {
      const parsed = parseSplits(given);
      return parsed.ok ? '' : parsed.failure.message;
    };
    expect(why('train=0.8,test=0.3')).toContain('cannot be used: the shares sum to 1.1. Write');
    expect(why('train=0.5,train=0.5')).toContain('cannot be used: a name appears twice. Write');
    expect(why('train')).toContain('cannot be used. Write');
    expect(parseSplits(' train = .75 , test = 0.25 ').ok).toBe(true);
  });

  test.each([
    'train=0.8,test=0.3',
    'train',
    'train=1,train=0',
    'Train=1',
    'train=0.5,train=0.5',
    'train=1e0',
    'train=0x1',
    'train= ',
    '',
  ])('that make no sense are refused: %j', (given) => {
    expect(parseSplits(given)).toMatchObject({ ok: false, failure: { reason: 'bad-splits' } });
  });
});

describe('MinHash', () => {
  test('estimates how much two texts share', () => {
    const text = articleText(3, 0);
    expect(similarity(minHash(text), minHash(text.toUpperCase()))).toBe(1);
    expect(similarity(minHash(text), minHash(articleText(4, 0)))).toBeLessThan(0.1);
    // Half of one and half of the other: 118 of 354 shingles.
    const words = text.split(' ');
    const half = [...words.slice(0, 120), ...articleText(5, 0).split(' ').slice(0, 120)].join(' ');
    expect(similarity(minHash(text), minHash(half))).toBeGreaterThan(0.15);
    expect(similarity(minHash(text), minHash(half))).toBeLessThan(0.52);
  });

  test('knows texts of fewer words than a shingle, and those of none', () => {
    expect(similarity(minHash('peace talks'), minHash('Peace, talks!'))).toBe(1);
    expect(similarity(minHash('peace talks'), minHash('war talks'))).toBeLessThan(0.1);
    expect([...minHash('…')].every((value) => value === 0xffffffff)).toBe(true);
    expect(
      similarity(minHash('one two three four five'), minHash('one two three four five six')),
    ).toBeGreaterThan(0.2);
    expect(similarity(minHash('one two three four five'), minHash('one two three four six'))).toBeLessThan(
      0.1,
    );
  });

  test('estimates within its error over many pairs', () => {
    let off = 0;
    for (let story = 0; story < 40; story++) {
      const words = articleText(story, 0).split(' ');
      const kept = 60 + 4 * story;
      const other = [
        ...words.slice(0, kept),
        ...articleText(story + 100, 0)
          .split(' ')
          .slice(kept),
      ];
      const shingles = (list: string[]) =>
        new Set(list.slice(4).map((_, start) => list.slice(start, start + 5).join(' ')));
      const [one, two] = [shingles(words), shingles(other)];
      const common = [...one].filter((shingle) => two.has(shingle)).length;
      const jaccard = common / (one.size + two.size - common);
      const estimate = similarity(minHash(words.join(' ')), minHash(other.join(' ')));
      expect(Math.abs(estimate - jaccard)).toBeLessThan(0.25);
      off += estimate - jaccard;
    }
    expect(Math.abs(off / 40)).toBeLessThan(0.03);
  });

  test('gives the same signatures for ever: groups of data sets that were made before must not move', () => {
    const digestOf = (text: string) =>
      createHash('sha256')
        .update(Buffer.from(minHash(text).buffer))
        .digest('hex')
        .slice(0, 16);
    expect(
      ['', 'peace talks', articleText(1, 0), 'Élan, 東京 and 7 more'].map(digestOf),
    ).toMatchInlineSnapshot(`
      [
        "3d6876a0146de857",
        "9a27632683d2bc0e",
        "637b52429b9d407c",
        "6f9222c342e876d4",
      ]
    `);
  });

  test.each([4, 8] as const)('finds just those as near as the threshold, in bands of %i', (rows) => {
    const texts = similarTexts({ threshold: 0.75, rows });
    const of = (equal: number, from = 0) =>
      Uint32Array.from({ length: 64 }, (_, place) =>
        place >= from && place < from + equal ? place : 1000 + equal + place,
      );
    const numbers = [64, 48, 47, 16, 0].map((equal) => texts.add(of(equal)));
    expect(numbers).toEqual([0, 1, 2, 3, 4]);
    expect(texts.like(of(64))).toEqual([0, 1]);
    expect(texts.like(of(48, 16))).toEqual([0]);
    // Enough of it is the same, but no whole band.
    const scattered = of(64).map((value, place) => (place % rows === 0 ? 77 : value));
    expect(texts.like(scattered)).toEqual([]);
  });

  test('finds the texts like one seen before, among many', () => {
    const texts = similarTexts({ threshold: 0.8, rows: 8 });
    for (let story = 0; story < 500; story++) texts.add(minHash(articleText(story, 0)));
    for (const story of [0, 63, 64, 255, 499]) {
      expect(texts.like(minHash(articleText(story, 1)))).toEqual([story]);
    }
    expect(texts.like(minHash(articleText(1000, 0)))).toEqual([]);
  });
});
