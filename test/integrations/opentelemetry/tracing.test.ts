import { describe, expect, test } from 'vitest';
import { tracingChoice } from '../../../src/integrations/opentelemetry/open-tracing.ts';
import { parley, temporaryFolder } from '../../e2e/parley.ts';
import { errors, startProviderServer } from '../../helpers/provider-server.ts';
import { debating, taskOf } from '../../run/debates.ts';
import { type Collector, type SeenSpan, startCollector } from './collector.ts';

const key = 'sk-test-0123456789';
const secret = 'collector-secret';

async function run(collector: { url: string }, args: readonly string[], env: Record<string, string> = {}) {
  const cwd = await temporaryFolder();
  const given = ['run', '--rounds', '1', '--seed', '1', '--name', 'traced', '--plain', ...args];
  const OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const finished = await parley(given, { cwd, env: { OTEL_EXPORTER_OTLP_ENDPOINT, ...env } });
  return { ...finished, cwd };
}

const simulated = ['--model', 'simulator'];

function only(spans: readonly SeenSpan[], name: string): SeenSpan {
  const found = spans.filter((span) => span.name === name);
  if (found.length !== 1) throw new Error(`${found.length} spans are called ${name}`);
  return found[0] as SeenSpan;
}

const childrenOf = ({ spans }: Collector, parent: SeenSpan) =>
  spans.filter((span) => span.parent === parent.id);

describe('the spans of a run', () => {
  test('are a debate, in it every turn, and in every turn its call', async () => {
    const collector = await startCollector();
    const { code, stderr } = await run(collector, simulated);
    expect(code, stderr).toBe(0);
    const debate = only(collector.spans, 'invoke_workflow us-dprk-talks');
    expect(debate.parent).toBeNull();
    expect(debate.attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': 'us-dprk-talks',
      'gen_ai.conversation.id': 'traced',
      'parley.strategy': 'plain',
      'parley.seed': 1,
      'parley.simulated': true,
      'parley.ending': 'round-limit',
    });
    const deeds = childrenOf(collector, debate).sort((one, other) => Number(one.start - other.start));
    const purposes = deeds.map(({ attributes }) => attributes['parley.purpose']);
    expect(purposes.filter((purpose) => purpose === 'speak')).toHaveLength(4);
    expect([...new Set(purposes)].sort()).toEqual(['answer', 'draft', 'judge', 'open', 'speak']);
    expect(new Set(collector.spans.map(({ trace }) => trace)).size).toBe(1);
    for (const deed of deeds) {
      expect(deed.attributes['gen_ai.operation.name']).toBe('invoke_agent');
      expect(deed.name).toBe(`invoke_agent ${deed.attributes['gen_ai.agent.name']}`);
      expect(deed.start).toBeGreaterThanOrEqual(debate.start);
      expect(deed.end).toBeLessThanOrEqual(debate.end);
      const calls = childrenOf(collector, deed);
      expect(calls).toHaveLength(deed.attributes['parley.purpose'] === 'judge' ? 3 : 1);
      for (const call of calls) {
        expect(call.name).toBe('chat simulator');
        expect(call.attributes).toMatchObject({
          'gen_ai.operation.name': 'chat',
          'gen_ai.provider.name': 'parley.simulator',
          'gen_ai.request.model': 'simulator',
          'gen_ai.conversation.id': 'traced',
          'parley.cost.usd': 0,
        });
        expect(call.attributes['gen_ai.usage.input_tokens']).toBeGreaterThan(100);
        expect(call.start).toBeGreaterThanOrEqual(deed.start);
        expect(call.end).toBeLessThanOrEqual(deed.end);
        expect(childrenOf(collector, call)).toEqual([]);
      }
    }
    expect(collector.resource['service.name']).toBe('parley');
    expect(collector.deliveries.every(({ path }) => path === '/v1/traces')).toBe(true);
  });

  test('carry what was read as evaluation results, on the reading and on the debate', async () => {
    const collector = await startCollector();
    await run(collector, simulated);
    const scores = ({ events }: SeenSpan) =>
      Object.fromEntries(
        events.map(({ name, attributes }) => {
          expect(name).toBe('gen_ai.evaluation.result');
          return [attributes['gen_ai.evaluation.name'], attributes['gen_ai.evaluation.score.value']];
        }),
      );
    const reading = scores(only(collector.spans, 'invoke_agent Judge'));
    const debate = scores(only(collector.spans, 'invoke_workflow us-dprk-talks'));
    expect(Object.keys(reading)).toContain('convergence.principals');
    expect(debate['convergence.principals']).toBe(reading['convergence.principals']);
    expect(debate['grounding']).toBeGreaterThan(0.3);
    expect(debate['fidelity']).toBeGreaterThan(0);
  });

  test('hold no word that was said, unless that is asked for', async () => {
    const [without, within] = [await startCollector(), await startCollector()];
    const { stdout } = await run(without, simulated);
    await run(within, simulated, { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true' });
    const words = stdout.replace(/\s+/g, ' ');
    const said = within.spans.flatMap(({ attributes }) => {
      const given = attributes['gen_ai.output.messages'];
      return given === undefined ? [] : [JSON.parse(String(given))[0].parts[0].content as string];
    });
    expect(said.length).toBeGreaterThan(6);
    for (const text of said.slice(1, 4)) expect(words).toContain(text.replace(/\s+/g, ' ').slice(0, 60));
    expect(without.text()).not.toContain('gen_ai.output.messages');
    for (const text of said) expect(without.text()).not.toContain(text.slice(0, 40));
  });

  test('tell of attempts that failed, and of a debate that did, without any key', async () => {
    const collector = await startCollector();
    const answers = [errors.serverError, errors.wrongKey];
    const server = await startProviderServer({
      answer: (request) =>
        taskOf(request) === 'speak' ? (answers.shift() ?? errors.wrongKey) : debating(request),
    });
    const args = ['--model', 'openai:scripted', '--base-url', server.baseUrl];
    const { code } = await run(collector, args, {
      OPENAI_API_KEY: key,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${secret}`,
    });
    expect(code).toBe(1);
    const debate = only(collector.spans, 'invoke_workflow us-dprk-talks');
    expect(debate).toMatchObject({ status: 2, attributes: { 'error.type': 'authentication' } });
    const speaker = childrenOf(collector, debate).find(
      ({ attributes }) => attributes['parley.purpose'] === 'speak',
    );
    expect(speaker).toMatchObject({ status: 2, attributes: { 'error.type': 'authentication' } });
    const attempts = childrenOf(collector, speaker as SeenSpan);
    expect(attempts.map(({ attributes }) => attributes['error.type'])).toEqual([
      'server-error',
      'authentication',
    ]);
    expect(attempts[0]).toMatchObject({
      name: 'chat scripted',
      kind: 3,
      attributes: { 'gen_ai.provider.name': 'openai' },
    });
    expect(collector.text()).not.toContain(key);
    expect(collector.text()).not.toContain('sk-abcdef');
    expect(collector.text()).not.toContain(secret);
    expect(collector.deliveries[0]?.headers['authorization']).toBe(secret);
  });

  test('of a batch are one trace a debate', async () => {
    const collector = await startCollector();
    const cwd = await temporaryFolder();
    const args = ['batch', 'us-dprk-talks', '--count', '3', '--model', 'simulator'];
    const env = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
      OTEL_SERVICE_NAME: 'night',
    };
    const { code, stderr } = await parley(args, { cwd, env });
    expect(code, stderr).toBe(0);
    const debates = collector.spans.filter(({ parent }) => parent === null);
    expect(debates).toHaveLength(3);
    expect(new Set(debates.map(({ trace }) => trace)).size).toBe(3);
    expect(collector.resource['service.name']).toBe('night');
  });

  test('of a resumed debate begin where it went on', async () => {
    const [first, second] = [await startCollector(), await startCollector()];
    const { cwd } = await run(first, simulated);
    const args = ['resume', 'traced', '--rounds', '2', '--plain'];
    const { code } = await parley(args, { cwd, env: { OTEL_EXPORTER_OTLP_ENDPOINT: second.url } });
    expect(code).toBe(0);
    const turns = second.spans.flatMap(({ attributes }) => attributes['parley.turn'] ?? []);
    expect(Math.min(...turns.map(Number))).toBe(6);
    expect(only(second.spans, 'invoke_workflow us-dprk-talks').attributes['parley.resumed']).toBe(true);
  });

  test('cost one line and nothing else without a collector', async () => {
    const { code, stdout, stderr } = await run({ url: 'http://user:hidden@127.0.0.1:9' }, simulated, {
      OTEL_EXPORTER_OTLP_TIMEOUT: '300',
    });
    expect(code).toBe(0);
    expect(stdout).toContain('Round limit reached');
    expect(stderr.match(/spans could not be delivered/g)).toHaveLength(1);
    expect(stderr).toContain('127.0.0.1:9 (ECONNREFUSED); debates are not affected.');
    expect(stderr).not.toContain('hidden');
  });
});

describe('tracing', () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://localhost:4318/' };

  test('is off unless an endpoint is named, and where it is switched off', () => {
    expect(tracingChoice({})).toBeNull();
    expect(tracingChoice({ OTEL_EXPORTER_OTLP_ENDPOINT: ' ' })).toBeNull();
    expect(tracingChoice({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).toBeNull();
    expect(tracingChoice({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).toBeNull();
  });

  test('takes the base of all signals and the address for traces as OpenTelemetry does', () => {
    expect(tracingChoice(endpoint)?.url).toBe('http://localhost:4318/v1/traces');
    const own = { ...endpoint, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://other/x' };
    expect(tracingChoice(own)?.url).toBe('http://other/x');
  });

  test.each([
    ['true', true],
    ['SPAN_ONLY', true],
    ['span_and_event', true],
    ['false', false],
    ['event_only', false],
    ['', false],
  ])('with content set to "%s" tells what was said: %s', (value, told) => {
    const variables = { ...endpoint, OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: value };
    expect(tracingChoice(variables)?.withContent).toBe(told);
  });
});
