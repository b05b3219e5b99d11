import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { type Environment, readEnvironment } from '../../src/cli/environment.ts';

interface Given {
  cwd: string;
  /** All variables that the command sees. */
  variables: Record<string, string>;
  input: string | Uint8Array;
}

type Main = (args: readonly string[], environment: Environment) => Promise<number>;

let loaded: Promise<Main> | undefined;

/** The command as it was built, loaded once a test file. */
function builtMain(): Promise<Main> {
  enableCompileCache();
  loaded ??= import(resolve(import.meta.dirname, '../../dist/program.js')).then(({ main }) => main);
  return loaded;
}

/** The folder and the variables that the commands under way share with this process, and how many those are. */
let place = { key: '', commands: 0 };
const waiting: (() => void)[] = [];

/**
 * Runs the built command within this process, where it costs a tenth of what a process of its own does. Commands in one
 * folder with the same variables run side by side; others wait for them, since a process has one folder.
 */
export async function runInProcess(args: readonly string[], given: Given) {
  const main = await builtMain();
  const leave = await enter(given);
  const [stdout, stderr] = [collector(), collector()];
  const stdin = Readable.from(given.input.length === 0 ? [] : [Buffer.from(given.input)]);
  const streams = { stdin, stdout: stdout.stream, stderr: stderr.stream } as unknown as NodeJS.Process;
  const { env, argv } = { env: given.variables, argv: [] };
  const environment = {
    ...readEnvironment({ ...streams, env, argv, cwd: () => given.cwd }),
    homeDirectory: given.variables['HOME'] ?? '',
  };
  try {
    const code = await main(args, environment);
    return { code, signal: null, stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    leave();
  }
}

async function enter({ cwd, variables }: Given): Promise<() => void> {
  const key = JSON.stringify([cwd, variables]);
  while (place.commands > 0 && place.key !== key) await new Promise<void>((go) => waiting.push(go));
  if (place.commands === 0) {
    const before = { folder: process.cwd(), env: process.env };
    process.chdir(cwd);
    process.env = { ...variables };
    place = { key, commands: 0 };
    restore = () => {
      process.chdir(before.folder);
      process.env = before.env;
    };
  }
  place.commands += 1;
  return () => {
    place.commands -= 1;
    if (place.commands > 0) return;
    restore();
    for (const go of waiting.splice(0)) go();
  };
}

let restore = () => {};

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
