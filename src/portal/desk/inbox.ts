import { actOf, type Draft, isToSign } from "../../accounts/drafts.ts";
import {
  type Application,
  isWaiting,
  type ReadRegister,
} from "../../register/register.ts";
import { deadlines } from "../deadlines.ts";
import type { Missed } from "../../rules/due-shape.ts";
import { workingDaysLeft } from "../../rules/clocks.ts";
import { hasPower } from "../../rules/signing.ts";
import { calendarOf } from "../../rules/terms.ts";
import type { Power } from "../../acts/shapes.ts";
import type { Official } from "./desk.ts";

/** How much time there is: in working days where the office counts so, else in days. */
export type Clock = {
  readonly by: number;
  readonly left: number;
  readonly isWorking: boolean;
  readonly isLate: boolean;
};

export type ToDo = {
  readonly what: Missed["what"];
  readonly id: string;
  readonly rule: string;
  readonly posts: readonly string[];
  readonly clock: Clock;
};
export type ApplicationLine = {
  readonly application: Application;
  readonly isWaiting: boolean;
  readonly clock: Clock;
};
export type DraftLine = { readonly draft: Draft; readonly kind: string };

export type Inbox = {
  readonly toSign: readonly DraftLine[];
  readonly own: readonly DraftLine[];
  /** Of others: what an auditor sees. */
  readonly others: readonly DraftLine[];
  readonly entered: readonly DraftLine[];
  readonly applications: readonly ApplicationLine[];
  readonly due: readonly ToDo[];
};

const DAY = 86_400_000;

/** What waits for somebody at the desk, by the posts that they hold now; an auditor sees what waits for all. */
export function inboxOf(
  register: ReadRegister,
  { person, posts, isAuditor }: Official,
  drafts: readonly Draft[],
  now: number,
): Inbox {
  const { due, missed } = deadlines(register, now);
  const open = [...missed.filter((one) => one.done === undefined), ...due];
  const isMine = (of: readonly string[]): boolean =>
    isAuditor || of.some((post) => posts.includes(post));
  const lines = drafts.map((draft) => ({ draft, kind: actOf(draft).kind }));
  const isOpen = ({ draft }: DraftLine): boolean => draft.stage !== "entered";
  return {
    // Whoever prepares signs first: before that nobody else is asked.
    toSign: lines.filter(
      ({ draft }) => draft.stage === "signing" && isToSign(draft, person),
    ),
    own: lines.filter(
      (line) =>
        isOpen(line) &&
        line.draft.by === person &&
        !(isToSign(line.draft, person) && line.draft.stage === "signing"),
    ),
    others: lines.filter(
      (line) =>
        isOpen(line) &&
        line.draft.by !== person &&
        !isToSign(line.draft, person) &&
        (isAuditor || line.draft.stage === "signing"),
    ),
    entered: lines.filter((line) => !isOpen(line)).slice(-ENTERED_SHOWN),
    applications: sees(register, posts, isAuditor, ["permit", "preparePermits"])
      ? applicationsOf(register, now)
      : [],
    due: open
      .filter(({ what }) => what !== "application" && what !== "applicant")
      .filter((one) => isMine(one.posts))
      .map(({ what, id, rule, posts: of, by }) => ({
        ...{ what, id, rule, posts: of },
        clock: clockTo(register, by, now),
      })),
  };
}
const ENTERED_SHOWN = 10;

function sees(
  register: ReadRegister,
  posts: readonly string[],
  isAuditor: boolean,
  powers: readonly Power[],
): boolean {
  return (
    isAuditor ||
    posts.some((post) => powers.some((one) => hasPower(register, post, one)))
  );
}

/** Those that nobody has decided, the most urgent first. */
function applicationsOf(
  register: ReadRegister,
  now: number,
): readonly ApplicationLine[] {
  return [...register.applications.values()]
    .filter(({ decided }) => decided === undefined)
    .map((application) => ({
      application,
      isWaiting: isWaiting(application),
      clock: clockTo(
        register,
        isWaiting(application) ? application.asked.by : application.due,
        now,
      ),
    }))
    .toSorted((a, b) => a.clock.by - b.clock.by);
}

export function clockTo(
  register: ReadRegister,
  by: number,
  now: number,
): Clock {
  const calendar = calendarOf(register.rulebook?.act);
  return {
    by,
    left:
      calendar === undefined
        ? Math.floor((by - now) / DAY)
        : workingDaysLeft(register, calendar, now, by),
    isWorking: calendar !== undefined,
    isLate: by <= now,
  };
}
