import type { FC } from "hono/jsx";
import { settlingOf } from "../accounts/incoming-acts.ts";
import type { Incoming } from "../accounts/incoming.ts";
import type { ReadRegister } from "../register/register.ts";
import { say } from "./lang/say.ts";

/** The entries that settled what somebody sent: the one that took it in, and the one that answers it. */
export const SettledBy: FC<{ item: Incoming; register: ReadRegister }> = ({
  item,
  register,
}) => {
  const settling = settlingOf(register, item);
  if (settling === undefined) return <></>;
  const { entry, answer } = settling;
  return (
    <>
      {" "}
      <a href={`/acts/${entry}`}>{say("entry {entry}", { entry })}</a>
      {answer !== undefined && (
        <>
          {", "}
          <a href={`/acts/${answer}`}>
            {say("answered by entry {entry}", { entry: answer })}
          </a>
        </>
      )}
    </>
  );
};
