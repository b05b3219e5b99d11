import type { DebateRun } from '../../run/debate-run.ts';
import { version } from '../../run/version.ts';
import { sanitizeLine } from '../../text/sanitize.ts';
import type { TracingChoice } from './span-delivery.ts';

/** Environment variables by name. */
type Variables = Readonly<Record<string, string | undefined>>;

/** Less than OpenTelemetry's own ten seconds, which is long at the end of a run. */
const usualTimeoutMs = 3000;

/**
 * Reads the variables of OpenTelemetry (https://opentelemetry.io/docs/specs/otel/protocol/exporter/); null where
 * none names an endpoint, so that nothing is ever sent without being asked for. Headers, which may hold a key, are
 * left to the exporter, which reads them itself.
 */
export function tracingChoice(variables: Variables): TracingChoice | null {
  const url = endpointOf(variables);
  const isOff =
    variables['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || variables['OTEL_TRACES_EXPORTER'] === 'none';
  if (url === null || isOff) return null;
  const timeout = Number(
    variables['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'] ?? variables['OTEL_EXPORTER_OTLP_TIMEOUT'],
  );
  const content = variables['OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT']?.toLowerCase() ?? '';
  return {
    url,
    timeoutMs: Number.isFinite(timeout) && timeout > 0 ? timeout : usualTimeoutMs,
    serviceName: variables['OTEL_SERVICE_NAME'] || 'parley',
    withContent: ['true', 'span_only', 'span_and_event'].includes(content),
  };
}

/** The variable for traces is taken as it is; the one for all signals is a base to which the path is added. */
function endpointOf(variables: Variables): string | null {
  const own = variables['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']?.trim();
  if (own) return own;
  const base = variables['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim();
  return base ? `${base.replace(/\/+$/, '')}/v1/traces` : null;
}

/** Spans of debates on their way to a collector. */
export interface Tracing {
  /** Makes spans of a run from now on; to be called before it starts. */
  follow(run: Pick<DebateRun, 'subscribe' | 'firstEvent'>): void;
  /** Delivers what is left. Never rejects, and takes no longer than one delivery may. */
  close(): Promise<void>;
}

/** Opens what the environment asks for; null, with nothing loaded, where it asks for nothing. */
export async function openTracing({
  variables,
  stderr,
}: {
  /** Environment variables, OpenTelemetry's among them. */
  variables: Variables;
  /** Where trouble with a delivery is reported, once. */
  stderr: { write(line: string): unknown };
}): Promise<Tracing | null> {
  const choice = tracingChoice(variables);
  if (choice === null) return null;
  let hasReported = false;
  const reportTrouble = (why: string) => {
    if (hasReported) return;
    hasReported = true;
    const line = `parley: spans could not be delivered to ${hostOf(choice.url)} (${why}); debates are not affected.`;
    stderr.write(`${sanitizeLine(line)}\n`);
  };
  if (!URL.canParse(choice.url)) {
    reportTrouble('that is no address');
    return null;
  }
  const { createSpanDelivery } = await import('./span-delivery.ts');
  const { createDebateSpans } = await import('./debate-spans.ts');
  const delivery = createSpanDelivery(choice, version, reportTrouble);
  const open = new Set<ReturnType<typeof createDebateSpans>>();
  return {
    follow(run) {
      const { firstEvent } = run;
      const spans = createDebateSpans(delivery.tracer, { firstEvent, withContent: choice.withContent });
      open.add(spans);
      run.subscribe((signal) => {
        if (signal.kind !== 'event') return;
        spans.take(signal.event);
        if (signal.event.type === 'debate-ended') open.delete(spans);
      });
    },
    async close() {
      for (const spans of open) spans.end();
      await delivery.close();
    },
  };
}

/** Without the name and password that an address may hold. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the OTLP endpoint';
}
