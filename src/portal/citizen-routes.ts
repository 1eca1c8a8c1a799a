import type { Context, Hono, MiddlewareHandler } from "hono";
import * as z from "zod/mini";
import { fromBase64url } from "../acts/bytes.ts";
import { Malformed } from "../acts/canonical.ts";
import { earliest, latestDay, showInstant } from "../acts/dates.ts";
import { explain } from "../acts/explain.ts";
import { hash, partialDate } from "../acts/shapes.ts";
import type {
  Looker,
  TooMany,
  UsesPage,
} from "../gateway/citizen/citizen-desk.ts";
import { QUESTION_CHARACTERS_MAX } from "../gateway/citizen/questions.ts";
import type { Session } from "../gateway/citizen/sign-in.ts";
import type { ListLine } from "../gateway/citizen/use-lines.ts";
import { PUBLISH_MS } from "../gateway/usage-log.ts";
import { quote } from "../log/format-error.ts";
import { officeOf } from "../register/founding.ts";
import { readUse } from "../uses/codec.ts";
import { parseUsageEntry, SLOT } from "../uses/use.ts";
import type { AppOptions } from "./app.tsx";
import { tokenOf } from "./at-the-door.ts";
import { bytesOf, typed } from "./body-guards.ts";
import { showTerm } from "../rules/clocks.ts";
import { questionTerm } from "../rules/terms.ts";
import { showError } from "./error-page.tsx";
import { errorBody, Unauthorised } from "./errors.ts";
import type { FindEntry } from "./proof-routes.ts";
import { readJson } from "./read-json.ts";

const LINES_DEFAULT = 100;
const LINES_MAX = 1_000;
const DAY = 86_400_000;

/** A person's own list. The person is who the session says; no address, header or member of a body names one. */
export function citizenRoutes(
  app: Hono,
  options: AppOptions,
  find: FindEntry,
  sure: MiddlewareHandler,
  limited: MiddlewareHandler,
): void {
  app.get("/my/uses", sure, async (c) => {
    const session = await sessionOf(c, options);
    const asked = readAsked(c, options);
    const page = await options.citizens.look(session, asked);
    if ("retryInSeconds" in page) return tooMany(c, page);
    c.header("Cache-Control", "no-store");
    return c.json(await shown(page, session, find, options));
  });
  app.post("/my/uses/:leaf/question", sure, typed, limited, async (c) => {
    const session = await sessionOf(c, options);
    const leaf = c.req.param("leaf");
    if (!hash.safeParse(leaf).success)
      throw new Malformed(
        `Cannot ask about ${quote(leaf)}: want the leaf of a line of the list`,
      );
    const text = readQuestion(await bytesOf(c));
    const taken = await options.citizens.ask(session, leaf, text);
    if (taken !== undefined && "retryInSeconds" in taken)
      return tooMany(c, taken);
    if (taken === undefined)
      return showError(
        c,
        errorBody("notFound", `No line of this list is at ${leaf}`),
        404,
      );
    const { offsetMinutes, rulebook } = options.office.register;
    const { isAskedAlready, ...question } = taken;
    c.header("Cache-Control", "no-store");
    return c.json(
      {
        ...question,
        dueTime: showInstant(taken.due, offsetMinutes),
        term: showTerm(questionTerm(rulebook?.act)),
      },
      isAskedAlready === true ? 200 : 201,
    );
  });
}

export function tooMany(
  c: Context,
  { retryInSeconds }: TooMany,
): Response | Promise<Response> {
  const why = `Cannot show the list again: it was looked at 60 times within an hour; want ${retryInSeconds} seconds of patience`;
  return showError(c, errorBody("tooManyRequests", why), 429, {
    "Retry-After": String(retryInSeconds),
  });
}

async function sessionOf(
  c: Context,
  { citizens }: AppOptions,
): Promise<Session> {
  const token = tokenOf(c);
  const session =
    token === undefined ? undefined : await citizens.whoHas(token);
  if (session !== undefined) return session;
  throw new Unauthorised(
    "Cannot show a list: want Authorization: Bearer and the token of a citizen's session that is not over",
  );
}

const question = z.strictObject({
  text: z
    .string(`text of 1 to ${QUESTION_CHARACTERS_MAX} characters`)
    .check(
      z.regex(/\S/, "text that says something"),
      z.maxLength(
        QUESTION_CHARACTERS_MAX,
        `text of 1 to ${QUESTION_CHARACTERS_MAX} characters`,
      ),
    ),
});

function readQuestion(bytes: Uint8Array): string {
  const value = readJson(bytes, "question");
  const read = question.safeParse(value);
  if (read.success) return read.data.text;
  throw new Malformed(`Cannot read question: ${explain(read.error, value)}`);
}

function readAsked(c: Context, { office }: AppOptions) {
  const known = ["from", "to", "limit", "cursor"];
  const parameters = [...new URL(c.req.url).searchParams];
  for (const [name] of parameters)
    if (!known.includes(name) || count(parameters, name) > 1)
      throw new Malformed(
        `Cannot read ${quote(name)}: want each of ${known.join(", ")} at most once`,
      );
  const of = Object.fromEntries(parameters);
  const { offsetMinutes } = office.register;
  const from = of["from"];
  const to = of["to"];
  return {
    span: {
      from: from === undefined ? 0 : readTime(from, offsetMinutes, "first"),
      to:
        to === undefined
          ? Number.MAX_SAFE_INTEGER
          : readTime(to, offsetMinutes, "last"),
    },
    begin: readCursor(of["cursor"]),
    limit: readLimit(of["limit"]),
  };
}

function count(
  parameters: readonly (readonly [string, string])[],
  name: string,
): number {
  return parameters.filter(([one]) => one === name).length;
}

/** A time as RFC 3339 has it, or a day, month or year in the office's own time: its first instant, or its last. */
export function readTime(
  text: string,
  offsetMinutes: number,
  end: "first" | "last",
): number {
  if (partialDate.safeParse(text).success)
    return end === "first"
      ? earliest(text, offsetMinutes)
      : latestDay(text, offsetMinutes) + DAY - 1;
  const isWhole =
    /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})$/.test(
      text,
    );
  const at = isWhole ? Date.parse(text) : NaN;
  if (!Number.isNaN(at) && at >= 0) return at;
  throw new Malformed(
    `Cannot read time ${quote(text)}: want one such as 2026-03-01T08:00:00Z, or a day such as 2026-03-01`,
  );
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return LINES_DEFAULT;
  const limit = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= LINES_MAX) return limit;
  throw new Malformed(
    `Cannot read limit ${quote(text)}: want a whole number from 1 to ${LINES_MAX}`,
  );
}

export function readCursor(text: string | undefined) {
  if (text === undefined) return { offset: 0 };
  const [, at, leaf = ""] =
    /^([0-9]{1,15})\.([A-Za-z0-9_-]{43})$/.exec(text) ?? [];
  if (at !== undefined) return { after: { at: Number(at), leaf } };
  throw new Malformed(
    `Cannot read cursor ${quote(text)}: want the one that the page before gave`,
  );
}

async function shown(
  { complete, lines, look, isMore, total }: UsesPage,
  { by }: Looker,
  find: FindEntry,
  { office, now }: AppOptions,
) {
  const { offsetMinutes } = office.register;
  const last = lines.at(-1);
  return {
    for: by,
    complete: {
      ...complete,
      sinceTime: showInstant(complete.since, offsetMinutes),
    },
    total,
    uses: await Promise.all(
      lines.map(async (line) => ({
        ...line,
        ...(await placed(line, find, office, now())),
        questions: line.questions.map((one) => ({
          ...one,
          dueTime: showInstant(one.due, offsetMinutes),
        })),
      })),
    ),
    ...(isMore && last !== undefined
      ? { cursor: `${last.at}.${last.leaf}` }
      : {}),
    look,
  };
}

/** Where the proof is: at once where the entry is public, else from when on, as was promised. */
export async function placed(
  { log, leaf, slot }: ListLine,
  find: FindEntry,
  { register }: AppOptions["office"],
  now: number,
) {
  const proof = `/proof/${log}/${leaf}`;
  if (register.dropped.has(`${officeOf(register.origin)}/${log}`))
    return {
      proof,
      isPublic: false,
      promise:
        "its log was dropped under a policy: the entry cannot be shown any more",
    };
  const found = await find(log, fromBase64url(leaf));
  if (found === undefined) {
    const publicBy = slot + SLOT.hour + PUBLISH_MS;
    const by = showInstant(publicBy, register.offsetMinutes);
    return {
      proof,
      isPublic: false,
      publicBy,
      promise:
        now <= publicBy
          ? `this entry stands in the public log by ${by}, or the receipt of whoever asked proves a breach`
          : `this entry was due in the public log by ${by}; it is not among the newest entries, which are looked through here: look for it in a copy of the log`,
    };
  }
  const entry = readUse(found.raw) ?? parseUsageEntry(found.raw);
  return {
    proof,
    isPublic: true,
    index: found.index,
    ...(entry.kind === "use" ? { units: entry.units, state: entry.state } : {}),
    ...(entry.kind === "repeat" ? { answeredAnewOf: entry.of } : {}),
  };
}
