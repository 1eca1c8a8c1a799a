import type { FC } from "hono/jsx";
import { Frame } from "../frame.tsx";
import { say, sayCount } from "../lang/say.ts";

/** Too many attempts from one address. */
export const TooOftenPage: FC<{
  seconds: number;
  /** What else than signing in was tried: its words, and where it is tried again. */
  tried?: { readonly title: string; readonly href: string };
}> = ({ seconds: n, tried }) => {
  const title = tried?.title ?? say("Too many attempts to sign in");
  return (
    <Frame title={title} unindexed lead={<h1>{title}</h1>}>
      <p class="notice">
        {sayCount(
          n,
          "From your address it was tried too often. The next attempt is taken in {n} second.",
          "From your address it was tried too often. The next attempt is taken in {n} seconds.",
          { n },
        )}
      </p>
      <p>
        {tried === undefined ? (
          <a href="/sign-in">{say("Begin again on the sign-in page")}</a>
        ) : (
          <a href={tried.href}>{say("Back to the form")}</a>
        )}
      </p>
    </Frame>
  );
};
