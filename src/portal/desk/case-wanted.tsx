import type { FC } from "hono/jsx";
import type {
  OnPaper,
  SaidInPaper,
} from "../../accounts/applicant-contents.ts";
import type { ReadRegister } from "../../register/register.ts";
import { sayInstant, sayList, sayNumber, sayTime } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { titleOf } from "../lang/title-in.ts";

/** When the letter came, who typed it, and what the scans are known by outside this office too. */
const CameByLetter: FC<{ came: OnPaper; register: ReadRegister }> = ({
  came: { arrived, postmark, post, scans },
  register,
}) => (
  <>
    <dt>{say("Came by letter")}</dt>
    <dd>
      {say("arrived on {day}", { day: sayTime(arrived) })}
      {postmark !== undefined &&
        `; ${say("postmark of {day}", { day: sayTime(postmark) })}`}
      {"; "}
      {say("typed by {post}", {
        post: titleOf(register.posts.get(post), post),
      })}
    </dd>
    <dt>{say("SHA-256 of the scans")}</dt>
    <dd>
      {scans.map((one) => (
        <div>
          <code>{one}</code>
        </div>
      ))}
    </dd>
  </>
);

/** How much was asked for, as far as the application says it. */
export const SaidWanted: FC<{
  said: SaidInPaper | undefined;
  register: ReadRegister;
}> = ({ said, register }) => {
  const { offsetMinutes } = register;
  const wanted = said?.wanted;
  if (wanted === undefined) return <></>;
  const { fields, where, rowsMax, calls, steps, from, to } = wanted;
  const upTo = (most: number | undefined): string =>
    most === undefined ? say("no limit named") : sayNumber(most);
  return (
    <>
      {said?.onPaper !== undefined && (
        <CameByLetter came={said.onPaper} register={register} />
      )}
      <dt>{say("Fields")}</dt>
      <dd>
        {say("to see: {fields}", { fields: sayList(fields) })}
        {where.length > 0 &&
          `${say("; ")}${say("to search by: {fields}", { fields: sayList(where) })}`}
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
        {say(", ")}
        {to === undefined
          ? say("no end named")
          : say("until {by}", { by: sayInstant(to, offsetMinutes) })}
      </dd>
    </>
  );
};
