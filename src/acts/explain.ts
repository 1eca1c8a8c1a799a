import type * as z from "zod/mini";

/** One line for a value that does not fit its schema: where it stands, what it is, what is wanted. */
export function explain(error: z.core.$ZodError, value: unknown): string {
  const issue = error.issues[0];
  if (issue === undefined) return "it does not fit its schema";
  return explainIssue(issue, value);
}

/** The same for one of several issues. */
export function explainIssue(issue: z.core.$ZodIssue, value: unknown): string {
  const path = issue.path.map(String);
  const where = path.length === 0 ? "the value" : path.join(".");
  if (issue.code === "unrecognized_keys") {
    return `${where} has the unknown member ${issue.keys.map((key) => `"${key}"`).join(", ")}`;
  }
  const found = at(value, issue.path);
  if (issue.code === "invalid_union" && issue.discriminator !== undefined) {
    // The path may end at the object or at its discriminator.
    const chosen =
      typeof found === "object" && found !== null
        ? at(found, [issue.discriminator])
        : found;
    return `${where} has the unknown ${issue.discriminator} ${show(chosen)}${wantedOf(issue)}`;
  }
  if (found === undefined) return `${where} is missing${wanted(issue)}`;
  return `${where} is ${show(found)}${wanted(issue)}`;
}

function wantedOf(issue: z.core.$ZodIssueInvalidUnion): string {
  return "options" in issue && issue.options !== undefined
    ? `, want one of ${issue.options.join(", ")}`
    : "";
}

function wanted(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (message !== "" && message !== "Invalid input") return `, want ${message}`;
  return issue.code === "invalid_type" && issue.expected === "object"
    ? ", want an object"
    : "";
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  let found: unknown = value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

function show(value: unknown): string {
  if (value === undefined) return "(none)";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
