import type { FC, PropsWithChildren } from "hono/jsx";
import { say } from "../lang/say.ts";

/** The head of a page of the desk, with the way back to it. */
export const DeskLead: FC<PropsWithChildren<{ title: string }>> = ({
  title,
  children,
}) => (
  <>
    <p>
      <a href="/desk">{say("Your desk")}</a>
    </p>
    <h1>{title}</h1>
    <p>{children}</p>
  </>
);
