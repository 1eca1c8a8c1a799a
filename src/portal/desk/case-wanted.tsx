import type { FC } from "hono/jsx";
import type { SaidInPaper } from "../../accounts/applicant-contents.ts";
import type { ReadRegister } from "../../register/register.ts";
import { sayInstant, sayNumber } from "../lang/figures.ts";
import { say } from "../lang/say.ts";

/** How much was asked for, as far as the application says it. */
export const SaidWanted: FC<{
  said: SaidInPaper | undefined;
  register: ReadRegister;
}> = ({ said, register: { offsetMinutes } }) => {
  const wanted = said?.wanted;
  if (wanted === undefined) return <></>;
  const { fields, where, rowsMax, calls, steps, from, to } = wanted;
  const upTo = (most: number | undefined): string =>
    most === undefined ? say("no limit named") : sayNumber(most);
  return (
    <>
      <dt>{say("Fields")}</dt>
      <dd>
        {say("to see: {fields}", { fields: fields.join(", ") })}
        {where.length > 0 &&
          `; ${say("to search by: {fields}", { fields: where.join(", ") })}`}
      </dd>
      <dt>{say("Quantity")}</dt>
      <dd>
        {say("rows in one answer: {rows}; requests: {calls}; steps: {steps}", {
          ...{ rows: sayNumber(rowsMax), calls: upTo(calls) },
          steps: upTo(steps),
        })}
      </dd>
      <dt>{say("For how long")}</dt>
      <dd>
        {from === undefined
          ? say("from the grant on")
          : say("from {at}", { at: sayInstant(from, offsetMinutes) })}
        {", "}
        {to === undefined
          ? say("no end named")
          : say("until {by}", { by: sayInstant(to, offsetMinutes) })}
      </dd>
    </>
  );
};
