-- Who asks. A token's id is the first 8 characters of its digest in base64url: it can be shown and named, and opens nothing.
alter table token
  add column id text not null
    generated always as (translate(encode(substring(digest from 1 for 6), 'base64'), '+/', '-_')) stored,
  add column permit text,
  add column system text,
  add column created bigint not null default 0,
  add column until bigint not null default 0;
-- Tokens that were made before tokens ended last a year from now.
update token set
  created = (extract(epoch from now()) * 1000)::bigint,
  until = ((extract(epoch from now()) + 365 * 86400) * 1000)::bigint;
alter table token alter column created drop default, alter column until drop default;
create index token_organisation on token (organisation, id);

-- Keys with which organisations sign their requests. An organisation that stands here asks in no other way any more, also when
-- its last key has ended; a key that has ended never comes back.
create table request_key (
  key text primary key,
  organisation text not null,
  public_key bytea not null,
  enrolled bigint not null,
  ended bigint
);
create index request_key_organisation on request_key (organisation);

-- Signatures that were let in, for as long as their times would let them in again.
create table seen_signature (
  digest bytea primary key,
  until bigint not null
);
create index seen_signature_until on seen_signature (until);

-- Requests under an Idempotency-Key. Whoever began one holds its claim; `leaf` says which entry it was about to make,
-- `entered` that the entry stands. The digest of the request is keyed with the key that the client sent.
create table idempotency (
  organisation text not null,
  key bytea not null,
  request bytea not null,
  claim bytea not null,
  begun bigint not null,
  leaf bytea,
  log text,
  slot bigint,
  entered boolean not null default false,
  repeats int not null default 0,
  primary key (organisation, key)
);
create index idempotency_begun on idempotency (begun);
