-- The signed head of each log, for compare-and-swap: the one place that says how far a log has come.
create table head (
  log text primary key,
  writer bigint not null,
  size bigint not null,
  root bytea not null,
  at bigint not null,
  snapshot_size bigint,
  snapshot_digest bytea
);

-- What opens the commitment of a use. Sealed with a key that is not in the database; erasable.
create table opening (
  leaf bytea primary key,
  log text not null,
  slot bigint not null,
  sealed bytea not null
);
create index opening_slot on opening (slot);

-- Tokens of organisations, by SHA-256 of the token.
create table token (
  digest bytea primary key,
  organisation text not null,
  revoked boolean not null default false
);
