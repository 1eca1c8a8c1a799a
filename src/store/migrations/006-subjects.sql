-- Which openings name a person, by the token that stands for the person in them. Tokens are keyed with a key that is not in the
-- database, so nobody finds a person here without it. Written before its opening is, and gone with it.
create table opening_subject (
  token text not null,
  leaf bytea not null,
  primary key (token, leaf)
);
create index opening_subject_leaf on opening_subject (leaf);

-- Openings of before stand in no index until `vitrine openings index` has read them.
alter table opening add column indexed boolean not null default false;
create index opening_not_indexed on opening (leaf) where not indexed;

-- Sessions of citizens who signed in, by SHA-256 of the token: who it is and whose list they may see, both sealed.
create table citizen_token (
  digest bytea primary key,
  person_sealed bytea not null,
  subject_sealed bytea not null,
  by text not null,
  until bigint not null
);
create index citizen_token_until on citizen_token (until);

-- Questions about a line of a list. `about` is a keyed token of the line's entry; what was asked is sealed.
create table question (
  id text primary key,
  about text not null,
  commitment text not null,
  received bigint not null,
  due bigint not null,
  sealed bytea not null
);
create index question_about on question (about);
create index question_received on question (received);
