import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Who holds a lock: enough to tell later whether that process still runs, whatever happened to its number. */
export const holderSchema = z.strictObject({
  /** Different for every taking of a lock. */
  token: z.uuid(),
  pid: z.int().positive(),
  host: z.string(),
  since: z.iso.datetime(),
  /** When the process began, in its system's own form; empty where the system does not tell. */
  began: z.string(),
  /** Which start of which machine and which set of process numbers `pid` counts in; Linux only, else empty. */
  machine: z.string(),
  boot: z.string(),
  processes: z.string(),
});

export type Holder = z.infer<typeof holderSchema>;

type Identity = Omit<Holder, 'token' | 'since'>;
let identity: Promise<Identity> | undefined;

/** This process, about to take a lock at a time in milliseconds since 1970. */
export async function thisHolder(now: number): Promise<Holder> {
  identity ??= thisProcess();
  return { token: randomUUID(), since: new Date(now).toISOString(), ...(await identity) };
}

/**
 * Does a holder's process still run? `unknown` where it cannot be seen from here: on another machine, or in
 * another container of this one. A number that went to a new process is told by when that process began; on
 * Windows, which does not say, a reused number counts as running.
 */
export async function stateOf(holder: Holder, self: Holder): Promise<'running' | 'gone' | 'unknown'> {
  const isSameMachine = holder.host === self.host && holder.machine === self.machine;
  if (holder.boot !== self.boot) return isSameMachine ? 'gone' : 'unknown';
  if (holder.boot === '' && !isSameMachine) return 'unknown';
  if (holder.processes !== self.processes) return 'unknown';
  if (!answers(holder.pid)) return 'gone';
  const began = await beganAt(holder.pid);
  if (began === null) return 'gone';
  return began === '' || holder.began === '' || began === holder.began ? 'running' : 'gone';
}

async function thisProcess(): Promise<Identity> {
  const [began, machine, boot, processes] = await Promise.all([
    beganAt(process.pid),
    machineId(),
    textOf('/proc/sys/kernel/random/boot_id'),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return { pid: process.pid, host: hostname(), began: began ?? '', machine, boot, processes };
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Any other error, such as EPERM, comes from a process that is there.
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Empty where the system does not tell; null for a process that has ended, though its parent has not yet noticed. */
async function beganAt(pid: number): Promise<string | null> {
  if (process.platform === 'linux') return beganOnLinux(pid);
  if (process.platform === 'win32') return '';
  const listed = promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], {
    env: { LC_ALL: 'C', TZ: 'UTC' },
  });
  return listed.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}

/** Fields 3 (state) and 22 (start in clock ticks after boot) of proc_pid_stat(5); the name in field 2 may hold anything. */
async function beganOnLinux(pid: number): Promise<string | null> {
  const stat = await textOf(`/proc/${pid}/stat`);
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state === 'Z' || state === 'X' ? null : (fields[18] ?? '');
}

/** A machine's id is private (machine-id(5)); its hash tells as much as is needed here. */
async function machineId(): Promise<string> {
  const id = await textOf('/etc/machine-id');
  return id === '' ? '' : createHash('sha256').update(`parley lock ${id}`).digest('hex').slice(0, 16);
}

async function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}
