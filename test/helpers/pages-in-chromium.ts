import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import packed from '@sparticuz/chromium';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

export interface Opened {
  page: Page;
  /** Everything that the page asked for, itself and what stands inside it not counted, and all that its console said. */
  requests: string[];
  complaints: string[];
}

type Open = (name: string, html: string, script?: boolean) => Promise<Opened>;

/** Starts a real Chromium for the tests of one file; gives what opens a page in it from a file. */
export function pagesInChromium(): Open {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parley-page-'));
    browser = await chromium.launch({
      executablePath: await packed.executablePath(),
      args: packed.args,
      headless: true,
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  return async (name, html, script = true) => {
    const file = join(folder, `${name}.html`);
    await writeFile(file, html);
    const context = await browser.newContext({
      javaScriptEnabled: script,
      viewport: { width: 1280, height: 900 },
    });
    const page = await context.newPage();
    const address = pathToFileURL(file).href;
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (request.url() !== address && !request.url().startsWith('data:')) requests.push(request.url());
    });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(address);
    return { page, requests, complaints };
  };
}
