/** What somebody typed in place of a database's address may hold a password all the same. */
export function noAddress(given: string): string {
  const shown = given.replace(/\/\/[^/]*@/, '//');
  return `"${shown}" is no address of a database. Write it as postgres://USER@HOST/DATABASE. The password may stand in PGPASSWORD.`;
}
