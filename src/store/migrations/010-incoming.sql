-- What was answered to a question, by what the act commits to: sealed, and shown to whoever asked once the act is entered.
create table question_answer (
  commitment text primary key,
  question text not null,
  kept bigint not null,
  sealed bytea not null
);
create index question_answer_question on question_answer (question);

-- What came in over the pages for a post to enter. `sender` is a keyed token; what was said, by whom and about what, is sealed.
create table incoming (
  id text primary key,
  kind text not null,
  received bigint not null,
  sender text not null,
  sealed bytea not null,
  state text not null,
  settled bigint
);
create index incoming_state on incoming (state, received);
create index incoming_sender on incoming (sender, received);
