-- For which kind of act a private paper was kept: who objected is read by the post that enters objections alone, whatever became of the act.
alter table act_paper add column kind text;
