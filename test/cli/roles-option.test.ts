import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { openBatch } from '../../src/batch/open-batch.ts';
import { requestOf } from '../../src/batch/run-batch.ts';
import { batchRequest } from '../../src/cli/batch/plan-request.ts';
import { type BatchValues, batchCommandOptions } from '../../src/cli/batch-options.ts';
import { readOptions } from '../../src/cli/command.ts';
import { type Environment, readEnvironment } from '../../src/cli/environment.ts';
import { createProgram } from '../../src/cli/program.ts';
import { errors, startProviderServer } from '../helpers/provider-server.ts';

const plan = `
arms:
  - id: plain
    strategy: plain
  - id: own
    strategy: plain
    model: { model: 'openai:big', baseUrl: 'http://host.test/v1', keyVariable: HOST_KEY, effort: low, temperature: 0.2, timeout: { first: 5, whole: 90 } }
    models:
      dprk-negotiator: { model: 'openai:small', timeout: { silence: 7 } }
scenarios: [us-dprk-talks]
`;

function workplace(files: Record<string, string>): { environment: Environment; said: () => string } {
  const workingDirectory = mkdtempSync(join(tmpdir(), 'parley-roles-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workingDirectory, name), text);
  let said = '';
  const sink = () =>
    new Writable({
      write(part, _encoding, done) {
        said += String(part);
        done();
      },
    }) as unknown as NodeJS.WriteStream;
  const environment = {
    ...readEnvironment(),
    ...{ variables: { OPENAI_API_KEY: 'sk-0123456789', HOST_KEY: 'own-0123456789' }, workingDirectory },
    ...{ stdout: sink(), stderr: sink() },
  };
  return { environment, said: () => said };
}

async function opened(files: Record<string, string>, given: Partial<BatchValues>) {
  const { environment } = workplace({ 'plan.yaml': plan, ...files });
  const folder = environment.workingDirectory;
  const usual = readOptions(batchCommandOptions, {});
  if (!usual.ok) throw new Error(usual.message);
  const options = { ...usual.value, transcripts: join(folder, 'transcripts'), dryRun: true, ...given };
  const batch = await openBatch(await batchRequest(join(folder, 'plan.yaml'), options, environment));
  return batch.ok ? batch.value : batch.failure.message;
}

const big = 'openai:big@http://host.test/v1#key=HOST_KEY,effort=low,temperature=0.2,timeout=5//90';

test('a plan names a model with its settings for an arm and for a role, in the words of a roles file', async () => {
  const open = await opened({}, { model: 'simulator' });
  if (typeof open === 'string') throw new Error(open);
  const [plain, own] = open.plan.arms;
  expect(plain).toMatchObject({ model: 'simulator', models: {} });
  expect(own).toMatchObject({ model: big, models: { 'dprk-negotiator': 'openai:small#timeout=/7' } });
  expect(open.models.handles.get(big)?.policy).toMatchObject({ firstTokenMs: 5_000, totalMs: 90_000 });
  expect(open.models.handles.get('openai:small#timeout=/7')?.policy).toMatchObject({ idleMs: 7_000 });
});

const roles = `
everyone: openai:usual
dprk-negotiator: openai:theirs
judge: { model: 'openai:reader', timeout: { first: 600 } }
`;

test('a roles file gives models to what a plan leaves open, and --timeout holds for all that set none', async () => {
  const timeout = { first: 3, silence: 4 };
  const open = await opened({ 'roles.yaml': roles }, { roles: 'roles.yaml', timeout });
  if (typeof open === 'string') throw new Error(open);
  const [plain, own] = open.plan.arms;
  expect(plain).toMatchObject({ model: 'openai:usual', models: { 'dprk-negotiator': 'openai:theirs' } });
  expect(own).toMatchObject({ model: big, models: { 'dprk-negotiator': 'openai:small#timeout=/7' } });
  expect(open.plan.judge).toBe('openai:reader#timeout=600');
  const policyOf = (spec: string) => open.models.handles.get(spec)?.policy;
  expect(policyOf('openai:usual')).toMatchObject({ firstTokenMs: 3_000, idleMs: 4_000 });
  expect(policyOf('openai:reader#timeout=600')).toMatchObject({ firstTokenMs: 600_000, idleMs: 4_000 });
});

test('--model and --judge go before a roles file', async () => {
  const given = { roles: 'roles.yaml', model: 'simulator', judge: ['openai:another'] };
  const open = await opened({ 'roles.yaml': roles }, given);
  if (typeof open === 'string') throw new Error(open);
  expect(open.plan).toMatchObject({
    judge: 'openai:another',
    arms: [{ model: 'simulator' }, { model: big }],
  });
});

test('a role that the plan does not have is named with the one that was meant', async () => {
  const files = { 'roles.yaml': 'everyone: simulator\ndprk-negotiatr: openai:theirs\n' };
  expect(await opened(files, { roles: 'roles.yaml' })).toMatch(
    /names "dprk-negotiatr".*did you mean "dprk-negotiator"\?/,
  );
});

test('a program names roles and times in the same words', async () => {
  const folder = workplace({ 'plan.yaml': plan }).environment.workingDirectory;
  const request = requestOf({
    plan: join(folder, 'plan.yaml'),
    transcripts: join(folder, 'transcripts'),
    environment: { OPENAI_API_KEY: 'sk-0123456789', HOST_KEY: 'k-0123456789' },
    roles: {
      everyone: 'openai:usual',
      'dprk-negotiator': 'openai:theirs',
      judge: { model: 'openai:reader', timeout: { first: 600 } },
    },
    timeout: { first: 3, silence: 4 },
  });
  const batch = await openBatch({ ...request, isDryRun: true });
  if (!batch.ok) throw new Error(batch.failure.message);
  const { plan: opened, models } = batch.value;
  expect(opened.arms[0]).toMatchObject({
    model: 'openai:usual',
    models: { 'dprk-negotiator': 'openai:theirs' },
  });
  expect(opened.arms[1]).toMatchObject({ model: big });
  expect(models.handles.get(opened.judge as string)?.policy).toMatchObject({
    firstTokenMs: 600_000,
    idleMs: 4_000,
  });
  expect(() => requestOf({ plan: 'x', model: { model: 'openai:x', efort: 'low' } as never })).toThrow(
    /efort/,
  );
});

async function parley(
  args: readonly string[],
  { environment }: { environment: Environment },
): Promise<number> {
  let code = -1;
  const program = await createProgram(environment, args[0] ?? '', (result) => {
    code = result;
  });
  await program.parseAsync([...args], { from: 'user' });
  return code;
}

const talk = 'Ann: We will close the plant.\nBo: We ask for relief first.\n';
const agenda = `
agenda:
  - { id: plant, title: The plant, question: Does it close?, weight: 1, anchors: { 0: It runs, 3: It is frozen, 6: It is closed } }
`;

test('score reads with the judge of a roles file', async () => {
  const server = await startProviderServer({ answer: () => errors.wrongKey });
  const file = `judge: { model: 'openai:reader', baseUrl: '${server.baseUrl}' }\n`;
  const place = workplace({ 'roles.yaml': file, 'talk.txt': talk, 'agenda.yaml': agenda });
  const at = (name: string) => join(place.environment.workingDirectory, name);
  const args = ['score', at('talk.txt'), '--agenda', at('agenda.yaml'), '--roles', 'roles.yaml'];
  await parley([...args, '--timeout', '0.05', '--judge-samples', '1'], place);
  expect(place.said()).toContain('as asked with --roles');
  expect(server.requests[0]?.body).toMatchObject({ model: 'reader' });
});

test('a fault in a roles file is told with its line before anything is read', async () => {
  const place = workplace({ 'roles.yaml': 'judge: { model: openai:x, efort: low }\n', 'talk.txt': talk });
  const file = join(place.environment.workingDirectory, 'talk.txt');
  expect(await parley(['score', file, '--roles', 'roles.yaml'], place)).toBe(1);
  expect(place.said()).toContain(
    'roles.yaml:1: "judge.efort" is no setting of a model; did you mean "effort"?',
  );
});
