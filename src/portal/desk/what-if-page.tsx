import type { FC } from "hono/jsx";
import type { ActOf } from "../../acts/act.ts";
import { showCount } from "../../audit/says.ts";
import type { ReadRegister } from "../../register/register.ts";
import { sayInstant, sayMoney } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { sayValue } from "./field-said.ts";
import { whatIf } from "./what-if.ts";

/** What a price would have brought over a year of uses, beside what bounds it. */
export const WhatIf: FC<{
  act: ActOf<"feeStandard">;
  register: ReadRegister;
  now: number;
}> = ({ act, register, now }) => {
  const { classes, months, charged, drafted, ceiling, permitted } = whatIf(
    register,
    act,
    now,
  );
  const money = (minor: number): string => sayMoney(minor, act.currency);
  return (
    <section aria-labelledby="what-if">
      <h2 id="what-if">{say("What it would have brought")}</h2>
      <Table
        label={say("What it would have brought")}
        caption={say(
          "Over the uses that closed usage logs show from {first} to before {behind}. That fewer would ask at another price is not guessed.",
          { first: months[0], behind: months[1] },
        )}
        head={[
          [say("Class of payers"), false],
          [say("Units"), true],
          [say("Free by law"), true],
          [say("Was charged"), true],
          [say("This price"), true],
        ]}
        none={say("none")}
        rows={[
          ...classes.map((one) => [
            sayValue(one.payerClass),
            showCount(one.units),
            showCount(one.freeUnits),
            money(one.charged),
            money(one.drafted),
          ]),
          [say("all together"), "", "", money(charged), money(drafted)],
        ]}
      />
      <ul class="plain">
        <li>
          {ceiling === undefined
            ? say("No highest price is in force for this product and unit.")
            : say(
                "The highest price in force is {amount}; for the same units that is {most}. It ends at {until}, and no price may outlast it.",
                {
                  amount: money(ceiling.amount),
                  most: money(ceiling.most),
                  until: sayInstant(ceiling.until, register.offsetMinutes),
                },
              )}
        </li>
        <li>
          {permitted === undefined
            ? say("No permitted revenue stands over it.")
            : say(
                "The permitted revenue of this year, for all products of the operator together, is {total}.",
                { total: money(permitted.total) },
              )}
        </li>
      </ul>
    </section>
  );
};
