// Runs parley from its tree, and builds it first where nobody has: after `npm ci --ignore-scripts`, say.
import './require-node.js';
import { existsSync } from 'node:fs';

if (!existsSync('dist/parley.js')) {
  if (!existsSync('node_modules/rolldown')) {
    console.error('parley is not built, and what builds it is not installed: run npm ci, then this again.');
    process.exit(1);
  }
  console.error('parley is not built yet: building it, once.');
  try {
    await import('./bundle.js');
  } catch (error) {
    const [first] = String(error.message).split('\n');
    console.error(`parley could not be built (${first}). Run npm ci, then this again.`);
    process.exit(1);
  }
}
await import('../dist/parley.js');
