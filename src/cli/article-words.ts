import type { ArticleNotice } from '../prompts/article-fit.ts';

/** What a person should know of the articles they gave, and what to do about it. */
export function articleNoticeInWords(notice: ArticleNotice, sources: readonly string[]): string {
  switch (notice.kind) {
    case 'short':
      return `The article has ${notice.words} words: there is little in it to argue over or to cite.`;
    case 'doubtful':
      return `${doubtInWords(notice.doubt)} See what was read with: parley article ${sources.join(' ')}`;
    case 'other-subject': {
      const [source = 'ARTICLE'] = sources;
      return `The article seems to have little to do with the agenda (${notice.issues.join(', ')}), which the cast will argue all the same. For a scenario of its own: parley new FOLDER --from ${source} --model PROVIDER:NAME`;
    }
  }
}

export function doubtInWords(doubt: string): string {
  return `Doubtful: ${doubt}.`;
}
