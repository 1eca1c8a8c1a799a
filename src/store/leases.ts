import type { TransactionSql } from "postgres";
import { answered, type Sql } from "./database.ts";

/** Calls and steps, each of them bounded or not. */
export type Amount = { readonly calls: number; readonly steps: number };

/** What a gateway asks for of one permit. A unit without a quota is null in it. */
export type Want = {
  readonly permit: string;
  readonly used: Amount;
  readonly quota: { readonly calls?: number; readonly steps?: number };
  /** Less than that is of no use and is not given; more than `most` only where the need is greater. */
  readonly least: Amount;
  readonly most: Amount;
};

/** What a gateway may use in all, and what all others may use and have used as far as they said. */
export type Lease = {
  readonly permit: string;
  readonly version: number;
  readonly leased: Amount;
  readonly others: Amount;
  readonly othersUsed: Amount;
};

type Row = {
  readonly permit: string;
  readonly calls: number;
  readonly steps: number;
  readonly version: number;
  readonly others_calls: number;
  readonly others_steps: number;
  readonly others_used_calls: number;
  readonly others_used_steps: number;
};

export type LeaseHolder = {
  readonly sql: Sql;
  readonly office: string;
  readonly gateway: string;
};

/** Takes parts of many permits in one short transaction. What fails or comes late has leased too much at most, which costs quota until the next start. */
export async function takeLeases(
  { sql, office, gateway }: LeaseHolder,
  wants: readonly Want[],
): Promise<readonly Lease[]> {
  const json = JSON.stringify(
    wants.map(({ permit, used, quota, least, most }) => ({
      permit,
      used_calls: used.calls,
      used_steps: used.steps,
      quota_calls: quota.calls ?? null,
      quota_steps: quota.steps ?? null,
      least_calls: least.calls,
      least_steps: least.steps,
      most_calls: most.calls,
      most_steps: most.steps,
    })),
  );
  const rows = await answered(
    sql<
      Row[]
    >`select * from take_leases(${office}, ${gateway}, ${json}::text::json)`,
  );
  return rows.map(leaseOf);
}

/** What is left over of a lease goes back; only if nothing else changed it since `version`, so that a late one does no harm. */
export async function returnLeases(
  { sql, office, gateway }: LeaseHolder,
  returned: readonly {
    readonly permit: string;
    readonly leased: Amount;
    readonly used: Amount;
    readonly version: number;
  }[],
): Promise<void> {
  if (returned.length === 0) return;
  const json = JSON.stringify(
    returned.map(({ permit, leased, used, version }) => ({
      permit,
      version,
      ...leased,
      used_calls: used.calls,
      used_steps: used.steps,
    })),
  );
  await answered(sql`
    update lease l set calls = r.calls, steps = r.steps, used_calls = r.used_calls, used_steps = r.used_steps, version = l.version + 1
    from json_to_recordset(${json}::text::json) as r(permit text, version bigint, calls bigint, steps bigint, used_calls bigint, used_steps bigint)
    where l.office = ${office} and l.gateway = ${gateway} and l.permit = r.permit and l.version = r.version`);
}

export type UsedOf = Amount & { readonly permit: string };

/** A gateway has leased what its logs say that it used, and no more. */
async function settleIn(
  sql: TransactionSql,
  { office, gateway }: Omit<LeaseHolder, "sql">,
  used: readonly UsedOf[],
): Promise<void> {
  const json = jsonOf(used);
  await sql`
    update lease set calls = 0, steps = 0, used_calls = 0, used_steps = 0, version = version + 1
    where office = ${office} and gateway = ${gateway}`;
  await sql`
    insert into lease as l (office, permit, gateway, calls, steps, used_calls, used_steps)
    select ${office}, u.permit, ${gateway}, u.calls, u.steps, u.calls, u.steps
    from json_to_recordset(${json}::text::json) as u(permit text, calls bigint, steps bigint)
    on conflict on constraint lease_pkey do update set calls = excluded.calls, steps = excluded.steps,
      used_calls = excluded.used_calls, used_steps = excluded.used_steps, version = l.version + 1`;
}

/** A gateway was closed for ever, with its totals: it has leased what they say, and stands alone no more. */
export async function settleClosed(
  { sql, office }: LeaseHolder,
  gateway: string,
  used: readonly UsedOf[],
): Promise<void> {
  await answered(
    sql.begin(async (tx) => {
      await lockAlone(tx, office);
      await settleIn(tx, { office, gateway }, used);
      await tx`delete from alone where office = ${office} and gateway = ${gateway}`;
    }),
  );
}

/** A count of answers that was kept in memory: the digest of its name, in hex. */
export type Counted = { readonly name: string; readonly count: number };

/**
 * Several gateways are in force: from here on this one takes parts, beginning with what it used. What it counted of the day while it
 * stood alone is added to the counts of all, once, together with the end of its standing alone.
 */
export async function standTogether(
  { sql, office, gateway }: LeaseHolder,
  used: readonly UsedOf[],
  day: number,
  counted: readonly Counted[],
): Promise<void> {
  await answered(
    sql.begin(async (tx) => {
      await lockAlone(tx, office);
      await settleIn(tx, { office, gateway }, used);
      const { count } =
        await tx`delete from alone where office = ${office} and gateway = ${gateway}`;
      if (count === 0) return;
      await tx`
        insert into answer_count as c (office, day, name, count)
        select ${office}, ${day}, decode(n.name, 'hex'), n.count
        from json_to_recordset(${JSON.stringify(counted)}::text::json) as n(name text, count bigint)
        on conflict on constraint answer_count_pkey do update set count = c.count + excluded.count`;
    }),
  );
}

/** Answers of days that are over are not counted any more. */
export async function forgetAnswers(
  sql: Sql,
  office: string,
  before: number,
): Promise<void> {
  await answered(
    sql`delete from answer_count where office = ${office} and day < ${before}`,
  );
}

/**
 * Only this gateway is in force, as it has followed: it takes no parts any more. Refused where somebody else has leased anything
 * and is not closed, and on a day in which several have counted together. Says what the others had leased.
 */
export async function standAlone(
  { sql, office, gateway }: LeaseHolder,
  closed: readonly string[],
  day: number,
): Promise<ReadonlyMap<string, Amount> | undefined> {
  const names = JSON.stringify(closed);
  return answered(
    sql.begin(async (tx) => {
      await lockAlone(tx, office);
      const [against] = await tx<{ one: number }[]>`
        with over as (select json_array_elements_text(${names}::text::json) as gateway union all select ${gateway})
        select 1 as one from alone where office = ${office} and gateway <> ${gateway}
        union all select 1 from lease where office = ${office} and gateway not in (select gateway from over) and (calls > 0 or steps > 0)
        union all select 1 from answer_count where office = ${office} and day = ${day}
        limit 1`;
      if (against !== undefined) return undefined;
      await tx`insert into alone (office, gateway) values (${office}, ${gateway}) on conflict (office) do nothing`;
      await tx`delete from answer_count where office = ${office} and day < ${day}`;
      const rows = await tx<(Amount & { permit: string })[]>`
        select permit, sum(calls)::bigint as calls, sum(steps)::bigint as steps
        from lease where office = ${office} and gateway <> ${gateway} group by permit`;
      return new Map(
        rows.map(({ permit, calls, steps }) => [permit, { calls, steps }]),
      );
    }),
  );
}

/** Whoever changes who may take waits until nobody takes, and nobody takes meanwhile. */
async function lockAlone(sql: TransactionSql, office: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`vitrine alone ${office}`}, 0))`;
}

/** Another gateway has leased at least what its closed logs add up to, also where the database knows less of it. */
export async function raiseLeases(
  { sql, office, gateway }: LeaseHolder,
  used: readonly UsedOf[],
): Promise<void> {
  if (used.length === 0) return;
  const json = jsonOf(used);
  await answered(sql`
    insert into lease as l (office, permit, gateway, calls, steps, used_calls, used_steps)
    select ${office}, u.permit, ${gateway}, u.calls, u.steps, u.calls, u.steps
    from json_to_recordset(${json}::text::json) as u(permit text, calls bigint, steps bigint)
    on conflict on constraint lease_pkey do update set
      calls = greatest(l.calls, excluded.calls), steps = greatest(l.steps, excluded.steps),
      used_calls = greatest(l.used_calls, excluded.used_calls), used_steps = greatest(l.used_steps, excluded.used_steps),
      version = l.version + 1
    where l.used_calls < excluded.used_calls or l.used_steps < excluded.used_steps`);
}

/** What all other gateways have leased and used, by permit. */
export async function othersLeases({
  sql,
  office,
  gateway,
}: LeaseHolder): Promise<
  readonly Pick<Lease, "permit" | "others" | "othersUsed">[]
> {
  const rows = await answered(
    sql<Row[]>`
      select permit, 0::bigint as calls, 0::bigint as steps, 0::bigint as version,
        sum(calls)::bigint as others_calls, sum(steps)::bigint as others_steps,
        sum(used_calls)::bigint as others_used_calls, sum(used_steps)::bigint as others_used_steps
      from lease where office = ${office} and gateway <> ${gateway} group by permit`,
  );
  return rows.map(leaseOf);
}

function leaseOf(row: Row): Lease {
  return {
    permit: row.permit,
    version: row.version,
    leased: { calls: row.calls, steps: row.steps },
    others: { calls: row.others_calls, steps: row.others_steps },
    othersUsed: { calls: row.others_used_calls, steps: row.others_used_steps },
  };
}

function jsonOf(used: readonly UsedOf[]): string {
  return JSON.stringify(
    used.map(({ permit, calls, steps }) => ({ permit, calls, steps })),
  );
}

/** An answer that is asked for: digests of asker and subject in hex, and how many each may have in a day. */
export type AnswerWant = {
  readonly asker: string;
  readonly askerMax: number;
  readonly subject: string;
  readonly subjectMax: number;
};
export type AnswerOutcome = "taken" | "asker" | "subject";

/** Counts answers, several in one transaction; undefined while another gateway stands alone. */
export async function takeAnswers(
  { sql, office, gateway }: LeaseHolder,
  day: number,
  wants: readonly AnswerWant[],
): Promise<readonly AnswerOutcome[] | undefined> {
  const json = JSON.stringify(
    wants.map(({ asker, askerMax, subject, subjectMax }, place) => ({
      place,
      asker,
      asker_max: askerMax,
      subject,
      subject_max: subjectMax,
    })),
  );
  const rows = await answered(
    sql<
      { outcome: AnswerOutcome }[]
    >`select outcome from take_answers(${office}, ${gateway}, ${day}, ${json}::text::json) order by place`,
  );
  return rows.length === wants.length
    ? rows.map(({ outcome }) => outcome)
    : undefined;
}
