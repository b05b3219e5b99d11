import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { command } from '../../src/cli/commands/article.ts';
import { readEnvironment } from '../../src/cli/environment.ts';

const notice =
  '<p>We and our partners store and access information on a device, and process personal data with your consent.</p>';
const about =
  '<meta name="description" content="Two valleys have argued over the summer release of their dam for eleven years without a treaty">';

async function shown(json: boolean, html: string) {
  const folder = await mkdtemp(join(tmpdir(), 'parley-doubts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'page.html');
  await writeFile(path, html);
  const said = { out: '', err: '' };
  const to = (name: 'out' | 'err') => ({
    write: (text: string) => {
      said[name] += text;
      return true;
    },
  });
  const environment = { ...readEnvironment(), stdout: to('out'), stderr: to('err') };
  await command.action(
    { args: [path], options: { json, allowPrivateAddress: false } } as never,
    environment as never,
  );
  return said;
}

it.each([[false], [true]])(
  'a page that may be another text is doubted on stderr, with --json: %s',
  async (json) => {
    const { out, err } = await shown(
      json,
      `<html><head>${about}</head><body>${notice.repeat(3)}</body></html>`,
    );
    expect(err).toContain('Doubtful: ');
    expect(err).toContain('the text holds few of the words by which the page describes itself');
    expect(json ? JSON.parse(out).doubts : []).toHaveLength(json ? 1 : 0);
    const right = await shown(
      json,
      `<html><head>${about}</head><body><p>${about.slice(34, -2)}, and now they sign.</p>${notice}</body></html>`,
    );
    expect(right.err).toBe('');
  },
);
