-- Acts that are not signed by everybody yet, and the papers that they name. What they say is sealed; who may see a draft is a number, as
-- persons are in public.
create table draft (
  id text primary key,
  version bigint not null,
  persons integer[] not null,
  sealed bytea not null,
  until bigint not null
);
create index draft_persons on draft using gin (persons);
create index draft_until on draft (until);
-- By the digest of a public paper, or the commitment to a private one. Without an end: an entered act names it.
create table act_paper (
  name text primary key,
  sealed bytea not null,
  until bigint
);
create index act_paper_until on act_paper (until);
