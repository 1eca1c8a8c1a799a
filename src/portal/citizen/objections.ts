import { officeTitle, titleOf } from "../lang/title-in.ts";
import { saidTitle } from "../registrations.ts";
import { showInstant } from "../../acts/dates.ts";
import { dayOf } from "../../register/calendar.ts";
import { isRunning, type Procedure } from "../../register/procedures.ts";
import type { ReadRegister } from "../../register/register.ts";
import { postsWith } from "../../rules/posts.ts";

/** Something against which anybody may say something now, until when, and which posts enter what was said. */
export type OpenNotice = {
  readonly what: "registration" | "procedure";
  readonly stage: "notice" | "documents" | "result";
  readonly id: string;
  readonly title: string;
  /** The last moment or day on which an objection is in time. */
  readonly until: string;
  readonly entry: number;
  readonly posts: readonly string[];
};
export type ObjectionsView = {
  readonly title: string;
  readonly at: string;
  readonly open: readonly OpenNotice[];
};

const SHOWN = 500;

/** What can be objected to at this moment. Derived from the acts, kept by nobody. */
export function objectionsView(
  register: ReadRegister,
  now: number,
): ObjectionsView {
  const show = (at: number) => showInstant(at, register.offsetMinutes);
  const today = show(now).slice(0, 10);
  return {
    title: officeTitle(register),
    at: show(now),
    open: [
      ...registrationsOpen(register, now),
      ...[...register.procedures.values()].flatMap((found) =>
        procedureOpen(register, found, today),
      ),
    ].slice(-SHOWN),
  };
}

export function openNotice(
  register: ReadRegister,
  now: number,
  { what, id }: Pick<OpenNotice, "id"> & { readonly what: string },
): OpenNotice | undefined {
  return objectionsView(register, now).open.find(
    (one) => one.what === what && one.id === id,
  );
}

function registrationsOpen(
  register: ReadRegister,
  now: number,
): readonly OpenNotice[] {
  return [...register.registrations.values()].flatMap(
    ({ act, title, reached, notice, entry }) =>
      reached === "noticed" && notice !== undefined && now < notice.until
        ? [
            {
              ...({ what: "registration", stage: "notice" } as const),
              id: act.registration,
              title: saidTitle(title),
              until: showInstant(notice.until, register.offsetMinutes),
              entry: notice.entry ?? entry,
              posts: titlesOf(register, "registerResources"),
            },
          ]
        : [],
  );
}

/** To the documents before the bids, to the result while its notice stands; the rules count the same days (rules/objections.ts). */
function procedureOpen(
  register: ReadRegister,
  found: Procedure,
  today: string,
): readonly OpenNotice[] {
  if (!isRunning(found)) return [];
  const { documentsIssued, noticed } = found.made;
  const [stage, from, until] =
    found.last === "documentsIssued"
      ? (["documents", documentsIssued?.on, documentsIssued?.bidsDue] as const)
      : (["result", noticed?.on, noticed?.until] as const);
  if (from === undefined || until === undefined) return [];
  const day = dayOf(today);
  if (day < dayOf(from) || dayOf(until) < day) return [];
  const { act, entry } = found;
  return [
    {
      ...({ what: "procedure", stage, until, entry } as const),
      id: act.procedure,
      title: titleOf(register.bodies.get(act.body), act.body),
      posts: titlesOf(register, "receiveQuestions"),
    },
  ];
}

function titlesOf(
  register: ReadRegister,
  power: Parameters<typeof postsWith>[1],
): readonly string[] {
  return postsWith(register, power).map((post) =>
    titleOf(register.posts.get(post), post),
  );
}
