import { createHmac } from "node:crypto";
import type { EngineAnswer } from "../engine/source.ts";
import { type Dataset } from "../register/register.ts";
import { isPersonal } from "../register/fields.ts";
import type { AskedPlan, Condition, PlanValue } from "../uses/plan.ts";

/**
 * The text of an answer, exactly as its digest is entered. Where rows are about persons, identifiers leave as tokens that
 * are keyed per permit: the same under one permit, unlinkable across permits.
 */
export function answerText(
  answer: EngineAnswer,
  dataset: Dataset,
  cursor: string | undefined,
  token?: (value: string) => string,
): string {
  if (answer.kind === "answer")
    return JSON.stringify({ answer: answer.result });
  const hidden = new Set(
    isPersonal(dataset)
      ? dataset.fields.filter((f) => f.identifier).map((f) => f.name)
      : [],
  );
  const rows = answer.rows.map((row) =>
    Object.fromEntries(
      answer.columns.map((name, i) => [
        name,
        hidden.has(name) && token !== undefined && row[i] !== null
          ? token(String(row[i]))
          : row[i],
      ]),
    ),
  );
  return JSON.stringify({
    rows,
    ...(cursor === undefined ? {} : { cursor }),
    // Groups have no next page: only a larger limit shows the others.
    ...(answer.more && cursor === undefined ? { more: true } : {}),
  });
}

/**
 * Everybody whom an answer concerns: those whom its rows are about, and those whom the plan names by the dataset's own subject. Who was
 * asked about and not found was asked about.
 */
export function concernedBy(
  found: readonly string[],
  plan: AskedPlan,
  { subject }: Pick<Dataset, "subject">,
): readonly string[] {
  if (subject === undefined || plan.form === "file") return found;
  const named =
    plan.form === "answer"
      ? plan.key
          .filter(({ field }) => field === subject)
          .map(({ value }) => value)
      : plan.where.filter(({ field }) => field === subject).flatMap(namedBy);
  return named.length === 0
    ? found
    : [...new Set([...found, ...named.map(String)])].sort();
}

/** Whom a condition on the subject names. From somebody to the same somebody is that one person. */
function namedBy(
  condition: Condition,
  _: number,
  all: readonly Condition[],
): readonly PlanValue[] {
  switch (condition.op) {
    case "eq":
      return [condition.value];
    case "in":
      return condition.value;
    case "gte":
      return all.flatMap((one) =>
        one.op === "lte" && one.value === condition.value ? [one.value] : [],
      );
    default:
      return [];
  }
}

/**
 * What stands for an identifier under one permit: the same for the same value, and linked to no other permit's. Persons in
 * an opening are named by it as well, since the opening goes to the asker; who holds the key finds a person's uses by it.
 */
export function tokensOf(
  key: Uint8Array,
  permit: string,
): (value: string) => string {
  return (value) =>
    createHmac("sha256", key)
      .update(`vitrine-token-v1\n${permit}\n${value}`)
      .digest("base64url")
      .slice(0, 22);
}
