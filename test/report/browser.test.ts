import { describe, expect, test } from 'vitest';
import { openMemoryStore } from '../../src/journal/memory-store.ts';
import { debatePage } from '../../src/report/html/debate-page.ts';
import { serveDebate } from '../../src/report/serve-debate.ts';
import { systemClock as clock } from '../../src/run/system-clock.ts';
import { debateEvents } from '../helpers/debate-events.ts';
import { pagesInChromium } from '../helpers/pages-in-chromium.ts';
import { faultyDebate, hostileDebate, madeReport } from './made-up-report.ts';
import { unnamedElements } from './unnamed-elements.ts';

/** A slow machine is no fault of the page. */
const patience = { timeout: 15_000 };

const open = pagesInChromium();

const report = (events = debateEvents({ rounds: 3, notes: true })) => debatePage(madeReport(events, true));

describe('the page in a real Chromium', () => {
  test('asks the network for nothing and says nothing to the console', async () => {
    const { page, requests, complaints } = await open('quiet', report(faultyDebate()));
    await page.locator('#open-all').click();
    await page.mouse.wheel(0, 20_000);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('runs nothing of what hostile text would have it run', async () => {
    const { page, requests, complaints } = await open('hostile', report(hostileDebate()));
    await page.locator('#open-all').click();
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.locator('script').count()).toBe(1);
  });

  test.each([true, false])(
    'a position leads to its evidence and on to its turn (script: %s)',
    async (script) => {
      const { page } = await open(`jump-${script}`, report(), script);
      const evidence = page.locator('#e-river-authority--release--r3');
      expect(await evidence.isVisible()).toBe(false);
      await page.locator('a[href="#e-river-authority--release--r3"]').first().click();
      await evidence.waitFor({ state: 'visible' });
      const link = evidence.locator('blockquote a');
      const turn = (await link.getAttribute('href')) ?? '';
      await link.click();
      const top = async () => (await page.locator(turn).boundingBox())?.y ?? Number.NaN;
      await expect.poll(top, patience).toBeGreaterThanOrEqual(-1);
      await expect.poll(top, patience).toBeLessThan(500);
    },
  );

  test('a served page follows the debate, and keeps what the reader has opened and where they are', async () => {
    const events = debateEvents({ rounds: 2, notes: true });
    const store = openMemoryStore({ clock });
    const early = events.findIndex((event) => event.type === 'verdict-given') + 1;
    const journal = await store.create('one', [], events.slice(0, early));
    const served = await serveDebate({
      ...{ store, run: 'one', clock, port: 0, notes: false },
      onFailure() {},
    });
    if (!journal.ok || !served.ok) throw new Error('it cannot be served');
    try {
      const { page, complaints } = await open('blank', '<p>');
      await page.goto(served.value.address);
      const first = page.locator('details.evidence').first();
      await first.locator('summary').click();
      const id = await first.locator('[id]').first().getAttribute('id');
      const evidence = page.locator(`#${id}`);
      const turn = page.locator('#t2');
      await turn.scrollIntoViewIfNeeded();
      for (const { v, number, at, ...body } of events.slice(early)) await journal.value.append(body);
      await page
        .getByText('Round limit')
        .first()
        .waitFor({ state: 'attached', ...patience });
      const isOpen = (one: unknown) =>
        (one as { closest(of: string): unknown }).closest('details[open]') !== null;
      await expect.poll(() => evidence.evaluate(isOpen), patience).toBe(true);
      const top = async () => (await turn.boundingBox())?.y ?? Number.NaN;
      await expect.poll(top, patience).toBeGreaterThanOrEqual(-1);
      expect(await top()).toBeLessThan(900);
      await served.value.close();
      await page.getByText('No longer served').waitFor(patience);
      expect(complaints.filter((text) => !text.includes('ERR_'))).toEqual([]);
    } finally {
      await served.value.close();
    }
  });

  test('the keyboard reaches contents, figures and evidence, in the order of the page', async () => {
    const { page } = await open('keys', report());
    const reached: { tag: string; href: string | null; top: number }[] = [];
    for (let press = 0; press < 60; press++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const { activeElement: one } = document as unknown as { activeElement: Focused };
          return {
            tag: one.tagName,
            href: one.getAttribute('href'),
            top: one.getBoundingClientRect().top + scrollY,
          };
        }),
      );
    }
    expect(reached[0]?.href).toBe('#main');
    expect(reached.some(({ tag }) => tag === 'SUMMARY')).toBe(true);
    expect(reached.some(({ href }) => href?.startsWith('#e-'))).toBe(true);
    const inMain = reached
      .slice(reached.findIndex(({ href }) => href === '#guide') + 1)
      .filter(({ tag }) => tag === 'SUMMARY');
    expect(inMain.map(({ top }) => top)).toEqual(
      inMain.map(({ top }) => top).sort((one, other) => one - other),
    );
    const summary = page.locator('details.evidence summary').first();
    await summary.focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('details.evidence').first().getAttribute('open')).not.toBeNull();
    expect(await summary.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  });

  test('everything that is named to a screen reader has a name', async () => {
    const { page } = await open('names', report(faultyDebate()));
    expect(await page.evaluate(unnamedElements, ['main', 'nav', 'footer.foot', '.masthead'])).toEqual([]);
  });

  test.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 360],
    ['dark', 390],
    ['light', 820],
  ] as const)('nothing sticks out sideways (%s, %i wide)', async (colorScheme, width) => {
    const { page } = await open(`width-${colorScheme}-${width}`, report());
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    const over = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = (document as unknown as { documentElement: Sized })
        .documentElement;
      return scrollWidth - clientWidth;
    });
    expect(over).toBeLessThanOrEqual(0);
  });

  test.each([390, 820])(
    'on a narrow screen (%i) the contents fold into a bar that stays, says where the reader is, and leads on',
    async (width) => {
      const { page } = await open(`contents-${width}`, report());
      await page.setViewportSize({ width, height: 844 });
      const contents = page.locator('.rail details');
      await expect.poll(() => contents.getAttribute('open'), patience).toBeNull();
      await page.evaluate('scrollTo(0, 4000)');
      await expect
        .poll(async () => (await contents.boundingBox())?.y ?? -99, patience)
        .toBeGreaterThanOrEqual(0);
      await contents.locator('summary').click();
      const link = contents.locator('a[href="#positions"]');
      expect(await link.isVisible()).toBe(true);
      expect((await link.boundingBox())?.height).toBeGreaterThan(20);
      await link.click();
      await expect.poll(() => contents.getAttribute('open'), patience).toBeNull();
      const heading = async () => (await page.locator('#positions-h').boundingBox())?.y ?? -1;
      await expect.poll(heading, patience).toBeGreaterThan(40);
      await expect.poll(heading, patience).toBeLessThan(400);
      await expect
        .poll(() => contents.locator('summary').textContent(), patience)
        .toBe('Contents: Positions');
    },
  );

  test('no interval breaks over two lines', async () => {
    const { page } = await open('intervals', report());
    await page.setViewportSize({ width: 390, height: 844 });
    const heights = await page
      .locator('#convergence tbody tr:not(.why) td:nth-of-type(2)')
      .evaluateAll((cells) =>
        cells.map(
          (cell) => (cell as unknown as { getClientRects(): unknown; offsetHeight: number }).offsetHeight,
        ),
      );
    expect(heights.length).toBeGreaterThan(1);
    for (const height of heights) expect(height).toBeLessThan(48);
  });

  test('printed, it shows the evidence that is closed on the screen', async () => {
    const { page } = await open('print', report());
    const height = async () => (await page.locator('details.evidence').first().boundingBox())?.height ?? 0;
    const closed = await height();
    await page.emulateMedia({ media: 'print' });
    expect(await height()).toBeGreaterThan(closed * 2);
  });
});

/** What the functions that run in the page use of it. */
interface Focused {
  tagName: string;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { top: number };
}
interface Sized {
  scrollWidth: number;
  clientWidth: number;
}
declare const document: unknown;
declare const scrollY: number;
declare function getComputedStyle(element: unknown): { outlineStyle: string };
