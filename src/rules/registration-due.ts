import { inForce, type ReadRegister } from "../register/register.ts";
import {
  isInScope,
  type Registration,
  registrationsOf,
  registrationState,
  type Resource,
} from "../register/registrations.ts";
import type { Missed } from "./due-shape.ts";
import { postsWith } from "./posts.ts";
import { firstTerm } from "./registration-first.ts";
import {
  dueOfStep,
  lawOfRegistration,
  RENEWAL_DAYS,
} from "./registration-terms.ts";

const DAY = 86_400_000;

/** What is due of registrations, and what was done late, by the steps that were taken: open ones have nothing done. */
export function registrationsDue(
  register: ReadRegister,
  now: number,
): readonly Missed[] {
  const posts = postsWith(register, "registerResources");
  const applying = postsWith(register, "applyRegistrations");
  return [
    ...[...register.registrations.values()].flatMap((found) =>
      [...taken(register, found), ...open(register, found, now)].map((one) => ({
        ...one,
        id: found.act.registration,
        posts,
      })),
    ),
    ...resourcesIn(register).flatMap((resource) =>
      first(register, resource, now).map((one) => ({
        ...one,
        posts: applying,
      })),
    ),
  ];
}

type Line = Omit<Missed, "id" | "posts">;

/** Of each term that a step ended: by when, and when. */
function taken(
  register: ReadRegister,
  { steps }: Registration,
): readonly Line[] {
  return steps.flatMap((step, index) => {
    const begun = index === 0 ? undefined : steps[index - 1];
    const state = begun && begins[begun.kind];
    const term = state && dueOfStep(register, state, begun.at);
    return term?.ends.includes(step.kind) === true
      ? [{ what: "registration", by: term.by, rule: term.rule, done: step.at }]
      : [];
  });
}

/** The state in whose term the registry is after a step. */
const begins: Readonly<
  Partial<Record<string, "applied" | "accepted" | "cancelling">>
> = {
  registrationApplied: "applied",
  registrationCompleted: "applied",
  registrationAccepted: "accepted",
  cancellationAccepted: "cancelling",
};

/** What comes next: of the registry, of its applicant, or of time. */
function open(
  register: ReadRegister,
  found: Registration,
  now: number,
): readonly Line[] {
  const state = registrationState(found, now);
  const adopts = (rule: string) =>
    lawOfRegistration(register, rule) !== undefined;
  if (state === "asked" && adopts("CN-REG-08"))
    return [{ what: "applicant", by: found.askedBy ?? 0, rule: "CN-REG-08" }];
  if (found.notice !== undefined && adopts("CN-REG-12")) {
    const { until } = found.notice;
    if (state === "noticed" || state === "objected")
      return [{ what: "notice", by: until, rule: "CN-REG-12" }];
  }
  if (state === "inForce" && found.code !== undefined) {
    const { to } = found.code;
    return adopts("CN-REG-14") && now >= to - RENEWAL_DAYS * DAY
      ? [{ what: "renewal", by: to, rule: "CN-REG-14" }]
      : [];
  }
  if (state === "lapsed") return [];
  const term = dueOfStep(register, state, found.since);
  return term === undefined
    ? []
    : [{ what: "registration", by: term.by, rule: term.rule }];
}

/** What may have to be registered for the first time. */
function resourcesIn(register: ReadRegister): readonly Resource[] {
  return [
    ...[...register.authorisationsOf.keys()].map((dataset) => ({ dataset })),
    ...[...register.products.values()]
      .filter(({ act }) => act.authorisation !== undefined)
      .map(({ act: { product } }) => ({ product })),
  ];
}

function first(
  register: ReadRegister,
  resource: Resource,
  now: number,
): readonly Omit<Missed, "posts">[] {
  const term = firstTerm(register, resource);
  if (term === undefined) return [];
  const line = {
    ...term,
    what: "firstRegistration" as const,
    id: "dataset" in resource ? resource.dataset : resource.product,
  };
  const [application] = registrationsOf(register, resource);
  if (application !== undefined) return [{ ...line, done: application.at }];
  const isOperated =
    "dataset" in resource
      ? isInScope(register, resource.dataset, now)
      : inForce(register.products.get(resource.product), now);
  return isOperated ? [line] : [];
}
