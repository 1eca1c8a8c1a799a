-- Who writes a log, from its start until it says that it has stopped: whoever comes next knows whether to wait.
create table writing (
  log text primary key,
  host text not null,
  mark text not null
);
