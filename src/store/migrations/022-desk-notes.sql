-- What officials note for each other at a draft, a case or an item that came in: no acts, and never in the log. `about` is the place, `person`
-- a number as persons have it in public; what was noted and by which post is sealed. A note that its writer struck out stays.
create table desk_note (
  id text primary key,
  about text not null,
  person integer not null,
  at bigint not null,
  until bigint not null,
  sealed bytea not null,
  struck bigint
);
create index desk_note_about on desk_note (about, at);
create index desk_note_person on desk_note (person, at);
create index desk_note_until on desk_note (until);
