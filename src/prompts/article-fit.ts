import type { Agenda } from '../debate/agenda.ts';
import type { Article } from '../debate/setup.ts';

/** Words of four letters and more that say nothing of a subject. */
const common = new Set(
  `about after again against also although always among another around because been before being between both came
  come could does done down during each either else even ever every first from full give given goes gone good great
  have having here however into just keep kept know last later least less like made make many might more most much
  must near never next nothing only once onto other others over part rather said same shall should since small some
  something such take taken than that their them then there these they thing this those though through together
  under until upon very want well went were what when where whether which while whole whom whose will with within
  without would your`
    .split(/\s+/)
    .map(stem),
);

/** A text of fewer words gives four personas too little to argue over. */
const fewestWords = 80;

/**
 * What to tell a person who gives a cast another article, or null where nothing is odd: that the text is very short,
 * or that it hardly speaks of what is on the agenda. The second is a guess from shared words and never an error: the
 * mean share of an issue's words that stand in the article. Longer texts share more by chance, so more is asked of
 * them. Bounds set on texts about the bundled agenda's subject (0.09 and more) and about others (0.02 to 0.15).
 */
export function articleNotice(agenda: Agenda, { passages }: Pick<Article, 'passages'>): string | null {
  const text = passages.map((passage) => passage.text).join(' ');
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  if (words < fewestWords)
    return `The article has ${words} words: there is little in it to argue over or to cite.`;
  const known = subjectWords(text);
  const shares = agenda.map(({ title, question, anchors }) => {
    const own = [...subjectWords([title, question, ...Object.values(anchors)].join(' '))];
    return own.filter((word) => known.has(word)).length / Math.max(1, own.length);
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  if (mean >= Math.min(0.2, known.size * 0.0007)) return null;
  const issues = agenda.map(({ title }) => title).join(', ');
  return `The article seems to say little about the agenda (${issues}): the cast will argue its agenda all the same. For another subject make a scenario of its own: parley new FOLDER`;
}

function subjectWords(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.map(stem).filter((word) => !common.has(word)));
}

function stem(word: string): string {
  return word.slice(0, 6);
}
