-- The body's own number of a decision letter, given once to an entry, which is named by its leaf hash. The code stands as it was on that day.
create table document_number (
  leaf text primary key,
  body text not null,
  year integer not null,
  number integer not null,
  code text not null,
  given bigint not null,
  unique (body, year, number)
);
