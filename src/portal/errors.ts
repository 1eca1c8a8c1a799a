import { HTTPException } from "hono/http-exception";
import { showInstant } from "../acts/dates.ts";
import type { Declined } from "../gateway/gateway.ts";
import { showLine } from "../audit/says.ts";
import { lawOf } from "../rules/law.ts";
import { describeFinding, type FindingLine } from "./findings.ts";

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
