import type { FC } from "hono/jsx";
import { showCount } from "../audit/says.ts";
import { say } from "./lang/say.ts";

/** Under a table of the front page: where the rest of it is. */
export const More: FC<{
  readonly shown: number;
  readonly total: number;
  readonly href: string;
}> = ({ shown, total, href }) =>
  shown >= total ? null : (
    <p>
      {say("{shown} of {total} stand here.", {
        shown: showCount(shown),
        total: showCount(total),
      })}{" "}
      <a href={href}>{say("All of them")}</a>
    </p>
  );
