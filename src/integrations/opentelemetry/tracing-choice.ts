/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

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

/** Less than OpenTelemetry's own ten seconds: nobody wants to wait so long at the end of a run. */
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
