import type { FC } from "hono/jsx";
import { say, sayWith } from "../lang/say.ts";
import type { Charging } from "./charging.ts";
import type { FeeInLine } from "./fee-lines.ts";
import { Rows, SpanOf, Thing } from "./parts.tsx";
import { RuleLink } from "./rule-link.tsx";
import { inMoney, type When } from "./show.ts";
import { PAYERS, sayGround, termOf, UNITS } from "./terms.ts";

/** 2.00 CNY per call */
export function sayPrice({
  amount,
  currency,
  unit,
}: Pick<FeeInLine, "amount" | "currency" | "unit">): string {
  return say("{amount} per {unit}", {
    amount: inMoney(amount, currency),
    unit: termOf(UNITS, unit),
  });
}

export const GroundOf: FC<{
  readonly ground?: string | undefined;
  readonly rule?: string | undefined;
}> = ({ ground, rule }) =>
  ground === undefined ? (
    <>{say("none")}</>
  ) : (
    <>
      {sayGround(ground)}{" "}
      {rule === undefined ? (
        `(${say("not in the rulebook any more")})`
      ) : (
        <>
          (<RuleLink rule={rule} />)
        </>
      )}
    </>
  );

/** Where several prices are in force for one class, a use is charged by one: which that is. */
export const ChargedBy: FC<{
  readonly fee: string;
  readonly charging: readonly Charging[];
}> = ({ fee, charging }) => (
  <>
    {charging.map(({ classes, fee: by }) => {
      const payers = classes.map((one) => termOf(PAYERS, one)).join(say(", "));
      return (
        <div>
          {by === undefined
            ? say("Not charged now to: {payers}.", { payers })
            : by.id === fee
              ? say(
                  "Of several prices in force this one, entered last, is charged to: {payers}.",
                  { payers },
                )
              : sayWith(
                  "Not charged to: {payers}. {fee} was entered later and is charged in its place.",
                  { payers, fee: <Thing of={by} /> },
                )}
        </div>
      );
    })}
  </>
);

export const FeeRows: FC<{
  readonly title: string;
  readonly none: string;
  readonly rows: readonly FeeInLine[];
  readonly when: When;
}> = ({ title, none, rows, when }) => (
  <Rows
    title={title}
    caption={say(
      "By class of payer, never by name. Of several prices in force for one product and class the one entered last is charged. A price whose ground the rulebook no longer has is not charged.",
    )}
    none={none}
    head={[
      [say("Price")],
      [say("Product")],
      [say("Paid to")],
      [say("Amount"), "number"],
      [say("Paid by")],
      [say("Ground")],
      [say("How long")],
    ]}
    rows={rows.map((one) => [
      <Thing of={one.fee} />,
      <Thing of={one.product} />,
      <Thing of={one.payee} />,
      sayPrice(one),
      <>
        {one.classes.map((payer) => termOf(PAYERS, payer)).join(say(", "))}
        <ChargedBy fee={one.fee.id} charging={one.charging} />
      </>,
      <GroundOf ground={one.ground} rule={one.rule} />,
      <SpanOf span={one.span} when={when} />,
    ])}
  />
);
