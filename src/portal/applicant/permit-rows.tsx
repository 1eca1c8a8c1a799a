import type { FC } from "hono/jsx";
import { sayNumber, sayMoney, sayInstant } from "../lang/figures.ts";
import { NEVER } from "../../register/register.ts";
import { citedRule } from "../lang/law-in.ts";
import { type Message, say } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { sayGround } from "../things/terms.ts";
import { When } from "../when.tsx";
import type { ChargeLine, PermitState, PermitView } from "./permit-view.ts";

export const PERMIT_STATES = {
  inForce: "in force",
  unfounded: "in force, but its product is not offered: nobody is answered",
  notYet: "begins later",
  suspended: "suspended by an order",
  over: "its time is over",
  ended: "ended before its time",
} as const satisfies Record<PermitState, Message>;

export function sayEnd(
  { standing }: Pick<PermitView, "standing">,
  offsetMinutes: number,
): string {
  const to = standing.ended?.at ?? standing.to;
  return to === NEVER ? say("no end") : sayInstant(to, offsetMinutes);
}

export function sayLeft({
  left,
  used,
  state,
}: Pick<PermitView, "left" | "used" | "state">): string {
  if (state === "over" || state === "ended")
    return say("nothing: it is over, after {n} requests", {
      n: sayNumber(used.calls),
    });
  if (state === "unfounded") return say("nothing: nobody is answered under it");
  const parts = [
    ...(left.calls === undefined
      ? []
      : [say("{n} requests left", { n: sayNumber(left.calls) })]),
    ...(left.steps === undefined
      ? []
      : [say("{n} steps left", { n: sayNumber(left.steps) })]),
  ];
  return parts.length > 0
    ? parts.join(say("; "))
    : say("no limit; {n} requests so far", { n: sayNumber(used.calls) });
}

/** What was charged, per currency. */
export function sayCharged(charges: readonly ChargeLine[]): string {
  const sums = new Map<string, number>();
  for (const { charged, currency } of charges)
    if (currency !== undefined)
      sums.set(currency, (sums.get(currency) ?? 0) + charged);
  return sums.size === 0
    ? say("nothing so far")
    : [...sums]
        .map(([currency, sum]) => sayMoney(sum, currency))
        .join(say("; "));
}

export const Charges: FC<{
  charges: readonly ChargeLine[];
  withPermit?: boolean;
}> = ({ charges, withPermit }) => (
  <Table
    label={say("Charges by month")}
    caption={say(
      "As the usage logs add up at this moment. Whoever keeps the receipts can add them up again.",
    )}
    none={say("Nothing was used yet.")}
    head={[
      [say("Month"), false],
      ...(withPermit === true ? ([[say("Permit"), false]] as const) : []),
      [say("Uses"), true],
      [say("Steps of rows"), true],
      [say("Amount charged"), true],
      [say("Fee standard"), false],
      [say("Its ground"), false],
      [say("Paid to"), false],
    ]}
    rows={charges.map((one) => [
      <When at={one.month} />,
      ...(withPermit === true
        ? [<a href={`/account/permits/${one.permit}`}>{one.permit}</a>]
        : []),
      sayNumber(one.uses),
      sayNumber(one.steps),
      one.fee === undefined
        ? say("free of charge")
        : sayMoney(one.charged, one.currency),
      one.fee === undefined ? "" : <code>{one.fee}</code>,
      one.rule === undefined
        ? sayGround(one.ground ?? "")
        : citedRule(one.rule),
      one.payee ?? "",
    ])}
  />
);
