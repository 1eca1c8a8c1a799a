-- What each gateway may use of a permit's quota in all: what it has used already, and a part that it may still use. `used` is what it
-- had used when it wrote last. The sum over the gateways of an office never goes beyond the quota.
create table lease (
  office text not null,
  permit text not null,
  gateway text not null,
  calls bigint not null,
  steps bigint not null,
  used_calls bigint not null,
  used_steps bigint not null,
  -- Grows with every change: what comes late finds that something came between.
  version bigint not null default 1,
  primary key (office, permit, gateway)
);

-- The one gateway that is in force: it leases and counts in its memory, and nobody else may take anything until it has given this up.
create table alone (
  office text primary key,
  gateway text not null
);

-- Answers of a day, by asker and by subject, where several gateways count together. `name` is keyed, by the day as well: it tells nothing.
create table answer_count (
  office text not null,
  day bigint not null,
  name bytea not null,
  count bigint not null,
  primary key (office, day, name)
);

-- Held by whoever takes, and alone by whoever changes who may: gives whether this gateway may take.
create function may_take(of_office text, of_gateway text) returns boolean
language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'Cannot take leases: want isolation level read committed';
  end if;
  perform pg_advisory_xact_lock_shared(hashtextextended('vitrine alone ' || of_office, 0));
  return not exists (select from alone a where a.office = of_office);
end
$$;

-- Takes parts for one gateway, of many permits in one transaction. Each permit is locked first, in the order of their names, so that
-- the sum that is read is the sum that stays; what cannot be given whole is not given at all.
create function take_leases(of_office text, of_gateway text, wants json)
returns table (permit text, calls bigint, steps bigint, version bigint,
  others_calls bigint, others_steps bigint, others_used_calls bigint, others_used_steps bigint)
language plpgsql as $$
declare
  want record;
  others record;
  own record;
  left_calls bigint;
  left_steps bigint;
  more_calls bigint;
  more_steps bigint;
begin
  if not may_take(of_office, of_gateway) then
    return;
  end if;
  for want in
    select * from json_to_recordset(wants) as w(
      permit text, used_calls bigint, used_steps bigint, quota_calls bigint, quota_steps bigint,
      least_calls bigint, least_steps bigint, most_calls bigint, most_steps bigint)
    order by w.permit collate "C"
  loop
    perform pg_advisory_xact_lock(hashtextextended('vitrine lease ' || of_office || ' ' || want.permit, 0));
    select coalesce(sum(l.calls), 0)::bigint as calls, coalesce(sum(l.steps), 0)::bigint as steps,
        coalesce(sum(l.used_calls), 0)::bigint as used_calls, coalesce(sum(l.used_steps), 0)::bigint as used_steps
      into others from lease l where l.office = of_office and l.permit = want.permit and l.gateway <> of_gateway;
    select coalesce(sum(l.calls), 0)::bigint as calls, coalesce(sum(l.steps), 0)::bigint as steps
      into own from lease l where l.office = of_office and l.permit = want.permit and l.gateway = of_gateway;
    left_calls := case when want.quota_calls is not null then greatest(0, want.quota_calls - others.calls - own.calls) end;
    left_steps := case when want.quota_steps is not null then greatest(0, want.quota_steps - others.steps - own.steps) end;
    more_calls := 0;
    more_steps := 0;
    -- A unit without a quota is null, and nothing of it is leased.
    if coalesce(left_calls >= want.least_calls, true) and coalesce(left_steps >= want.least_steps, true) then
      more_calls := case when left_calls is null then 0 else least(left_calls, greatest(want.least_calls, least(want.most_calls, left_calls / 8))) end;
      more_steps := case when left_steps is null then 0 else least(left_steps, greatest(want.least_steps, least(want.most_steps, left_steps / 8))) end;
    end if;
    return query
      insert into lease as l (office, permit, gateway, calls, steps, used_calls, used_steps)
      values (of_office, want.permit, of_gateway, more_calls, more_steps, want.used_calls, want.used_steps)
      on conflict on constraint lease_pkey do update set calls = l.calls + more_calls, steps = l.steps + more_steps,
        used_calls = want.used_calls, used_steps = want.used_steps, version = l.version + 1
      returning l.permit, l.calls, l.steps, l.version,
        others.calls, others.steps, others.used_calls, others.used_steps;
  end loop;
end
$$;

-- Takes one answer of each pair of asker and subject, in order, where both limits leave room; says what stands against the others.
create function take_answers(of_office text, of_gateway text, of_day bigint, wants json)
returns table (place int, outcome text)
language plpgsql as $$
declare
  want record;
  one record;
  askers bigint;
  subjects bigint;
begin
  if not may_take(of_office, of_gateway) then
    return;
  end if;
  for one in
    select distinct n.name collate "C" as name from json_to_recordset(wants) as w(asker text, subject text),
      lateral (values (w.asker), (w.subject)) as n(name) order by 1
  loop
    perform pg_advisory_xact_lock(hashtextextended('vitrine answers ' || of_office || ' ' || one.name, 0));
  end loop;
  for want in
    select * from json_to_recordset(wants) as w(place int, asker text, asker_max bigint, subject text, subject_max bigint)
    order by w.place
  loop
    select coalesce(sum(c.count), 0)::bigint into askers from answer_count c
      where c.office = of_office and c.day = of_day and c.name = decode(want.asker, 'hex');
    select coalesce(sum(c.count), 0)::bigint into subjects from answer_count c
      where c.office = of_office and c.day = of_day and c.name = decode(want.subject, 'hex');
    place := want.place;
    if askers >= want.asker_max then
      outcome := 'asker';
    elsif subjects >= want.subject_max then
      outcome := 'subject';
    else
      outcome := 'taken';
      insert into answer_count as c (office, day, name, count)
        select of_office, of_day, decode(n.name, 'hex'), 1 from (values (want.asker), (want.subject)) as n(name)
        on conflict on constraint answer_count_pkey do update set count = c.count + 1;
    end if;
    return next;
  end loop;
end
$$;
