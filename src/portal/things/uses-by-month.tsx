import type { FC } from "hono/jsx";
import { sayList } from "../lang/figures.ts";
import { say } from "../lang/say.ts";
import { MonthsOfUse } from "../pictures.tsx";
import { When } from "../when.tsx";
import type { MonthOfUse } from "./month-of-use.ts";
import { Rows } from "./parts.tsx";
import { inMoney, inNumber } from "./show.ts";

/** How much something is used, and what that brought, over time: the picture and its table. */
export const UsesByMonth: FC<{
  readonly rows: readonly MonthOfUse[];
  readonly uncounted: readonly string[];
}> = ({ rows, uncounted }) => (
  <>
    <Rows
      title={say("How much it is used")}
      caption={say(
        "By month over all permits, as the usage logs that are public add up. Uses of open data have no permit and are not in it.",
      )}
      none={say("No use of it under a permit is public yet.")}
      head={[
        [say("Month")],
        [say("Free or at a price")],
        [say("Uses"), "number"],
        [say("Calls"), "number"],
        [say("Steps"), "number"],
        [say("Charged"), "number"],
      ]}
      rows={rows.map((one) => [
        <When at={one.month} />,
        one.currency === undefined ? say("free of charge") : say("at a price"),
        inNumber(one.uses),
        inNumber(one.calls),
        inNumber(one.steps),
        one.currency === undefined ? "" : inMoney(one.charged, one.currency),
      ])}
    />
    <MonthsOfUse lines={rows} />
    <Uncounted gateways={uncounted} />
  </>
);

export const Uncounted: FC<{ readonly gateways: readonly string[] }> = ({
  gateways,
}) =>
  gateways.length === 0 ? null : (
    <p class="quiet">
      {say("Not counted here yet: the open logs of {gateways}.", {
        gateways: sayList(gateways),
      })}
    </p>
  );
