-- Applications that are being written. `owner` is a keyed token of an organisation; what was typed is sealed.
create table application_draft (
  id text primary key,
  owner text not null,
  changed bigint not null,
  sealed bytea not null
);
create index application_draft_owner on application_draft (owner, changed);

-- Private papers of applicants, by what an act commits to: nonce and content are sealed, and beside them what the paper is called.
-- `about` is the draft, application or permit to which it belongs.
create table applicant_paper (
  commitment text primary key,
  owner text not null,
  about text not null,
  kept bigint not null,
  bytes integer not null,
  sealed bytea not null,
  sealed_name bytea not null
);
create index applicant_paper_about on applicant_paper (owner, about, kept);
