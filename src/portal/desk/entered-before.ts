import { actOf, type Draft, signersOf } from "../../accounts/drafts.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { encode } from "../../acts/canonical.ts";
import { type ActEntry, parseEntry } from "../../acts/entry.ts";
import type { Statement } from "../../acts/statement.ts";
import { leafHash } from "../../log/hash.ts";
import type { EnteredAct } from "../../office/not-public-yet.ts";
import type { AppOptions } from "../app.tsx";

const BUNDLE = 256;

/**
 * The entry of a draft that is not marked as entered: the office stopped after the one and before the other. A statement has an id of its own,
 * which nobody knows before it is signed; where the act or who signs it was changed since, it is another statement's. An entry that no witness has
 * cosigned yet stands in the log all the same.
 */
export async function enteredBefore(
  { office, primitives }: Pick<AppOptions, "office" | "primitives">,
  draft: Draft,
): Promise<(EnteredAct & { readonly statement: Statement }) | undefined> {
  if (!office.register.statements.has(draft.statementId)) return undefined;
  for (let to = office.register.size; to > 0; to -= BUNDLE) {
    const from = Math.max(0, to - BUNDLE);
    const raw = await office.entered(from, to);
    for (const [place, bytes] of raw.entries()) {
      const entry = parseEntry(bytes);
      if (entry.type !== "act" || !isOf(entry, draft)) continue;
      const { at, ruling, statement } = entry;
      const leaf = toBase64url(leafHash(primitives, bytes));
      return { index: from + place, at, ruling, leaf, statement };
    }
    const [first] = raw;
    // Nothing is entered before it is prepared.
    if (first === undefined || parseEntry(first).at < draft.made) break;
  }
  return undefined;
}

function isOf({ statement }: ActEntry, draft: Draft): boolean {
  return (
    statement.id === draft.statementId &&
    encode(statement.act) === encode(actOf(draft)) &&
    encode(statement.signers) === encode([...signersOf(draft)])
  );
}
