import { showInstant } from "../acts/dates.ts";
import type { Permit, ReadRegister } from "../register/register.ts";
import type {
  ExplainedPrice,
  Lack,
  Nearest,
  Rest,
  UseExplained,
} from "../uses/explained.ts";
import { payeeOf } from "./overview.ts";
import { describeFinding, type FindingLine } from "./findings.ts";
import { titleOf } from "./lang/title-in.ts";
import { around } from "./around.ts";
import { sayList, sayMoney, sayNumber } from "./lang/figures.ts";
import { saidLaw, saidNext } from "./lang/law-in.ts";
import { say, sayCount } from "./lang/say.ts";
import { sayWord } from "./lang/words.ts";
import { sayPriceOf } from "./prices.ts";

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
      say("Refused: {who} asks for {what}, by product {product}.", {
        who: whoOf(explanation, register),
        what: askedOf(explanation),
        product: explanation.product,
      }),
      slotOf(explanation, offsetMinutes),
    ],
    findings: explanation.findings.map((finding) =>
      describeFinding(finding, offsetMinutes, around().lang),
    ),
    nearest: explanation.nearest.map((near) =>
      sayNearest(near, explanation.dataset, offsetMinutes),
    ),
  };
}

function whoOf({ organisation }: UseExplained, register: ReadRegister): string {
  if (organisation === undefined) return say("nobody in particular");
  return titleOf(register.organisations.get(organisation), organisation);
}

function askedOf({ asked, form, dataset }: UseExplained): string {
  const what =
    asked.fields.length === 0
      ? say("{form} in dataset {dataset}", { form: sayWord(form), dataset })
      : say("{form} of {fields} in dataset {dataset}", {
          ...{ form: sayWord(form), fields: sayList(asked.fields), dataset },
        });
  return asked.where.length === 0
    ? what
    : say("{what}, chosen or sorted by {fields}", {
        what,
        fields: sayList(asked.where),
      });
}

function sayOpen(
  explained: UseExplained & { outcome: "open" },
  { offsetMinutes }: ReadRegister,
): readonly string[] {
  return [
    say(
      "Open: everybody may have {what}, without a permit and free of charge.",
      { what: askedOf(explained) },
    ),
    say(
      "Every field of dataset {dataset} is classified open ({cites}: {says}).",
      {
        dataset: explained.dataset,
        ...saidLaw(explained.rule),
      },
    ),
    `${say("It is counted, not traced.")} ${slotOf(explained, offsetMinutes)}`,
    sayRests(explained.rests, offsetMinutes),
  ];
}

function sayAdmitted(
  explained: Admitted,
  register: ReadRegister,
): readonly string[] {
  const { permit, asked, price } = explained;
  const { offsetMinutes } = register;

  return [
    say("Admitted: {who} may have {what}, under permit {permit}.", {
      who: whoOf(explained, register),
      what: askedOf(explained),
      permit: permit.permit,
    }),
    sayPermit(explained, offsetMinutes),
    permit.where.length === 0
      ? say("It reaches the fields {fields}, and no conditions.", {
          fields: sayList(permit.fields),
        })
      : say("It reaches the fields {fields}, and conditions on {where}.", {
          fields: sayList(permit.fields),
          where: sayList(permit.where),
        }),
    permit.rows === undefined
      ? say("It reaches every row.")
      : say("It reaches only rows where {conditions}.", {
          conditions: permit.rows.map(sayFilter).join(say(" and ")),
        }),
    sayCount(
      asked.rows,
      "This answer has at most {rows} row; the permit allows {most}.",
      "This answer has at most {rows} rows; the permit allows {most}.",
      { rows: sayNumber(asked.rows), most: sayNumber(permit.rowsMax) },
    ),
    sayPrice(price, register),
    sayQuota(permit),
    slotOf(explained, offsetMinutes),
    sayRests(explained.rests, offsetMinutes),
  ];
}

function sayPermit(
  { permit, product, rule, rests }: Admitted,
  offsetMinutes: number,
): string {
  const until = rests.find(({ what }) => what === "permit")?.until;
  const named = { product, purpose: permit.purpose, ...saidLaw(rule) };
  return until === undefined
    ? say(
        "The permit is for product {product} and purpose {purpose} ({cites}: {says}).",
        named,
      )
    : say(
        "The permit is for product {product} and purpose {purpose}, until {until} ({cites}: {says}).",
        { ...named, until: showInstant(until, offsetMinutes) },
      );
}

/** A condition of a permit's rows, as people read it. */
export function sayFilter(one: NonNullable<Permit["rows"]>[number]): string {
  const { field } = one;
  switch (one.op) {
    case "missing":
      return one.value
        ? say("{field} is missing", { field })
        : say("{field} is there", { field });
    case "in":
      return say("{field} is one of {values}", {
        field,
        values: sayList(one.value.map(String)),
      });
    default:
      return say(SIGNS[one.op], { field, value: String(one.value) });
  }
}

const SIGNS = {
  eq: "{field} is {value}",
  ne: "{field} is not {value}",
  lt: "{field} is less than {value}",
  lte: "{field} is at most {value}",
  gt: "{field} is more than {value}",
  gte: "{field} is at least {value}",
} as const;

export function sayPrice(
  price: ExplainedPrice,
  register: ReadRegister,
): string {
  const { fee, because, most } = price;
  if (because === "CN-PRC-01") {
    return say("Free of charge: {says} ({rule}, {cites}).", {
      rule: because,
      ...saidLaw(because),
    });
  }
  if (fee === undefined)
    return say("Free of charge: {because}.", { because: sayWord(because) });
  const { currency, ceiling, ground, rule } = fee;
  const parts = [
    say("It costs {price}, at most {most} for this answer", {
      price: sayPriceOf(fee),
      most: sayMoney(most, currency),
    }),
    say("paid to {payee}", { payee: payeeOf(register, fee.payee) }),
    say("by fee {fee}", { fee: fee.fee }),
    ...(ground === undefined
      ? []
      : [
          rule === undefined
            ? say("on ground {ground}", { ground })
            : say("on ground {ground} ({rule})", { ground, rule }),
        ]),
    ...(ceiling === undefined
      ? []
      : [
          say("under the ceiling of {amount}", {
            amount: sayMoney(ceiling.amount, currency),
          }),
        ]),
  ];
  return say("{sentence}.", { sentence: parts.join(say(", ")) });
}

function sayQuota({ quota, left }: Admitted["permit"]): string {
  const parts = (["calls", "steps"] as const).flatMap((unit) => {
    const whole = quota[unit];
    if (whole === undefined) return [];
    const rest = left?.[unit];
    const said = { whole: sayNumber(whole), unit: sayWord(unit) };
    return [
      rest === undefined
        ? say("{whole} {unit}", said)
        : say("{rest} of {whole} {unit} are left", {
            ...said,
            rest: sayNumber(rest),
          }),
    ];
  });
  if (parts.length === 0) return say("The permit has no quota.");
  const quotas = parts.join(say(" and "));
  return left === undefined
    ? say("Its quota is {quotas}; what is left of it is told to its holder.", {
        quotas,
      })
    : say("Of its quota {quotas}.", { quotas });
}

function slotOf({ slot }: UseExplained, offsetMinutes: number): string {
  return say("In public it would stand under the {slot} from {from}.", {
    slot: sayWord(slot.name),
    from: showInstant(slot.from, offsetMinutes),
  });
}

function sayRests(rests: readonly Rest[], offsetMinutes: number): string {
  const said = rests.map(({ what, id, entry, until }) => {
    const named = { what: sayWord(what), of: id, entry: sayNumber(entry) };
    return until === undefined
      ? say("{what} {of} (entry {entry})", named)
      : say("{what} {of} (entry {entry}, until {until})", {
          ...named,
          until: showInstant(until, offsetMinutes),
        });
  });
  return say("It rests on {what}.", { what: said.join(say(", ")) });
}

function sayNearest(
  near: Nearest,
  dataset: string,
  offsetMinutes: number,
): string {
  const but = (lacks: readonly Lack[]) =>
    lacks.map((one) => sayLack(one, offsetMinutes)).join(say("; "));
  switch (near.near) {
    case "permit": {
      const named = { permit: near.permit, product: near.product };
      return near.lacks.length === 0
        ? say(
            "Permit {permit} for product {product} would allow it: name that product.",
            named,
          )
        : say(
            "Permit {permit} for product {product} would allow it, but {lacks}.",
            { ...named, lacks: but(near.lacks) },
          );
    }
    case "product": {
      const named = {
        ...{ product: near.product, form: sayWord(near.form) },
        purposes: sayList(near.purposes),
      };
      return near.lacks.length === 0
        ? say(
            "Product {product} ({form}) is offered for {purposes}: apply for a permit.",
            named,
          )
        : say(
            "Product {product} ({form}) is offered for {purposes}, but {lacks}.",
            { ...named, lacks: but(near.lacks) },
          );
    }
    case "open":
      if (near.closed.length === 0)
        return say(
          "All fields of dataset {dataset} are open: ask without naming a product.",
          { dataset },
        );
      return say(
        "Of dataset {dataset} the fields {open} are open. Without a permit a dataset is served only where all of its fields are open, and {closed} are not.",
        { dataset, open: sayList(near.open), closed: sayList(near.closed) },
      );
    case "never":
      return say(
        "No permit would allow it: {says} ({rule}, {cites}). What can be done: {next}.",
        { ...saidLaw(near.rule), rule: near.rule, next: saidNext(near.rule) },
      );
  }
}

function sayLack(lack: Lack, offsetMinutes: number): string {
  switch (lack.lack) {
    case "form":
      return say("its form is {form}", { form: sayWord(lack.form) });
    case "field":
      return say("it leaves out the field {field}", { field: lack.name });
    case "condition":
      return say("{field} may not stand in a condition, an order or a key", {
        field: lack.name,
      });
    case "rows":
      return sayCount(
        lack.most,
        "an answer has at most {n} row",
        "an answer has at most {n} rows",
        { n: sayNumber(lack.most) },
      );
    case "calls":
    case "steps":
      return say("{n} {unit} are left of its quota", {
        n: sayNumber(lack.left),
        unit: sayWord(lack.lack),
      });
    case "purpose":
      return say("it is not for purpose {purpose}", lack);
    case "rulebook":
      return say("purpose {purpose} is not in the rulebook in force", lack);
    case "case":
      return say("purpose {purpose} wants the number of a case", lack);
    case "key":
      return say("it is asked by {fields}", { fields: sayList(lack.key) });
    case "token":
      return say("the token is for another permit");
    case "ended": {
      const named = {
        ...{ what: sayWord(lack.what), of: lack.id },
        at: showInstant(lack.at, offsetMinutes),
      };
      return lack.entry === undefined
        ? say("{what} {of} ended {at}, by itself", named)
        : say("{what} {of} was ended by entry {entry} at {at}", {
            ...named,
            entry: sayNumber(lack.entry),
          });
    }
    case "notYet": {
      const named = {
        ...{ what: sayWord(lack.what), of: lack.id },
        from: showInstant(lack.from, offsetMinutes),
      };
      return lack.delayed === undefined
        ? say("{what} {of} begins {from}", named)
        : say(
            "{what} {of} is in force from {from} on (delay of the rulebook, entry {entry})",
            { ...named, entry: sayNumber(lack.delayed) },
          );
    }
  }
}
