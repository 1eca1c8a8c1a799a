import { expect } from "vitest";
import * as z from "zod/mini";
import { issueSession, type Session } from "../src/gateway/citizen/sign-in.ts";
import { receipt } from "../src/uses/receipt.ts";
import type { SmallOffice } from "./simulation/small-office.ts";
import type { Web } from "./web-office.ts";

/** The header of a citizen whom the identity adapter has identified. */
export async function signedIn(
  { house, clock }: SmallOffice,
  person: string,
  subject = person,
): Promise<{ readonly Authorization: string }> {
  const by: Session["by"] = person === subject ? "subject" : "representative";
  const session = { by, person, subject };
  const token = await issueSession(
    ...([house.sql, house.keys.seal, session, clock.now] as const),
  );
  return { Authorization: `Bearer ${token}` };
}

const named = z.looseObject({ id: z.string(), title: z.string() });
const opening = z.object({ nonce: z.string(), content: z.string() });
const line = {
  at: z.number(),
  time: z.string(),
  slot: z.number(),
  log: z.string(),
  leaf: z.string(),
  proof: z.string(),
  isPublic: z.boolean(),
  publicBy: z.optional(z.number()),
  promise: z.optional(z.string()),
  index: z.optional(z.number()),
  questions: z.array(
    z.object({
      question: z.string(),
      due: z.number(),
      dueTime: z.string(),
      received: z.optional(z.number()),
      answered: z.optional(z.number()),
    }),
  ),
};
const useLine = z.strictObject({
  ...line,
  kind: z.literal("use"),
  organisation: named,
  system: z.optional(z.string()),
  purpose: named,
  permit: z.string(),
  ground: z.looseObject({ says: z.string() }),
  case: z.optional(z.string()),
  product: named,
  dataset: named,
  from: named,
  form: z.string(),
  fields: z.array(z.string()),
  conditions: z.array(z.string()),
  persons: z.number(),
  opening: z.union([opening, z.strictObject({ kept: z.string() })]),
  units: z.optional(z.looseObject({ calls: z.number() })),
  state: z.optional(z.string()),
  answeredAnewOf: z.optional(z.string()),
});
const lookLine = z.strictObject({
  ...line,
  kind: z.literal("look"),
  by: z.enum(["auditor", "subject", "representative", "portal"]),
  organisation: z.optional(named),
  post: z.optional(named),
  of: z.optional(z.string()),
  why: z.optional(z.string()),
  opening: z.union([opening, z.strictObject({ kept: z.string() })]),
});
export const listBody = z.strictObject({
  for: z.string(),
  complete: z.strictObject({
    says: z.string(),
    gateways: z.array(z.string()),
    since: z.number(),
    sinceTime: z.string(),
    erasedBy: z.optional(z.number()),
    notCovered: z.strictObject({
      systems: z.array(named),
      datasets: z.array(named),
      gateways: z.array(z.object({ gateway: z.string(), since: z.number() })),
      notIndexed: z.number(),
      logs: z.array(z.string()),
    }),
    seals: z.strictObject({
      inForce: z.number(),
      classes: z.array(z.looseObject({ seal: z.string() })),
    }),
  }),
  total: z.number(),
  uses: z.array(z.discriminatedUnion("kind", [useLine, lookLine])),
  cursor: z.optional(z.string()),
  look: z.strictObject({ receipt, leaf: z.string() }),
});
export type ListBody = z.infer<typeof listBody>;

/** A list as it was shown; the look's receipt is kept, so that the check at the end asks for its entry. */
export async function listOf(
  office: SmallOffice,
  web: Web,
  headers: { readonly Authorization: string },
  parameters = "",
): Promise<ListBody> {
  const response = await web.ask(`/my/uses${parameters}`, { headers });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const body = listBody.parse(JSON.parse(text));
  office.receipts.push(body.look.receipt);
  return body;
}

/** Whether a page tells a person's code: on its own, since hashes and tokens hold any two characters by chance. */
export function tells(page: string, code: string): boolean {
  return new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(page);
}
