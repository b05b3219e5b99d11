/** A name as an identifier: lower-case Latin words joined by hyphens, at most 48 characters; `instead` where it has none. */
export function identifierOf(name: string, instead: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return words === '' ? instead : words;
}

/** A name for narrow columns: at most 14 characters, cut at a word where that leaves enough. */
export function shortName(name: string): string {
  if (name.length <= 14) return name;
  const words = name.slice(0, 15).replace(/\s+\S*$/, '');
  return words.length >= 4 && words.length <= 14 ? words : `${name.slice(0, 13)}…`;
}
