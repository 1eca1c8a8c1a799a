import type { ActOf } from "../acts/act.ts";
import { dayOf } from "../register/calendar.ts";
import type { Finding } from "../acts/entry.ts";
import type { BodyLevel } from "../acts/shapes.ts";
import type { Signer } from "../acts/statement.ts";
import type { ReadRegister } from "../register/register.ts";
import {
  lawfulSteps,
  nextStep,
  type Registration,
  registrationsOf,
  registrationState,
} from "../register/registrations.ts";
import { localDay } from "./clocks.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { firstTerm } from "./registration-first.ts";
import { lawOfRegistration } from "./registration-terms.ts";
import { taken, unknown } from "./registration.ts";

type Applied = ActOf<"registrationApplied">;

/** Whoever holds a resource, or operates with it, applies for its registration, once at a time. */
export function decideRegistrationApplied(
  register: ReadRegister,
  act: Applied,
  at: number,
): Verdict {
  const { registrant, resource, registry } = act;
  const known =
    "dataset" in resource
      ? when(!register.datasets.has(resource.dataset), () =>
          missing("I1", ["dataset", resource.dataset]),
        )
      : when(!register.products.has(resource.product), () =>
          missing("I1", ["product", resource.product]),
        );
  const due =
    registrationsOf(register, resource).length > 0
      ? undefined
      : firstTerm(register, resource);
  return {
    findings: [
      ...taken(register.registrations, "registration", act.registration),
      ...known,
      ...("body" in registrant
        ? unknown(register.bodies, "body", registrant.body)
        : unknown(
            register.organisations,
            "organisation",
            registrant.organisation,
          )),
      ...unknown(register.bodies, "registry", registry),
      ...(known.length > 0 ? [] : decideHolder(register, act)),
      ...decideOneAtATime(register, act, at),
      ...decideRoute(register, act),
      ...decideEvidence(register, act, at),
    ],
    flags:
      due === undefined || due.by > at
        ? []
        : [breach(due.rule, ["due", due.by], ["entered", at])],
  };
}

/** The registrant is whose the resource is: the holder of a dataset, the operator of a product. */
function decideHolder(
  register: ReadRegister,
  { registrant, resource }: Applied,
): readonly Finding[] {
  const [what, id] =
    "dataset" in resource
      ? (["dataset", resource.dataset] as const)
      : (["product", resource.product] as const);
  const product =
    what === "product" ? register.products.get(id)?.act : undefined;
  const operator = register.authorisations.get(product?.authorisation ?? "")
    ?.act.operator;
  const dataset = register.datasets.get(
    product?.content[0]?.dataset ?? id,
  )?.act;
  const lent = register.contributions.get(dataset?.contribution ?? "")?.act
    .contributor;
  const holder = register.systems.get(dataset?.system ?? "")?.act.body;
  const [name, own] =
    "body" in registrant
      ? (["body", registrant.body] as const)
      : (["organisation", registrant.organisation] as const);
  const isOwn =
    name === "organisation"
      ? own === (operator ?? lent)
      : operator === undefined &&
        (what === "product" || kinOf(register, holder).has(own));
  return when(!isOwn, () => breach("V-SCOPE", [what, id], [name, own]));
}

/** A body, what it is a unit of, and whoever came after one of them. */
function kinOf(
  register: ReadRegister,
  body: string | undefined,
): ReadonlySet<string> {
  const kin = new Set(body === undefined ? [] : [body]);
  for (const one of kin) {
    const found = register.bodies.get(one);
    if (found?.act.parent !== undefined) kin.add(found.act.parent);
    for (const next of found?.successors ?? []) kin.add(next);
  }
  return kin;
}

function decideOneAtATime(
  register: ReadRegister,
  { resource, type }: Applied,
  at: number,
): readonly Finding[] {
  const before = registrationsOf(register, resource);
  const last = before.at(-1);
  const state = last && registrationState(last, at);
  const isRunning = state !== undefined && lawfulSteps[state].length > 0;
  const coded = before.find(({ code }) => code !== undefined);
  return [
    ...when(isRunning, () =>
      breach(
        "V-REGISTERED",
        ["registration", last?.act.registration ?? ""],
        ["state", state ?? ""],
        ["next-step", nextStep(state ?? "applied")],
      ),
    ),
    ...when((type === "first") === (coded !== undefined), () =>
      breach(
        "V-REGISTERED",
        ["type", type],
        ["coded-before", coded?.act.registration ?? "none"],
      ),
    ),
  ];
}

/** From the highest down. */
const levels: Readonly<Record<BodyLevel, number>> = {
  national: 0,
  province: 1,
  prefecture: 2,
  county: 3,
};

/**
 * Bodies of the centre register with a registry of the centre and nobody else does; others with one of their level or above. Of where a body
 * is the register knows nothing.
 */
function decideRoute(
  register: ReadRegister,
  { registrant, registry }: Applied,
): readonly Finding[] {
  if (
    lawOfRegistration(register, "CN-REG-03") === undefined ||
    !("body" in registrant)
  )
    return [];
  const own = register.bodies.get(registrant.body)?.act.level;
  const its = register.bodies.get(registry)?.act.level;
  if (own === undefined || its === undefined) return [];
  const isRight =
    own === "national"
      ? its === "national"
      : its !== "national" && levels[its] <= levels[own];
  return when(!isRight, () =>
    breach(
      "CN-REG-03",
      ["registry", registry],
      ["level", its],
      ["registrant-level", own],
    ),
  );
}

/** The registry that was applied to goes on with it, or whoever came after it. */
export function decideRegistry(
  register: ReadRegister,
  { act: { registry } }: Registration,
  signers: readonly Signer[],
): readonly Finding[] {
  if (lawOfRegistration(register, "CN-REG-03") === undefined) return [];
  const heirs = new Set([registry]);
  for (const one of heirs)
    for (const next of register.bodies.get(one)?.successors ?? [])
      heirs.add(next);
  return signers
    .filter(({ role }) => role === "approved")
    .map(({ post }) => register.posts.get(post ?? "")?.act.body ?? "none")
    .filter((body) => !heirs.has(body))
    .map((body) => breach("CN-REG-03", ["registry", registry], ["body", body]));
}

/** On a day before that of the application. */
function decideEvidence(
  register: ReadRegister,
  { evidence }: Applied,
  at: number,
): readonly Finding[] {
  if (lawOfRegistration(register, "CN-REG-04") === undefined) return [];
  if (evidence === undefined)
    return [missing("CN-REG-04", ["fact", "evidence"])];
  return when(dayOf(evidence.on) >= localDay(register, at), () =>
    breach("CN-REG-04", ["fact", "evidence.on"], ["not-before", "entry"]),
  );
}
