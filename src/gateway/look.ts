import { primitives } from "../store/crypto.ts";
import {
  type AuditPart,
  commitmentOf,
  type LookPart,
  lookPartBytes,
} from "../uses/opening.ts";
import type { Receipt } from "../uses/receipt.ts";
import { type Look, SLOT } from "../uses/use.ts";
import type { Desk } from "./desk.ts";

export type Looking =
  | ({
      readonly by: Exclude<Look["by"], "auditor">;
      /** Who looked: an id that tells nobody who, or the portal's organisation; whose list it was, as the token that is keyed for lists. */
    } & Omit<LookPart, "at">)
  | ({ readonly by: "auditor" } & Omit<AuditPart, "at">);

/** Enters that somebody looked at the list of one person, or that an auditor opened an entry. Durable, with its opening, when it resolves. */
export async function enterLook(
  desk: Desk,
  { by, ...looked }: Looking,
): Promise<{ readonly receipt: Receipt; readonly leaf: string }> {
  desk.mustServe();
  await desk.logs.prepare("hour");
  const now = desk.now();
  desk.mustServe();
  const { log, slot } = desk.logs.block("hour", 0, now);
  const at = Math.min(Math.max(now, slot), slot + SLOT.hour - 1);
  const content = lookPartBytes({ at, ...looked });
  const opening = { nonce: desk.nonce(), content };
  return desk.enterSealed(
    log,
    slot,
    {
      ...{ v: 1, kind: "look", slot, by },
      private: commitmentOf(primitives, opening),
    },
    opening,
    "subject" in looked ? [looked.subject] : looked.subjects,
  );
}
