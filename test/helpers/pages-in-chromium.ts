import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { toolPackage } from './tools.ts';

export interface Opened {
  page: Page;
  /** Everything that the page asked for, itself and what stands inside it not counted, and all that its console said. */
  requests: string[];
  complaints: string[];
}

type Open = (name: string, html: string, script?: boolean) => Promise<Opened>;

type Started = Parameters<typeof chromium.launch>[0];

/** The Chromium that `npm run tools` fetches, else one of the machine's own; null where there is neither. */
async function browserHere(): Promise<Started | null> {
  const packed = await toolPackage<{
    default: { executablePath(): Promise<string>; args: string[] };
  }>('chromium', '@sparticuz/chromium');
  if (packed) return { executablePath: await packed.default.executablePath(), args: packed.default.args };
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['google-chrome', 'chromium', 'chromium-browser'];
  const executablePath = names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
  return executablePath === undefined ? null : { executablePath, args: ['--no-sandbox'] };
}

const missing = 'There is no Chromium here, so nothing was looked at in a browser: npm run tools chromium';

/**
 * Starts a real Chromium for the tests of one file; gives what opens a page in it from a file. Where there is none, the
 * tests are skipped and say so.
 */
export function pagesInChromium(): Open {
  let browser: Browser | null = null;
  let folder: string;

  beforeAll(async () => {
    const here = await browserHere();
    if (here === null) return console.warn(missing);
    folder = await mkdtemp(join(tmpdir(), 'parley-page-'));
    browser = await chromium.launch({ ...here, headless: true });
  }, 120_000);

  beforeEach(({ skip }) => skip(browser === null, missing));

  afterAll(async () => {
    await browser?.close();
    if (browser) await rm(folder, { recursive: true, force: true });
  });

  return async (name, html, script = true) => {
    if (browser === null) throw new Error(missing);
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
