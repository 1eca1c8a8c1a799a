-- Who is signed in at the pages. The token is known by its SHA-256 alone; who it is, is sealed.
create table web_session (
  digest bytea primary key,
  sealed bytea not null,
  until bigint not null
);
create index web_session_until on web_session (until);
