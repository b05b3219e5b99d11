import { parsedJson } from '../../text/json-in-text.ts';
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

/** Fields in which servers put the words of an error, the most telling first; compared without case and underscores. */
const wordFields = [
  ...['message', 'msg', 'errormsg', 'errormessage', 'errordescription', 'statusmsg', 'detail', 'details'],
  ...['description', 'faultstring', 'reason', 'title'],
];
/** Fields that hold an error; the second row only in a body that is no reply. */
const errorFields = ['error', 'errors', 'fault', 'baseresp'];
const outerFields = ['responsemetadata', 'header', 'detail'];

/**
 * The error that a body reports, in any of the usual shapes: {error: {message}}, {error: "..."}, {errors: [...]},
 * {object: "error", message}, {detail: ...} of FastAPI, {code, msg}, problem details (RFC 9457), an error within another
 * or in a text of JSON, a list around one. null where it reports none; a body with choices is asked for them first.
 */
export function errorIn(body: unknown): ReportedError | null {
  if (Array.isArray(body)) return body.length > 0 ? errorIn(body[0]) : null;
  if (typeof body !== 'object' || body === null) return null;
  const fields = plain(body);
  const isReply = 'choices' in fields || 'usage' in fields;
  const inner = [...errorFields, ...(isReply ? [] : outerFields)]
    .map((name) => fields[name])
    .find((value) => isGiven(value) && !isSuccess(value));
  const source = inner ?? (isReply || isSuccess(fields['baseresp']) ? undefined : fields);
  if (source === undefined) return null;
  const words = wordsOf(source);
  if (words === '' && (inner === undefined || outerFields.some((name) => fields[name] === inner)))
    return null;
  return new ReportedError(words, body, numberOf(source, fields), codeOf(source));
}

/** A body's fields by their names in small letters without underscores. */
function plain(body: object): Body {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name.replaceAll('_', '').toLowerCase(), value]),
  );
}

/** Some servers put a success beside every reply, as {"base_resp": {"status_code": 0}}. */
function isSuccess(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { statuscode, code } = plain(value);
  return statuscode === 0 || code === 0;
}

function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && value !== undefined && value !== false && value !== '';
}

function wordsOf(source: unknown): string {
  if (typeof source === 'string') {
    const inner = /^\s*\{/.test(source) ? errorIn(parsedJson(source) ?? null) : null;
    return inner?.message ?? source;
  }
  if (Array.isArray(source))
    return source
      .map(wordsOf)
      .filter((words) => words !== '')
      .join('; ');
  if (typeof source !== 'object' || source === null) return '';
  const fields = plain(source);
  // FastAPI says in the place alone which field it means.
  const place = Array.isArray(fields['loc']) ? `${fields['loc'].join('.')}: ` : '';
  for (const field of [...wordFields, 'error']) {
    const words = wordsOf(fields[field]);
    if (words !== '') return `${place}${words}${behind(fields)}`;
  }
  return '';
}

/** What the server behind a router said, which passes it on beside words of its own. */
function behind({ metadata }: Body): string {
  if (typeof metadata !== 'object' || metadata === null) return '';
  const words = wordsOf((metadata as Body)['raw']);
  return words === '' ? '' : `: ${words}`;
}

function codeOf(source: unknown): string | undefined {
  if (typeof source !== 'object' || source === null) return undefined;
  const { code, type, status } = plain(source);
  return [code, type, status].find((value): value is string => typeof value === 'string');
}

function numberOf(...sources: readonly unknown[]): number | undefined {
  for (const source of sources) {
    if (typeof source !== 'object' || source === null) continue;
    const { status, statuscode, code } = plain(source);
    const found = [status, statuscode, code].map(Number).find((value) => value >= 300 && value < 600);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A refusal as {message, ...}, with what else the server says in its body; one without words says where it points, or its status. */
export async function refusalOf(reply: Response): Promise<Record<string, unknown>> {
  const refusal = refusalIn(await reply.text());
  const to = reply.status < 400 ? pointsTo(reply) : null;
  if (to !== null) return { ...refusal, message: `it points to ${to}` };
  return refusal['message'] === '' ? { ...refusal, message: reply.statusText } : refusal;
}

/** The address that a reply leads to, without what follows its path; null where it names none. */
function pointsTo({ headers, url }: Response): string | null {
  const location = headers.get('location');
  const to = location === null ? null : URL.parse(location, url);
  return to && `${to.origin}${to.pathname}`;
}

function refusalIn(text: string): Record<string, unknown> {
  const body = parsedJson(text) ?? null;
  if (body === null) return { message: wordsOfPage(text) };
  const reported = errorIn(body);
  const whole = Array.isArray(body) ? body[0] : body;
  const inner = typeof whole === 'object' && whole !== null ? ((whole as Body)['error'] ?? whole) : {};
  const fields = typeof inner === 'object' ? { ...(whole as Body), ...inner } : { ...(whole as Body) };
  return { ...fields, error: undefined, message: reported?.message ?? text.slice(0, 500) };
}

/** What a web page or a plain text says: its title and its first words. */
export function wordsOfPage(text: string): string {
  if (/\ufffd.*\ufffd/s.test(text.slice(0, 200))) return 'bytes that are no text';
  if (!/^\s*</.test(text)) return text.slice(0, 500);
  // Errors in XML, as gateways and stores of files send them.
  const [, , said] =
    /<(?:\w+:)?(message|faultstring|detail|description)\b[^>]*>([^<]{1,300})/i.exec(text) ?? [];
  if (said !== undefined && !/<html/i.test(text)) return `an error in XML: ${said.trim()}`;
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.trim();
  return `a web page${title ? `: ${title}` : ''}`;
}
