-- Up to when every gateway beside others has copied the openings of what it answered. One that has ended in good order has copied all.
create table opening_copied (
  office text not null,
  gateway text not null,
  at bigint not null,
  is_whole boolean not null,
  primary key (office, gateway)
);
