import type { ActOf } from "../acts/act.ts";
import type { registrationSchemas } from "../acts/registrations.ts";
import type { Titles } from "../acts/shapes.ts";
import {
  type Entered,
  inForce,
  inForceDuring,
  type ReadRegister,
  type Registered,
  type Standing,
} from "./register.ts";

export type RegistrationAct = ActOf<keyof typeof registrationSchemas>;
/** Every step behind the application. */
export type RegistrationStep = Exclude<
  RegistrationAct["kind"],
  "registrationApplied"
>;

/** How far a registration of a public data resource has come. */
export type Registration = Registered<
  Omit<ActOf<"registrationApplied">, "kind">
> & {
  /** What it says now, after changes and corrections. */
  readonly title: Said;
  readonly description: Said;
  readonly reached: Reached;
  /** Every step that was taken, the application first. */
  readonly steps: readonly (Entered & {
    readonly kind: RegistrationAct["kind"];
  })[];
  /** When the state that it is in began. */
  readonly since: number;
  /** By when what was asked for is to come. */
  readonly askedBy?: number;
  readonly notice?: Entered & { readonly until: number };
  readonly objections: readonly Objection[];
  /** In force from its code on. */
  readonly code?: Standing<Code>;
};
export type Code = { readonly code: string; readonly registration: string };
type Said = {
  readonly text: string;
  readonly titles?: Titles;
  readonly entry: number;
};
type Objection = Entered & {
  readonly objection: string;
  readonly outcome?: ActOf<"objectionDecided">["outcome"];
};

/** What its acts made of it. */
type Reached =
  | "applied"
  | "asked"
  | "accepted"
  | "reviewed"
  | "noticed"
  | "inForce"
  | "cancelling"
  | "refused"
  | "stopped"
  | "cancelled"
  | "revoked";
/** And what time and open objections make of that. */
export type RegistrationState = Reached | "objected" | "lapsed";

/** What is lawful in which state; the first of them is what mostly comes next. */
export const lawfulSteps: Readonly<
  Record<RegistrationState, readonly RegistrationStep[]>
> = {
  applied: ["registrationAccepted", "registrationAsked", "registrationRefused"],
  asked: ["registrationCompleted", "registrationRefused"],
  accepted: ["registrationReviewed", "registrationRefused"],
  reviewed: ["registrationNoticed"],
  noticed: ["registrationCoded", "registrationObjected"],
  objected: ["objectionDecided", "registrationObjected"],
  inForce: [
    ...(["registrationRenewed", "registrationChanged"] as const),
    ...(["registrationCorrected", "cancellationAccepted"] as const),
    "registrationRevoked",
  ],
  cancelling: ["registrationCancelled", "registrationRevoked"],
  refused: [],
  stopped: [],
  cancelled: [],
  revoked: [],
  lapsed: [],
};

export function registrationState(
  { reached, objections, code }: Registration,
  at: number,
): RegistrationState {
  if (
    reached === "noticed" &&
    objections.some(({ outcome }) => outcome === undefined)
  )
    return "objected";
  const isCoded = reached === "inForce" || reached === "cancelling";
  return isCoded && code !== undefined && code.to <= at ? "lapsed" : reached;
}

/** The next lawful step; of what is over, a new application. */
export function nextStep(state: RegistrationState): RegistrationAct["kind"] {
  return lawfulSteps[state][0] ?? "registrationApplied";
}

export type Resource = Registration["act"]["resource"];

/** Under which a register keeps the registrations of a resource. */
export function resourceName(resource: Resource): string {
  return "dataset" in resource
    ? `dataset ${resource.dataset}`
    : `product ${resource.product}`;
}

/** Of a resource, in the order of their entries. */
export function registrationsOf(
  register: ReadRegister,
  resource: Resource,
): readonly Registration[] {
  return (register.registrationsBy.get(resourceName(resource)) ?? []).flatMap(
    (id) => register.registrations.get(id) ?? [],
  );
}

/** Whether a resource has a code in force at an instant. */
export function isRegistered(
  register: ReadRegister,
  resource: Resource,
  at: number,
): boolean {
  return registrationsOf(register, resource).some(({ code }) =>
    inForce(code, at),
  );
}

/** Whether an authorisation over a dataset is in force in some part of a slot. */
export function isInScope(
  register: ReadRegister,
  dataset: string,
  slot: number,
  length = 1,
): boolean {
  // The newest stands most likely.
  return (
    (register.authorisationsOf.get(dataset) ?? []).findLast((id) =>
      inForceDuring(register.authorisations.get(id), slot, length),
    ) !== undefined
  );
}
