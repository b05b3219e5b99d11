// The package of Node brings the headers of native add-ons with it: 67 MB that nothing here is built with.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'node_modules/node/node_modules';
for (const name of existsSync(folder) ? readdirSync(folder) : [])
  rmSync(join(folder, name, 'include'), { recursive: true, force: true });
