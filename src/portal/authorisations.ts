import { showInstant } from "../acts/dates.ts";
import type { Happened, Procedure } from "../register/procedures.ts";
import {
  type Authorisation,
  inForce,
  NEVER,
  type ReadRegister,
  type Standing,
} from "../register/register.ts";
import { nextStep } from "../rules/procedures.ts";
import { lawOf } from "../rules/law.ts";
import { sayStep } from "./words.ts";
import { say } from "./lang/say.ts";
import { officeTitle } from "./lang/title-in.ts";
import { sayWord } from "./lang/words.ts";
import { sayPriceOf } from "./prices.ts";

/** Something that happened, by the entry that says so; of what was told afterwards, by the entry of the authorisation. */
export type StepLine = {
  readonly what: string;
  /** The day that the act states. */
  readonly on?: string;
  readonly entry: number;
  readonly entered: string;
};
export type ProcedureView = {
  readonly procedure: string;
  readonly body: string;
  readonly method: string;
  readonly datasets: readonly string[];
  readonly exclusive: boolean;
  readonly state: string;
  readonly next?: string;
  readonly bidders: readonly string[];
  readonly steps: readonly StepLine[];
};
export type AuthorisationView = {
  readonly authorisation: string;
  readonly operator: string;
  readonly datasets: readonly string[];
  readonly entry: number;
  readonly from: string;
  readonly to?: string;
  readonly inForce: boolean;
  /** Of an exclusive one its ground, where the law lets it stand, and when it is looked at again. */
  readonly exclusive?: {
    readonly ground?: string;
    readonly cites?: string;
    readonly review?: string;
  };
  readonly confirms?: string;
  readonly procedure?: string;
  readonly steps: readonly StepLine[];
  /** What is not known of how its operator was chosen. */
  readonly lacks: readonly string[];
  /** Up to how much its products cost. */
  readonly ceilings: readonly string[];
  /** Whose applications for these datasets were refused while it was in force. */
  readonly refused: readonly {
    readonly application: string;
    readonly organisation: string;
    readonly entry: number;
  }[];
};
export type AuthorisationsView = {
  readonly title: string;
  readonly at: string;
  readonly authorisations: readonly AuthorisationView[];
  readonly procedures: readonly ProcedureView[];
};

/** Who may operate which datasets, and how it came to that; every procedure, and those that were withdrawn too. */
export function authorisationsView(
  register: ReadRegister,
  now: number,
): AuthorisationsView {
  const sides = sidesOf(register);
  return {
    title: officeTitle(register),
    at: showInstant(now, register.offsetMinutes),
    authorisations: [...register.authorisations.values()].map((one) =>
      authorisationView(register, one, now, sides),
    ),
    procedures: [...register.procedures.values()].map((one) =>
      procedureView(register, one),
    ),
  };
}

/** What is looked up for each authorisation, gathered once: products and applications are many. */
type Sides = {
  readonly productsOf: ReadonlyMap<string, readonly string[]>;
  readonly refusals: readonly {
    readonly asked: {
      readonly application: string;
      readonly organisation: string;
    };
    readonly about: readonly string[];
    readonly at: number;
    readonly entry: number;
  }[];
};

function sidesOf(register: ReadRegister): Sides {
  const productsOf = new Map<string, string[]>();
  for (const { act } of register.products.values()) {
    if (act.authorisation === undefined) continue;
    const known = productsOf.get(act.authorisation);
    if (known === undefined) productsOf.set(act.authorisation, [act.product]);
    else known.push(act.product);
  }
  const refusals: Sides["refusals"][number][] = [];
  for (const { act: asked, decided } of register.applications.values()) {
    if (decided?.outcome !== "refused") continue;
    const content = register.products.get(asked.product)?.act.content ?? [];
    const about = content.map(({ dataset }) => dataset);
    refusals.push({ asked, about, at: decided.at, entry: decided.entry });
  }
  return { productsOf, refusals };
}

function authorisationView(
  register: ReadRegister,
  standing: Standing<Authorisation>,
  now: number,
  sides: Sides,
): AuthorisationView {
  const { act, entry, ended } = standing;
  const show = (at: number) => showInstant(at, register.offsetMinutes);
  const to = Math.min(standing.to, ended?.at ?? NEVER);
  const { rule: ground, review } = act.exclusivity ?? {};
  const procedure = register.procedures.get(act.procedureOf ?? "");
  return {
    ...{ authorisation: act.authorisation, operator: act.operator },
    ...{ datasets: act.datasets, entry, from: show(standing.from) },
    ...(to === NEVER ? {} : { to: show(to) }),
    inForce: inForce(standing, now),
    ...(act.exclusive
      ? {
          exclusive: {
            ...(ground === undefined
              ? {}
              : { ground, cites: lawOf(ground).cites }),
            ...(review === undefined ? {} : { review: show(review) }),
          },
        }
      : {}),
    ...(act.confirms === undefined ? {} : { confirms: act.confirms }),
    ...(act.procedureOf === undefined ? {} : { procedure: act.procedureOf }),
    steps: [
      ...(procedure === undefined
        ? toldSteps(register, standing)
        : procedure.history.map((one) => lineOf(register, one))),
      ...(act.changes ?? []).map((one) => ({
        ...{
          what: say("agreement {how}", { how: sayWord(one.how) }),
          entry: one.entry,
        },
        entered: show(one.at),
      })),
    ],
    lacks: procedure === undefined ? lacksOf(act) : [],
    ceilings: ceilingsOf(register, act, now, sides),
    refused: refusedMeanwhile(standing, to, sides),
  };
}

function ceilingsOf(
  register: ReadRegister,
  { authorisation }: Authorisation,
  now: number,
  { productsOf }: Sides,
): readonly string[] {
  return (productsOf.get(authorisation) ?? [])
    .flatMap((product) => register.ceilingsOf.get(product) ?? [])
    .map((id) => register.ceilings.get(id))
    .flatMap((one) =>
      one !== undefined && inForce(one, now)
        ? [
            say("{product}: {price}", {
              product: one.act.product,
              price: sayPriceOf(one.act),
            }),
          ]
        : [],
    );
}

/** What an authorisation tells afterwards of how its operator was chosen, in the order of the days that it states. */
function toldSteps(
  register: ReadRegister,
  { act: { procedure: told }, entry, at }: Standing<Authorisation>,
): readonly StepLine[] {
  const days: readonly (readonly [string, string | undefined])[] = [
    [sayStep("review"), told?.review?.on],
    [sayStep("planDecided"), told?.planDecision?.on],
    [sayStep("planFiled"), told?.planFiling?.on],
    [sayStep("documentsIssued"), told?.tender?.documentsIssued],
    [sayStep("bidsClosed"), told?.tender?.bidsDue],
    [sayStep("evaluated"), told?.tender?.evaluated],
    [sayStep("noticed"), told?.tender?.noticeFrom],
    [sayStep("awarded"), told?.tender?.awarded],
    [sayStep("agreementDecided"), told?.agreementDecision?.on],
    [sayStep("signed"), told?.tender?.signed],
    [sayStep("agreementFiled"), told?.agreementFiling?.on],
  ];
  const entered = showInstant(at, register.offsetMinutes);
  return days.flatMap(([what, on]) =>
    on === undefined ? [] : [{ what, on, entry, entered }],
  );
}

function lacksOf({ procedure: told }: Authorisation): readonly string[] {
  const parts: readonly (readonly [string, unknown])[] = [
    [say("how the operator was chosen"), told],
    [say("a review of competition"), told?.review],
    [say("the plan"), told?.plan],
    [say("the decision on the plan"), told?.planDecision],
    [say("who bid and who judged"), told?.tender],
    [say("the agreement"), told?.agreement],
    [say("the decision on the agreement"), told?.agreementDecision],
  ];
  return parts.flatMap(([name, value]) => (value === undefined ? [name] : []));
}

function lineOf(register: ReadRegister, one: Happened): StepLine {
  return {
    what:
      one.of === undefined
        ? sayHappened(one.what)
        : say("{what} {of}", {
            what: sayHappened(one.what),
            of: one.what === "withdrawn" ? sayWord(one.of) : one.of,
          }),
    ...(one.on === undefined ? {} : { on: one.on }),
    entry: one.entry,
    entered: showInstant(one.at, register.offsetMinutes),
  };
}

function sayHappened(what: Happened["what"]): string {
  switch (what) {
    case "opened":
      return say("opened");
    case "objection":
      return say("objection");
    case "answer":
      return say("answer to objection");
    case "withdrawn":
      return say("withdrawn, reason");
    case "authorised":
      return say("authorisation");
    case "disowned":
      return say("authorisation disowned");
    default:
      return sayStep(what);
  }
}

function procedureView(
  register: ReadRegister,
  found: Procedure,
): ProcedureView {
  const { act, withdrawn, authorised, made, history } = found;
  const isRunning = withdrawn === undefined && authorised === undefined;
  return {
    ...{ procedure: act.procedure, body: act.body, method: act.method },
    ...{ datasets: act.datasets, exclusive: act.exclusive },
    state:
      withdrawn === undefined
        ? authorised === undefined
          ? say("running")
          : say("authorised: {authorisation}", authorised)
        : say("withdrawn: {reason}", { reason: sayWord(withdrawn.reason) }),
    ...(isRunning ? { next: nextStep(register, found) } : {}),
    bidders: made.bidsClosed?.bidders ?? [],
    steps: history.map((one) => lineOf(register, one)),
  };
}

function refusedMeanwhile(
  { act, from }: Standing<Authorisation>,
  to: number,
  { refusals }: Sides,
): AuthorisationView["refused"] {
  if (refusals.length === 0) return [];
  const datasets = new Set(act.datasets);
  return refusals.flatMap(({ asked, about, at, entry }) =>
    asked.organisation !== act.operator &&
    at >= from &&
    at < to &&
    about.some((dataset) => datasets.has(dataset))
      ? [
          {
            ...{ application: asked.application },
            ...{ organisation: asked.organisation, entry },
          },
        ]
      : [],
  );
}
