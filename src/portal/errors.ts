import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { Malformed } from "../acts/canonical.ts";
import { EngineFailed } from "../engine/failed.ts";
import { type Declined, Unavailable } from "../gateway/gateway.ts";
import { FormatError } from "../log/format-error.ts";
import { QuorumMissing } from "../office/witnesses.ts";
import { lawOf } from "../rules/law.ts";
import { LogHalted } from "../store/durable.ts";

/** The one error shape of every address whose protocol does not fix its own. */
export type ErrorBody = {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly rule?: string;
    readonly cites?: string;
  };
};

export function errorBody(
  code: string,
  message: string,
  rule?: string,
): ErrorBody {
  return {
    error: {
      code,
      message,
      ...(rule === undefined ? {} : { rule, cites: lawOf(rule).cites }),
    },
  };
}

/** The one handler of the web surface: what callers did wrong is named, what we did wrong is not shown. */
export function handleError(
  error: unknown,
  c: Context,
  halt: (error: LogHalted) => void,
  report: (error: unknown) => void,
): Response {
  if (error instanceof Malformed || error instanceof FormatError)
    return c.json(errorBody("malformed", error.message), 400);
  if (error instanceof HTTPException)
    return c.json(errorBody("refused", error.message), error.status);
  if (error instanceof Unavailable || error instanceof QuorumMissing)
    return c.json(errorBody("unavailable", error.message), 503);
  if (error instanceof EngineFailed)
    return c.json(errorBody("engine", error.message), 503);
  if (error instanceof LogHalted) {
    halt(error);
    return c.json(
      errorBody(
        "halted",
        "The office has stopped: the state of its log is in doubt",
      ),
      503,
    );
  }
  report(error);
  return c.json(
    errorBody(
      "internal",
      "Something went wrong inside the office; nothing was entered",
    ),
    500,
  );
}

/** A refused request: the rule, its article, and what would have to be true. */
export function declinedBody(declined: Declined): ErrorBody & {
  readonly findings: readonly {
    rule: string;
    says: string;
    cites: string;
    next: string;
    facts: readonly (readonly [string, string | number])[];
  }[];
} {
  const first = declined.findings[0];
  const rule = first?.rule ?? "I2";
  const what =
    first?.facts.map(([name, value]) => `${name} ${value}`).join(", ") ?? "";
  const message =
    rule === "I2" && first?.result === "missing"
      ? `no permit for product ${declined.product}`
      : `${lawOf(rule).says}${what === "" ? "" : ` (${what})`}`;
  return {
    ...errorBody("refused", message, rule),
    findings: declined.findings.map((f) => ({
      rule: f.rule,
      says: lawOf(f.rule).says,
      cites: lawOf(f.rule).cites,
      next: lawOf(f.rule).next,
      facts: f.facts,
    })),
  };
}
