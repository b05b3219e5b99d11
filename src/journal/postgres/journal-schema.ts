/** A part of the schema that one room keeps: steps are only ever added at the end, since databases have taken the others. */
export interface SchemaPart {
  name: string;
  steps: readonly string[];
}

/** The tables of debates. Events and kept files are never changed: a worker's role needs no right to. */
export const journalSchema: SchemaPart = {
  name: 'journal',
  steps: [
    `
create table parley.debates (
  id text collate "C" primary key,
  shard text collate "C" not null,
  events integer not null check (events >= 0),
  made_at timestamptz not null default now(),
  lease_token uuid,
  holder text,
  held_since timestamptz,
  lease_until timestamptz
);
create index debates_in_order on parley.debates (shard, id);
comment on table parley.debates is 'One row a debate: how many events it has, and who may append to it until when.';

create table parley.events (
  debate text collate "C" not null references parley.debates,
  number integer not null check (number >= 0),
  line text not null,
  primary key (debate, number)
);
comment on table parley.events is 'The journals: one event a row, as the JSON that a journal.jsonl has as a line.';

create table parley.kept_files (
  sha256 text collate "C" primary key,
  content bytea not null
);
comment on table parley.kept_files is 'Prompt files as they were used, each once for all debates.';

create table parley.debate_files (
  debate text collate "C" not null references parley.debates,
  path text collate "C" not null,
  sha256 text collate "C" not null references parley.kept_files,
  primary key (debate, path)
);
comment on table parley.debate_files is 'Which prompt files a debate used.';
`,
  ],
};
