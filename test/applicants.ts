import { expect } from "vitest";
import { actOfIncoming } from "../src/accounts/incoming-acts.ts";
import { IncomingItems } from "../src/accounts/incoming.ts";
import type { Act } from "../src/acts/act.ts";
import { accountsOf } from "../src/cli/accounts-of.ts";
import type { Persona, Personas } from "../src/portal/account/personas.ts";
import type { SmallOffice } from "./simulation/small-office.ts";
import { browserOf, type Visitor } from "./visitor.ts";
import { type Web, webOf } from "./web-office.ts";

/** An office with organisations at its pages, and the post that enters what they send. */
export type Applying = {
  readonly web: Web;
  readonly incoming: IncomingItems;
  readonly as: (organisation: string) => Promise<Visitor>;
  /** Enters what came in last, as the post would by one click. */
  readonly enterNewest: () => Promise<Act>;
};

export function applyingAt(
  office: SmallOffice,
  /** Who else is there, and with which keys they sign. */
  others: Personas = {
    list: () => Promise.resolve([]),
    sign: () => Promise.resolve(undefined),
  },
): Applying {
  const { house, clock } = office;
  const incoming = new IncomingItems(
    house.sql,
    house.keys.seal,
    () => clock.now,
  );
  const personas = ["huaxing", "other", "newcomer", "court"].map(
    (name): Persona => ({
      name,
      who: { kind: "organisation", organisation: name, account: "" },
    }),
  );
  const web = webOf(office, {
    demonstration: true,
    ...accountsOf(house, office.folder, () => clock.now),
    personas: {
      ...others,
      list: async () => [...(await others.list()), ...personas],
    },
  });
  return {
    ...{ web, incoming },
    as: async (persona) => {
      const browser = browserOf(web);
      await browser.text("/sign-in");
      const sent = await browser.send("/sign-in/demonstration", {
        ...{ persona, to: "/" },
      });
      expect(sent.headers.get("location")).toBe("/account");
      await browser.text("/account");
      return browser;
    },
    enterNewest: async () => {
      const line = (await incoming.list("waiting")).at(-1);
      const item = await incoming.open(line?.id ?? "");
      const act =
        item === undefined || item.content.kind === "objection"
          ? undefined
          : actOfIncoming(
              house.office.register,
              { ...item, content: item.content },
              clock.now,
            );
      if (act === undefined || item === undefined)
        throw new Error("Cannot enter what came in: nothing waits");
      const by = act.kind === "organisation" ? "registrar" : "permit-officer";
      await office.granted(act, by);
      expect(await incoming.settle(item.id, "entered")).toBe(true);
      return act;
    },
  };
}

/** Begins an application and gives its address. */
export async function begun(who: Visitor, product: string): Promise<string> {
  await who.text(`/account/applications/new?product=${product}`);
  const sent = await who.send("/account/applications/new", { product });
  expect(sent.status).toBe(303);
  const to = sent.headers.get("location") ?? "";
  expect(to).toMatch(/^\/account\/applications\/ap-[0-9a-f]{16}\/purpose$/);
  return to.replace(/\/purpose$/, "");
}

export const extent = {
  ...{ fields: ["plate", "make"], where: ["plate"] },
  ...{ rowsMax: "50", calls: "", steps: "200", from: "", to: "2027-06-30" },
};

/** All steps but the last. */
export async function filledIn(who: Visitor, path: string): Promise<void> {
  const said = { purpose: "trade", text: "We price lorries." };
  await who.text(`${path}/purpose`);
  const purpose = await who.send(`${path}/purpose`, said);
  expect(purpose.headers.get("location")).toBe(`${path}/extent`);
  const much = await who.send(`${path}/extent`, extent);
  expect(much.headers.get("location")).toBe(`${path}/papers`);
}
