import { createHash } from 'node:crypto';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { compareArms } from '../../../src/compare/compare-arms.ts';
import type { Comparison } from '../../../src/compare/comparison.ts';
import { comparisonPage } from '../../../src/compare/html/comparison-page.ts';
import { signed } from '../../../src/compare/numbers-in-words.ts';
import type { ReportedDebate } from '../../../src/compare/reported-debate.ts';
import { aimsWith } from '../made-up-debates.ts';
import { reportedDebates } from '../reported-debates.ts';

const arms = ['plain', 'steelman', 'grit'];

function compared(debates: readonly ReportedDebate[], title = 'Does it help?'): Comparison {
  const measures = debates.map((debate) => debate.measures);
  return compareArms({ title, arms, debates: measures, aims: aimsWith({ within: 3 }), seed: 1 });
}

const debates = reportedDebates({ arms, articles: 6 });
const result = compared(debates);
const page = comparisonPage(result, debates);
const { document } = parseHTML(page);
const text = (selector: string) => document.querySelector(selector)?.textContent ?? '';

describe('the page of a comparison', () => {
  it('is the same to the byte for the same input', () => {
    expect(comparisonPage(result, debates)).toBe(page);
  });

  it('names the language of each debate where it is known', () => {
    const [first, ...rest] = debates as [ReportedDebate, ...ReportedDebate[]];
    const page = parseHTML(comparisonPage(result, [{ ...first, language: 'fr' }, ...rest])).document;
    const languages = [...page.querySelectorAll('details.debate')].map((debate) =>
      debate.querySelector('.turn p')?.getAttribute('lang'),
    );
    expect(languages.filter((language) => language === 'fr')).toHaveLength(1);
    expect(languages.filter((language) => language === null).length).toBe(languages.length - 1);
  });

  it('is under 300 kB however long the speeches are, in whatever script: whole cells go, and it says so', () => {
    const long = (text: string) =>
      debates.map((debate) => ({
        ...debate,
        turns: debate.turns.map((turn) => ({ ...turn, text: text.repeat(40) })),
      }));
    for (const text of ['the tram takes the ring road ', '路面電車は環状道路を走る、']) {
      const page = comparisonPage(result, long(text));
      expect(Buffer.byteLength(page)).toBeLessThan(300_000);
      expect(Buffer.byteLength(page)).toBeGreaterThan(200_000);
      const { document } = parseHTML(page);
      const shown = document.querySelectorAll('details.debate').length;
      expect(shown % arms.length).toBe(0);
      expect(document.querySelector('#debates')?.textContent).toContain(
        `The first ${shown} of 18 debates in full`,
      );
    }
    const huge = parseHTML(comparisonPage(result, long('word '.repeat(2000)))).document;
    expect(huge.querySelectorAll('details.debate')).toHaveLength(arms.length);
  });

  it('loads nothing from anywhere', () => {
    const loading = [
      ...document.querySelectorAll('[src], iframe, object, embed, img, image, use, base, form[action]'),
    ];
    expect(loading).toEqual([]);
    for (const link of document.querySelectorAll('[href]'))
      expect(link.getAttribute('href')).toMatch(/^#|^data:image\/svg/);
    expect(text('style')).not.toMatch(/url\(|@import|image-set/);
    expect(text('script')).not.toMatch(/fetch|XMLHttpRequest|import\s*\(|innerHTML|insertAdjacentHTML|eval/);
  });

  it('lets no script or style run but its own', () => {
    const policy =
      document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
    const hashOf = (inside: string) => `'sha256-${createHash('sha256').update(inside).digest('base64')}'`;
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
    expect(policy).toBe(
      `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(document.querySelectorAll('[style], [onclick], [onload]')).toHaveLength(0);
  });

  it('gives every verdict in its words', () => {
    for (const pair of result.pairs) expect(text('#verdicts')).toContain(pair.verdict);
  });

  it('says what it comes to in a sentence above all else', () => {
    const sentence = text('header .standfirst');
    for (const { a, b, finding } of result.pairs) {
      expect(sentence).toContain(a);
      expect(sentence).toContain(b);
      if (finding === 'inconclusive')
        expect(sentence).toContain(`Whether ${a} or ${b} is better is not shown.`);
    }
  });

  it('gives every difference as a number beside its drawing', () => {
    const rows = [...document.querySelectorAll('table.differences tbody tr')].map((row) => row.textContent);
    const [pair] = result.pairs;
    for (const each of pair?.contrasts ?? []) {
      if (each.difference === null) continue;
      const measure = { unit: each.measure === 'rounds' ? ('rounds' as const) : ('index' as const) };
      if (['principals', 'grounding', 'fidelity', 'rounds'].includes(each.measure)) {
        expect(rows.some((row) => row?.includes(signed(measure, each.difference as number)))).toBe(true);
      }
    }
  });

  it('draws a dot for each article of each measure that decides', () => {
    const plot = document.querySelector('#articles-0-principals svg');
    expect(plot?.querySelectorAll('title')).toHaveLength(6);
    expect(text('#articles-0-principals table')).toContain('article-3');
  });

  it('shows the course of convergence and of every position', () => {
    expect(document.querySelectorAll('#over-rounds svg[role="img"] path.line')).toHaveLength(arms.length);
    expect(document.querySelectorAll('#flows-0 td svg')).toHaveLength(4 * arms.length);
  });

  it('names every drawing for those who do not see it, or leaves it to the table beside it', () => {
    for (const drawing of document.querySelectorAll('svg')) {
      const isNamed = drawing.getAttribute('role') === 'img' && drawing.getAttribute('aria-label');
      expect(isNamed || drawing.getAttribute('aria-hidden') === 'true').toBeTruthy();
    }
  });

  it('keeps ids apart, and every link and label leads somewhere', () => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      expect(ids).toContain(link.getAttribute('href')?.slice(1));
    }
    for (const labelled of document.querySelectorAll('[aria-labelledby]')) {
      expect(ids).toContain(labelled.getAttribute('aria-labelledby'));
    }
  });

  it('steps down its headings one by one', () => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5')].map((heading) =>
      Number(heading.tagName[1]),
    );
    expect(levels[0]).toBe(1);
    for (const [index, level] of levels.entries()) {
      if (index > 0) expect(level - (levels[index - 1] as number)).toBeLessThanOrEqual(1);
    }
  });

  it('says on the simulator that it tells nothing about language models, above all else', () => {
    const caveat = 'this tests the pipeline and tells nothing about language models.';
    expect(text('header .caveat')).toContain(caveat);
    for (const card of document.querySelectorAll('.verdict')) expect(card.textContent).toContain(caveat);
  });

  it('says nothing of simulation where there was none', () => {
    const real = reportedDebates({ arms, articles: 2, options: () => ({ model: 'openai:some-model' }) });
    expect(comparisonPage(compared(real), real)).not.toMatch(/simulator|simulated/i);
  });

  it('holds every debate in full, its turns under keys that the arms share', () => {
    const held = [...document.querySelectorAll('.debate')];
    expect(held).toHaveLength(debates.length);
    const keys = (debate: (typeof held)[number]) =>
      [...debate.querySelectorAll('[data-key]')].map((each) => each.getAttribute('data-key'));
    expect(keys(held[0]!)).toEqual(keys(held[1]!));
    expect(held[0]?.textContent).toContain(debates[0]?.turns[3]?.text.split('\n')[0]);
    expect(held[0]?.getAttribute('data-cell')).toBe(held[1]?.getAttribute('data-cell'));
  });

  it('keeps to whole cells where not every debate fits', () => {
    const few = parseHTML(comparisonPage(result, debates, { mostRead: 7 })).document;
    expect(few.querySelectorAll('.debate')).toHaveLength(6);
    expect(few.querySelector('#debates')?.textContent).toContain('The first 6 of 18 debates in full');
  });

  it('is whole without any debate to show', () => {
    const bare = parseHTML(comparisonPage(result, [])).document;
    expect(bare.querySelectorAll('.verdict')).toHaveLength(3);
    expect([...bare.querySelectorAll('nav a')].map((link) => link.textContent)).toEqual([
      'Verdict',
      'Differences',
      'Arms',
      'Method',
    ]);
  });

  it('says that nothing can be weighed where debates cost nothing', () => {
    expect(text('#cost')).toContain('cost nothing');
    const priced = reportedDebates({ arms, articles: 3, options: () => ({ model: 'openai:some-model' }) });
    const paid = parseHTML(comparisonPage(compared(priced), priced)).document;
    expect(paid.querySelectorAll('#cost svg[role="img"] text').length).toBeGreaterThan(arms.length);
  });
});

describe('words that others wrote', () => {
  const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)> " ' & \u202egnp.exe\u0007\u200b\u061c\u00ad\u{e0041} \ud800`;

  function hostile(): ReportedDebate[] {
    return reportedDebates({ arms, articles: 2 }).map((debate) => ({
      ...debate,
      scenario: evil,
      article: evil,
      strategy: evil,
      ended: evil,
      models: { everyone: evil },
      issues: debate.issues.map((issue) => ({ ...issue, title: evil })),
      speakers: debate.speakers.map((speaker) => ({ ...speaker, name: evil })),
      turns: debate.turns.map((turn) => ({ ...turn, name: evil, text: evil })),
      prompts: [{ name: evil, text: `${debate.measures.arm}\n${evil}` }],
      measures: {
        ...debate.measures,
        article: evil + debate.measures.article,
        cell: evil + debate.measures.cell,
      },
    }));
  }

  const attacked = hostile();
  const source = comparisonPage(compared(attacked, evil), attacked);
  const dom = parseHTML(source).document;

  it('never become markup', () => {
    expect(dom.querySelectorAll('script')).toHaveLength(1);
    expect(dom.querySelectorAll('img')).toHaveLength(0);
    expect(source.match(/<script/g)).toHaveLength(1);
    expect(dom.querySelector('h1')?.textContent).toContain('<img src=x onerror=alert(2)>');
  });

  it('never hide or turn round other words', () => {
    expect(source).not.toMatch(/(?!\n)[\p{Cc}\p{Default_Ignorable_Code_Point}]/u);
    expect(source.isWellFormed()).toBe(true);
  });
});
