import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

type Value = string | number | boolean | Value[];

export interface SeenSpan {
  id: string;
  parent: string | null;
  trace: string;
  name: string;
  kind: number;
  /** Nanoseconds since 1970. */
  start: bigint;
  end: bigint;
  status: number;
  attributes: Record<string, Value>;
  events: { name: string; attributes: Record<string, Value> }[];
}

export interface Collector {
  url: string;
  /** Paths and headers of the deliveries. */
  deliveries: { path: string; headers: Record<string, unknown> }[];
  spans: SeenSpan[];
  resource: Record<string, Value>;
  /** Everything that was sent, as text. */
  text(): string;
}

/** An OpenTelemetry collector on loopback that takes OTLP/HTTP in its JSON form. */
export async function startCollector(): Promise<Collector> {
  const collector = { spans: [], deliveries: [], resource: {} } as unknown as Collector;
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString('utf8');
    bodies.push(body);
    collector.deliveries.push({ path: request.url ?? '', headers: { ...request.headers } });
    for (const { resource, scopeSpans } of JSON.parse(body).resourceSpans) {
      Object.assign(collector.resource, attributesOf(resource.attributes));
      for (const { spans } of scopeSpans) collector.spans.push(...spans.map(spanOf));
    }
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  collector.text = () => bodies.join('\n');
  return collector;
}

interface OtlpSpan {
  spanId: string;
  parentSpanId?: string;
  traceId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  status?: { code?: number };
  attributes: OtlpAttribute[];
  events?: { name: string; attributes: OtlpAttribute[] }[];
}

interface OtlpAttribute {
  key: string;
  value: OtlpValue;
}

type OtlpValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: number | string }
  | { doubleValue: number }
  | { arrayValue: { values: OtlpValue[] } };

function spanOf(span: OtlpSpan): SeenSpan {
  return {
    id: span.spanId,
    parent: span.parentSpanId || null,
    trace: span.traceId,
    name: span.name,
    kind: span.kind,
    start: BigInt(span.startTimeUnixNano),
    end: BigInt(span.endTimeUnixNano),
    status: span.status?.code ?? 0,
    attributes: attributesOf(span.attributes),
    events: (span.events ?? []).map(({ name, attributes }) => ({
      name,
      attributes: attributesOf(attributes),
    })),
  };
}

function attributesOf(attributes: readonly OtlpAttribute[]): Record<string, Value> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: OtlpValue): Value {
  if ('arrayValue' in value) return value.arrayValue.values.map(plainValue);
  if ('intValue' in value) return Number(value.intValue);
  const [only] = Object.values(value);
  return only as Value;
}
