import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Passage } from '../debate/agenda.ts';
import { joinedArticles } from '../debate/dossier.ts';
import { failure, type Outcome, success } from '../debate/outcome.ts';
import type { Article } from '../debate/setup.ts';
import { splitPassages } from '../grounding/passages.ts';
import { cleanLine, cleanText } from './clean-article-text.ts';
import { looksLikeHtml } from './decode-text.ts';
import { isGzip, knownBinary } from './file-kind.ts';
import { withoutRepeats } from './paragraphs.ts';
import { textOfDocument } from './read-document.ts';
import type { ArticleFailure, FoundText, LeftOut, RawDocument } from './types.ts';

/** An article with what a person should know of how it was read. */
export interface ReadDocument {
  article: Article;
  /** What it was read as, such as "a web page". */
  form: string;
  leftOut: LeftOut[];
  /** Why a document may have been read wrongly, in words; none where nothing speaks for that. */
  doubts: string[];
}

/** Milliseconds that reading a document may take, whatever it holds; more by the clock where other programs keep it waiting. */
const readingMs = 10_000;
const longestWaitMs = 60_000;
/** A thread that is inside one long call of a library answers nothing until that ends. */
const answerMs = 2_000;

/** Megabytes that reading one may take; a page of 2 MB takes about a fifth. */
const readingMegabytes = 768;

/** Text below this size costs too little to start a thread for. */
const smallText = 300_000;

/** Makes an article of what was received, or says why that is none. */
export async function documentOf(raw: RawDocument): Promise<Outcome<ReadDocument, ArticleFailure>> {
  const found = needsThread(raw) ? await inThread(raw) : await textOfDocument(raw);
  if (!found.ok) return found;
  const { form } = found.value;
  const { passages, repeats } = passagesOf(found.value);
  if (passages.length === 0) return failure('empty', emptyMessage(raw, /page/.test(form)));
  const sha256 = hashOf(passages);
  const leftOut = [
    ...found.value.leftOut,
    ...(repeats > 0 ? [{ what: 'repeated paragraphs', count: repeats }] : []),
  ];
  const doubts = found.value.doubt ? [`${raw.name}: ${found.value.doubt}`] : [];
  return success({ article: { ...labelsOf(found.value, raw), sha256, passages }, form, leftOut, doubts });
}

/** One article of several, in the order given. */
export function dossierOf(documents: readonly ReadDocument[]): ReadDocument {
  return {
    article: dossierArticle(documents.map(({ article }) => article)),
    form: `${documents.length} sources: ${documents.map(({ form }) => form).join(', ')}`,
    leftOut: documents.flatMap(({ leftOut }) => leftOut),
    doubts: documents.flatMap(({ doubts }) => doubts),
  };
}

/** The same of what is already read. */
export function dossierArticle(articles: readonly Article[]): Article {
  return joinedArticles(articles, hashOf);
}

function hashOf(passages: readonly Passage[]): string {
  return createHash('sha256')
    .update(passages.map((passage) => passage.text).join('\n\n'), 'utf8')
    .digest('hex');
}

function passagesOf({ form, text, parts }: FoundText): { passages: Passage[]; repeats: number } {
  // A plain text repeats what its author repeats; a page repeats its teasers.
  const once = form.includes('web page')
    ? withoutRepeats(cleanText(text))
    : { text: cleanText(text), repeats: 0 };
  if (!parts) return { passages: splitPassages(once.text), repeats: once.repeats };
  const passages = parts.flatMap(({ place, text }) =>
    splitPassages(text).map((passage) => ({ ...passage, place })),
  );
  return { passages: passages.map((passage, index) => ({ ...passage, number: index + 1 })), repeats: 0 };
}

function needsThread({ bytes, form }: RawDocument): boolean {
  if (bytes.length > smallText || form === 'html' || isGzip(bytes)) return true;
  return (
    (knownBinary(bytes)?.reader ?? null) !== null || looksLikeHtml(bytes.subarray(0, 4096).toString('latin1'))
  );
}

/** The worker's file: beside this one from source, and under its built name in a bundle; null where a caller's own bundle has none. */
function workerFile(): string | null {
  const names = ['./document-worker.ts', './document-worker.js', '../document-worker.js'];
  return (
    names.map((name) => fileURLToPath(new URL(name, import.meta.url))).find((path) => existsSync(path)) ??
    null
  );
}

/** A thread that has read one document reads the next without loading its libraries again. */
let idle: Worker | null = null;

function startWorker(file: string): Worker {
  const worker = new Worker(file, {
    resourceLimits: { maxOldGenerationSizeMb: readingMegabytes },
    stderr: true,
  });
  // One that nobody waits for may still fail, and is then used no more.
  return worker.on('error', () => {
    if (idle === worker) idle = null;
  });
}

/** Milliseconds of processor time that a thread has used; without end where it cannot be asked, so that the clock decides. */
async function usedBy(worker: Worker): Promise<number> {
  const unknown = delay(answerMs, null, { ref: false });
  const used = await Promise.race([worker.cpuUsage?.().catch(() => null) ?? null, unknown]);
  return used === null ? Number.POSITIVE_INFINITY : (used.user + used.system) / 1000;
}

/** Reads a document off the main thread under one limit of time and memory. */
async function inThread(raw: RawDocument): Promise<Outcome<FoundText, ArticleFailure>> {
  const file = workerFile();
  if (file === null) return textOfDocument(raw);
  const worker = idle ?? startWorker(file);
  const used = idle ? usedBy(idle) : 0;
  idle = null;
  worker.ref();
  const tooSlow = failure(
    'too-slow',
    `${raw.name} takes more than ${readingMs / 1000} seconds or ${readingMegabytes} MB to read. Save its text to a file and pass that file.`,
  );
  return new Promise((resolve, reject) => {
    let isOver = false;
    const letGo = () => {
      isOver = true;
      clearTimeout(timer);
      worker.off('message', onMessage);
      worker.off('error', onError);
      worker.off('exit', onExit);
    };
    const giveUp = () => {
      letGo();
      void worker.terminate();
      resolve(tooSlow);
    };
    const onMessage = (found: Outcome<FoundText, ArticleFailure>) => {
      letGo();
      worker.unref();
      idle = worker;
      resolve(found);
    };
    const onError = (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') return giveUp();
      letGo();
      reject(error);
    };
    const onExit = () => giveUp();
    const began = performance.now();
    const look = async () => {
      const left = readingMs - ((await usedBy(worker)) - (await used));
      if (isOver) return;
      const isKeptWaiting = left > 0 && left <= readingMs && performance.now() - began < longestWaitMs;
      if (isKeptWaiting) timer = setTimeout(look, Math.max(left, 500));
      else giveUp();
    };
    let timer = setTimeout(look, readingMs);
    worker.on('message', onMessage);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.postMessage(raw);
  });
}

function labelsOf(
  found: FoundText,
  raw: RawDocument,
): Pick<Article, 'title' | 'source' | 'date' | 'licence'> {
  const isAddress = /^https?:/.test(raw.origin);
  const source = isAddress
    ? [found.source, raw.origin].filter(Boolean).join(', ')
    : found.source || raw.origin;
  return {
    title: cleanLine(found.title) || titleFrom(raw, isAddress),
    source: cleanLine(source) || 'standard input',
    date: cleanLine(found.date),
    licence: cleanLine(found.licence),
  };
}

function titleFrom(raw: RawDocument, isAddress: boolean): string {
  if (isAddress) return new URL(raw.origin).hostname;
  return cleanLine(raw.origin.replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ')) || 'An article';
}

function emptyMessage(raw: RawDocument, isHtml: boolean): string {
  return isHtml
    ? `${raw.name} has no text to read: it may be rendered by scripts, or need a login or a subscription. Open it in a browser, save the article’s text to a file and pass that file.`
    : `${raw.name} is empty. Give an article with at least one paragraph.`;
}
