import type { Act } from "../../acts/act.ts";
import { type ActEntry, parseEntry } from "../../acts/entry.ts";
import { dueOf } from "../../accounts/incoming-acts.ts";
import type { Sent } from "../../accounts/applications.ts";
import type { Office } from "../../office/office.ts";
import {
  type Application,
  isWaiting,
  type ReadRegister,
  type StandingPermit,
} from "../../register/register.ts";
import type { ApplicationContent } from "../../accounts/applicant-contents.ts";
import { permitsOf } from "../permits-of.ts";

/** How far an application has come, as its applicant sees it. */
export type Stage =
  | "handedIn"
  | "returned"
  | "received"
  | "waiting"
  | "granted"
  | "refused"
  | "withdrawn";

export type ApplicationState = {
  readonly id: string;
  readonly organisation: string;
  readonly product: string;
  readonly purpose: string;
  readonly stage: Stage;
  /** As it was handed in over the pages. */
  readonly sent?: Sent & { readonly content: ApplicationContent };
  readonly entered?: Application;
  /** By when it is decided: as entered, or as the rules count from the day on which it came. */
  readonly due: number;
  readonly permit?: StandingPermit;
  /** What was sent about it since, the newest first. */
  readonly since: readonly Sent[];
};

/** Everything that an organisation applied for, the newest first. */
export function applicationsOf(
  register: ReadRegister,
  organisation: string,
  sent: readonly Sent[],
  now: number,
): readonly ApplicationState[] {
  const ids = new Set([
    ...sent.flatMap(({ content }) =>
      content.kind === "application" ? [content.application] : [],
    ),
    ...[...register.applications.values()]
      .filter(({ act }) => act.organisation === organisation)
      .map(({ act }) => act.application)
      .toReversed(),
  ]);
  return [...ids].flatMap((id) => {
    const found = applicationState(register, organisation, id, sent, now);
    return found === undefined ? [] : [found];
  });
}

export function applicationState(
  register: ReadRegister,
  organisation: string,
  id: string,
  sent: readonly Sent[],
  now: number,
): ApplicationState | undefined {
  const item = sent.flatMap((one) =>
    one.content.kind === "application" && one.content.application === id
      ? [{ ...one, content: one.content }]
      : [],
  )[0];
  const inRegister = register.applications.get(id);
  // Another organisation's application of the same id is nobody's here.
  if (inRegister !== undefined && inRegister.act.organisation !== organisation)
    return undefined;
  const about = inRegister?.act ?? item?.content;
  if (about === undefined) return undefined;
  const permit = permitsOf(
    register,
    "permitsOfOrganisation",
    organisation,
  ).find(({ act }) => act.decides === id);
  return {
    ...{ id, organisation, product: about.product, purpose: about.purpose },
    stage: stageOf(inRegister, item),
    ...(item === undefined ? {} : { sent: item }),
    ...(inRegister === undefined ? {} : { entered: inRegister }),
    due: inRegister?.due ?? dueOf(register, item?.received ?? now, now),
    ...(permit === undefined ? {} : { permit }),
    since: sent.filter(
      ({ content }) =>
        (content.kind === "completion" || content.kind === "withdrawal") &&
        content.application === id,
    ),
  };
}

function stageOf(
  entered: Application | undefined,
  item: Sent | undefined,
): Stage {
  if (entered === undefined)
    return item?.state === "returned" ? "returned" : "handedIn";
  if (entered.decided !== undefined) return entered.decided.outcome;
  return isWaiting(entered) ? "waiting" : "received";
}

/** Something was sent about it that waits for the office. */
export function hasSent(
  { since }: Pick<ApplicationState, "since">,
  kind: "completion" | "withdrawal",
): Sent | undefined {
  return since.find(
    ({ content, state }) => content.kind === kind && state === "waiting",
  );
}

/** An act of the register log, with its ruling, once it is public. */
export async function entryAt(
  office: Pick<Office, "entries">,
  entry: number | undefined,
): Promise<ActEntry | undefined> {
  if (entry === undefined) return undefined;
  const [raw] = await office.entries(entry, entry + 1);
  if (raw === undefined) return undefined;
  const parsed = parseEntry(raw);
  return parsed.type === "act" ? parsed : undefined;
}

export async function actAt(
  office: Pick<Office, "entries">,
  entry: number | undefined,
): Promise<Act | undefined> {
  return (await entryAt(office, entry))?.statement.act;
}
