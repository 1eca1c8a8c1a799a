-- Receipts of streamed answers, for the organisation that asked: sealed as openings are, since they hold one.
create table kept_receipt (
  leaf bytea primary key,
  organisation text not null,
  sealed bytea not null,
  at bigint not null
);
create index kept_receipt_at on kept_receipt (at);
