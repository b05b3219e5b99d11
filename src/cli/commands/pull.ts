import { sweepDrafts } from '../../journal/abandoned-drafts.ts';
import { isPostgresAddress } from '../../journal/postgres/address.ts';
import type { PullSource } from '../../journal/postgres/pull-run.ts';
import { type Pulled, pullRun } from '../../journal/postgres/pull-run.ts';
import { systemClock } from '../../run/system-clock.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { complain } from '../complain.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { legacyCommand } from '../legacy-command.ts';
import { noAddress } from '../no-address.ts';
import { createProgressLine, type ProgressLine } from '../progress-line.ts';
import { storeOptions } from '../shared-options.ts';
import { listenForSignals } from '../signals.ts';
import { withDatabase } from '../with-runs.ts';

/** Copies under way at once: while one waits for the disk, others ask the server. */
const atOnce = 4;

type Counts = Record<Pulled | 'failed', number>;

/** `parley pull ADDRESS`: copies the runs of a database to files; those that are there already are passed over. */
export const pull = legacyCommand(
  {
    description:
      'Copy the runs of a database to a folder, each whole or not at all. Those that have gone on since are copied anew.',
    argument: { help: 'postgres://USER@HOST/DATABASE; the password may stand in PGPASSWORD' },
    options: storeOptions,
  },
  work,
);

async function work(
  given: string | undefined,
  options: Record<string, unknown>,
  environment: Environment,
): Promise<number> {
  const address = given ?? '';
  if (!isPostgresAddress(address)) return complain(environment, noAddress(address));
  const directory = String(options['transcripts']);
  return withDatabase(address, environment, async (connection) => {
    const { openPullSource } = await import('../../journal/postgres/pull-run.ts');
    const line = createProgressLine(environment.stderr, systemClock);
    const onAway = (message: string) => {
      line.clear();
      complain(environment, `${message} Waiting for it.`);
    };
    const source = openPullSource({ connection, clock: systemClock, onAway });
    return pullAll(source, directory, line, environment);
  });
}

async function pullAll(
  source: PullSource,
  directory: string,
  line: ProgressLine,
  environment: Environment,
): Promise<number> {
  const { stdout } = environment;
  const stopped = new AbortController();
  const interruption = listenForSignals(
    () => stopped.abort(),
    (code) => process.exit(code),
  );
  // What cannot be removed now is in nobody's way, and looked at again by the next pull.
  const swept = await sweepDrafts(directory, systemClock.now()).catch(() => 0);
  const counts: Counts = { copied: 0, renewed: 0, same: 0, empty: 0, failed: 0 };
  const of = await source.count();
  let done = 0;
  const runs = source.list()[Symbol.asyncIterator]();
  const pullSome = async () => {
    while (!stopped.signal.aborted) {
      const next = await runs.next();
      if (next.done) return;
      const pulled = await pullRun({ source, directory, clock: systemClock }, next.value);
      counts[pulled.ok ? pulled.value : 'failed']++;
      if (!pulled.ok) {
        line.clear();
        complain(environment, pulled.failure.message);
      }
      line.show('runs looked at', ++done, of);
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, pullSome));
  } finally {
    line.clear();
    interruption.dispose();
  }
  const words = of === 0 ? `${source.place} holds no run yet.` : inWords(counts, source.place, directory);
  stdout.write(`${sanitizeLine(words)}\n`);
  if (swept > 0)
    stdout.write(
      `Removed ${swept} half-made ${swept === 1 ? 'copy' : 'copies'} that a killed process had left.\n`,
    );
  if (interruption.code !== null) {
    stdout.write(`Stopped after ${done} of ${of} runs; the same command goes on.\n`);
    return interruption.code;
  }
  return counts.failed === 0 ? exitCode.done : exitCode.failed;
}

function inWords({ copied, renewed, same, empty, failed }: Counts, place: string, directory: string): string {
  const parts = [
    `${copied} copied`,
    ...(renewed > 0 ? [`${renewed} copied anew, since they went on`] : []),
    ...(same > 0 ? [`${same} there already`] : []),
    ...(empty > 0 ? [`${empty} not begun`] : []),
    ...(failed > 0 ? [`${failed} not copied`] : []),
  ];
  return `Runs of ${place} in ${directory}: ${parts.join(', ')}.`;
}
