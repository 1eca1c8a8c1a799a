import { Malformed } from "../acts/canonical.ts";
import type { FieldType } from "../acts/shapes.ts";
import { isOpen } from "../register/fields.ts";
import type { Dataset, ReadRegister } from "../register/register.ts";
import { type PlanValue, readRequest, type Request } from "../uses/plan.ts";
import { planFromUrl } from "../uses/url-plan.ts";

/** Which organisation an explanation is for, and what it would ask. */
export type ExplainUrl = {
  readonly organisation: string | undefined;
  readonly request: Request;
};

const OWN = ["organisation", "form", "case"] as const;
/** No value is looked at by an explanation; a plan that needs one has this. */
const SAMPLE: Readonly<Record<FieldType, PlanValue>> = {
  text: "x",
  integer: 0,
  decimal: "0",
  boolean: true,
  date: "2026-01-01",
  instant: "2026-01-01T00:00:00Z",
};

/**
 * The URL of an explanation: that of a plan, and `organisation`, `form`, `case`. A list may also stand in several
 * parameters of that name, and what is left empty is not asked, as a form of a browser sends it. A field of such a name is
 * written with its comparison (`form.eq=…`). Throws `Malformed`.
 */
export function explainFromUrl(
  register: ReadRegister,
  dataset: Dataset,
  parameters: readonly (readonly [string, string])[],
): ExplainUrl {
  const given = parameters.filter(([, value]) => value !== "");
  const own = new Map<string, string>();
  const rest: (readonly [string, string])[] = [];
  const fields: string[] = [];
  for (const [name, value] of given) {
    if (OWN.some((one) => one === name)) {
      if (own.has(name))
        throw new Malformed(`Cannot read URL: parameter ${name} stands twice`);
      own.set(name, value);
    } else if (name === "fields") fields.push(value);
    else rest.push([name, value]);
  }
  const known = Object.fromEntries(rest);
  const asked =
    fields.length > 0 ? fields : ofProduct(register, dataset, known);
  if (asked.length > 0) rest.push(["fields", asked.join(",")]);
  const form =
    own.get("form") ??
    register.products.get(known["product"] ?? "")?.act.form ??
    (known["measure"] === undefined ? "records" : "aggregate");
  const request = requestOf(register, dataset, form, rest);
  const number = own.get("case");
  return {
    organisation: own.get("organisation"),
    request: readRequest({
      ...request,
      ...(number === undefined ? {} : { case: number }),
    }),
  };
}

/** Whoever names no field asks for what the product gives, or, where none is named, the one that the gate looks for; of open data for all. */
function ofProduct(
  register: ReadRegister,
  dataset: Dataset,
  known: Readonly<Record<string, string>>,
): readonly string[] {
  if (known["by"] !== undefined || known["measure"] !== undefined) return [];
  const usual = isOpen(dataset) ? "" : `${dataset.dataset}.records`;
  const act = register.products.get(known["product"] ?? usual)?.act;
  return act?.form === "aggregate" ? [] : (act?.content[0]?.fields ?? []);
}

function requestOf(
  register: ReadRegister,
  dataset: Dataset,
  form: string,
  rest: readonly (readonly [string, string])[],
): Request {
  switch (form) {
    case "records":
      return planFromUrl(
        dataset,
        rest.filter(([name]) => name !== "measure" && name !== "by"),
      );
    case "aggregate":
      return planFromUrl(dataset, summed(rest));
    case "answer":
    case "file": {
      const { product, purpose, plan } = planFromUrl(
        dataset,
        rest.filter(([name]) =>
          ["fields", "product", "purpose"].includes(name),
        ),
      );
      if (plan.form !== "records")
        throw new Malformed("Cannot read URL: want fields");
      const about = {
        ...(product === undefined ? {} : { product }),
        ...(purpose === undefined ? {} : { purpose }),
      };
      const { fields } = plan;
      return form === "file"
        ? { ...about, plan: { form, dataset: dataset.dataset, fields } }
        : readRequest({
            ...about,
            plan: answerOf(register, dataset, product, fields),
          });
    }
    default:
      throw new Malformed(
        `Cannot read URL: parameter form is "${form}", want one of answer, records, aggregate, file`,
      );
  }
}

/** An aggregate that says nothing else counts, by the fields that were marked. */
function summed(
  rest: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  const has = (name: string) => rest.some(([one]) => one === name);
  return [
    ...rest.flatMap(([name, value]): readonly (readonly [string, string])[] =>
      name !== "fields" ? [[name, value]] : has("by") ? [] : [["by", value]],
    ),
    ...(has("measure") ? [] : [["measure", "count"] as const]),
  ];
}

function answerOf(
  register: ReadRegister,
  dataset: Dataset,
  product: string | undefined,
  fields: readonly string[],
): object {
  const id = product ?? `${dataset.dataset}.answer`;
  const key = register.products.get(id)?.act.key ?? fields.slice(0, 1);
  const sampled = (names: readonly string[]) =>
    names.map((name) => ({
      field: name,
      value:
        SAMPLE[dataset.fields.find((f) => f.name === name)?.type ?? "text"],
    }));
  return {
    form: "answer",
    dataset: dataset.dataset,
    key: sampled(key),
    values: sampled(fields.filter((name) => !key.includes(name))),
  };
}
