import { showInstant } from "../acts/dates.ts";
import type { ActEntry, Finding, Ruling } from "../acts/entry.ts";
import type { Primitives } from "../acts/primitives.ts";
import { signatureFault } from "../acts/signatures.ts";
import { type Signer, signedBytes } from "../acts/statement.ts";
import { holders, type ReadRegister } from "../register/register.ts";
import type { TurnedAway } from "../rules/turn-away.ts";

/**
 * Text as one line for people, whoever wrote what stands in it: nothing in it breaks the line, moves a cursor or turns the
 * direction of the text.
 */
export function showLine(text: string, charactersMax = Infinity): string {
  const cut =
    text.length > charactersMax ? `${text.slice(0, charactersMax)}…` : text;
  return cut.replace(
    /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** 14,912 */
export function showCount(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** 1,234,567.50 CNY, from minor units; these alone where no currency is known */
export function showMoney(minor: number, currency: string | undefined): string {
  if (currency === undefined) return showCount(minor);
  const sign = minor < 0 ? "-" : "";
  const abs = Math.abs(minor);
  const cents = String(abs % 100).padStart(2, "0");
  return `${sign}${showCount(Math.floor(abs / 100))}.${cents} ${currency}`;
}

type Held = { readonly size: number; readonly by?: string };

/** two histories: witness holds size 14,912, office shows 14,906 */
export function sayLarger({ size, by }: Held, shown: number): string {
  return `two histories: ${by ?? "somebody outside"} holds size ${showCount(size)}, office shows ${showCount(shown)}`;
}

export function sayOther(size: number, by: string | undefined): string {
  return `two histories: at size ${showCount(size)} ${by ?? "somebody outside"} holds another root than the office shows`;
}

const instants = new Set([
  "from",
  "to",
  "until",
  "entered",
  "latest",
  "original",
  "signs-from",
  "rulebook-until",
]);

/** A finding in one line: its rule and the facts that it rests on. */
export function sayFinding(
  { rule, result, facts }: Finding,
  offsetMinutes: number,
): string {
  const said = facts.map(([name, value]) =>
    typeof value === "number" && instants.has(name)
      ? `${name} ${showInstant(value, offsetMinutes)}`
      : `${name} ${value}`,
  );
  return [rule, result, said.join(", ")]
    .filter((part) => part !== "")
    .join(" ");
}

export function sayRuling(ruling: Ruling, offsetMinutes: number): string {
  if (ruling.outcome === "refused")
    return `refused: ${ruling.findings.map((f) => sayFinding(f, offsetMinutes)).join("; ")}`;
  return ruling.flags.length === 0
    ? "granted"
    : `granted with ${ruling.flags.map((f) => f.rule).join(", ")}`;
}

/** Why an act should never have become an entry, with the post and the day that a reader knows it by. */
export function sayTurnedAway(
  p: Primitives,
  register: ReadRegister,
  entry: ActEntry,
  { code, turnedAway }: TurnedAway,
): string {
  const { seen, act, signers } = entry.statement;
  const post = signers.find((one) => one.post !== undefined)?.post;
  const day = showInstant(entry.at, register.offsetMinutes).slice(0, 10);
  const whose = `act ${act.kind}${post === undefined ? "" : ` of post ${post}`}`;
  if (code === "unseen" && seen.size > 0)
    return `its signers had seen another history: the root that they signed for size ${showCount(seen.size)} is not this log's (${whose}, ${day})`;
  const why = turnedAway.replace(/^Cannot enter act [^:]*: /, "");
  if (code !== "unsigned" && code !== "unknownKey")
    return `${why} (${whose}, ${day})`;
  const wrong = wrongSignature(p, register, entry);
  if (wrong === undefined) return `${why} (${whose}, ${day})`;
  const { signer, because } = wrong;
  const held = holders(register, signer.post ?? "", entry.at);
  const holds = held.some((one) => one.act.person === signer.person);
  const named = holds ? `the holder of post ${signer.post}` : "whom it names";
  return `signature is not of ${named} on ${day}: ${because} (act ${act.kind})`;
}

type Wrong = { readonly signer: Signer; readonly because: string };

/** The first signature that is not by a key in force for its signer. Founders and new keys bring their own. */
function wrongSignature(
  p: Primitives,
  register: ReadRegister,
  { statement, signatures, batch }: ActEntry,
): Wrong | undefined {
  if (statement.act.kind === "genesis") return undefined;
  for (const [index, signature] of signatures.entries()) {
    const signer = statement.signers[index];
    if (signer === undefined || signer.role === "holder") return undefined;
    const key = register.keys.get(signature.key);
    if (key === undefined)
      return { signer, because: "no act before it had enrolled its key" };
    if (key.person !== signer.person)
      return { signer, because: "its key is another person's" };
    if (key.revoked !== undefined)
      return { signer, because: "its key had been revoked" };
    const message = batch === undefined ? signedBytes(statement) : undefined;
    const fault =
      message === undefined
        ? undefined
        : signatureFault(p, key.key, message, signature);
    if (fault !== undefined) return { signer, because: fault };
  }
  return undefined;
}
