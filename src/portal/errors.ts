import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { Malformed } from "../acts/canonical.ts";
import { showInstant } from "../acts/dates.ts";
import type { Declined } from "../gateway/gateway.ts";
import { KeyConflict } from "../gateway/keyed.ts";
import { Unavailable } from "../gateway/unavailable.ts";
import { showLine } from "../audit/says.ts";
import { GatewayAway } from "../office/leavers.ts";
import { NotPublicYet } from "../office/not-public-yet.ts";
import { isHalted } from "../office/restore.ts";
import { QuorumMissing } from "../office/witnesses.ts";
import { lawOf } from "../rules/law.ts";
import { describeFinding, type FindingLine } from "./words.ts";

/** Who asks says to be somebody, and is not known to be. */
export class Unauthorised extends Error {
  override readonly name = "Unauthorised";
}

/** A body came too slowly: nothing of it was looked at, and its connection ends. */
export class SlowBody extends HTTPException {
  constructor(message: string) {
    const init = { status: 408, headers: { Connection: "close" } };
    super(408, {
      message,
      res: Response.json(errorBody("tooSlow", message), init),
    });
  }
}

/** A message may hold what a caller sent: it stays one line and short. */
const MESSAGE_CHARACTERS_MAX = 500;
const RETRY_AFTER_SECONDS = 5;

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
      message: showLine(message, MESSAGE_CHARACTERS_MAX),
      ...(rule === undefined ? {} : { rule, cites: lawOf(rule).cites }),
    },
  };
}

/** The one handler of the web surface: what callers did wrong is named, what we did wrong is not shown. */
export function handleError(
  error: unknown,
  c: Context,
  halt: (error: Error) => void,
  report: (error: unknown) => void,
): Response {
  if (error instanceof Malformed)
    return c.json(errorBody("malformed", error.message), 400);
  if (error instanceof Unauthorised)
    return c.json(errorBody("unauthorised", error.message), 401, {
      "WWW-Authenticate": "Bearer",
    });
  if (error instanceof KeyConflict)
    return c.json(errorBody("keyConflict", error.message), error.status);
  if (error instanceof SlowBody) return error.getResponse();
  if (error instanceof HTTPException)
    return c.json(errorBody("refused", error.message), error.status);
  if (
    error instanceof Unavailable ||
    error instanceof QuorumMissing ||
    error instanceof GatewayAway
  )
    return c.json(errorBody("unavailable", error.message), 503, {
      "Retry-After": String(RETRY_AFTER_SECONDS),
    });
  // Whoever sent the act must not try again, so nothing here asks for it.
  if (error instanceof NotPublicYet)
    return c.json(errorBody("notPublicYet", error.message), 504);
  if (isHalted(error)) {
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
      "Something went wrong inside the office; its log shows what was entered",
    ),
    500,
  );
}

/** A refused request: the rule, its article, what it found, and what would have to be true. */
export function declinedBody(
  declined: Declined,
  offsetMinutes: number,
): ErrorBody & { readonly findings: readonly FindingLine[] } {
  const first = declined.findings[0];
  const rule = first?.rule ?? "I2";
  const findings = declined.findings.map((finding) =>
    describeFinding(finding, offsetMinutes),
  );
  return {
    ...errorBody("refused", messageOf(declined, offsetMinutes), rule),
    findings,
  };
}

function messageOf(
  { findings, product }: Declined,
  offsetMinutes: number,
): string {
  const first = findings[0];
  if (first === undefined) return `no permit for product ${product}`;
  const [what, until] = first.facts;
  if (first.rule === "I2" && what?.[0] === "permit-for") {
    return `no permit for product ${product}`;
  }
  if (until?.[0] === "until" && typeof until[1] === "number") {
    // With notice or without: the register says which, and the holder is asked for a new one either way.
    const how =
      what?.[0] === "contribution"
        ? ": its holder lends it no longer"
        : ", by itself";
    return `${what?.[0]} ${what?.[1]} ended ${showInstant(until[1], offsetMinutes)}${how}`;
  }
  if (until?.[0] === "ended-by-entry") {
    return `${what?.[0]} ${what?.[1]} was ended by entry ${until[1]}`;
  }
  const facts = describeFinding(first, offsetMinutes).facts;
  return `${lawOf(first.rule).says}${facts === "" ? "" : ` (${facts})`}`;
}
