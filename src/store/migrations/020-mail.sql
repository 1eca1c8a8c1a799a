-- Where signers hear of what was entered in their name. An administrator writes it, not the page that signs.
create table mail_contact (
  person bigint primary key,
  sealed bytea not null
);
-- How far the register log was read for letters: each entry is told once.
create table mail_read (
  office text primary key,
  size bigint not null
);
-- Letters that wait to be sent. One that was sent is gone; one that nobody takes stays with its reason.
create table mail (
  id bigint generated always as identity primary key,
  sealed bytea not null,
  made bigint not null,
  due bigint not null,
  tries int not null default 0,
  failed text
);
create index mail_due on mail (due);
