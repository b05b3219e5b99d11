// Fetches programs that only some tests need and `npm ci` leaves out, each in the version that its lock under test/tools
// names: npm run tools [chromium] [duckdb] [langchain]. With --if-possible it is no failure that there is no network.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = 'test/tools';
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isOptional = process.argv.includes('--if-possible');

for (const tool of asked.length > 0 ? asked : readdirSync(folder)) {
  if (isThere(join(folder, tool))) continue;
  console.error(`Fetching ${tool}, once: npm ci --prefix ${join(folder, tool)}`);
  const options = [
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    ...(isOptional ? ['--fetch-retries=0'] : []),
  ];
  const { status } = spawnSync('npm', ['ci', '--prefix', join(folder, tool), ...options], {
    stdio: ['ignore', 'ignore', isOptional ? 'ignore' : 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status === 0) continue;
  console.error(`${tool} could not be fetched. Tests that need it are skipped and say so.`);
  if (!isOptional) process.exitCode = 1;
}

/** True where what the lock names is installed. */
function isThere(place) {
  const { dependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  return Object.entries(dependencies).every(([name, version]) => {
    try {
      const installed = readFileSync(join(place, 'node_modules', name, 'package.json'), 'utf8');
      return JSON.parse(installed).version === version;
    } catch {
      return false;
    }
  });
}
