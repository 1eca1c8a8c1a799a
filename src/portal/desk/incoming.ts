import {
  actOfIncoming,
  actOfObjection,
  type ObjectionItem,
  type ObjectionPapers,
  settled,
} from "../../accounts/incoming-acts.ts";
import type { Incoming } from "../../accounts/incoming.ts";
import type { Act, ActKind } from "../../acts/act.ts";
import { showInstant } from "../../acts/dates.ts";
import { encodeBytes } from "../../acts/canonical.ts";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { deskOf, type Official } from "./desk.ts";
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
const SETTLED_MAX = 50;

/** What waits and may be entered by this official, the oldest first; an auditor sees all of it. */
export async function incomingFor(
  options: AppOptions,
  official: Official,
): Promise<readonly Incoming[]> {
  const { incoming } = options;
  if (incoming === undefined) return [];
  const lines = await incoming.list("waiting");
  const items = await opened(options, official, lines, SHOWN_MAX);
  return items.filter(({ state }) => state === "waiting");
}

/** What waits no longer, the newest first: entered, or given back. */
export async function settledFor(
  options: AppOptions,
  official: Official,
): Promise<readonly Incoming[]> {
  const { incoming } = options;
  if (incoming === undefined) return [];
  const lines = await incoming.settledLately();
  return opened(options, official, lines, SETTLED_MAX);
}

async function opened(
  options: AppOptions,
  official: Official,
  lines: readonly Pick<Incoming, "id" | "kind">[],
  most: number,
): Promise<readonly Incoming[]> {
  const { incoming, office } = options;
  if (incoming === undefined) return [];
  const mine = lines
    .filter(({ kind }) => sees(options, official, kind))
    .slice(0, most);
  const items = await Promise.all(mine.map(({ id }) => incoming.open(id)));
  return settled(
    incoming,
    office.register,
    items.filter((one) => one !== undefined),
  );
}

function sees(
  options: AppOptions,
  official: Official,
  kind: Incoming["kind"],
): boolean {
  return official.isAuditor || mayEnter(options, official, kind);
}

/** Whether a post of this official settles items of a kind; whoever audits alone looks on. */
export function mayEnter(
  { office, now }: Pick<AppOptions, "office" | "now">,
  { person }: Official,
  kind: Incoming["kind"],
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
  if (!mayEnter(options, official, item.kind))
    throw new Forbidden(
      "your posts see this item and settle none of its kind: the post that receives it enters it or gives it back",
    );
  return item;
}

/** One item that a post of this official enters or entered; nobody else is told that it is there. */
export async function incomingAt(
  options: AppOptions,
  official: Official,
  id: string,
): Promise<Incoming> {
  const found = await options.incoming?.open(id);
  if (found === undefined || !sees(options, official, found.kind))
    throw new Forbidden("nothing of that number came in for a post of yours");
  const { incoming, office } = options;
  const [item = found] = await settled(incoming, office.register, [found]);
  return item;
}

/** The act that enters it now, where the register has a place for it; what an objection says becomes its papers. */
export async function actToEnter(
  options: AppOptions,
  item: Incoming,
): Promise<Act | undefined> {
  const { register } = options.office;
  const { content } = item;
  if (content.kind !== "objection")
    return actOfIncoming(register, { ...item, content }, options.now());
  const objection = { ...item, content };
  if (!hasPlace(options, item)) return undefined;
  const papers = await keptPapers(options, objection);
  return actOfObjection(register, objection, papers, options.now());
}

/** Whether it can be entered now. */
export function hasPlace(
  { office: { register }, now }: AppOptions,
  item: Incoming,
): boolean {
  const { content } = item;
  const act =
    content.kind === "objection"
      ? actOfObjection(register, { ...item, content }, NONE_YET, now())
      : actOfIncoming(register, { ...item, content }, now());
  return act !== undefined;
}
const NONE_YET: ObjectionPapers = { by: "", says: "" };

async function keptPapers(
  options: AppOptions,
  { content: { about, name, text }, received }: ObjectionItem,
): Promise<ObjectionPapers> {
  const { papers } = deskOf(options);
  const at = showInstant(received, options.office.register.offsetMinutes);
  const says = encodeBytes({ about, at, name, text });
  return {
    by: await papers.keepPrivate(encodeBytes({ name })),
    says: await papers.keepPrivate(says),
  };
}
