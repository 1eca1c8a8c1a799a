-- Who follows what by e-mail. An address lies in `sealed` alone; `id` and `whose` are keyed marks that nobody reads without the office's key.
create table mail_follow (
  id text primary key,
  whose text not null,
  thing text not null,
  sealed bytea not null,
  confirm bytea not null,
  stop bytea not null unique,
  made bigint not null,
  confirmed bigint,
  told bigint not null,
  due bigint not null
);
create index mail_follow_confirm on mail_follow (confirm);
create index mail_follow_whose on mail_follow (whose);
create index mail_follow_due on mail_follow (due) where confirmed is not null;
-- Of a letter to somebody who follows: which of those. It goes with it.
alter table mail add column follow text;
create index mail_follow_of on mail (follow) where follow is not null;
