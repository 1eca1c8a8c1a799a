import { Malformed } from "../../acts/canonical.ts";
import type { Entry } from "../../acts/entry.ts";
import { contributionOf } from "../../register/payees.ts";
import type { StandingPermit, TotalsRow } from "../../register/register.ts";
import { quote } from "../../log/format-error.ts";
import { permitsInForce } from "../permits-in-force.ts";
import { priceOf } from "../../uses/price.ts";
import { permitSpan } from "./footing.ts";
import { groundOf } from "./ground-of.ts";
import { idsIn, lookUp } from "./look-up.ts";
import { permitLines, purposeOf } from "./permit-lines.ts";
import { payeeRef, refTo } from "./ref.ts";
import { baseOf, historyOf, newestOf, spanOf, type World } from "./world.ts";

export function permitsView(
  world: World,
  page: number,
  given: Readonly<Record<string, string | undefined>>,
) {
  const { register, now } = world;
  const { organisation = "", product = "", show = "" } = given;
  if (show !== "" && show !== "inForce")
    throw new Malformed(`Cannot show ${quote(show)}: want inForce, or nothing`);
  const byProduct =
    product === "" ? undefined : lookUp(register, "permitsOfProduct", product);
  const byOrganisation =
    organisation === ""
      ? undefined
      : lookUp(register, "permitsOfOrganisation", organisation);
  const named =
    byOrganisation === undefined
      ? (byProduct ?? idsIn(register, register.permits))
      : byOrganisation.filter(
          (id) =>
            product === "" || register.permits.get(id)?.act.product === product,
        );
  const ids = show === "inForce" ? usableOf(world, named) : named;
  const list = newestOf(ids, page, (id) => permitLines(register, [id], now));
  return {
    ...baseOf(world),
    ...{ organisation, product, show },
    ...list,
    rows: list.rows.flat(),
  };
}
export type PermitsView = ReturnType<typeof permitsView>;

function usableOf(
  { register, now }: World,
  ids: readonly string[],
): readonly string[] {
  const usable = permitsInForce(register, now).all;
  return ids.filter((id) => usable.has(id));
}

/** One permit with everything that it stands on, what was used under it, and how it ended. */
export async function permitView(world: World, id: string) {
  const { register, now, acts, proofs } = world;
  const found = register.permits.get(id);
  if (found === undefined) return undefined;
  const { act } = found;
  const product = register.products.get(act.product);
  return {
    ...baseOf(world),
    permit: act,
    entry: found.entry,
    span: permitSpan(register, found, now),
    organisation: refTo(register, "organisation", act.organisation),
    class: register.organisations.get(act.organisation)?.act.class,
    purpose: purposeOf(register, act.purpose),
    chain: chainOf(world, found),
    price: priceNow(world, found),
    uses: usesOf(world.totals(), id),
    uncounted: world.uncounted(),
    ...(found.renewal === undefined
      ? {}
      : {
          renewal: {
            ...{ entry: found.renewal.entry, at: found.renewal.at },
            isSilent: found.renewal.isSilent,
            ...(found.renewal.decided === undefined
              ? {}
              : { decided: found.renewal.decided }),
          },
        }),
    ...(found.ended === undefined
      ? {}
      : { ending: await endingOf(world, found.ended.entry) }),
    appeals: appealsOf(world, [found.entry, found.ended?.entry]),
    orders: ordersOn(world, "permit", id),
    permitsAre: product?.act.permitsAre,
    proof: await proofs.of(
      found.ended === undefined ? [found] : [found, found.ended],
    ),
    history: await historyOf(world, [acts.about("permit", id)]),
  };
}
export type PermitView = NonNullable<Awaited<ReturnType<typeof permitView>>>;

/** What has to be in force for somebody to be answered under it, from the data up. */
function chainOf({ register, now }: World, { act, entry }: StandingPermit) {
  const product = register.products.get(act.product);
  const authorisation = register.authorisations.get(
    product?.act.authorisation ?? "",
  );
  const lent = contributionOf(register, act.product);
  return [
    ...(product?.act.content ?? []).flatMap(({ dataset }) => {
      const found = register.datasets.get(dataset);
      return found === undefined
        ? []
        : [
            {
              kind: "dataset" as const,
              thing: refTo(register, "dataset", dataset),
              entry: found.entry,
            },
          ];
    }),
    ...(lent === undefined
      ? []
      : [
          {
            kind: "contribution" as const,
            thing: refTo(register, "contribution", lent.act.contribution),
            entry: lent.entry,
            span: spanOf(lent, now),
          },
        ]),
    ...(authorisation === undefined
      ? []
      : [
          {
            kind: "authorisation" as const,
            thing: refTo(
              register,
              "authorisation",
              authorisation.act.authorisation,
            ),
            entry: authorisation.entry,
            span: spanOf(authorisation, now),
          },
        ]),
    ...(product === undefined
      ? []
      : [
          {
            kind: "product" as const,
            thing: refTo(register, "product", act.product),
            entry: product.entry,
            span: spanOf(product, now),
          },
        ]),
    {
      kind: "permit" as const,
      thing: refTo(register, "permit", act.permit),
      entry,
      span: spanOf(register.permits.get(act.permit) ?? NOTHING, now),
    },
  ];
}
const NOTHING = { entry: 0, at: 0, act: undefined, from: 0, to: 0 };

function priceNow({ register, now }: World, { act }: StandingPermit) {
  const { fee, ceiling, because } = priceOf(register, act, now, 1);
  if (fee === undefined) return { because };
  const { amount, currency, unit, payee, ground } = fee.act;
  return {
    because,
    fee: {
      fee: refTo(register, "fee", fee.act.fee),
      ...{ amount, currency, unit },
      payee: payeeRef(register, payee),
      ...groundOf(register, ground),
      ...(ceiling === undefined ? {} : { ceiling: ceiling.act.amount }),
    },
  };
}

/** By month, as the public totals add up: of several prices of a month a line each. */
function usesOf(totals: readonly TotalsRow[], permit: string) {
  const months = new Map<string, Omit<TotalsRow, "permit">>();
  for (const row of totals) {
    if (row.permit !== permit) continue;
    const { month, fee = "", uses, calls, steps, charged } = row;
    const before = months.get(`${month} ${fee}`);
    months.set(`${month} ${fee}`, {
      ...{ month, uses, calls, steps, charged },
      ...(row.fee === undefined ? {} : { fee: row.fee }),
      ...(row.currency === undefined ? {} : { currency: row.currency }),
      ...(before === undefined
        ? {}
        : {
            uses: before.uses + uses,
            calls: before.calls + calls,
            steps: before.steps + steps,
            charged: before.charged + charged,
          }),
    });
  }
  return [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1));
}

/** The act that ended something, and the reason that it names. */
export async function endingOf({ log }: World, index: number) {
  const entry = await log.entry(index);
  return { entry: index, ...reasonIn(entry) };
}

/** Of an order or a decision on an appeal the reasons are its own. */
function reasonIn(entry: Entry | undefined) {
  if (entry?.type !== "act") return {};
  const { at, statement } = entry;
  const { act } = statement;
  switch (act.kind) {
    case "permitRevoked":
    case "authorisationEnded":
    case "feeEnded":
      return { at, kind: act.kind, reason: act.reason };
    default:
      return { at, kind: act.kind };
  }
}

/** Who went against these entries, and what came of it. */
export function appealsOf(
  { register }: World,
  entries: readonly (number | undefined)[],
) {
  return entries
    .flatMap((entry) =>
      entry === undefined
        ? []
        : lookUp(register, "appealsAgainst", String(entry)),
    )
    .flatMap((id) => {
      const found = register.appeals.get(id);
      if (found === undefined) return [];
      const { appeal, against, forum } = found.act;
      return [
        {
          ...{ appeal, against, forum, entry: found.entry, at: found.at },
          ...(found.decided === undefined ? {} : { decided: found.decided }),
        },
      ];
    });
}

export function ordersOn({ register }: World, kind: string, id: string) {
  return lookUp(register, "ordersOn", `${kind} ${id}`).flatMap((order) => {
    const found = register.orders.get(order);
    if (found === undefined) return [];
    return [
      {
        order,
        body: refTo(register, "body", found.act.body),
        does: found.act.effects
          .filter((one) => one.what === kind && one.id === id)
          .map(({ does }) => does),
        ...{ entry: found.entry, at: found.at },
      },
    ];
  });
}
