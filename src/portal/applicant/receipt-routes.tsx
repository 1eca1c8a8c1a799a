import type { Context, Hono } from "hono";
import { readForm } from "../account/form.tsx";
import type { AppOptions } from "../app.tsx";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import type { FindEntry } from "../proof-routes.ts";
import { showPage } from "../show-page.ts";
import { type Applicant, applicantAt, notThere } from "./applicant.ts";
import { type Checked, checkReceipts, receiptsIn } from "./check-receipt.ts";
import type { Wrong } from "./fields.tsx";
import { ReceiptsPage } from "./receipts-page.tsx";

/** An answer may be long, and its receipt is in it. */
const FORM_BYTES_MAX = 4 * 1024 * 1024;
const TYPED_CHARACTERS_MAX = 20_000;

/** `/account/receipts`: those that the office still has, and a look at any. */
export function receiptRoutes(
  app: Hono,
  options: AppOptions,
  find: FindEntry,
): void {
  app.get("/account/receipts", (c) =>
    show(c, options, applicantAt(c, options), { typed: "", wrong: {} }),
  );
  app.get("/account/receipts/:leaf", async (c) => {
    const { id, access } = applicantAt(c, options);
    const found = (await access.receipts(id)).find(
      ({ leaf }) => leaf === c.req.param("leaf"),
    );
    if (found === undefined) return notThere(c);
    return c.body(found.text, 200, {
      "Content-Type": "application/json",
      "Content-Disposition": `attachment; filename="receipt-${found.leaf.slice(0, 12)}.json"`,
      "Cache-Control": "no-store",
    });
  });
  app.post("/account/receipts", upTo(FORM_BYTES_MAX), async (c) => {
    const applicant = applicantAt(c, options);
    const sent = await readForm(c);
    const [file] = sent.files("file");
    const text = file === undefined ? sent.text("receipt") : await file.text();
    const given = receiptsIn(text);
    const typed = file === undefined ? text.slice(0, TYPED_CHARACTERS_MAX) : "";
    return given === undefined
      ? show(c, options, applicant, {
          typed,
          wrong: { receipt: say("This is no receipt of an office") },
        })
      : show(c, options, applicant, {
          typed,
          wrong: {},
          checked: await checkReceipts(options, find, given),
        });
  });
}

async function show(
  c: Context,
  { office }: AppOptions,
  { id, access }: Applicant,
  given: {
    readonly typed: string;
    readonly wrong: Wrong;
    readonly checked?: readonly Checked[];
  },
): Promise<Response> {
  return showPage(
    c,
    <ReceiptsPage
      {...{ checked: [], ...given }}
      receipts={await access.receipts(id)}
      offsetMinutes={office.register.offsetMinutes}
    />,
    Object.keys(given.wrong).length === 0 ? 200 : 422,
  );
}
