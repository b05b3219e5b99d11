import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Debate, fold } from '../../../src/debate/debate.ts';
import { openPostgresStore } from '../../../src/journal/postgres/postgres-store.ts';
import { systemClock } from '../../../src/run/system-clock.ts';
import { parley, type Started, startParley, temporaryFolder } from '../../e2e/parley.ts';
import type { ProviderServer } from '../../helpers/provider-server.ts';
import { expectWhole } from '../batch-command.ts';

/** Calls of one debate of `planFor`: an opening, four speeches, a reading, a draft and two answers. */
export const callsOfDebate = 9;

/** Looks like a key, so that it can be looked for where no key belongs. */
export const secretKey = 'sk-key-of-the-test-0123456789';

export interface FleetOptions {
  address: string;
  server: ProviderServer;
  /** Debates of each of two arms. */
  repeats: number;
  /** Seconds; long enough by default that no worker is taken for dead on a busy machine. */
  lease?: number;
  concurrency?: number;
}

/** A plan in a database and the workers that hold it: real processes of the built command. */
export interface Fleet {
  submit(...more: string[]): Promise<string>;
  /** Ends once all is done. */
  startWorker(): Started;
  /** Stays until it is told to end. */
  startWaitingWorker(): Started;
  status(): Promise<Status>;
  /** Every stored debate; throws where a journal is broken. */
  debates(): Promise<Debate[]>;
}

interface Status {
  plans: {
    id: string;
    counts: { planned: number; done: number; setAside: number; underWay: number; waiting: number };
    tokens: number;
    isUsedUp: boolean;
    setAside: { debate: string; arm: string; why: string }[];
  }[];
  workers: { name: string; isGone: boolean; underWay: Record<string, number> }[];
}

export async function gatherFleet(options: FleetOptions): Promise<Fleet> {
  const { address, server, lease = 20, concurrency = 3 } = options;
  const cwd = await temporaryFolder();
  const plan = [
    'arms:',
    '  - { id: plain, strategy: plain }',
    '  - { id: turns-left, strategy: turns-left }',
    'scenarios: [us-dprk-talks]',
    // No two debates ask for the same, not even for an opening.
    'seedPer: arm',
    `repeats: ${options.repeats}`,
    'debate: { rounds: 1, stopEarly: false, judgeSamples: 1 }',
  ];
  await writeFile(join(cwd, 'plan.yaml'), plan.join('\n'));
  const start = (...more: string[]) =>
    startParley(
      [
        ...['worker', address, '--base-url', server.baseUrl],
        ...['--lease', String(lease), '--concurrency', String(concurrency), ...more],
      ],
      { cwd, env: { OPENAI_API_KEY: secretKey } },
    );
  return {
    async submit(...more) {
      const over = ['--model', 'openai:scripted', '--base-url', server.baseUrl, '--yes'];
      const { code, stderr } = await parley(['batch', 'plan.yaml', '--on', address, ...over, ...more], {
        cwd,
      });
      expect(stderr).toContain(' debates, ');
      expect(code).toBe(0);
      return stderr;
    },
    startWorker: () => start('--until-empty'),
    startWaitingWorker: () => start(),
    async status() {
      const { code, stdout, stderr } = await parley(['status', address, '--json']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      return JSON.parse(stdout);
    },
    async debates() {
      const store = openPostgresStore({ connection: address, clock: systemClock, maxConnections: 2 });
      const debates: Debate[] = [];
      for await (const id of store.list()) {
        const read = await store.read(id);
        if (!read.ok) throw new Error(read.failure.message);
        const debate = fold(read.value.events);
        if (debate) debates.push(debate);
      }
      await store.close();
      return debates;
    },
  };
}

/** Every debate of the plan is over, once, nothing said twice, nothing missing, and the plan says so. */
export async function expectAllHeld(fleet: Fleet, count: number): Promise<void> {
  expectWhole(
    (await fleet.debates()).map((debate) => ({ debate })),
    count,
  );
  const { plans } = await fleet.status();
  expect(plans).toHaveLength(1);
  expect(plans[0]?.counts).toMatchObject({
    planned: count,
    done: count,
    setAside: 0,
    underWay: 0,
    waiting: 0,
  });
}

/**
 * Every call of the debates was made, and how often calls were repeated. A call is known by what it asks and by its seed,
 * which is the debate's own: a debate whose chain of turns broke would ask for what no other chain asks.
 */
export function expectEveryCall(
  { requests }: ProviderServer,
  { debates, repeated, ofOne }: { debates: number; repeated: number; ofOne: number },
): void {
  const times = new Map<string, number>();
  for (const { messages, body } of requests) {
    const asked = createHash('sha256')
      .update(JSON.stringify([messages, body['seed']]))
      .digest('hex');
    times.set(asked, (times.get(asked) ?? 0) + 1);
  }
  expect(times.size).toBe(debates * callsOfDebate);
  expect(requests.length - times.size).toBeLessThanOrEqual(repeated);
  expect(Math.max(...times.values()) - 1).toBeLessThanOrEqual(ofOne);
}

/** Resolves when the provider's call of this number comes in; to be passed every call. */
export function milestones(): { seen(number: number): void; reached(number: number): Promise<void> } {
  const waiting = new Map<number, () => void>();
  let last = 0;
  return {
    seen(number) {
      last = Math.max(last, number);
      for (const [at, resolve] of waiting) if (last >= at) resolve();
    },
    reached: (number) =>
      new Promise((resolve) => {
        waiting.set(number, resolve);
        if (last >= number) resolve();
      }),
  };
}
