#!/usr/bin/env node
// An import would not even parse on a Node that is too old, and nothing could say so.
process.getBuiltinModule?.('node:module').enableCompileCache?.();

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`parley needs Node 22.12 or newer; this is Node ${process.versions.node}.\n`);
  process.exitCode = 1;
} else {
  const { main } = await import('./program.ts');
  process.exitCode = await main(process.argv.slice(2));
}
