import {
  actOfIncoming,
  actOfObjection,
  type ObjectionItem,
  type ObjectionPapers,
  settled,
} from "../../accounts/incoming-acts.ts";
import type { Incoming } from "../../accounts/incoming.ts";
import type { Act } from "../../acts/act.ts";
import { showInstant } from "../../acts/dates.ts";
import { encodeBytes } from "../../acts/canonical.ts";
import { Forbidden } from "../account/refusals.ts";
import type { AppOptions } from "../app.tsx";
import { deskOf, type Official } from "./desk.ts";
import type { ReadRegister } from "../../register/register.ts";
import type { DeskKind } from "./kinds.ts";
import type { RegistrationObjections } from "./registration-objections.ts";
import { maySign } from "./who-signs.ts";

/** The act by which each kind of item is entered. */
const ENTERED_BY = {
  application: ["applicationReceived"],
  completion: ["completionReceived"],
  withdrawal: ["applicationWithdrawn"],
  renewal: ["renewalAsked"],
  organisation: ["organisation"],
  objection: ["objectionReceived", "registrationObjected"],
} as const satisfies Record<
  Incoming["content"]["kind"],
  readonly [DeskKind, DeskKind?]
>;

/** The one of them that enters this item. */
export function enteredBy({ content }: Incoming): DeskKind {
  const [first, second] = ENTERED_BY[content.kind];
  return content.kind === "objection" && content.about.what === "registration"
    ? (second ?? first)
    : first;
}

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
  const may = (act: DeskKind): boolean =>
    official.isAuditor ||
    maySign(office.register, official.person, act, options.now());
  // By its kind alone an item is not opened that no post of theirs could enter.
  const mine = lines
    .filter(({ kind }) => ENTERED_BY[kind].some(may))
    .slice(0, most);
  const items = await Promise.all(mine.map(({ id }) => incoming.open(id)));
  return settled(
    incoming,
    office.register,
    items.filter(
      (one): one is Incoming => one !== undefined && may(enteredBy(one)),
    ),
  );
}

function sees(
  options: AppOptions,
  official: Official,
  item: Incoming,
): boolean {
  return official.isAuditor || mayEnter(options, official, item);
}

/** Whether a post of this official settles an item; whoever audits alone looks on. */
export function mayEnter(
  { office, now }: Pick<AppOptions, "office" | "now">,
  { person }: Official,
  item: Incoming,
): boolean {
  return maySign(office.register, person, enteredBy(item), now());
}

/** Who objected, and what they said, is for the posts that enter it and for auditors; other papers are for whoever holds a post. */
export async function mayReadPaper(
  options: AppOptions,
  { isAuditor, person }: Official,
  commitment: string,
  toRegistrations: RegistrationObjections,
): Promise<void> {
  if (isAuditor) return;
  const { office, now } = options;
  const kept = await deskOf(options).papers.kindOf(commitment);
  const kind =
    kept === undefined
      ? await objectionWith(office.register, commitment, toRegistrations)
      : ENTERED_BY.objection.find((one) => one === kept);
  if (kind !== undefined && !maySign(office.register, person, kind, now()))
    throw new Forbidden(
      "what somebody objected is read by the post that enters objections",
    );
}

/** By which act an objection was entered whose paper this is and did not come by the desk. */
async function objectionWith(
  { procedures }: ReadRegister,
  commitment: string,
  toRegistrations: RegistrationObjections,
): Promise<DeskKind | undefined> {
  for (const { objections } of procedures.values())
    if (objections.some(({ paper }) => paper?.commitment === commitment))
      return "objectionReceived";
  return (await toRegistrations.havePaper(commitment))
    ? "registrationObjected"
    : undefined;
}

/** One of them, to be entered or given back. */
export async function incomingToSettle(
  options: AppOptions,
  official: Official,
  id: string,
): Promise<Incoming> {
  const item = await incomingAt(options, official, id);
  if (!mayEnter(options, official, item))
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
  if (found === undefined || !sees(options, official, found))
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
  const papers = await keptPapers(options, objection, enteredBy(item));
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
  kind: DeskKind,
): Promise<ObjectionPapers> {
  const { papers } = deskOf(options);
  const at = showInstant(received, options.office.register.offsetMinutes);
  const says = encodeBytes({ about, at, name, text });
  return {
    by: await papers.keepPrivate(encodeBytes({ name }), kind),
    says: await papers.keepPrivate(says, kind),
  };
}
