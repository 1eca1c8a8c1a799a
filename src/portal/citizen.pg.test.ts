import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listOf, signedIn } from "../../test/citizen.ts";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  HOUR,
  isNamed,
  people,
} from "../../test/simulation/small-office-acts.ts";
import { shown } from "../../test/simulation/small-office-story.ts";
import {
  asking,
  endsInOrder,
  refuses,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import { fromBase64url } from "../acts/bytes.ts";
import { primitives } from "../store/crypto.ts";
import { commitmentOf } from "../uses/opening.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await SmallOffice.granted((await schemaFor("portal_citizen")).url);
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

describe("who used my data", () => {
  test("a person sees each use of their data at once, and where it stands as soon as it is public", async () => {
    const n7 = await signedIn(office, "N7");
    await office.answered(isNamed("N7", "Name 7"), "huaxing");
    await office.pass(60_000);
    await office.answered(
      people({ where: [{ field: "town", op: "eq", value: "Town 0" }] }),
      "other",
    );
    await office.answered(isNamed("N8", "Name 8"), "huaxing");
    await office.pass(60_000);
    const fresh = await listOf(office, web, n7);
    expect(fresh.uses).toMatchObject([
      {
        kind: "use",
        organisation: { id: "other", title: "Organisation other" },
        permit: "other-people",
        form: "records",
        fields: ["number", "name"],
        conditions: ["town"],
        persons: 10,
        opening: { kept: expect.stringContaining("names other persons") },
        isPublic: false,
      },
      {
        kind: "use",
        organisation: { id: "huaxing" },
        purpose: { id: "trade", title: "Trade", class: "industry" },
        permit: "huaxing-answer",
        ground: { says: "not stated in the rulebook" },
        product: { id: "people.answer" },
        dataset: { id: "people", title: "Dataset people" },
        from: { id: "registers", title: "System registers" },
        form: "answer",
        fields: ["name"],
        conditions: ["number"],
        persons: 1,
        publicBy: office.clock.now - (office.clock.now % HOUR) + HOUR + 600_000,
      },
    ]);
    await office.passHour();
    const body = await listOf(office, web, await signedIn(office, "N7"));
    // The look of a moment ago is itself a use, and stands in the list.
    expect(body.uses.map(({ kind }) => kind)).toEqual(["look", "use", "use"]);
    const entries = await shown(office);
    for (const use of body.uses) {
      expect(use.isPublic).toBe(true);
      const entry = entries.find(({ leaf }) => leaf === use.leaf)?.entry;
      expect(entry?.kind).toBe(use.kind);
      if (!("nonce" in use.opening) || entry === undefined) continue;
      const opened = {
        nonce: fromBase64url(use.opening.nonce),
        content: fromBase64url(use.opening.content),
      };
      expect(entry).toMatchObject({
        private: commitmentOf(primitives, opened),
      });
      const proof = await web.ask(use.proof);
      expect(proof.status).toBe(200);
    }
  });

  test("nobody is shown anything without a session, with an organisation's token, or after the session is over", async () => {
    const huaxing = await asking(office, "huaxing");
    const message = /want Authorization: Bearer and the token of a citizen/;
    await refuses(web.ask("/my/uses"), [401, message]);
    await refuses(web.ask("/my/uses", { headers: huaxing }), [401, message]);
    const n7 = await signedIn(office, "N7");
    await office.pass(16 * 60_000);
    await refuses(web.ask("/my/uses", { headers: n7 }), [401, message]);
  });
});
