import type { Child, FC } from "hono/jsx";
import { say, sayWith } from "../lang/say.ts";

export type Term = readonly [term: string, value: Child | readonly Child[]];
export const Terms: FC<{ rows: readonly Term[] }> = ({ rows }) => (
  <dl class="facts">
    {rows.map(([term, value]) => (
      <div>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** What a list of field names reads like. */
export const Names: FC<{ names: readonly string[] }> = ({ names }) => (
  <>
    {names.length === 0
      ? say("none of them")
      : names.map((one, index) => (
          <>
            {index > 0 && " "}
            <code>{one}</code>
          </>
        ))}
  </>
);

export const BackToAccount: FC = () => (
  <p>
    {sayWith("Back to {account}.", {
      account: <a href="/account">{say("Your account")}</a>,
    })}
  </p>
);
