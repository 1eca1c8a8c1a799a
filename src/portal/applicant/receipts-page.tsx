import type { FC } from "hono/jsx";
import type { OwnReceipt } from "../../accounts/access.ts";
import { Form } from "../account/form.tsx";
import { Moment } from "../citizen/moment.tsx";
import { checkHref } from "../check-routes.ts";
import { Frame } from "../frame.tsx";
import { say, sayWith } from "../lang/say.ts";
import { Table } from "../table.tsx";
import { BackToAccount, Terms } from "./terms.tsx";
import type { Checked } from "./check-receipt.ts";
import { LongField, type Wrong, WrongSummary } from "./fields.tsx";
import { SaidError } from "../when.tsx";

/** Where receipts are, which the office still has, and a look at any one of them. */
export const ReceiptsPage: FC<{
  receipts: readonly OwnReceipt[];
  offsetMinutes: number;
  checked: readonly Checked[];
  typed: string;
  wrong: Wrong;
}> = ({ receipts, offsetMinutes, checked, typed, wrong }) => {
  const title = say("Receipts");
  return (
    <Frame
      title={title}
      unindexed
      lead={
        <>
          <h1>{title}</h1>
          <p>
            {say(
              "Every answer under a permit brings the receipt of its use: keep it beside the data. Of streamed answers the office keeps them for thirty days.",
            )}
          </p>
        </>
      }
    >
      <WrongSummary wrong={wrong} />
      {checked.map((one) => (
        <Result one={one} offsetMinutes={offsetMinutes} />
      ))}
      <section>
        <h2>{say("Check a receipt")}</h2>
        <Form action="/account/receipts" label={say("Check a receipt")} files>
          <LongField
            {...{ id: "receipt", wrong, value: typed, rows: 6 }}
            label={say("Paste it here")}
            hint={say(
              "The receipt alone, or the whole answer that it came in, as JSON.",
            )}
          />
          <div class="field">
            <label for="file">{say("or choose its file")}</label>
            <input id="file" name="file" type="file" accept=".json" />
          </div>
          <button type="submit">{say("Check a receipt")}</button>
        </Form>
        <p class="notice">
          {sayWith(
            "Here the office says itself whether it kept its word. {check} says it in your own browser, against copies of the logs that you choose.",
            { check: <a href={checkHref()}>{say("The checking page")}</a> },
          )}
        </p>
      </section>
      <section>
        <h2>{say("Receipts that the office still has")}</h2>
        <Table
          label={say("Receipts that the office still has")}
          caption={say("Of streamed answers and files, the newest first.")}
          none={say("None: no answer was streamed in the last thirty days.")}
          head={[
            [say("Receipt"), false],
            [say("Permit"), false],
            [say("Kept since"), false],
          ]}
          rows={receipts.map((one) => [
            <a href={`/account/receipts/${one.leaf}`} download>
              <code>{one.leaf}</code>
            </a>,
            one.permit,
            <Moment at={one.at} offsetMinutes={offsetMinutes} />,
          ])}
        />
      </section>
      <BackToAccount />
    </Frame>
  );
};

const Result: FC<{ one: Checked; offsetMinutes: number }> = ({
  one,
  offsetMinutes,
}) => (
  <section aria-live="polite">
    <h2>{say("What this receipt is worth")}</h2>
    <p class={one.faults.length === 0 ? "granted" : "refused"}>
      {one.faults.length > 0
        ? say("It does not hold.")
        : one.place !== undefined
          ? say("It holds, and its promise was kept.")
          : say("It holds. Its promise is not due yet.")}
    </p>
    {one.faults.length > 0 && (
      <ul class="plain">
        {one.faults.map((says) => (
          <li>
            <SaidError message={says} />
          </li>
        ))}
      </ul>
    )}
    <Terms
      rows={[
        [say("Log"), <code>{one.log}</code>],
        [say("Leaf hash of its entry"), <code>{one.leaf}</code>],
        [
          say("Place in the public log"),
          one.place === undefined ? say("not there now") : String(one.place),
        ],
        [
          say("Promised in public by"),
          <Moment at={one.publishBy} offsetMinutes={offsetMinutes} />,
        ],
        ...(one.permit === undefined
          ? []
          : [[say("Permit"), one.permit] as const]),
        ...(one.charge === undefined
          ? []
          : [[say("Amount charged"), one.charge] as const]),
      ]}
    />
  </section>
);
