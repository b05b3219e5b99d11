import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';

/** What OpenTelemetry's environment variables ask for. */
export interface TracingChoice {
  /** Where spans go: the full address for traces. */
  url: string;
  /** Milliseconds a delivery may take, its retries included. */
  timeoutMs: number;
  serviceName: string;
  /** May spans hold what was said? */
  withContent: boolean;
}

export interface SpanDelivery {
  tracer: Tracer;
  close(): Promise<void>;
}

/** Delivers spans over OTLP/HTTP in batches; `onTrouble` hears why a delivery failed. */
export function createSpanDelivery(
  { url, timeoutMs, serviceName }: TracingChoice,
  version: string,
  onTrouble: (why: string) => void,
): SpanDelivery {
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: timeoutMs });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter: reporting(exporter, onTrouble) })],
  });
  return {
    tracer: provider.getTracer('parley', version),
    async close() {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(() => {
        onTrouble(`no answer within ${timeoutMs / 1000} s`);
        late.resolve();
      }, timeoutMs + 1000);
      await Promise.race([provider.shutdown().catch((error) => onTrouble(reasonOf(error))), late.promise]);
      clearTimeout(timer);
    },
  };
}

/** Says itself what failed and reports success, for the library would print whole errors to the console. */
function reporting(exporter: SpanExporter, onTrouble: (why: string) => void): SpanExporter {
  return {
    export: (spans, done) =>
      exporter.export(spans, ({ code, error }) => {
        if (code !== 0) onTrouble(reasonOf(error));
        done({ code: 0 });
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

/** The code of a failed connection or the status of a refusal; never a message, which could quote what was sent. */
function reasonOf(error: unknown): string {
  const { code, cause, status } = (error ?? {}) as {
    code?: unknown;
    cause?: { code?: unknown };
    status?: unknown;
  };
  return String(cause?.code ?? code ?? status ?? 'it failed');
}
