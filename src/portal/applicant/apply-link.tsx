import type { FC } from "hono/jsx";
import { around } from "../around.ts";
import { say } from "../lang/say.ts";

/** The way to a permit; whoever is signed in as somebody who cannot apply would only be sent away there. */
export const ApplyLink: FC<{ product: string }> = ({ product }) => {
  const { session } = around();
  if (session !== undefined && session.who.kind !== "organisation")
    return <></>;
  return (
    <a
      href={`/account/applications/new?product=${encodeURIComponent(product)}`}
      rel="nofollow"
    >
      {say("Apply for a permit")}
    </a>
  );
};
