// Bundles the command and the library, and writes the library's types.
import './require-node.js';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

await import('./bundle.js');
rmSync('dist/types', { recursive: true, force: true });
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', ...['--project', 'tsconfig.types.json']], {
  stdio: 'inherit',
});
