/** Is this the address of a Postgres database, rather than a folder? */
export function isPostgresAddress(text: string): boolean {
  return /^postgres(ql)?:\/\//i.test(text);
}

/**
 * The parts of an address that may be shown: no password, no parameters. Empty in all parts but the scheme where it cannot
 * be read, since then nobody knows which part of it is the password.
 */
export function shownAddress(address: string): string {
  const url = readAddress(address);
  if (!url) return 'postgres://…';
  return `postgres://${url.username === '' ? '' : `${url.username}@`}${url.host}${url.pathname}`;
}

/** null for what is no address: most often, a password that is not percent-encoded. */
export function readAddress(address: string): URL | null {
  const url = URL.parse(address);
  if (!url || !isPostgresAddress(address)) return null;
  // A # / or ? inside of a password ends the host too early, and leaves an @ behind where none belongs.
  return url.hash !== '' || /@/.test(url.pathname + url.search) ? null : url;
}

/** Why a text is no address; what somebody typed in place of one may hold a password all the same. */
export function noAddress(given: string): string {
  const shown = given.replace(/\/\/[^/]*@/, '//');
  return `"${shown}" is not a database address. Write it as postgres://USER@HOST/DATABASE. The password can be set in PGPASSWORD.`;
}
