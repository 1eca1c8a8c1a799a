import { actOfIncoming, settled } from "../../accounts/incoming-acts.ts";
import type { Incoming } from "../../accounts/incoming.ts";
import type { ActKind } from "../../acts/act.ts";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import type { Official } from "./desk.ts";
import { maySign } from "./who-signs.ts";

/** The act by which each kind of item is entered. */
const ENTERED_BY = {
  application: ["applicationReceived"],
  completion: ["completionReceived"],
  withdrawal: ["applicationWithdrawn"],
  renewal: ["renewalAsked"],
  organisation: ["organisation"],
  objection: ["objectionReceived", "registrationObjected"],
} as const satisfies Record<Incoming["content"]["kind"], readonly ActKind[]>;

const SHOWN_MAX = 200;

/** What waits and may be entered by this official, the oldest first; an auditor sees all of it. */
export async function incomingFor(
  { incoming, office, now }: AppOptions,
  official: Official,
): Promise<readonly Incoming[]> {
  if (incoming === undefined) return [];
  const lines = await incoming.list("waiting");
  const mine = lines.filter(({ kind }) => sees(kind)).slice(0, SHOWN_MAX);
  const items = await Promise.all(mine.map(({ id }) => incoming.open(id)));
  const open = await settled(
    incoming,
    office.register,
    items.filter((one) => one !== undefined),
  );
  return open.filter(({ state }) => state === "waiting");

  function sees(kind: Incoming["content"]["kind"]): boolean {
    return official.isAuditor || mayEnter({ office, now }, official, kind);
  }
}

/** Whether a post of this official settles items of a kind; whoever audits alone looks on. */
export function mayEnter(
  { office, now }: Pick<AppOptions, "office" | "now">,
  { person }: Official,
  kind: Incoming["content"]["kind"],
): boolean {
  return ENTERED_BY[kind].some((act) =>
    maySign(office.register, person, act, now()),
  );
}

/** One of them, to be entered or given back. */
export async function incomingToSettle(
  options: AppOptions,
  official: Official,
  id: string,
): Promise<Incoming> {
  const item = await incomingAt(options, official, id);
  if (!mayEnter(options, official, item.content.kind))
    throw new Forbidden(
      "your posts see this item and settle none of its kind: the post that receives it enters it or gives it back",
    );
  return item;
}

/** One of them; nobody else is told that it is there. */
export async function incomingAt(
  options: AppOptions,
  official: Official,
  id: string,
): Promise<Incoming> {
  const found = (await incomingFor(options, official)).find(
    (one) => one.id === id,
  );
  if (found === undefined)
    throw new Forbidden("nothing of that number waits for a post of yours");
  return found;
}

/** The act that enters it now, where the register has a place for it. */
export function actToEnter(
  { office, now }: AppOptions,
  item: Incoming,
): ReturnType<typeof actOfIncoming> {
  return actOfIncoming(office.register, item, now());
}
