import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { compareArms } from '../../../src/compare/compare-arms.ts';
import { comparisonPage } from '../../../src/compare/html/comparison-page.ts';
import type { ReportedDebate } from '../../../src/compare/reported-debate.ts';
import { promptParts } from '../../../src/compare/reported-debate.ts';
import { loadKept } from '../../../src/prompts/load-kept.ts';
import { type Opened, pagesInChromium } from '../../helpers/pages-in-chromium.ts';
import { unnamedElements } from '../../report/unnamed-elements.ts';
import { aimsWith } from '../made-up-debates.ts';
import { bundledFiles, reportedDebates } from '../reported-debates.ts';

const arms = ['plain', 'steelman'];

function promptsOf(strategy: string): ReportedDebate['prompts'] {
  const loaded = loadKept(bundledFiles(strategy));
  if (!loaded.ok) throw new Error(loaded.failure.message);
  return promptParts(loaded.value);
}

function pageOf(change: (debate: ReportedDebate) => ReportedDebate = (debate) => debate): string {
  const debates = reportedDebates({ arms, articles: 6 }).map((debate) =>
    change({ ...debate, prompts: promptsOf(debate.measures.arm) }),
  );
  const measures = debates.map((debate) => debate.measures);
  const aims = aimsWith({ within: 3 });
  const result = compareArms({ title: 'Does it help?', arms, debates: measures, aims, seed: 1 });
  return comparisonPage(result, debates);
}

const inChromium = pagesInChromium();

function open(name: string, html = pageOf(), script = true): Promise<Opened> {
  return inChromium(name, html, script);
}

async function overhang(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = (document as unknown as { documentElement: Sized }).documentElement;
    return scrollWidth - clientWidth;
  });
}

describe('the page of a comparison in a real Chromium', () => {
  test('asks the network for nothing and says nothing to the console', async () => {
    const { page, requests, complaints } = await open('quiet');
    await page.getByRole('button', { name: 'Read side by side' }).click();
    await page.mouse.wheel(0, 20_000);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('runs nothing of what hostile text would have it run', async () => {
    const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)><a href="javascript:alert(3)">`;
    const html = pageOf((debate) => ({
      ...debate,
      article: evil,
      speakers: debate.speakers.map((speaker) => ({ ...speaker, name: evil })),
      turns: debate.turns.map((turn) => ({ ...turn, name: evil, text: evil })),
      prompts: [{ name: evil, text: `${debate.measures.arm} ${evil}` }],
    }));
    const { page, requests, complaints } = await open('hostile', html);
    await page.getByRole('button', { name: 'Read side by side' }).click();
    expect(await page.locator('#reader-stage .versus').count()).toBeGreaterThan(5);
    expect(await page.locator('script').count()).toBe(1);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('lays two debates of a cell side by side with the keyboard alone, their prompts marked where they differ', async () => {
    const { page } = await open('reader');
    await page.locator('#reader-cell').focus();
    await page.keyboard.press('ArrowDown');
    for (let press = 0; press < 3; press++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const status = page.getByRole('status');
    await expect
      .poll(() => status.textContent())
      .toMatch(/^plain and steelman in article-1 \/ 1: \d+ rows\.$/);
    const [left, right] = await page.locator('#reader-stage .heads .side').allTextContents();
    expect(left).toContain('article-1 / 1 · plain');
    expect(right).toContain('article-1 / 1 · steelman');
    const prompts = page.locator('#reader-stage details');
    await prompts.locator('summary').first().press('Enter');
    const marked = await prompts.locator('mark.right').allTextContents();
    expect(marked.join(' ')).toContain('put the case for it');
  });

  test('goes on to the next cell', async () => {
    const { page } = await open('next');
    await page.getByRole('button', { name: 'Next cell' }).click();
    await expect.poll(() => page.getByRole('status').textContent()).toContain('article-1 / 1');
    await page.getByRole('button', { name: 'Next cell' }).click();
    await expect.poll(() => page.getByRole('status').textContent()).toContain('article-2 / 2');
  });

  test('without scripts every debate can still be read', async () => {
    const { page } = await open('bare', pageOf(), false);
    expect(await page.locator('#reader').isVisible()).toBe(false);
    await page.locator('.debate summary').first().click();
    expect(await page.locator('.debate .turn').first().isVisible()).toBe(true);
  });

  test('the keyboard reaches the parts of the page in their order, and shows where it is', async () => {
    const { page } = await open('keys');
    const reached: string[] = [];
    for (let press = 0; press < 24; press++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const one = (document as unknown as { activeElement: Focused }).activeElement;
          return getComputedStyle(one).outlineStyle === 'solid'
            ? (one.getAttribute('href') ?? one.tagName)
            : `${one.tagName} without a sign`;
        }),
      );
    }
    expect(reached[0]).toBe('#main');
    expect(reached.slice(1, 8)).toEqual([
      '#verdicts',
      '#differences',
      '#arms',
      '#course',
      '#prompts',
      '#debates',
      '#method',
    ]);
    expect(reached).toContain('SUMMARY');
    expect(reached.filter((each) => each.endsWith('without a sign'))).toEqual([]);
  });

  test('everything that is named to a screen reader has a name', async () => {
    const { page } = await open('names');
    await page.getByRole('button', { name: 'Read side by side' }).click();
    expect(await page.evaluate(unnamedElements, ['main', 'nav', 'header', 'footer'])).toEqual([]);
  });

  test.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 360],
    ['dark', 390],
    ['light', 820],
  ] as const)('nothing sticks out sideways (%s, %i wide)', async (colorScheme, width) => {
    const long = (text: string) =>
      `a-scenario-of-mine / articles/with-a-long-name-as-people-give-them-${text}`;
    const html = pageOf((debate) => {
      const { article, cell } = debate.measures;
      return { ...debate, measures: { ...debate.measures, article: long(article), cell: long(cell) } };
    });
    const { page } = await open(`width-${colorScheme}-${width}`, html);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    await page.getByRole('button', { name: 'Read side by side' }).click();
    expect(await overhang(page)).toBeLessThanOrEqual(0);
  });

  test('printed on A4 it keeps the verdict and its numbers, fits the sheet and drops what only a screen can use', async () => {
    const { page } = await open('print');
    await page.emulateMedia({ media: 'print' });
    const a4WithinMargins = 680;
    await page.setViewportSize({ width: a4WithinMargins, height: 1000 });
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    for (const kept of ['.verdict', 'table.differences', '#over-rounds svg']) {
      expect(await page.locator(kept).first().isVisible()).toBe(true);
    }
    for (const dropped of ['.rail', '#reader', '.debate']) {
      expect(await page.locator(dropped).first().isVisible()).toBe(false);
    }
  });
});

/** What the functions that run in the page use of it. */
interface Focused {
  tagName: string;
  getAttribute(name: string): string | null;
}
interface Sized {
  scrollWidth: number;
  clientWidth: number;
}
declare const document: unknown;
declare function getComputedStyle(element: unknown): { outlineStyle: string };
