import { basename, resolve } from 'node:path';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { type FolderToPush, type FolderUnfit, lookedThrough } from './folder-to-push.ts';
import { hubClient, type LocalFile, type RemoteDataset } from './hub-client.ts';
import type { HubAccess, HubFailure } from './hub-requests.ts';

interface PushRequest {
  /** A data set made by an export. */
  folder: string;
  /** `OWNER/NAME`, or a name alone for the token's own. */
  repo: string;
  /** null looks at nothing but the folder, which only a dry run can. */
  token: string | null;
  /** Address of the Hub; https://huggingface.co by default. A token is sent over https only, or to this machine. */
  endpoint: string;
  /** New data sets are private without it, and one that is public is not pushed to. */
  isPublic: boolean;
  /** Changes and deletes what another push left under the name. */
  replace: boolean;
  /** Pushes although something in the rows looks like a key; false by default. */
  allowSecrets: boolean;
  /** Looks at everything and writes nothing. */
  dryRun: boolean;
  /** Message of the commit; one that names the export by default. */
  message: string | null;
  /** Used for every request; the global one by default. */
  fetch: typeof fetch;
  /** Milliseconds to wait before each retry of a failed request; 1000, 2000, 4000 and 8000 by default. */
  retryMs: HubAccess['retryMs'];
  /** Aborting stops the upload; nothing is committed until everything is uploaded. */
  signal: AbortSignal;
  /** Called as files are checked and uploaded. */
  onProgress(progress: { phase: 'checking' | 'uploading'; done: number; of: number }): void;
}

export type PushInput = Pick<PushRequest, 'folder' | 'repo' | 'token'> & Partial<PushRequest>;

/** What a push did, or would do. */
export interface PushResult {
  /** `OWNER/NAME` on the Hub. */
  repo: string;
  /** Where it is to be seen. */
  address: string;
  /** Whether only people with access see it. */
  isPrivate: boolean;
  /** Every file, with its size and what a push changes. */
  files: { path: string; bytes: number; state: 'new' | 'changed' | 'same' }[];
  /** Files of an earlier push that are deleted. */
  deleted: readonly string[];
  /** null where nothing had to be, or was to be, committed. */
  commit: string | null;
  /** Rows by what they hold of their article. */
  articles: FolderToPush['articles'];
  /** False where nobody asked the Hub. */
  isLookedUp: boolean;
}

export type PushFailure =
  | HubFailure
  | FolderUnfit
  | 'bad-name'
  | 'no-token'
  | 'insecure'
  | 'is-public'
  | 'other-dataset';

const defaults = {
  endpoint: 'https://huggingface.co',
  isPublic: false,
  replace: false,
  allowSecrets: false,
  dryRun: false,
  message: null,
  fetch: globalThis.fetch,
  retryMs: [1000, 2000, 4000, 8000],
  signal: new AbortController().signal,
  onProgress: () => {},
} satisfies Partial<PushRequest>;

/** The Hub makes it by itself in a new data set. */
const hubsOwn = '.gitattributes';

/**
 * Pushes a data set to the Hugging Face Hub, in one commit, as it lies in its folder: checked, looked through for keys, and never over
 * what another data set has there. Stopped at any point, the same call goes on: files that the Hub has are not sent again.
 */
export async function pushDataset(input: PushInput): Promise<Outcome<PushResult, PushFailure>> {
  const request: PushRequest = { ...defaults, ...input };
  const { folder, token, endpoint, isPublic, replace, dryRun, signal, onProgress } = request;
  const { hostname, protocol } = new URL(endpoint);
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    return failure('insecure', `${endpoint} is not https: a token is not sent there`);
  if (token === null && !dryRun) return failure('no-token', 'No token for the Hub is set');
  const looked = await lookedThrough(request);
  if (!looked.ok) return looked;
  const { files, articles } = looked.value;

  let uploaded = 0;
  const of = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const hub = hubClient({
    ...request,
    onUploaded(_path, bytes) {
      uploaded += bytes;
      onProgress({ phase: 'uploading', done: uploaded, of });
    },
  });
  const named = await repoOf(request, token === null ? null : hub.user);
  if (!named.ok) return named;
  const repo = named.value;
  const found = token === null ? success(null) : await hub.look(repo);
  if (!found.ok) return found;
  let remote: RemoteDataset | null = found.value;
  if (remote && !remote.isPrivate && !isPublic)
    return failure(
      'is-public',
      `${repo} is public on the Hub, and a push is private unless it is asked otherwise`,
    );
  const stated = files.map((file) => ({ ...file, state: stateOf(file, remote) }));
  const wanted = stated.filter(({ state }) => state !== 'same');
  const others = [...(remote?.files.keys() ?? [])].filter(
    (path) => path !== hubsOwn && !files.some((file) => file.path === path),
  );
  const changed = stated.filter(({ state }) => state === 'changed').length;
  if ((changed > 0 || others.length > 0) && !replace)
    return failure(
      'other-dataset',
      `${repo} holds another data set: ${changed} of its files would be changed and ${others.length} deleted. Nothing was pushed`,
    );
  const result = {
    repo,
    address: `${endpoint}/datasets/${repo}`,
    isPrivate: remote?.isPrivate ?? !isPublic,
    files: stated.map(({ path, bytes, state }) => ({ path, bytes, state })),
    deleted: others,
    commit: null,
    articles,
    isLookedUp: token !== null,
  };
  if (dryRun || wanted.length + others.length === 0) return success(result);

  if (remote === null) {
    const made = await hub.create(repo, isPublic);
    if (!made.ok) return made;
    const fresh = await hub.look(repo);
    if (!fresh.ok) return fresh;
    remote = fresh.value;
    if (remote && !remote.isPrivate && !isPublic)
      return failure(
        'is-public',
        `${repo} was made public by the Hub, against what was asked. Nothing was pushed`,
      );
  }
  const large = await hub.upload(repo, wanted);
  if (!large.ok) return large;
  if (signal.aborted) return failure('aborted', 'Stopped. Nothing was committed; run it again to continue.');
  const message = request.message ?? `Add ${basename(resolve(folder))}, made by parley`;
  const parent = remote?.head ?? null;
  const commit = await hub.commit(repo, {
    files: wanted,
    large: large.value,
    deleted: others,
    parent,
    message,
  });
  if (!commit.ok) return commit;
  return success({ ...result, commit: commit.value });
}

function stateOf(
  { path, sha256, gitOid }: LocalFile,
  remote: RemoteDataset | null,
): PushResult['files'][number]['state'] {
  const known = remote?.files.get(path);
  if (known === undefined) return 'new';
  return known === sha256 || known === gitOid ? 'same' : 'changed';
}

async function repoOf(
  { repo }: PushRequest,
  user: (() => Promise<Outcome<{ name: string }, HubFailure>>) | null,
): Promise<Outcome<string, PushFailure>> {
  const name = /^(?:[A-Za-z0-9][\w.-]{0,95}\/)?[A-Za-z0-9][\w.-]{0,95}$/;
  if (!name.test(repo) || /--|\.\.|\.git$/.test(repo))
    return failure(
      'bad-name',
      `"${repo}" is no name of a data set; write OWNER/NAME in letters, digits, -, _ and single dots`,
    );
  if (repo.includes('/') || user === null) return success(repo);
  const own = await user();
  return own.ok ? success(`${own.value.name}/${repo}`) : own;
}
