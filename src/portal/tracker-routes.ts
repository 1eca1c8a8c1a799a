import type { Context, Hono, MiddlewareHandler } from "hono";
import { Malformed } from "../acts/canonical.ts";
import type { ListLine, LookLine } from "../gateway/citizen/use-lines.ts";
import { quote } from "../log/format-error.ts";
import type { AppOptions } from "./app.tsx";
import { atTheDoor } from "./at-the-door.ts";
import { readTime, tooMany } from "./citizen-routes.ts";
import { showError } from "./error-page.tsx";
import { errorBody, Unauthorised } from "./errors.ts";

const LIMIT_DEFAULT = 1_000;
const INT32_MAX = 2_147_483_647;
/** What one answer holds at most, however much is asked for. */
const LIMIT_MAX = 10_000;

/**
 * The Data Tracker's protocol (version 2.1.0) as it stands: the state's portal asks for whoever signed in there. Whoever asks
 * for somebody else has the right to stand in for them, as the portal says.
 */
export function trackerRoutes(
  app: Hono,
  options: AppOptions,
  sure: MiddlewareHandler,
): void {
  app.get("/v2/findUsage", sure, (c) =>
    asPortal(c, options, async (portal) => {
      const { person, userCode, span, offset, limit } = readAsked(c);
      const by = person === userCode ? "subject" : "representative";
      const page = await options.citizens.look(
        { by, person, subject: userCode, portal },
        { span, begin: { offset }, limit: Math.min(limit, LIMIT_MAX) },
      );
      if ("retryInSeconds" in page) return tooMany(c, page);
      c.header("Cache-Control", "no-store");
      const { title } = options.office.register;
      return c.json({
        totalUsages: page.total,
        usages: page.lines.map((line) => usageOf(line, title)),
      });
    }),
  );
  app.get("/v2/usagePeriod", sure, (c) =>
    asPortal(c, options, async () => {
      const { since } = await options.citizens.complete();
      return c.json({ periodStart: timeOf(since) });
    }),
  );
  app.get("/v2/heartbeat", (c) =>
    asPortal(c, options, async () =>
      c.json(
        options.gateway() === undefined
          ? { status: "FAIL", message: "no gateway is open yet" }
          : { status: "OK" },
      ),
    ),
  );
}

/** For the portal that the office's configuration names, by its own token; anybody else hears why not. */
function asPortal(
  c: Context,
  options: AppOptions,
  work: (portal: string) => Promise<Response>,
): Promise<Response> {
  return atTheDoor(c, options, new Uint8Array(), async ({ asker }) => {
    if (asker === undefined)
      throw new Unauthorised(
        "Cannot read the Authorization header: want Bearer and the token of the state's portal",
      );
    if (options.statePortal === asker.organisation)
      return work(asker.organisation);
    return showError(
      c,
      errorBody(
        "refused",
        "Cannot ask about a person: only the state's portal may, which the office's configuration names",
      ),
      403,
    );
  });
}

function readAsked(c: Context) {
  const person = codeIn("header X-Road-UserId", c.req.header("x-road-userid"));
  const of = (name: string): string | undefined => {
    const [value, second] = c.req.queries(name) ?? [];
    if (second === undefined) return value;
    throw new Malformed(`Cannot read ${name}: it stands twice, want it once`);
  };
  const from = of("periodStart");
  const to = of("periodEnd");
  return {
    person,
    userCode: codeIn("userCode", of("userCode")),
    span: {
      from: from === undefined ? 0 : dateTime(from),
      to: to === undefined ? Number.MAX_SAFE_INTEGER : dateTime(to),
    },
    offset: whole("offset", of("offset"), 0),
    limit: whole("limit", of("limit"), LIMIT_DEFAULT),
  };
}

function codeIn(what: string, text: string | undefined): string {
  if (text !== undefined && /^[\x21-\x7e]{1,64}$/.test(text)) return text;
  throw new Malformed(
    `Cannot read ${what}: want a person's code of 1 to 64 characters`,
  );
}

function dateTime(text: string): number {
  if (text.includes("T")) return readTime(text, 0, "first");
  throw new Malformed(
    `Cannot read time ${quote(text)}: want one such as 2021-01-31T10:20:30Z`,
  );
}

function whole(name: string, text: string | undefined, ifNone: number): number {
  if (text === undefined) return ifNone;
  const number = /^[0-9]{1,10}$/.test(text) ? Number(text) : Infinity;
  if (number <= INT32_MAX) return number;
  throw new Malformed(
    `Cannot read ${name} ${quote(text)}: want a whole number from 0 to ${INT32_MAX}`,
  );
}

/** A line in the words of the protocol: why, by whom, with which system. */
function usageOf(line: ListLine, office: string) {
  const logtime = timeOf(line.at);
  if (line.kind === "use")
    return {
      logtime,
      action: `${line.purpose.title}: ${line.product.title}`,
      receiverCode: line.organisation.id,
      receiverName: line.organisation.title,
      receiverSystem: line.system ?? "not stated",
    };
  return {
    logtime,
    action:
      line.by === "auditor"
        ? `An auditor opened an entry of this list: ${line.why ?? ""}`
        : "A look at this list",
    ...receiverOf(line),
    receiverSystem: office,
  };
}

function receiverOf({ by, organisation, post }: LookLine) {
  const named = organisation ?? post;
  return named === undefined
    ? { receiverCode: by, receiverName: WHO[by] }
    : { receiverCode: named.id, receiverName: named.title };
}

const WHO = {
  subject: "the person themselves",
  representative: "somebody who stands in for the person",
  portal: "a portal",
  auditor: "an auditor",
} as const;

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
