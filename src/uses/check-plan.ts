import { Malformed } from "../acts/canonical.ts";
import type { FieldType } from "../acts/shapes.ts";
import { fits, WANTED } from "../acts/values.ts";
import type {
  AggregatePlan,
  AnswerPlan,
  Condition,
  AskedPlan,
  PlanValue,
} from "./plan.ts";

/** What a plan needs to know of a registered field. */
export type TypedField = { readonly name: string; readonly type: FieldType };

/**
 * Holds a plan against the fields of its dataset, before any engine is asked: every field is registered, every value
 * is of its field's type, nothing is asked for twice. Throws `Malformed` naming field, value and wanted type.
 *
 * A condition other than `missing` holds only for values that are there: `ne` does not find missing ones.
 */
export function checkPlan(
  plan: AskedPlan,
  fields: readonly TypedField[],
): void {
  const types = new Map(fields.map(({ name, type }) => [name, type]));
  const typeOf = (name: string): FieldType => {
    const type = types.get(name);
    if (type === undefined)
      throw refused(`dataset ${plan.dataset} has no field "${name}"`);
    return type;
  };
  switch (plan.form) {
    case "records":
      for (const name of plan.fields) typeOf(name);
      for (const { field } of plan.order) typeOf(field);
      once("field", plan.fields);
      once(
        "order by",
        plan.order.map((o) => o.field),
      );
      checkWhere(plan.where, typeOf);
      return;
    case "file":
      for (const name of plan.fields) typeOf(name);
      once("field", plan.fields);
      return;
    case "answer":
      return checkAnswer(plan, typeOf);
    case "aggregate":
      return checkAggregate(plan, typeOf);
  }
}

/** The columns of an aggregate, in order: the `by` fields, then `count` or `sum_<field>` for each measure. */
export function aggregateColumns(plan: AggregatePlan): readonly string[] {
  return [
    ...plan.by,
    ...plan.measures.map((m) =>
      m.measure === "count" ? "count" : `sum_${m.field}`,
    ),
  ];
}

type TypeOf = (name: string) => FieldType;

function checkWhere(where: readonly Condition[], typeOf: TypeOf): void {
  for (const condition of where) {
    const type = typeOf(condition.field);
    switch (condition.op) {
      case "missing":
        break;
      case "in":
        for (const value of condition.value)
          checkValue(condition.field, type, value);
        break;
      case "lt":
      case "lte":
      case "gt":
      case "gte":
        if (type === "boolean")
          throw refused(
            `field "${condition.field}" is true or false and has no ${condition.op}`,
          );
        checkValue(condition.field, type, condition.value);
        break;
      default:
        checkValue(condition.field, type, condition.value);
    }
  }
}

function checkAnswer(plan: AnswerPlan, typeOf: TypeOf): void {
  for (const { field, value } of [...plan.key, ...plan.values])
    checkValue(field, typeOf(field), value);
  once(
    "key",
    plan.key.map((k) => k.field),
  );
  once(
    "value",
    plan.values.map((v) => v.field),
  );
}

function checkAggregate(plan: AggregatePlan, typeOf: TypeOf): void {
  for (const name of plan.by) typeOf(name);
  for (const measure of plan.measures) {
    if (measure.measure === "count") continue;
    const type = typeOf(measure.field);
    if (type !== "integer" && type !== "decimal") {
      throw refused(
        `field "${measure.field}" cannot be summed: it is ${WANTED[type]}, want an integer or a decimal`,
      );
    }
  }
  once("column", aggregateColumns(plan));
  checkWhere(plan.where, typeOf);
}

function checkValue(field: string, type: FieldType, value: PlanValue): void {
  if (fits(type, value)) return;
  const shown = JSON.stringify(value);
  throw refused(
    `field "${field}" is compared with ${shown.length > 80 ? `${shown.slice(0, 77)}…` : shown}, want ${WANTED[type]}`,
  );
}

function once(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw refused(`${what} "${twice}" stands twice`);
}

function refused(why: string): Malformed {
  return new Malformed(`Cannot run plan: ${why}`);
}
