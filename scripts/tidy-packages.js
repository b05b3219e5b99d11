// Removes what installed packages bring and nothing here loads: the headers of native add-ons that come with Node (67 MB),
// source maps, sources beside the built files, and documents but for licences (60 MB together).
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const packages = 'node_modules';
const builtFromSource = ['openai', '@anthropic-ai/sdk', 'zod'];

for (const name of builtFromSource) remove(join(packages, name, 'src'));
for (const folder of existsSync(packages)
  ? readdirSync(packages, { recursive: true, withFileTypes: true })
  : []) {
  const path = join(folder.parentPath, folder.name);
  if (folder.isDirectory() ? /node_modules\/node-[^/]+\/include$/u.test(path) : isUnread(folder.name))
    remove(path);
}

/** True of a map from built code to its source, and of a document that is no licence. */
function isUnread(name) {
  return name.endsWith('.map') || (name.endsWith('.md') && !/licen|notice|copying|third/iu.test(name));
}

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}
