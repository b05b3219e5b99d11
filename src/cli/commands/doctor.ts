import { access, constants, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isPostgresAddress, shownAddress } from '../../journal/postgres/address.ts';
import type { Probe } from '../../models/probe.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import { defineCommand, flag } from '../command.ts';
import type { Environment } from '../environment.ts';
import { exitCode } from '../exit-codes.ts';
import { sourceOptions } from '../shared-options.ts';

/** Milliseconds a provider gets to answer. */
const patienceMs = 4000;

interface Finding {
  /** fault: parley does not work; notice: something it could do is not set up. */
  level: 'good' | 'notice' | 'fault';
  what: string;
  /** What was found. */
  found: string;
  /** What to do about it; null where nothing needs doing. */
  remedy: string | null;
}

/** `parley doctor`: what would keep parley from working here, and what to do about each. Shows no key, makes no paid call. */
export const command = defineCommand({
  options: { json: flag('--json', 'print the findings as JSON'), ...sourceOptions },
  async action({ options }, environment) {
    const { probeProviders } = await import('../../models/probe.ts');
    const { stdout, variables } = environment;
    const probes = await probeProviders({ environment: variables, timeoutMs: patienceMs });
    const findings = [
      good('Node', process.versions.node),
      await transcriptsFinding(options.transcripts),
      terminalFinding(environment),
      ...probes.map(providerFinding),
    ];
    const isWell = findings.every((finding) => finding.level !== 'fault');
    if (options.json) stdout.write(`${JSON.stringify({ isWell, findings }, null, 2)}\n`);
    else {
      for (const finding of findings) stdout.write(`${lineOf(finding)}\n`);
      stdout.write(isWell ? 'parley works here.\n' : 'Fix what is marked with ✗, then run it again.\n');
      stdout.write(`Next: ${sanitizeLine(nextStep(findings, probes, await hasRuns(options.transcripts)))}\n`);
    }
    return isWell ? exitCode.done : exitCode.failed;
  },
});

/** The one thing to do next: the first fault, else a first debate, else a look at the runs there are. */
function nextStep(findings: readonly Finding[], probes: readonly Probe[], hasRun: boolean): string {
  const fault = findings.find(({ level }) => level === 'fault');
  if (fault) return fault.remedy ?? `fix ${fault.what}: ${fault.found}.`;
  if (hasRun) return 'parley, to browse your runs.';
  const ready = probes.find(({ state, models }) => state === 'ready' && models.length > 0);
  if (!ready) return 'parley run --model simulator, a first debate that costs nothing.';
  return `parley run --dry-run --model ${ready.provider}:${ready.models[0]}, to see what a debate would cost.`;
}

async function hasRuns(transcripts: string): Promise<boolean> {
  if (isPostgresAddress(transcripts)) return false;
  const { runsIn } = await import('../../journal/run-folder.ts');
  for await (const _ of runsIn(transcripts)) return true;
  return false;
}

function lineOf({ level, what, found, remedy }: Finding): string {
  const mark = { good: '✓', notice: '·', fault: '✗' }[level];
  return sanitizeLine(`${mark} ${what.padEnd(11)} ${found}${remedy === null ? '' : `. ${remedy}`}`);
}

function good(what: string, found: string): Finding {
  return { level: 'good', what, found, remedy: null };
}

async function transcriptsFinding(transcripts: string): Promise<Finding> {
  const what = 'Transcripts';
  if (!isPostgresAddress(transcripts)) return writeFinding(what, transcripts);
  const place = shownAddress(transcripts);
  const { connectToRuns } = await import('../../run/catalogue/open-runs.ts');
  const connected = await connectToRuns(transcripts);
  if (!connected.ok) {
    return { level: 'fault', what, found: connected.failure.message.replace(/\.$/, ''), remedy: null };
  }
  await connected.value.end();
  return good(what, `${place} is ready`);
}

async function writeFinding(what: string, folder: string): Promise<Finding> {
  const place = resolve(folder);
  const probe = join(place, `.doctor-${process.pid}`);
  try {
    const { makeFolder } = await import('../../journal/disk.ts');
    const made = await makeFolder(place);
    await writeFile(probe, '');
    await rm(probe);
    if (made !== undefined) await rm(made, { recursive: true });
    return good(what, `${place} can be written`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const isParentWritable = await access(dirname(place), constants.W_OK).then(
      () => true,
      () => false,
    );
    const remedy = isParentWritable
      ? 'Make it writable, or choose another with --transcripts FOLDER'
      : 'Choose a writable folder with --transcripts FOLDER';
    return { level: 'fault', what, found: `${place} cannot be written (${code})`, remedy };
  }
}

function terminalFinding({ stdout, color, isDumbTerminal }: Environment): Finding {
  const what = 'Terminal';
  if (stdout.isTTY !== true) return good(what, 'none: debates are printed as plain text');
  const { columns, rows } = stdout;
  const depth = color === false ? 1 : stdout.getColorDepth();
  const found = `${columns}x${rows}, ${depth === 1 ? 'no colours' : `${2 ** depth} colours`}`;
  if (isDumbTerminal) {
    return { level: 'notice', what, found, remedy: 'TERM is dumb, so debates are printed as plain text' };
  }
  if (columns < 80 || rows < 24) {
    return { level: 'notice', what, found, remedy: 'Make it 80x24 or larger for the side panel' };
  }
  return good(what, found);
}

function providerFinding({ title, key, state, message, remedy }: Probe): Finding {
  const isReady = state === 'ready';
  const hasTrouble = key === 'present' && !isReady;
  const level = isReady ? 'good' : hasTrouble ? 'fault' : 'notice';
  const found = message.startsWith(`${title} `) ? message.slice(title.length + 1) : message;
  return { level, what: title, found, remedy };
}
