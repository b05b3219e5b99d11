import type { CallFailure } from '../debate/calls.ts';
import { resetOf, retryAfterInBody, retryAfterInWords, retryAfterOf } from './retry.ts';
import type { Classified } from './types.ts';

/** What the libraries' errors have in common, under their different names. */
interface Symptoms {
  status: number | null;
  /** Codes, types and names, in lower case: of the error, of its body and of its causes. */
  codes: string;
  /** Messages of the error, its body and its causes. */
  text: string;
}

type Rule = [CallFailure, (symptoms: Symptoms) => boolean];

const ranOut =
  /credit balance|out of credits|(insufficient|requires more|not enough|no) (credits|balance|funds)|billing hard limit|in arrears|余额不足|欠费|额度已用(完|尽)/i;
const tooLong = [
  /context (length|window|size)|(prompt|input|request)( is|'s)? too (long|large)|too many (input |prompt )?tokens|longer than the maximum|too large for model/i,
  /(input|prompt)( tokens?| length)?\b.{0,60}\b(exceed|too (long|many|large)|range of|must (be|not))/is,
  /(token count|inputs` tokens|number of tokens|range of input length).{0,80}(exceed|must|should|maximum|<=)/is,
  /(reduce|shorten) the length of the (messages|prompt|input)|(上下文|输入).{0,12}(超过|超出|过长)|(超过|超出).{0,12}(上下文|最大长度)/is,
];
const throttled = /throttl/;
const tooMany =
  /too many requests|requests? rate limit|rate limit(s|ed)? (is |was )?(exceeded|reached|hit)|请求过于频繁/i;
const noAccess = /not have access to (the )?(deployment of )?model/i;
const refusedKey = /api key not valid|(invalid|incorrect|wrong) api key|api key.{0,20}(无效|错误|不正确)/i;
const noSuchModel = [
  /\bmodel\b.{0,60}\b(decommissioned|retired|deprecated and)|not a valid model|(unknown|invalid) model|no such model|模型.{0,12}不存在/i,
  /model\b.{0,80}(not found|does not exist|not exist)/is,
];

/** The first rule that holds decides. */
const rules: readonly Rule[] = [
  ['quota', ({ status }) => status === 402],
  ['quota', (s) => s.status !== 400 && /insufficient_quota|billing|quota_exceeded/.test(s.codes)],
  ['quota', (s) => /arrearage|insufficient_(user_)?(quota|balance)/.test(s.codes) || ranOut.test(s.text)],
  ['quota', ({ text }) => /exceeded your (current|monthly) (quota|usage)/i.test(text)],
  ['rate-limited', (s) => isRefusal(s) && (throttled.test(s.codes) || tooMany.test(s.text))],
  ['unknown-model', (s) => s.status === 403 && (/model_not_found/.test(s.codes) || noAccess.test(s.text))],
  ['authentication', ({ status }) => status === 401 || status === 403],
  ['authentication', ({ codes }) => /invalid_api_key|authentication_error|permission_error/.test(codes)],
  ['authentication', (s) => s.status === 400 && refusedKey.test(s.text)],
  ['context-too-long', (s) => s.status === 413 && /request (is )?too large/i.test(s.text)],
  ['rate-limited', ({ status, codes }) => status === 429 || /rate_limit/.test(codes)],
  ['authentication', (s) => s.status === 498 && /token|key/i.test(s.text)],
  ['overloaded', ({ status }) => status === 503 || status === 529 || status === 498],
  ['overloaded', (s) => /overloaded/.test(s.codes) || (s.status === null && /\boverloaded\b/i.test(s.text))],
  ['overloaded', (s) => s.status === 500 && /model\b.{0,20}\bloading|loading\b.{0,20}\bmodel/i.test(s.text)],
  [
    'context-too-long',
    (s) => /context_length_exceeded|context.?overflow|exceed_context|request_too_large/.test(s.codes),
  ],
  ['context-too-long', (s) => isRefusalOf(s, 500) && /context (length|window|size)/i.test(s.text)],
  ['context-too-long', (s) => isRefusal(s) && tooLong.some((words) => words.test(s.text))],
  ['context-too-long', ({ status }) => status === 413],
  ['unknown-model', ({ codes }) => /model_not_found|deploymentnotfound|model_decommissioned/.test(codes)],
  ['unknown-model', (s) => isRefusal(s) && noSuchModel.some((words) => words.test(s.text))],
  ['unknown-model', (s) => (s.status === 404 || s.status === 410) && /\bmodel\b|no endpoints/i.test(s.text)],
  ['server-error', ({ status }) => [408, 409, 425, 499].includes(status ?? 0)],
  ['bad-request', isRefusal],
  ['server-error', ({ status }) => status !== null && status >= 500],
  ['incomplete', (s) => /malformed server-sent event|did not receive done|unexpected end of/i.test(s.text)],
  [
    'incomplete',
    ({ codes }) => /syntaxerror|z_(buf|data)_error|err_brotli|err__error_format|zstd/.test(codes),
  ],
  ['unreachable', ({ codes }) => /econnrefused|enotfound|eai_again|ehostunreach|enetunreach/.test(codes)],
  [
    'unreachable',
    ({ codes }) => /und_err_connect_timeout|cert_|_cert|err_tls|err_ssl|err_invalid_url/.test(codes),
  ],
  ['connection-lost', ({ codes }) => /econnreset|econnaborted|epipe|etimedout|und_err_|hpe_/.test(codes)],
  [
    'connection-lost',
    ({ text }) => /terminated|socket hang up|other side closed|premature close/i.test(text),
  ],
  ['connection-lost', ({ text }) => /connection error|fetch failed|network error/i.test(text)],
  ['server-error', ({ codes }) => /server_error|api_error|internal/.test(codes)],
  ['server-error', (s) => s.status === null && /upstream|timed? ?out|unavailable|try again/i.test(s.text)],
  ['server-error', (s) => /error was encountered while running|provider returned error/i.test(s.text)],
];

/** Tells why an attempt failed. `now` is needed for a Retry-After that is a date. Knows nothing of aborts and deadlines. */
export function classifyFailure(error: unknown, now: number): Classified {
  const layers = layersOf(error);
  const symptoms: Symptoms = {
    status: statusOf(layers),
    codes: codesOf(layers),
    text: layers.map((layer) => textOf(layer['message'])).join('\n'),
  };
  const inHeaders = firstOf(layers, (layer) => retryAfterOf(layer['headers'], now));
  const stated = inHeaders ?? firstOf(layers, (layer) => retryAfterInBody(layer)) ?? inWords(symptoms);
  const retryAfterMs = stated ?? (symptoms.status === 429 ? resetIn(layers, now) : null);
  const found = rules.find(([, holds]) => holds(symptoms))?.[0] ?? 'bad-request';
  // A quota that is there again after a stated while is a limit of the moment, whatever it is called.
  const isPassing = found === 'quota' && retryAfterMs !== null && !isSpent(symptoms);
  const reason = isPassing ? 'rate-limited' : found;
  return { reason, detail: detailOf(layers, error), status: symptoms.status, retryAfterMs };
}

/** Gone until somebody pays, as opposed to used up for the minute. */
function isSpent({ status, codes, text }: Symptoms): boolean {
  return status === 402 || /insufficient_quota|billing|balance|arrearage/.test(codes) || ranOut.test(text);
}

/** Only refusals that pass ask to come again in words. */
function inWords({ status, text }: Symptoms): number | null {
  return status === 429 || status === 503 || status === 529 ? retryAfterInWords(text) : null;
}

/** When the limits of a 429 are there again, by its headers or by those that its body repeats. */
function resetIn(layers: readonly Layer[], now: number): number | null {
  return firstOf(layers, ({ headers, metadata }) => {
    const repeated = (metadata as Layer | undefined)?.['headers'];
    return resetOf(headers, now) ?? resetOf(repeated, now);
  });
}

function isRefusal({ status }: Symptoms): boolean {
  return status !== null && status >= 400 && status < 500;
}

function isRefusalOf(symptoms: Symptoms, also: number): boolean {
  return isRefusal(symptoms) || symptoms.status === also;
}

type Layer = Record<string, unknown>;

/** The error, its body, its response and its causes, outermost first; bodies are objects or JSON in a string. */
function layersOf(error: unknown): Layer[] {
  const layers: Layer[] = [];
  const visit = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > 5 || layers.includes(value as Layer)) return;
    const layer = value as Layer;
    layers.push(layer);
    for (const inner of ['error', 'cause', 'response', 'lc_error']) visit(layer[inner], depth + 1);
    const several = layer['errors'];
    if (Array.isArray(several)) for (const one of several) visit(one, depth + 1);
  };
  visit(error, 0);
  return layers;
}

function statusOf(layers: readonly Layer[]): number | null {
  return firstOf(layers, (layer) => {
    // Errors inside a stream, which itself came with status 200, may tell theirs as a code.
    const status = layer['status'] ?? layer['statusCode'] ?? layer['status_code'] ?? layer['code'];
    return typeof status === 'number' && status >= 300 && status < 600 ? status : null;
  });
}

function codesOf(layers: readonly Layer[]): string {
  return layers
    .flatMap((layer) => [layer['code'], layer['type'], layer['__type'], layer['name']])
    .filter((code) => typeof code === 'string')
    .join(' ')
    .toLowerCase();
}

/** The innermost message says most: the outer ones wrap it in "fetch failed" or repeat it as JSON. */
function detailOf(layers: readonly Layer[], error: unknown): string {
  const texts = layers.map((layer) => textOf(layer['message'])).filter((text) => text !== '');
  const plain = texts.findLast((text) => !text.startsWith('{'));
  return plain ?? texts.at(-1) ?? String(error);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function firstOf<Value>(layers: readonly Layer[], read: (layer: Layer) => Value | null): Value | null {
  for (const layer of layers) {
    const value = read(layer);
    if (value !== null) return value;
  }
  return null;
}
