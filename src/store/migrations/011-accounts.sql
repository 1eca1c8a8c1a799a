-- Accounts of officials and of organisations' people. `of` is the number of a person or the id of an organisation, as the register has
-- them; what somebody is called is sealed.
create table account (
  id text primary key,
  kind text not null,
  of text not null,
  sealed bytea not null,
  created bigint not null,
  -- Who came first, also within a millisecond.
  place bigint generated always as identity
);
create index account_of on account (kind, of, place);

-- Passkeys for signing in. None of them signs an act: those are keys of the register.
create table sign_in_passkey (
  credential text primary key,
  account text not null references account (id) on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text not null,
  sealed bytea not null,
  created bigint not null,
  used bigint
);
create index sign_in_passkey_account on sign_in_passkey (account);

-- Codes for a first passkey, by their SHA-256: used once, within a day.
create table invitation (
  digest bytea primary key,
  sealed bytea not null,
  until bigint not null
);

-- Challenges that were answered: each is good for one answer.
create table challenge_used (
  digest bytea primary key,
  until bigint not null
);
