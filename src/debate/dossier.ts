import type { Passage } from './agenda.ts';
import type { Article } from './setup.ts';

/** One of the sources that an article was put together from. */
export type DossierSource = NonNullable<Article['sources']>[number];

/**
 * Several articles as one: passages numbered over all of them, and each source with the number at which its passages begin.
 * `hash` gives the SHA-256 of the passages.
 */
export function joinedArticles(
  articles: readonly Article[],
  hash: (passages: readonly Passage[]) => string,
): Article {
  const [only] = articles;
  if (only && articles.length === 1) return only;
  const passages = articles
    .flatMap((article) => article.passages)
    .map((passage, index) => ({ ...passage, number: index + 1 }));
  let first = 1;
  const sources = articles.map(({ title, source, date, licence, passages: own }) => {
    const begins = first;
    first += own.length;
    return { title, source, date, licence, first: begins };
  });
  const distinct = (key: 'title' | 'source' | 'date' | 'licence') =>
    [...new Set(articles.map((article) => article[key]).filter(Boolean))].join('; ');
  return {
    title: distinct('title'),
    source: distinct('source'),
    date: distinct('date'),
    licence: distinct('licence'),
    sha256: hash(passages),
    sources,
    passages,
  };
}

/** The source that a passage of a dossier belongs to; null in an article of one source. */
export function sourceOf({ sources = [] }: Pick<Article, 'sources'>, passage: number): DossierSource | null {
  return sources.findLast(({ first }) => first <= passage) ?? null;
}

/** The same where a source begins with this passage; null elsewhere. */
export function sourceBeginning(
  { sources = [] }: Pick<Article, 'sources'>,
  passage: number,
): DossierSource | null {
  return sources.find(({ first }) => first === passage) ?? null;
}

/** A source on one line: “Title”, where it was published, when. */
export function sourceInWords({ title, source, date }: DossierSource): string {
  return [`“${title}”`, source, date].filter((part) => part !== '').join(', ');
}

/** Where a passage stands, such as “Report, page 3”; empty in an article of one source and one page. */
export function placeInWords(article: Pick<Article, 'sources'>, { number, place }: Passage): string {
  return [sourceOf(article, number)?.title, place].filter(Boolean).join(', ');
}
