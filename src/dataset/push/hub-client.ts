import { z } from 'zod';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { oneLine } from '../../models/redact.ts';
import { type Asked, type HubAccess, type HubFailure, hubRequests } from './hub-requests.ts';

/** A file to be pushed, as it lies on the disk. */
export interface LocalFile {
  path: string;
  bytes: number;
  sha256: string;
  /** The same content as git names it: SHA-1 of a blob. */
  gitOid: string;
  /** Its content, read as it is sent. */
  blob: Blob;
}

/** What the Hub has under a name. */
export interface RemoteDataset {
  isPrivate: boolean;
  /** Commit of the branch. */
  head: string;
  /** By path: SHA-256 of large files, else the blob's name in git. */
  files: ReadonlyMap<string, string>;
}

export interface HubOptions extends HubAccess {
  onUploaded(path: string, bytes: number): void;
}

/** The branch that the Hub shows and loaders read. */
const branch = 'main';

/** Files in one request. */
const perRequest = 100;
/** Larger files are never sent inside a commit. */
const mostInline = 10_000_000;

const info = z.looseObject({ sha: z.string(), private: z.boolean() });
const tree = z.array(
  z.looseObject({
    type: z.string(),
    path: z.string(),
    oid: z.string(),
    lfs: z.looseObject({ oid: z.string() }).optional(),
  }),
);
const modes = z.looseObject({
  files: z.array(z.looseObject({ path: z.string(), uploadMode: z.enum(['lfs', 'regular']) })),
});
const action = z.looseObject({ href: z.string(), header: z.record(z.string(), z.string()).optional() });
const batch = z.looseObject({
  objects: z.array(
    z.looseObject({
      oid: z.string(),
      actions: z.looseObject({ upload: action.optional(), verify: action.optional() }).optional(),
      error: z.looseObject({ message: z.string() }).optional(),
    }),
  ),
});

/**
 * Speaks with the Hugging Face Hub about one data set: the commit API (NDJSON) with large files over Git LFS, basic or in parts, as
 * huggingface_hub does without Xet. The token goes to the endpoint alone, never to the addresses that files are put to.
 */
export function hubClient({ onUploaded, ...options }: HubOptions) {
  const { endpoint } = options;
  const { ask, read, redact } = hubRequests(options);
  const post = (path: string, body: unknown, type = 'application/json') =>
    ask(`${endpoint}${path}`, {
      method: 'POST',
      headers: { 'content-type': type, accept: type },
      body: JSON.stringify(body),
    });

  async function putFile(file: LocalFile, { href, header = {} }: z.infer<typeof action>): Asked<unknown> {
    const size = Number(header['chunk_size']);
    if (!header['chunk_size']) return ask(href, { method: 'PUT', body: file.blob });
    const numbers = Object.keys(header)
      .filter((name) => /^\d+$/.test(name))
      .sort((one, other) => Number(one) - Number(other));
    if (!(size > 0) || numbers.length !== Math.ceil(file.bytes / size))
      return failure('hub', `The Hub asked for ${file.path} in parts that do not make it up`);
    const parts: { partNumber: number; etag: string }[] = [];
    for (const [place, name] of numbers.entries()) {
      const put = await ask(header[name] as string, {
        method: 'PUT',
        body: file.blob.slice(place * size, (place + 1) * size),
      });
      if (!put.ok) return put;
      parts.push({ partNumber: Number(name), etag: put.value.headers.get('etag') ?? '' });
    }
    const type = 'application/vnd.git-lfs+json';
    return ask(href, {
      method: 'POST',
      headers: { accept: type, 'content-type': type },
      body: JSON.stringify({ oid: file.sha256, parts }),
    });
  }

  return {
    /** Whose token it is. */
    user: () => read(z.looseObject({ name: z.string() }), ask(`${endpoint}/api/whoami-v2`)),

    /** null where there is none that the token may see. */
    async look(repo: string): Asked<RemoteDataset | null> {
      const found = await read(info, ask(`${endpoint}/api/datasets/${repo}/revision/${branch}`));
      if (!found.ok) return found.failure.reason === 'not-found' ? success(null) : found;
      const files = new Map<string, string>();
      let next: string | null = `${endpoint}/api/datasets/${repo}/tree/${found.value.sha}?recursive=true`;
      while (next !== null) {
        const page: Outcome<Response, HubFailure> = await ask(next);
        const listed = await read(tree, Promise.resolve(page));
        if (!page.ok || !listed.ok) return page.ok ? (listed as Outcome<never, HubFailure>) : page;
        for (const { type, path, oid, lfs } of listed.value)
          if (type === 'file') files.set(path, lfs?.oid ?? oid);
        next = /<([^>]+)>;\s*rel="next"/.exec(page.value.headers.get('link') ?? '')?.[1] ?? null;
      }
      return success({ isPrivate: found.value.private, head: found.value.sha, files });
    },

    /** One that is there already is left as it is. */
    async create(repo: string, isPublic: boolean): Asked<unknown> {
      const [organization, name] = repo.split('/');
      const made = await post('/api/repos/create', {
        type: 'dataset',
        name,
        organization,
        visibility: isPublic ? 'public' : 'private',
      });
      return made.ok || made.failure.reason === 'conflict' ? success(null) : made;
    },

    /** Sends what goes over Git LFS and gives the paths of it; what the Hub has already is not sent again. */
    async upload(repo: string, files: readonly LocalFile[]): Asked<ReadonlySet<string>> {
      const large = new Set<string>();
      for (let start = 0; start < files.length; start += perRequest) {
        const some = files.slice(start, start + perRequest);
        const samples = await Promise.all(
          some.map(async ({ path, bytes, blob }) => ({
            path,
            size: bytes,
            sample: Buffer.from(await blob.slice(0, 512).bytes()).toString('base64'),
          })),
        );
        const asked = await read(
          modes,
          post(`/api/datasets/${repo}/preupload/${branch}`, { files: samples }),
        );
        if (!asked.ok) return asked;
        const isLarge = ({ path, bytes }: LocalFile) =>
          bytes > mostInline ||
          asked.value.files.some((one) => one.path === path && one.uploadMode === 'lfs');
        const own = some.filter(isLarge);
        for (const { path } of own) large.add(path);
        if (own.length === 0) continue;
        const objects = own.map(({ sha256: oid, bytes: size }) => ({ oid, size }));
        const wanted = {
          operation: 'upload',
          transfers: ['basic', 'multipart'],
          hash_algo: 'sha_256',
          ref: { name: branch },
          objects,
        };
        const offered = await read(
          batch,
          post(`/datasets/${repo}.git/info/lfs/objects/batch`, wanted, 'application/vnd.git-lfs+json'),
        );
        if (!offered.ok) return offered;
        for (const file of own) {
          const { actions, error } = offered.value.objects.find(({ oid }) => oid === file.sha256) ?? {};
          if (error) return failure('hub', `The Hub refused ${file.path}: ${oneLine(redact(error.message))}`);
          if (actions?.upload) {
            const put = await putFile(file, actions.upload);
            if (!put.ok) return put;
            const body = JSON.stringify({ oid: file.sha256, size: file.bytes });
            const verified = actions.verify
              ? await ask(actions.verify.href, {
                  method: 'POST',
                  headers: { 'content-type': 'application/json' },
                  body,
                })
              : put;
            if (!verified.ok) return verified;
          }
          onUploaded(file.path, file.bytes);
        }
      }
      return success(large);
    },

    /** One commit for all, made only where the branch still is at `parent`. */
    async commit(
      repo: string,
      {
        files,
        large,
        deleted,
        parent,
        message,
      }: {
        files: readonly LocalFile[];
        large: ReadonlySet<string>;
        deleted: readonly string[];
        parent: string | null;
        message: string;
      },
    ): Asked<string> {
      const lines: object[] = [
        {
          key: 'header',
          value: { summary: message, description: '', ...(parent === null ? {} : { parentCommit: parent }) },
        },
      ];
      for (const { path, bytes: size, sha256: oid, blob } of files) {
        if (large.has(path)) lines.push({ key: 'lfsFile', value: { path, algo: 'sha256', oid, size } });
        else {
          const content = Buffer.from(await blob.bytes()).toString('base64');
          lines.push({ key: 'file', value: { path, content, encoding: 'base64' } });
        }
      }
      for (const path of deleted) lines.push({ key: 'deletedFile', value: { path } });
      const made = await read(
        z.looseObject({ commitOid: z.string() }),
        ask(`${endpoint}/api/datasets/${repo}/commit/${branch}`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-ndjson' },
          body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
          again: false,
        }),
      );
      return made.ok ? success(made.value.commitOid) : made;
    },
  };
}
