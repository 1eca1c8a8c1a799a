-- A demonstration whose history is being laid, with the mark that lies in its folder: what an interrupted one left behind is
-- cleared by the folder that wrote it, and by no other.
create table laying (
  log text primary key,
  mark text not null
);
