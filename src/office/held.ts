import { sameBytes } from "../acts/bytes.ts";
import { parseCheckpoint } from "../log/checkpoint.ts";
import { FormatError } from "../log/format-error.ts";
import { type Nodes, rootWhen } from "../log/nodes.ts";
import { parseNote } from "../log/note.ts";
import { openNote, verifyingLines } from "../log/open-note.ts";
import type { PolicyWitness } from "../log/policy.ts";
import type { VerifierKey } from "../log/verifier-key.ts";
import { monitoringPath } from "../log/witness.ts";
import { primitives } from "../store/crypto.ts";
import { askOver } from "./http-answer.ts";
import type { LogKeysAgainst } from "./log-keys.ts";

/** The newest checkpoint that a witness shows of a log: signed by the log's own key, and by the witness's. */
export type Held = { readonly size: number; readonly root: Uint8Array };

/** Asks a witness at its monitoring address (C2SP tlog-witness) what it holds; says why where that is no evidence. */
export async function heldBy(
  { key, url }: PolicyWitness,
  logKeys: LogKeysAgainst,
  timeoutMs: number,
): Promise<Held | { readonly why: string }> {
  if (url === undefined) return { why: "it has no address" };
  const [{ name: origin } = { name: "" }] = logKeys.all;
  const path = monitoringPath(primitives, origin);
  const answer = await askOver(`${url.replace(/\/$/, "")}/${path}`, timeoutMs);
  if ("why" in answer) return { why: `it does not answer: ${answer.why}` };
  if (answer.status === 404) return { why: "it shows nothing of this log" };
  if (answer.status !== 200) return { why: `it answers ${answer.status}` };
  return (
    verified(answer.text, origin, key, logKeys) ?? {
      why: "what it shows is not signed by this log and by it",
    }
  );
}

/** Any other line may stand in the note, whoever wrote it: both of these must verify. */
function verified(
  text: string,
  origin: string,
  witness: VerifierKey,
  logKeys: LogKeysAgainst,
): Held | { readonly why: string } | undefined {
  try {
    const keys = [...logKeys.all, witness];
    const note = verifyingLines(primitives, parseNote(text), keys);
    const opening = openNote(primitives, note, keys);
    if (opening.outcome === "rejected") return undefined;
    const checkpoint = parseCheckpoint(opening.text);
    const signed = opening.verified.map(({ key }) => key);
    const cosigned = opening.verified.find(({ key }) => key === witness);
    if (
      checkpoint.origin !== origin ||
      cosigned?.kind !== "cosignature" ||
      !signed.some((key) => logKeys.all.includes(key))
    )
      return undefined;
    const { size, root } = checkpoint;
    const ids = new Set(signed.map(({ id }) => id));
    // Whoever has a key that is over, or one of several, could otherwise stop this office.
    return logKeys
      .needed(size, cosigned.timeSeconds)
      .every(({ id }) => ids.has(id))
      ? { size, root }
      : {
          why: `what it shows of size ${size} is not signed by every key of this log that signs by now`,
        };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** What a signed checkpoint proves against the tree of everything that is durable here; undefined where it is of this tree. */
export function contradiction(
  { size, root }: Held,
  nodes: Nodes,
): string | undefined {
  const own = nodes.range.size;
  if (size > own)
    return `holds size ${size} under the signature of this log, and here are ${own} entries; this log was set back: fetch what is missing with \`vitrine log recover --from MIRROR\``;
  const here = rootWhen(primitives, nodes, size);
  if (here !== undefined && sameBytes(here, root)) return undefined;
  return `holds another history under the signature of this log: another root at size ${size}; enter nothing more, compare with a mirror and fetch what it has with \`vitrine log recover --from MIRROR\``;
}
