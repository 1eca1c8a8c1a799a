-- What was freed by dropping a usage log or erasing openings, for people to see. The register log says what was dropped and
-- erased; this says how much room it took.
create table freed (
  what text primary key,
  files bigint not null,
  bytes bigint not null,
  at bigint not null
);
