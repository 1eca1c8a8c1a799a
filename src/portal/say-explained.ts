import { showInstant } from "../acts/dates.ts";
import { showCount, showMoney } from "../audit/says.ts";
import type { Permit, ReadRegister } from "../register/register.ts";
import { lawOf } from "../rules/law.ts";
import type {
  ExplainedPrice,
  Lack,
  Nearest,
  Rest,
  UseExplained,
} from "../uses/explained.ts";
import { payeeOf } from "./overview.ts";
import { describeFinding, type FindingLine } from "./words.ts";

/** An explanation and its sentences. */
export type SaidExplanation = {
  readonly explanation: UseExplained;
  /** What was decided, and then why, a sentence each. */
  readonly says: readonly string[];
  /** Of a refusal: the rule, its article, what it found, and what would have to be true. */
  readonly findings: readonly FindingLine[];
  /** Of a refusal: the nearest that would have allowed it. */
  readonly nearest: readonly string[];
};

type Admitted = Extract<UseExplained, { outcome: "admitted" }>;

export function sayExplained(
  explanation: UseExplained,
  register: ReadRegister,
): SaidExplanation {
  const { offsetMinutes } = register;
  if (explanation.outcome !== "refused")
    return {
      explanation,
      says:
        explanation.outcome === "open"
          ? sayOpen(explanation, register)
          : sayAdmitted(explanation, register),
      findings: [],
      nearest: [],
    };
  return {
    explanation,
    says: [
      `Refused: ${whoOf(explanation, register)} asks for ${askedOf(explanation)}, by product ${explanation.product}.`,
      slotOf(explanation, offsetMinutes),
    ],
    findings: explanation.findings.map((finding) =>
      describeFinding(finding, offsetMinutes),
    ),
    nearest: explanation.nearest.map((near) =>
      sayNearest(near, explanation.dataset, offsetMinutes),
    ),
  };
}

function whoOf({ organisation }: UseExplained, register: ReadRegister): string {
  if (organisation === undefined) return "nobody in particular";
  return register.organisations.get(organisation)?.act.title ?? organisation;
}

function askedOf({ asked, form, dataset }: UseExplained): string {
  const fields = asked.fields.length === 0 ? "" : ` of ${list(asked.fields)}`;
  const where =
    asked.where.length === 0
      ? ""
      : `, chosen or sorted by ${list(asked.where)}`;
  return `${form}${fields} in dataset ${dataset}${where}`;
}

function sayOpen(
  explained: UseExplained & { outcome: "open" },
  { offsetMinutes }: ReadRegister,
): readonly string[] {
  return [
    `Open: everybody may have ${askedOf(explained)}, without a permit and free of charge.`,
    `Every field of dataset ${explained.dataset} is classified open (${lawOf(explained.rule).cites}: ${lawOf(explained.rule).says}).`,
    `It is counted, not traced. ${slotOf(explained, offsetMinutes)}`,
    sayRests(explained.rests, offsetMinutes),
  ];
}

function sayAdmitted(
  explained: Admitted,
  register: ReadRegister,
): readonly string[] {
  const { permit, asked, price, rule } = explained;
  const { offsetMinutes } = register;
  const until = explained.rests.find(({ what }) => what === "permit")?.until;
  return [
    `Admitted: ${whoOf(explained, register)} may have ${askedOf(explained)}, under permit ${permit.permit}.`,
    `The permit is for product ${explained.product} and purpose ${permit.purpose}${until === undefined ? "" : `, until ${showInstant(until, offsetMinutes)}`} (${lawOf(rule).cites}: ${lawOf(rule).says}).`,
    `It reaches the fields ${list(permit.fields)}${permit.where.length === 0 ? ", and no conditions" : `, and conditions on ${list(permit.where)}`}.`,
    permit.rows === undefined
      ? "It reaches every row."
      : `It reaches only rows where ${permit.rows.map(sayFilter).join(" and ")}.`,
    `This answer has at most ${showCount(asked.rows)} rows; the permit allows ${showCount(permit.rowsMax)}.`,
    sayPrice(price, register),
    sayQuota(permit),
    slotOf(explained, offsetMinutes),
    sayRests(explained.rests, offsetMinutes),
  ];
}

/** A condition of a permit's rows, as people read it. */
export function sayFilter(one: NonNullable<Permit["rows"]>[number]): string {
  switch (one.op) {
    case "missing":
      return `${one.field} is ${one.value ? "missing" : "there"}`;
    case "in":
      return `${one.field} is one of ${one.value.join(", ")}`;
    default:
      return `${one.field} ${signs[one.op]} ${one.value}`;
  }
}
const signs = {
  eq: "is",
  ne: "is not",
  lt: "is less than",
  lte: "is at most",
  gt: "is more than",
  gte: "is at least",
} as const;

export function sayPrice(
  price: ExplainedPrice,
  register: ReadRegister,
): string {
  const { fee, because, most } = price;
  if (because === "CN-PRC-01")
    return `Free of charge: ${lawOf(because).says} (${because}, ${lawOf(because).cites}).`;
  if (fee === undefined) return `Free of charge: ${because}.`;
  const { amount, currency, unit, ceiling, ground, rule } = fee;
  return `${[
    `It costs ${showMoney(amount, currency)} per ${unit}, at most ${showMoney(most, currency)} for this answer`,
    `paid to ${payeeOf(register, fee.payee)}`,
    `by fee ${fee.fee}`,
    ...(ground === undefined
      ? []
      : [`on ground ${ground}${rule === undefined ? "" : ` (${rule})`}`]),
    ...(ceiling === undefined
      ? []
      : [`under the ceiling of ${showMoney(ceiling.amount, currency)}`]),
  ].join(", ")}.`;
}

function sayQuota({ quota, left }: Admitted["permit"]): string {
  const parts = (["calls", "steps"] as const).flatMap((unit) => {
    const whole = quota[unit];
    if (whole === undefined) return [];
    const rest = left?.[unit];
    return [
      rest === undefined
        ? `${showCount(whole)} ${unit}`
        : `${showCount(rest)} of ${showCount(whole)} ${unit} are left`,
    ];
  });
  if (parts.length === 0) return "The permit has no quota.";
  return left === undefined
    ? `Its quota is ${parts.join(" and ")}; what is left of it is told to its holder.`
    : `Of its quota ${parts.join(" and ")}.`;
}

function slotOf({ slot }: UseExplained, offsetMinutes: number): string {
  return `In public it would stand under the ${slot.name} from ${showInstant(slot.from, offsetMinutes)}.`;
}

function sayRests(rests: readonly Rest[], offsetMinutes: number): string {
  const said = rests.map(
    ({ what, id, entry, until }) =>
      `${what} ${id} (entry ${showCount(entry)}${until === undefined ? "" : `, until ${showInstant(until, offsetMinutes)}`})`,
  );
  return `It rests on ${said.join(", ")}.`;
}

function sayNearest(
  near: Nearest,
  dataset: string,
  offsetMinutes: number,
): string {
  const but = (lacks: readonly Lack[]) =>
    lacks.map((one) => sayLack(one, offsetMinutes)).join("; ");
  switch (near.near) {
    case "permit": {
      const which = `Permit ${near.permit} for product ${near.product}`;
      return near.lacks.length === 0
        ? `${which} would allow it: name that product.`
        : `${which} would allow it, but ${but(near.lacks)}.`;
    }
    case "product": {
      const which = `Product ${near.product} (${near.form}) is offered for ${list(near.purposes)}`;
      return near.lacks.length === 0
        ? `${which}: apply for a permit.`
        : `${which}, but ${but(near.lacks)}.`;
    }
    case "open":
      if (near.closed.length === 0)
        return `All fields of dataset ${dataset} are open: ask without naming a product.`;
      return `Of dataset ${dataset} the fields ${list(near.open)} are open. Without a permit a dataset is served only where all of its fields are open, and ${list(near.closed)} are not.`;
    case "never": {
      const law = lawOf(near.rule);
      return `No permit would allow it: ${law.says} (${near.rule}, ${law.cites}). What can be done: ${law.next}.`;
    }
  }
}

function sayLack(lack: Lack, offsetMinutes: number): string {
  switch (lack.lack) {
    case "form":
      return `its form is ${lack.form}`;
    case "field":
      return `it leaves out the field ${lack.name}`;
    case "condition":
      return `${lack.name} may not stand in a condition, an order or a key`;
    case "rows":
      return `an answer has at most ${showCount(lack.most)} rows`;
    case "calls":
    case "steps":
      return `${showCount(lack.left)} ${lack.lack} are left of its quota`;
    case "purpose":
      return `it is not for purpose ${lack.purpose}`;
    case "rulebook":
      return `purpose ${lack.purpose} is not in the rulebook in force`;
    case "case":
      return `purpose ${lack.purpose} wants the number of a case`;
    case "key":
      return `it is asked by ${list(lack.key)}`;
    case "token":
      return "the token is for another permit";
    case "ended":
      return lack.entry === undefined
        ? `${lack.what} ${lack.id} ended ${showInstant(lack.at, offsetMinutes)}, by itself`
        : `${lack.what} ${lack.id} was ended by entry ${showCount(lack.entry)} at ${showInstant(lack.at, offsetMinutes)}`;
    case "notYet":
      return `${lack.what} ${lack.id} begins ${showInstant(lack.from, offsetMinutes)}`;
  }
}

export function list(names: readonly string[]): string {
  return names.join(", ");
}
