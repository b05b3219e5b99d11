import { appendFile, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { exportDataset } from '../../src/dataset/export-dataset.ts';
import { type PushInput, pushDataset } from '../../src/dataset/push/push-dataset.ts';
import { checksums, filesBelow, hashedFile } from '../../src/dataset/write/whole-folder.ts';
import { fakeHub } from './fake-hub.ts';
import { makeFolder, requestFor, store } from './stored-debates.ts';

let folder: string;
let made: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await makeFolder());
  await store(folder, 'one');
  made = join(folder, 'corpus');
  const exported = await exportDataset(
    requestFor(folder, { out: made, formats: ['sft', 'openai'], check: false }),
  );
  if (!exported.ok) throw new Error(exported.failure.message);
});
afterAll(() => remove());

type Hub = Awaited<ReturnType<typeof fakeHub>>;

async function hub(options: Parameters<typeof fakeHub>[0] = {}): Promise<Hub> {
  const started = await fakeHub(options);
  onTestFinished(() => started.close());
  return started;
}

const pushTo = ({ endpoint, token }: Hub, more: Partial<PushInput> = {}) =>
  pushDataset({ folder: made, repo: 'ann/corpus', token, endpoint, retryMs: [0, 0], ...more });

/** A copy of the data set with a change, its checksums made again where that is asked. */
async function changed(
  name: string,
  change: (place: string) => Promise<void>,
  isSummed = true,
): Promise<string> {
  const place = join(folder, name);
  await cp(made, place, { recursive: true });
  onTestFinished(() => rm(place, { recursive: true, force: true }));
  await change(place);
  if (!isSummed) return place;
  const paths = (await filesBelow(place)).filter((path) => path !== 'SHA256SUMS');
  await writeFile(
    join(place, 'SHA256SUMS'),
    checksums(await Promise.all(paths.map((path) => hashedFile(place, path)))),
  );
  return place;
}

const writes = (requests: Hub['requests']) =>
  requests.filter(
    ({ method, path }) =>
      method !== 'GET' && !path.endsWith('/preupload/main') && !path.endsWith('/objects/batch'),
  );

describe('a push', () => {
  test('puts every file of the data set there, in one private commit, byte by byte', async () => {
    const there = await hub();
    const pushed = await pushTo(there);
    const paths = await filesBelow(made);
    expect(pushed).toMatchObject({
      ok: true,
      value: {
        repo: 'ann/corpus',
        isPrivate: true,
        deleted: [],
        commit: expect.stringMatching(/^\d{40}$/),
        isLookedUp: true,
      },
    });
    const repo = there.repos.get('ann/corpus');
    expect(repo?.private).toBe(true);
    expect(repo?.messages).toEqual(['Add corpus, made by parley']);
    expect([...(repo?.files.keys() ?? [])].sort()).toEqual(['.gitattributes', ...paths].sort());
    for (const path of paths)
      expect(repo?.files.get(path)?.equals(await readFile(join(made, path))), path).toBe(true);
    expect(repo?.large.size).toBeGreaterThan(1);
    const stored = there.requests.filter(
      ({ path }) => path.startsWith('/storage/') && !path.includes('verify'),
    );
    expect(stored.length).toBe(repo?.large.size);
    if (!pushed.ok) return;
    expect(pushed.value.files.every(({ state }) => state === 'new')).toBe(true);
    const { full, withheld } = pushed.value.articles;
    expect([full > 0, withheld]).toEqual([true, 0]);
  });

  test('again sends nothing, and with one file changed that one alone', async () => {
    const there = await hub();
    await pushTo(there);
    const before = writes(there.requests).length;
    expect(await pushTo(there)).toMatchObject({ ok: true, value: { commit: null } });
    expect(writes(there.requests).length).toBe(before);
    const other = await changed('noted', (place) => appendFile(join(place, 'README.md'), '\nA note.\n'));
    expect(await pushTo(there, { folder: other })).toMatchObject({
      ok: false,
      failure: { reason: 'other-dataset' },
    });
    expect(writes(there.requests).length).toBe(before);
    const replaced = await pushTo(there, { folder: other, replace: true });
    const sent = replaced.ok ? replaced.value.files.filter(({ state }) => state !== 'same') : [];
    expect(sent.map(({ path, state }) => `${path} ${state}`)).toEqual([
      'README.md changed',
      'SHA256SUMS changed',
    ]);
  });

  test('never writes over another data set, nor beside it, until it is told to', async () => {
    const there = await hub();
    await pushTo(there);
    const repo = there.repos.get('ann/corpus');
    repo?.files.set('mine.csv', Buffer.from('a,b\n'));
    const refused = await pushTo(there);
    expect(refused).toMatchObject({
      ok: false,
      failure: { reason: 'other-dataset', message: expect.stringContaining('1 deleted') },
    });
    expect(repo?.files.has('mine.csv')).toBe(true);
    expect(await pushTo(there, { replace: true })).toMatchObject({
      ok: true,
      value: { deleted: ['mine.csv'] },
    });
    expect(repo?.files.has('mine.csv')).toBe(false);
    expect(repo?.files.has('.gitattributes')).toBe(true);
  });

  test('makes nothing public that was not to be, and does not push to what is', async () => {
    const there = await hub();
    await pushTo(there, { repo: 'ann/open', isPublic: true });
    expect(there.repos.get('ann/open')?.private).toBe(false);
    expect(await pushTo(there, { repo: 'ann/open' })).toMatchObject({
      ok: false,
      failure: { reason: 'is-public' },
    });
  });

  test('goes on where it stopped: large files that are there are not sent again', async () => {
    const there = await hub();
    there.troubles.push({ path: /commit/, status: 0, times: 1 });
    expect(await pushTo(there)).toMatchObject({ ok: false, failure: { reason: 'unreachable' } });
    const sent = there.objects.size;
    expect(sent).toBeGreaterThan(1);
    const from = there.requests.length;
    expect(await pushTo(there)).toMatchObject({ ok: true, value: { commit: expect.any(String) } });
    expect(there.requests.slice(from).filter(({ path }) => path.startsWith('/storage/'))).toEqual([]);
  });

  test('sends files in parts where the hub asks for parts', async () => {
    const there = await hub({ partBytes: 5000 });
    expect(await pushTo(there)).toMatchObject({ ok: true });
    const table = await readFile(join(made, 'data/sft/train.jsonl'));
    expect(there.repos.get('ann/corpus')?.files.get('data/sft/train.jsonl')?.equals(table)).toBe(true);
    expect(there.requests.filter(({ path }) => path.startsWith('/storage/')).length).toBeGreaterThan(10);
  });

  test('waits for a hub that is busy, and asks again', async () => {
    const there = await hub();
    there.troubles.push(
      { path: /preupload/, status: 429, times: 1 },
      { path: /storage/, status: 503, times: 1 },
      { path: /revision/, status: 0, times: 1 },
    );
    expect(await pushTo(there)).toMatchObject({ ok: true, value: { commit: expect.any(String) } });
    there.troubles.push({ path: /whoami/, status: 500, times: 9 });
    expect(await pushTo(there, { repo: 'corpus' })).toMatchObject({ ok: false, failure: { reason: 'hub' } });
  });

  test('waits as long as a hub asks for, and never much longer', async () => {
    const there = await hub();
    there.troubles.push({ path: /preupload/, status: 429, times: 2, headers: { 'retry-after': '0.05' } });
    const began = performance.now();
    expect(await pushTo(there, { retryMs: [10_000, 10_000] })).toMatchObject({ ok: true });
    expect(performance.now() - began).toBeGreaterThan(95);
  });

  test('stops where it cannot see what is there', async () => {
    const there = await hub();
    await pushTo(there);
    there.troubles.push({ path: /tree/, status: 403, times: 99 });
    const before = there.requests.length;
    expect(await pushTo(there, { replace: true })).toMatchObject({ ok: false });
    expect(writes(there.requests.slice(before))).toEqual([]);
  });

  test('commits nothing where a large file is refused', async () => {
    const there = await hub();
    there.troubles.push({ path: /storage/, status: 403, times: 99 });
    const pushed = await pushTo(there);
    expect(pushed).toMatchObject({ ok: false });
    expect(there.requests.filter(({ path }) => path.includes('/commit/'))).toEqual([]);
  });

  test('commits only on what it looked at', async () => {
    const there = await hub();
    await pushTo(there);
    const other = await changed('late', (place) => appendFile(join(place, 'README.md'), '\nLate.\n'));
    const repo = there.repos.get('ann/corpus');
    const racing = (async (url, init) => {
      if (String(url).includes('/commit/') && repo) repo.head += 1;
      return fetch(url, init);
    }) as typeof fetch;
    expect(await pushTo(there, { folder: other, replace: true, fetch: racing })).toMatchObject({
      ok: false,
      failure: { reason: 'conflict' },
    });
  });

  test('shows the token to the hub alone, and in no message', async () => {
    const there = await hub();
    const storage = await hub();
    const elsewhere = (async (url, init) => {
      const reply = await fetch(url, init);
      if (!String(url).endsWith('/objects/batch')) return reply;
      return new Response((await reply.text()).replaceAll(there.endpoint, storage.endpoint), reply);
    }) as typeof fetch;
    await pushTo(there, { fetch: elsewhere });
    expect(storage.requests.length).toBeGreaterThan(1);
    expect(storage.requests.every(({ authorization }) => authorization === undefined)).toBe(true);
    there.troubles.push({ path: /revision/, status: 400, times: 1 });
    const failed = await pushTo(there);
    expect(failed).toMatchObject({ ok: false });
    expect(JSON.stringify(failed)).not.toContain(there.token);
    expect(await pushTo({ ...there, token: 'hf_wrong' })).toMatchObject({
      ok: false,
      failure: { reason: 'unauthorized' },
    });
  });

  test('that is a dry run writes nothing, with a token or without', async () => {
    const there = await hub();
    const dry = await pushTo(there, { dryRun: true });
    expect(dry).toMatchObject({ ok: true, value: { commit: null, isLookedUp: true } });
    expect(writes(there.requests)).toEqual([]);
    const blind = await pushDataset({
      folder: made,
      repo: 'corpus',
      token: null,
      endpoint: there.endpoint,
      dryRun: true,
    });
    expect(blind).toMatchObject({ ok: true, value: { repo: 'corpus', isLookedUp: false } });
    expect(there.repos.size).toBe(0);
  });

  test('takes a name alone for one of the token’s own', async () => {
    const there = await hub();
    expect(await pushTo(there, { repo: 'mine' })).toMatchObject({ ok: true, value: { repo: 'ann/mine' } });
  });

  test('stops when it is told to, and commits nothing', async () => {
    const there = await hub();
    const stopped = new AbortController();
    const stopping = {
      signal: stopped.signal,
      onProgress: ({ phase }: { phase: string }) => phase === 'uploading' && stopped.abort(),
    };
    expect(await pushTo(there, stopping)).toMatchObject({ ok: false, failure: { reason: 'aborted' } });
    expect(there.repos.get('ann/corpus')?.files.size).toBe(1);
  });
});

describe('nothing is pushed', () => {
  test.each([
    ['no data set of an export', (place: string) => rm(join(place, 'SHA256SUMS')), false, 'not-an-export'],
    [
      'one with a row that is broken',
      (place: string) => appendFile(join(place, 'data/sft/train.jsonl'), '{"messages":[]}\n'),
      true,
      'unfit',
    ],
    [
      'one that was changed since',
      (place: string) => appendFile(join(place, 'README.md'), 'x'),
      false,
      'unfit',
    ],
    [
      'one with a key in its card',
      (place: string) => appendFile(join(place, 'README.md'), `ghp_${'aB3dE5fG7h'.repeat(4)}`),
      true,
      'secrets',
    ],
    [
      'one with an address of mail in a row',
      async (place: string) => {
        for (const name of await readdir(join(place, 'data/openai')))
          await rm(join(place, 'data/openai', name));
        await rm(join(place, 'provenance'), { recursive: true });
        const messages = [
          { role: 'user', content: 'Write to ann.lee@example.org.' },
          { role: 'assistant', content: 'I will.' },
        ];
        await writeFile(join(place, 'data/openai/train.jsonl'), `${JSON.stringify({ messages })}\n`);
      },
      true,
      'secrets',
    ],
  ])('of %s', async (name, change, isSummed, reason) => {
    const there = await hub();
    const other = await changed(name.replaceAll(' ', '-'), change, isSummed);
    const refused = await pushTo(there, { folder: other });
    expect(refused).toMatchObject({ ok: false, failure: { reason } });
    expect(JSON.stringify(refused)).not.toContain('ann.lee');
    expect(there.requests).toEqual([]);
    if (reason === 'secrets')
      expect(await pushTo(there, { folder: other, allowSecrets: true })).toMatchObject({ ok: true });
  });

  test.each([
    ['without a token', { token: null }, 'no-token'],
    ['without https', { endpoint: 'http://hub.example' }, 'insecure'],
    ['under a name of another form', { repo: 'a/b/c' }, 'bad-name'],
    ['under a name that leads elsewhere', { repo: '../x' }, 'bad-name'],
  ] as const)('%s', async (_name, more, reason) => {
    const there = await hub();
    expect(await pushTo(there, more)).toMatchObject({ ok: false, failure: { reason } });
    expect(there.requests).toEqual([]);
  });
});
