import type { Server } from './server.ts';

const pageSize = 1000;

/** Ids of the debates in the order of a sharded folder, so that whatever is made of many is the same from both. */
export async function* listDebates(server: Server): AsyncGenerator<string> {
  let last = { shard: '', id: '' };
  for (;;) {
    const { rows } = await server.query(
      `select shard, id from parley.debates where (shard, id) > ($1, $2) order by shard, id limit ${pageSize}`,
      [last.shard, last.id],
    );
    for (const { id } of rows) yield id;
    if (rows.length < pageSize) return;
    last = rows[rows.length - 1];
  }
}
