import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Tool = 'chromium' | 'duckdb' | 'langchain';

/** Where a tool is installed that `npm ci` leaves out; null where nobody has fetched it with `npm run tools`. */
export function toolFolder(tool: Tool): string | null {
  const folder = resolve(import.meta.dirname, '../tools', tool);
  return existsSync(join(folder, 'node_modules')) ? folder : null;
}

/** A package of a tool, loaded; null where it is not there. */
export async function toolPackage<Module>(tool: Tool, name: string): Promise<Module | null> {
  const folder = toolFolder(tool);
  if (folder === null) return null;
  const found = createRequire(join(folder, 'package.json')).resolve(name);
  return import(pathToFileURL(found).href);
}
