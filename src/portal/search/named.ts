import { type ThingKey, thingKey, thingKinds } from "../../rules/about.ts";
import { law } from "../../rules/law.ts";
import type { ActLog } from "../acts/act-log.ts";
import { thingsOf } from "../acts/thing.ts";

/** `1082`, `1,082`, `entry 1082`, `#1082`, `第1082条记录`: somebody read a number and looks for its entry. */
const ENTRY =
  /^(?:(?:entry|act|no\.?|第|记录|行为)\s*)?#?\s*(\d{1,3}(?:,\d{3})+|\d{1,15})\s*(?:条(?:记录)?|号)?$/iu;

/** What a query names outright: an entry by its number, things by their whole ids. It is offered before everything that the words stand in. */
export function namedBy(
  { register, size }: Pick<ActLog, "register" | "size">,
  q: string,
): readonly (ThingKey | number)[] {
  const [, digits] = ENTRY.exec(q) ?? [];
  const entry = Number(digits?.replaceAll(",", ""));
  const things = thingKinds
    .filter((kind) =>
      kind === "rule"
        ? Object.hasOwn(law, q)
        : thingsOf(register, kind)?.has(q) === true,
    )
    .map((kind) => thingKey(kind, q));
  return entry < size ? [entry, ...things] : things;
}
