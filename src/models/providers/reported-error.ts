/** An error that a server reports in the place of a reply, in its own words. */
export class ReportedError extends Error {
  /** What the server sent. */
  readonly error: unknown;
  readonly status: number | undefined;
  readonly code: string | undefined;

  constructor(message: string, error: unknown, status?: number, code?: string) {
    super(message === '' ? 'the server reported an error' : message);
    this.error = error;
    this.status = status;
    this.code = code;
  }
}

type Body = Record<string, unknown>;

/** Fields in which servers put the words of an error, the most telling first. */
const wordFields = [
  'message',
  'msg',
  'error_msg',
  'error_message',
  'errorMessage',
  'error_description',
  'status_msg',
  'detail',
  'description',
  'faultstring',
  'reason',
  'title',
] as const;

/**
 * The error that a body reports, in any of the usual shapes: {error: {message}}, {error: "..."}, {errors: [...]},
 * {object: "error", message}, {detail: ...} of FastAPI, {code, msg}, problem details (RFC 9457), a list around one.
 * null where it reports none; a body with choices is asked for them first.
 */
export function errorIn(body: unknown): ReportedError | null {
  if (Array.isArray(body)) return body.length > 0 ? errorIn(body[0]) : null;
  if (typeof body !== 'object' || body === null) return null;
  const fields = body as Body;
  const inner = [fields['error'], fields['errors'], fields['fault'], fields['base_resp']].find(isGiven);
  const isReply = 'choices' in fields || 'usage' in fields;
  const source = inner ?? (isReply ? undefined : fields);
  if (source === undefined) return null;
  const words = wordsOf(source);
  if (words === '' && !isGiven(inner)) return null;
  const status = numberOf(source, fields);
  // Some servers put a success beside every reply, as {"base_resp": {"status_code": 0}}.
  if (isGiven(inner) && inner === fields['base_resp'] && (inner as Body)['status_code'] === 0) return null;
  return new ReportedError(words, body, status, codeOf(source));
}

function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== undefined && value !== false && value !== '';
}

function wordsOf(source: unknown): string {
  if (typeof source === 'string') return source;
  if (Array.isArray(source))
    return source
      .map(wordsOf)
      .filter((words) => words !== '')
      .join('; ');
  if (typeof source !== 'object' || source === null) return '';
  for (const field of wordFields) {
    const words = wordsOf((source as Body)[field]);
    if (words !== '') return words;
  }
  return '';
}

function codeOf(source: unknown): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  const { code, type, status } = source as Body;
  return [code, type, status].find((value): value is string => typeof value === 'string');
}

function numberOf(...sources: readonly unknown[]): number | undefined {
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue;
    const { status, statusCode, status_code, code } = source as Body;
    const found = [status, statusCode, status_code, code]
      .map(Number)
      .find((value) => value >= 300 && value < 600);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The body of a refusal as {message, ...}, with what else the server says in it. */
export function refusalIn(text: string): Record<string, unknown> {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    return { message: wordsOfPage(text) };
  }
  const reported = errorIn(body);
  const whole = Array.isArray(body) ? body[0] : body;
  const inner = typeof whole === 'object' && whole !== null ? ((whole as Body)['error'] ?? whole) : {};
  const fields = typeof inner === 'object' ? { ...(whole as Body), ...inner } : { ...(whole as Body) };
  return { ...fields, error: undefined, message: reported?.message ?? text.slice(0, 500) };
}

/** What a web page or a plain text says: its title and its first words. */
function wordsOfPage(text: string): string {
  if (!/^\s*</.test(text)) return text.slice(0, 500);
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.trim();
  return `a web page${title ? `: ${title}` : ''}`;
}
