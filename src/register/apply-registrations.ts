import type { ActOf } from "../acts/act.ts";
import type { Titles } from "../acts/shapes.ts";
import type { Entered, Register } from "./register.ts";
import {
  type Registration,
  type RegistrationAct,
  resourceName,
} from "./registrations.ts";
import { push, span } from "./standing.ts";

/** How registrations stand: each step says how far they have come. */
export function applyRegistration(
  register: Register,
  act: RegistrationAct,
  where: Entered,
): void {
  if (act.kind === "registrationApplied") {
    const { registration, resource } = act;
    const { entry } = where;
    register.registrations.set(registration, {
      ...{ act, objections: [], ...where },
      ...{
        title: said(act.title, act.titles, entry),
        description: said(act.description, undefined, entry),
      },
      ...{ reached: "applied", since: where.at },
      steps: [{ kind: act.kind, ...where }],
    });
    return push(register.registrationsBy, resourceName(resource), registration);
  }
  const found = register.registrations.get(act.registration);
  if (found === undefined) return;
  const next = {
    ...{ ...found, ...after(found, act, where) },
    steps: [...found.steps, { kind: act.kind, ...where }],
  };
  register.registrations.set(act.registration, next);
  const { resource } = found.act;
  if (next.code !== undefined) {
    if ("dataset" in resource) register.codes.set(resource.dataset, next.code);
    if ("product" in resource)
      register.productCodes.set(resource.product, next.code);
  }
  if (act.kind === "registrationCoded")
    push(register.registrationsBy, `code ${act.code}`, act.registration);
}

function said(
  text: string,
  titles: Titles | undefined,
  entry: number,
): Registration["title"] {
  return titles === undefined ? { text, entry } : { text, titles, entry };
}

type Step = Exclude<RegistrationAct, { kind: "registrationApplied" }>;

/** What a step changes. */
function after(
  found: Registration,
  act: Step,
  where: Entered,
): Partial<Registration> {
  const to = (reached: Registration["reached"]) => ({
    ...{ reached, since: where.at },
  });
  switch (act.kind) {
    case "registrationAsked":
      return { ...to("asked"), askedBy: act.by };
    case "registrationCompleted":
      return to("applied");
    case "registrationAccepted":
      return to("accepted");
    case "registrationRefused":
      return to("refused");
    case "registrationReviewed":
      return to("reviewed");
    case "registrationNoticed":
      return { ...to("noticed"), notice: { ...where, until: act.until } };
    case "registrationObjected": {
      const { objection } = act;
      return { objections: [...found.objections, { objection, ...where }] };
    }
    case "objectionDecided":
      return {
        ...(act.outcome === "upheld" ? to("stopped") : {}),
        objections: found.objections.map((one) =>
          one.objection === act.objection
            ? { ...one, outcome: act.outcome }
            : one,
        ),
      };
    case "registrationCoded":
      return {
        ...to("inForce"),
        code: span(
          { code: act.code, registration: act.registration },
          ...([undefined, act.to, where] as const),
        ),
      };
    case "registrationRenewed":
      return found.code === undefined
        ? {}
        : { code: { ...found.code, ...where, to: act.to } };
    case "registrationChanged":
    case "registrationCorrected": {
      const { title, titles, description } = act;
      const { entry } = where;
      return {
        ...(title === undefined ? {} : { title: said(title, titles, entry) }),
        ...(description === undefined
          ? {}
          : { description: said(description, undefined, entry) }),
      };
    }
    case "cancellationAccepted":
      return to("cancelling");
    case "registrationCancelled":
      return { ...to("cancelled"), ...ended(found, where) };
    case "registrationRevoked":
      return { ...to("revoked"), ...ended(found, where) };
  }
}

function ended({ code }: Registration, where: Entered): Partial<Registration> {
  return code === undefined ? {} : { code: { ...code, ended: where } };
}

/** A dataset is in the scope of what was authorised over it. */
export function applyScope(
  register: Register,
  authorisation: string,
  datasets: readonly string[],
): void {
  for (const dataset of new Set(datasets))
    push(register.authorisationsOf, dataset, authorisation);
}

/** With the first product under an authorisation its datasets are supplied: nothing could be delivered before. */
export function applySupply(
  register: Register,
  { authorisation, content }: ActOf<"product">,
  at: number,
): void {
  const right = register.authorisations.get(authorisation ?? "");
  if (right === undefined) return;
  const since = Math.max(right.from, at);
  for (const { dataset } of content) {
    const known = register.suppliedSince.get(dataset) ?? since;
    register.suppliedSince.set(dataset, Math.min(known, since));
  }
}
