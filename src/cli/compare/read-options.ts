import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { failure, type Outcome, success } from '../../debate/outcome.ts';
import { checkOptions } from '../settings.ts';

const file = z.string().min(1, 'must be the name of a file').optional();

const schema = z.object({
  json: z.boolean().optional(),
  csv: z.boolean().optional(),
  html: file,
  junit: file,
  debates: file,
  store: file,
  baseline: file,
  failIf: z.array(z.string()).optional(),
  force: z.boolean().optional(),
});

/** What is to become of the result of a comparison. */
export interface CompareOptions {
  /** What goes to stdout. */
  printed: 'text' | 'json' | 'csv';
  /** Files to write by what they hold; null for none. */
  files: Record<ResultKind, string | null>;
  force: boolean;
  failIf: string[];
  baseline: string | null;
}

export const resultKinds = ['html', 'junit', 'debates', 'store'] as const;
export type ResultKind = (typeof resultKinds)[number];

/** Reads the options and looks whether the files can be written, so that nothing is paid for and then lost. */
export async function readCompareOptions(options: Record<string, unknown>): Promise<Outcome<CompareOptions>> {
  const read = checkOptions(schema, options);
  if (!read.ok) return read;
  const { json, csv, force = false, failIf = [], baseline = null, ...given } = read.value;
  if (json && csv)
    return failure('bad-option', '--json and --csv both want the standard output. Give one of them.');
  const { html = null, junit = null, debates = null, store = null } = given;
  const files = { html, junit, debates, store };
  for (const kind of resultKinds) {
    const path = files[kind];
    const hindrance = path === null ? null : await hindranceTo(path, force);
    if (hindrance !== null) return failure('not-writable', `--${kind} ${path} ${hindrance}`);
  }
  return success({ printed: json ? 'json' : csv ? 'csv' : 'text', files, force, failIf, baseline });
}

async function hindranceTo(path: string, force: boolean): Promise<string | null> {
  if (!(await exists(dirname(path)))) return 'cannot be written: its folder does not exist.';
  if (!force && (await exists(path))) {
    return 'is there already, and was left as it is. Choose another name, or add --force.';
  }
  return null;
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
