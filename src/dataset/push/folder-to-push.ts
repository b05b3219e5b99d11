import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { checkDataset } from '../check/check-dataset.ts';
import { NumberToken } from '../check/read-row.ts';
import { type SecretKind, secretsIn } from '../filters.ts';
import { filesBelow, hashedFile } from '../write/whole-folder.ts';
import type { LocalFile } from './hub-client.ts';

export interface FolderToPush {
  files: LocalFile[];
  /** Rows by what they hold of their article. */
  articles: { full: number; withheld: number };
}

export type FolderUnfit = 'not-an-export' | 'unfit' | 'secrets';

/** The files of an export, checked and looked through for keys and personal data, in one reading of every row. */
export async function lookedThrough({
  folder,
  allowSecrets,
  onProgress,
}: {
  folder: string;
  allowSecrets: boolean;
  onProgress(progress: { phase: 'checking'; done: number; of: number }): void;
}): Promise<Outcome<FolderToPush, FolderUnfit>> {
  const sums = await readFile(join(folder, 'SHA256SUMS'), 'utf8').catch(() => null);
  if (sums === null)
    return failure('not-an-export', `${folder} has no SHA256SUMS: it is no data set that parley export made`);
  const articles = { full: 0, withheld: 0 };
  const secrets = createSecretSearch();
  const checked = await checkDataset(folder, {
    onFile: (done, of) => onProgress({ phase: 'checking', done, of }),
    onRow(path, row) {
      if (!allowSecrets) secrets.take(path, row);
      const held = row['article_text'];
      if (path.endsWith('.jsonl') && (held === 'full' || held === 'withheld')) articles[held] += 1;
    },
  });
  // Labels of one kind are no fault of what was exported on purpose.
  const [fault] = checked.faults.filter(({ reason }) => reason !== 'one-label');
  if (fault) {
    const place = fault.row === null ? fault.file : `${fault.file} row ${fault.row}`;
    return failure(
      'unfit',
      `${folder} does not pass the check. ${place}: ${fault.message} (${checked.total} in all)`,
    );
  }
  const listed = sums.split('\n').flatMap((line) => /^[0-9a-f]{64} [ *](.+)$/.exec(line)?.[1] ?? []);
  const there = new Set(await filesBelow(folder));
  const paths = [...listed, 'SHA256SUMS'].filter((path) => there.has(path));
  const files: LocalFile[] = [];
  for (const path of paths) {
    const blob = await openAsBlob(join(folder, ...path.split('/')));
    const isTable = /\.(?:jsonl|parquet)$/.test(path);
    if (!isTable && !allowSecrets) secrets.take(path, await blob.text());
    const { bytes, sha256 } = await hashedFile(folder, path);
    files.push({ path, bytes, sha256, gitOid: await gitOidOf(blob), blob });
  }
  const [first] = secrets.found;
  return first
    ? failure(
        'secrets',
        `${first.path} holds what looks like ${kindInWords[first.kind]} (${secrets.found.length} such texts in all). Nothing was pushed`,
      )
    : success({ files, articles });
}

const kindInWords: Record<SecretKind, string> = {
  key: 'a key',
  'private-key': 'a private key',
  email: 'an address of mail',
  phone: 'a number of a telephone',
  card: 'a number of a card',
  'bank-account': 'a number of an account',
};

/** Texts that come again, such as system messages, are looked through once; a set of very many is forgotten and begun anew. */
const mostRemembered = 20_000;

function createSecretSearch() {
  const found: { path: string; kind: SecretKind }[] = [];
  const known = new Set<string>();
  return {
    found,
    take(path: string, value: unknown): void {
      if (value instanceof NumberToken) return;
      if (typeof value === 'object' && value !== null)
        for (const inner of Object.values(value)) this.take(path, inner);
      if (typeof value !== 'string' || value.length < 6 || known.has(value)) return;
      if (known.size >= mostRemembered) known.clear();
      known.add(value);
      const [kind] = secretsIn(value);
      if (kind) found.push({ path, kind });
    },
  };
}

async function gitOidOf(blob: Blob): Promise<string> {
  const hash = createHash('sha1').update(`blob ${blob.size}\0`);
  for await (const part of blob.stream()) hash.update(part);
  return hash.digest('hex');
}
