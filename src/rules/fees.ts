import type { ActOf } from "../acts/act.ts";
import type { Finding } from "../acts/entry.ts";
import { effectFrom } from "../register/delays.ts";
import { inForce, type ReadRegister } from "../register/register.ts";
import {
  contributionOf,
  type PayeeKind,
  payeeKindOf,
} from "../register/payees.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { decideClasses, decideCosts } from "./costs.ts";
import { alwaysIn } from "./jurisdictions.ts";
import { taken } from "./registration.ts";
import { decideProductRegistered } from "./registered.ts";
import {
  decideBodyGround,
  decideChain,
  decideGuidedCeiling,
  decideTrial,
  flagVolume,
} from "./guided.ts";
import { unknown } from "./registration.ts";
import { hasPower, type Signed } from "./signing.ts";
import { decideEnd, decideSpan } from "./spans.ts";

export function decideCeiling(
  register: ReadRegister,
  signed: Signed,
  act: ActOf<"feeCeiling">,
  at: number,
): Verdict {
  return {
    findings: [
      ...taken(register.ceilings, "ceiling", act.ceiling),
      ...unknown(register.revenues, "revenue", act.revenue),
      ...decideOffered(register, act.product, at),
      ...decideGuidedCeiling(register, signed, act, at),
      ...decideSpan(act, at),
      ...decideEnd(
        register,
        act,
        at,
        "I5",
        register.rulebook?.act.limits.feeMonthsMax,
      ),
    ],
    flags: flagVolume(register, act, at),
  };
}

/** I3: product, approved price inside its ceiling, power over the price, ground, publication first. */
export function decideFee(
  register: ReadRegister,
  { statement }: Signed,
  act: ActOf<"feeStandard">,
  at: number,
): Verdict {
  const payeeKind = payeeKindOf(register, act);
  const { pricePower, shownFirst } = alwaysIn(register.rulebook?.act);
  const priced = statement.signers.some(
    (s) =>
      s.role === "approved" &&
      hasPower(
        register,
        s.post,
        payeeKind === "body" ? "priceBodies" : "priceOperators",
      ),
  );
  return {
    findings: [
      ...taken(register.fees, "fee", act.fee),
      ...decideOffered(register, act.product, at),
      ...when(!priced, () => breach(pricePower, ["payee-kind", payeeKind])),
      ...decideUnderCeiling(register, act, at),
      ...decideTrial(register, act, at),
      ...decideGround(register, act, payeeKind),
      ...decidePayee(register, act, at),
      ...decidePublicUse(register, act),
      ...(payeeKind === "operator"
        ? decideProductRegistered(register, act.product, at)
        : []),
      ...decideCosts(register, act),
      ...decideClasses(register, act, at),
      ...when(act.from !== undefined && act.from < at, () =>
        breach(shownFirst, ["from", act.from ?? 0], ["entered", at]),
      ),
      ...decideSpan(
        act.to === undefined ? {} : { to: act.to },
        Math.max(act.from ?? at, at),
      ),
      ...decideEnd(
        register,
        act,
        at,
        "I5",
        register.rulebook?.act.limits.feeMonthsMax,
      ),
    ],
  };
}

function decideOffered(
  register: ReadRegister,
  product: string,
  at: number,
): readonly Finding[] {
  return when(!inForce(register.products.get(product), at), () =>
    missing("I3", ["product", product]),
  );
}

/** Price ≤ ceiling, for all the time the price is in force; where no law wants a ceiling, under the one that there is. */
function decideUnderCeiling(
  register: ReadRegister,
  act: ActOf<"feeStandard">,
  at: number,
): readonly Finding[] {
  const { ceiling: wanted } = alwaysIn(register.rulebook?.act);
  const from = Math.max(act.from ?? at, effectFrom(register, act, at) ?? at);
  // A price without an end is refused as such; its ceiling is then looked at for its beginning.
  const to = act.to ?? from + 1;
  // The ceiling entered last counts where it is in force; behind one that does not cover the whole time an older one shows.
  for (const id of (register.ceilingsOf.get(act.product) ?? []).toReversed()) {
    const ceiling = register.ceilings.get(id);
    if (
      ceiling?.act.unit !== act.unit ||
      ceiling.act.currency !== act.currency ||
      ceiling.to <= from ||
      to <= ceiling.from
    )
      continue;
    if (act.amount > ceiling.act.amount)
      return [
        breach(
          wanted ?? "I3",
          ["amount", act.amount],
          ["ceiling", ceiling.act.amount],
        ),
      ];
    if (ceiling.from <= from && to <= ceiling.to)
      return decideChain(register, ceiling.act);
  }
  return wanted === undefined ? [] : [missing(wanted, ["ceiling", "none"])];
}

/** An approval is not a ground: a provision of the rulebook must let this kind of payee charge for these purposes. */
function decideGround(
  register: ReadRegister,
  act: ActOf<"feeStandard">,
  payeeKind: PayeeKind,
): readonly Finding[] {
  const ground = register.rulebook?.act.grounds.find(
    (one) => one.ground === act.ground,
  );
  if (ground === undefined || ground.payee !== payeeKind) {
    return [
      payeeKind === "body"
        ? breach(alwaysIn(register.rulebook?.act).bodyGround, [
            "payee-kind",
            payeeKind,
          ])
        : missing("I3", ["ground", act.ground ?? "none"]),
    ];
  }
  const classes = purposeClasses(register, act.product);
  return [
    ...(payeeKind === "body" ? decideBodyGround(register, ground) : []),
    ...when(
      classes.length > 0 && !classes.some((c) => ground.purposes.includes(c)),
      () => breach("I3", ["ground", ground.ground], ["purposes", "none"]),
    ),
  ];
}

function decidePayee(
  register: ReadRegister,
  { payee, product }: ActOf<"feeStandard">,
  at: number,
): readonly Finding[] {
  if ("body" in payee)
    return when(!register.bodies.has(payee.body), () =>
      missing("V-REF", ["body", payee.body]),
    );
  const lent = contributionOf(register, product);
  if (lent?.act.contributor === payee.organisation && inForce(lent, at))
    return [];
  const authorisation = register.authorisations.get(
    register.products.get(product)?.act.authorisation ?? "",
  );
  return [
    ...when(!register.organisations.has(payee.organisation), () =>
      missing("V-REF", ["organisation", payee.organisation]),
    ),
    ...when(
      authorisation?.act.operator !== payee.organisation ||
        !inForce(authorisation, at),
      () =>
        missing(
          "I3",
          ["authorisation-of", payee.organisation],
          ["product", product],
        ),
    ),
  ];
}

/** A product for public purposes alone has no price, where the law says so. */
function decidePublicUse(
  register: ReadRegister,
  act: ActOf<"feeStandard">,
): readonly Finding[] {
  const rule = alwaysIn(register.rulebook?.act).publicUseFree;
  const classes = purposeClasses(register, act.product);
  if (rule === undefined) return [];
  return when(
    act.amount > 0 &&
      classes.length > 0 &&
      classes.every((c) => c !== "industry"),
    () => breach(rule, ["product", act.product]),
  );
}

function purposeClasses(register: ReadRegister, product: string) {
  const purposes = register.products.get(product)?.act.purposes ?? [];
  return (register.rulebook?.act.purposes ?? [])
    .filter((one) => purposes.includes(one.purpose))
    .map((one) => one.class);
}
