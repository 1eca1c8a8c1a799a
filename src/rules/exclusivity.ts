import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import {
  inForce,
  type Permit,
  type ReadRegister,
} from "../register/register.ts";
import { alikePermits } from "../register/alike.ts";
import { adoptedRule } from "./adopted.ts";
import { breach, missing, when } from "./findings.ts";

/**
 * An exclusive right names its ground and the day on which it is looked at again, before its end; and no review that found no restriction
 * of competition was about it.
 */
export function decideExclusivity(
  register: ReadRegister,
  act: Exclusive,
  at: number,
): readonly Finding[] {
  const { exclusive, exclusivity } = act;
  return [
    ...when(
      exclusivity !== undefined &&
        exclusive === (exclusivity.ground === "restrictive"),
      () => breach("V-FORM", ["exclusivity", exclusivity?.ground ?? "none"]),
    ),
    ...decideGround(register, act, at),
  ];
}

type Exclusive = Pick<
  ActOf<"authorisation">,
  "exclusive" | "exclusivity" | "procedure" | "procedureOf" | "to"
>;

function decideGround(
  register: ReadRegister,
  act: Exclusive,
  at: number,
): readonly Finding[] {
  const { exclusive, exclusivity, to } = act;
  const { review, rule } = exclusivity ?? {};
  if (!exclusive || adoptedRule(register, "CN-CMP-01") === undefined) return [];
  if (review === undefined || rule === undefined)
    return [
      missing("CN-CMP-01", [
        "fact",
        rule === undefined ? "exclusivity.rule" : "exclusivity.review",
      ]),
    ];
  return [
    ...when(review <= at, () =>
      breach("V-ORDER", ["from", at], ["to", review]),
    ),
    ...when(to !== undefined && review > to, () =>
      breach("CN-CMP-01", ["review", review], ["latest", to ?? 0]),
    ),
    ...when(concludedOpen(register, act), () =>
      breach("CN-CMP-01", ["conclusion", "noRestriction"]),
    ),
  ];
}

function concludedOpen(register: ReadRegister, act: Exclusive): boolean {
  const review =
    act.procedureOf === undefined
      ? act.procedure?.review
      : register.procedures.get(act.procedureOf)?.made.review;
  return review?.conclusion === "noRestriction";
}

/**
 * What a refusal does beside what was asked: whoever is refused a dataset that one other has alone, and whoever is refused what one like it
 * was permitted. Neither is wrong by itself; both are seen.
 */
export function flagsOfRefusal(
  register: ReadRegister,
  { application }: ActOf<"applicationRefused">,
  at: number,
): readonly Finding[] {
  const asked = register.applications.get(application)?.act;
  const product = register.products.get(asked?.product ?? "")?.act;
  if (asked === undefined || product === undefined) return [];
  const datasets = new Set(product.content.map(({ dataset }) => dataset));
  return [
    ...[...datasets].flatMap((id) =>
      aloneWith(register, id, asked.organisation, at),
    ),
    ...alike(register, asked, at),
  ];
}

function aloneWith(
  register: ReadRegister,
  dataset: string,
  applicant: string,
  at: number,
): readonly Finding[] {
  const exclusive = [...register.authorisations.values()].filter(
    (one) =>
      inForce(one, at) &&
      one.act.exclusive &&
      one.act.datasets.includes(dataset) &&
      one.act.operator !== applicant,
  );
  if (exclusive.length > 0)
    return exclusive.map(({ act }) =>
      breach(
        "V-EFFECT",
        ["dataset", dataset],
        ["authorisation", act.authorisation],
        ["holder", act.operator],
      ),
    );
  const only = onlyUser(register, dataset, at);
  return only === undefined || only.organisation === applicant
    ? []
    : [
        breach(
          "V-EFFECT",
          ["dataset", dataset],
          ["permit", only.permit],
          ["holder", only.organisation],
        ),
      ];
}

/** A permit of the one organisation that may use a dataset; undefined where nobody may, or several. */
function onlyUser(
  register: ReadRegister,
  dataset: string,
  at: number,
): Permit | undefined {
  let only: Permit | undefined;
  for (const permit of register.permits.values()) {
    const { act } = permit;
    const product = register.products.get(act.product)?.act;
    const isAbout =
      product?.content.some((part) => part.dataset === dataset) === true;
    if (!isAbout || !inForce(permit, at)) continue;
    if (only !== undefined && only.organisation !== act.organisation)
      return undefined;
    only ??= act;
  }
  return only;
}

/** A permit in force in a case like this one. */
function alike(
  register: ReadRegister,
  asked: { organisation: string; product: string; purpose: string },
  at: number,
): readonly Finding[] {
  const found = alikePermits(register, asked, at).find(
    ({ isInForce }) => isInForce === true,
  );
  if (found === undefined) return [];
  const { organisation, id } = found;
  const of = register.organisations.get(organisation)?.act.class ?? "";
  return [
    breach(
      "V-ALIKE",
      ["permit", id],
      ["organisation", organisation],
      ["class", of],
    ),
  ];
}
