/** Tables of the benchmark by their part's title, each as it stands in docs/benchmarks.md. */
export type Tables = ReadonlyMap<string, string>;

const marked = /(<!-- bench -->\n)([\s\S]*?)(<!-- \/bench -->)/;
const introduction = 'Medians, measured by `npm run bench`, each part on the date and machine it names.';

/** A part's table under its title, with when and where it was measured. */
export function section(title: string, measured: string, table: string): string {
  return `**${title}**, ${measured}\n\n${table}`;
}

/** The document with these tables in place of those of the same titles. Tables of parts not measured stay; the order is that of `titles`. */
export function withTables(document: string, tables: Tables, titles: readonly string[]): string {
  const there = marked.exec(document)?.[2];
  if (there === undefined) throw new Error('the document has no place for the benchmark.');
  const all = new Map([...tablesIn(there), ...tables]);
  const text = [introduction, ...titles.flatMap((title) => all.get(title) ?? [])].join('\n\n');
  return document.replace(
    marked,
    (_all, open: string, _old, close: string) => `${open}\n${text}\n\n${close}`,
  );
}

function tablesIn(text: string): [string, string][] {
  return text
    .trim()
    .split(/\n\n(?=\*\*)/)
    .flatMap((part): [string, string][] => {
      const title = /^\*\*(.+?)\*\*/.exec(part)?.[1];
      return title === undefined ? [] : [[title, part]];
    });
}
