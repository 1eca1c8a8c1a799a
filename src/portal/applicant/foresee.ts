import type { ActOf } from "../../acts/act.ts";
import { addMonths } from "../../acts/dates.ts";
import { HOUR } from "../../acts/shapes.ts";
import type { Statement } from "../../acts/statement.ts";
import type { Office } from "../../office/office.ts";
import {
  holders,
  inForce,
  NEVER,
  type ReadRegister,
} from "../../register/register.ts";
import { postsWith } from "../../rules/posts.ts";
import { charge, type Price, priceOf } from "../../uses/price.ts";
import { payeeOf } from "../overview.ts";
import { around } from "../around.ts";
import { purposeTitle, titleOf } from "../lang/title-in.ts";
import { permitsOf } from "../permits-of.ts";
import { describeFinding, type FindingLine } from "../findings.ts";

type Permit = Omit<ActOf<"permit">, "kind">;

/** What a permit would cost by the prices in force; `most` where its quota says how much can be used. */
export type Estimate = {
  readonly because: Price["because"];
  readonly amount?: number;
  readonly currency?: string;
  readonly unit?: "call" | "step";
  readonly fee?: string;
  readonly payee?: string;
  readonly ground?: string;
  readonly rule?: string;
  readonly ceiling?: number;
  readonly most?: number;
  readonly rowsPerStep: number;
};

export function estimateOf(
  register: ReadRegister,
  permit: Permit,
  now: number,
): Estimate {
  const slot = Math.floor(Math.max(now, permit.from ?? 0) / HOUR) * HOUR;
  return asEstimate(register, permit, priceOf(register, permit, slot, HOUR));
}

function asEstimate(
  register: ReadRegister,
  { product, quota }: Permit,
  { because, fee, ceiling }: Price,
): Estimate {
  const rowsPerStep = register.products.get(product)?.act.rowsPerStep ?? 1;
  if (fee === undefined) return { because, rowsPerStep };
  const { amount, currency, unit, ground } = fee.act;
  const units = unit === "call" ? quota.calls : quota.steps;
  const rule = register.rulebook?.act.grounds.find(
    (one) => one.ground === ground,
  )?.rule;
  return {
    ...{ because, amount, currency, unit, rowsPerStep },
    fee: fee.act.fee,
    payee: payeeOf(register, fee.act.payee),
    ...(ground === undefined ? {} : { ground }),
    ...(rule === undefined ? {} : { rule }),
    ...(ceiling === undefined ? {} : { ceiling: ceiling.act.amount }),
    ...(units === undefined
      ? {}
      : { most: charge({ calls: units, steps: units, bytes: 0 }, fee.act) }),
  };
}

/** What the rules would find about the permit at this moment; undefined where nobody could sign it. Nothing of it is entered. */
export function foreseen(
  office: Office,
  permit: Permit,
  now: number,
):
  | { readonly granted: boolean; readonly findings: readonly FindingLine[] }
  | undefined {
  const { register } = office;
  const signers = signersOf(register, now);
  if (signers.length === 0) return undefined;
  const { ruling } = office.explain({
    ...{ v: 1, office: office.origin, id: "A".repeat(22) },
    seen: { size: 0, root: "A".repeat(43) },
    until: now + 24 * HOUR,
    signers: [...signers],
    act: { kind: "permit", ...withEnd(register, permit, now) },
  });
  const found =
    ruling.outcome === "granted" ? (ruling.flags ?? []) : ruling.findings;
  return {
    granted: ruling.outcome === "granted",
    findings: found.map((one) =>
      describeFinding(one, register.offsetMinutes, around().lang),
    ),
  };
}

/** Every right has an end: where none was wished for, the last that the rules let it have. */
function withEnd(register: ReadRegister, permit: Permit, now: number): Permit {
  const rulebook = register.rulebook?.act;
  if (permit.to !== undefined || rulebook === undefined) return permit;
  const product = register.products.get(permit.product);
  const begin = permit.from ?? now;
  const longest = addMonths(
    ...([begin, rulebook.limits.permitMonthsMax] as const),
    register.offsetMinutes,
  );
  const to = Math.min(
    Math.floor(longest / HOUR) * HOUR,
    rulebook.until,
    product?.to ?? NEVER,
    register.authorisations.get(product?.act.authorisation ?? "")?.to ?? NEVER,
  );
  return { ...permit, to };
}

/** As whoever holds the posts would sign it. */
function signersOf(register: ReadRegister, now: number): Statement["signers"] {
  const separated = register.rulebook?.act.separated.includes("permit");
  return [
    ...(separated === true
      ? [{ power: "preparePermits", role: "prepared" } as const]
      : []),
    { power: "permit", role: "approved" } as const,
  ].flatMap(({ power, role }) => {
    const held = postsWith(register, power).flatMap((post) =>
      holders(register, post, now)
        .slice(0, 1)
        .map(({ act }) => ({ person: act.person, role, post })),
    );
    return held.slice(0, 1);
  });
}

/** Who else may use a product now; public, as every permit is. */
export function othersWith(
  register: ReadRegister,
  product: string,
  organisation: string,
  now: number,
): readonly {
  readonly title: string;
  readonly purpose: string;
  readonly to?: number;
}[] {
  return permitsOf(register, "permitsOfProduct", product)
    .filter((one) => one.act.organisation !== organisation && inForce(one, now))
    .map(({ act, to }) => ({
      title: titleOf(
        register.organisations.get(act.organisation),
        act.organisation,
      ),
      purpose: purposeTitle(register, act.purpose),
      ...(to === NEVER ? {} : { to }),
    }));
}

export function productTitle(register: ReadRegister, product: string): string {
  return titleOf(register.products.get(product), product);
}
