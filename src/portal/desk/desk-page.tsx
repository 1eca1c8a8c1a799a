import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { Frame } from "../frame.tsx";
import { say } from "../lang/say.ts";

/** A page of the desk: the way back to it, what the page is, and what it says of itself in a sentence. */
export const DeskPage: FC<
  PropsWithChildren<{ title: string; lead: Child; script?: string }>
> = ({ title, lead, script, children }) => (
  <Frame
    title={title}
    unindexed
    {...(script === undefined ? {} : { script })}
    lead={
      <>
        <p>
          <a href="/desk">{say("Your desk")}</a>
        </p>
        <h1>{title}</h1>
        <p>{lead}</p>
      </>
    }
  >
    {children}
  </Frame>
);
