import { type Context, Hono, type MiddlewareHandler } from "hono";
import type { Primitives } from "../acts/primitives.ts";
import { Malformed } from "../acts/canonical.ts";
import {
  parseSubmission,
  statement as statementSchema,
} from "../acts/statement.ts";
import { explain } from "../acts/explain.ts";
import { bytesToHex, hexToBytes, toBase64url } from "../acts/bytes.ts";
import type { CitizenDesk } from "../gateway/citizen/citizen-desk.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { quote } from "../log/format-error.ts";
import { NotPublicYet } from "../office/not-public-yet.ts";
import type { Office } from "../office/office.ts";
import { enterAct, publishPapers } from "./enter-act.ts";
import type { DoorWay } from "./at-the-door.ts";
import {
  bytesOf,
  typed,
  upTo,
  withoutNul,
  withoutPatterns,
} from "./body-guards.ts";
import { thingRoutes } from "./things/thing-routes.tsx";
import { Proofs } from "./things/proof.ts";
import { worldOf } from "./things/world.ts";
import { datasetRoutes } from "./dataset-routes.tsx";
import { citizenRoutes } from "./citizen-routes.ts";
import { accountRoutes } from "./applicant/account-routes.tsx";
import { myRoutes } from "./citizen/my-routes.tsx";
import { objectionRoutes } from "./citizen/objection-routes.tsx";
import { ActLog } from "./acts/act-log.ts";
import { actPages } from "./acts/act-pages.ts";
import { askerWith, dataRoutes } from "./data-routes.ts";
import { checkRoutes, NO_PROGRAMS, type Programs } from "./check-routes.ts";
import { ckanRoutes } from "./ckan-routes.ts";
import { contributionRoutes } from "./contribution-routes.tsx";
import { authorisationRoutes } from "./authorisations-routes.tsx";
import { dueRoutes } from "./due-routes.tsx";
import { registrationsRoutes } from "./registrations-routes.tsx";
import { lawRoutes } from "./law-routes.tsx";
import { feesRoutes } from "./fees-routes.tsx";
import { overridesRoutes } from "./overrides-routes.tsx";
import { errorBody } from "./errors.ts";
import { handleError } from "./handle-error.ts";
import { showError } from "./error-page.tsx";
import { aroundRequest } from "./account/around-request.ts";
import type { Personas } from "./account/personas.ts";
import { onlyRegistered } from "./account/registered.ts";
import { signInRoutes } from "./account/sign-in-routes.tsx";
import type { Access } from "../accounts/access.ts";
import type { Applications } from "../accounts/applications.ts";
import type { IncomingItems } from "../accounts/incoming.ts";
import type { ActPapers } from "../accounts/act-papers.ts";
import type { DocumentNumbers } from "../accounts/document-numbers.ts";
import type { DeskNotes } from "../accounts/desk-notes.ts";
import type { Drafts } from "../accounts/drafts.ts";
import type { Follows } from "../accounts/follows.ts";
import type { Mails } from "../accounts/mails.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { OpenidSignIn } from "../accounts/openid.ts";
import type { Sessions } from "../accounts/sessions.ts";
import { letterRoutes } from "./decision-letters/letter-routes.tsx";
import { deskRoutes } from "./desk/desk-routes.tsx";
import { mailRoutes } from "./mail-routes.tsx";
import { explainRoutes } from "./explain-routes.tsx";
import { FrontPage } from "./front-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { keysOf } from "./keys.ts";
import { health, ready, type Standing, whenSure } from "./health.ts";
import { logRoutes, type PublicFiles } from "./log-routes.ts";
import { LogPage } from "./log-page.tsx";
import { logsOverview } from "./logs-overview.ts";
import { openapiRoutes } from "./openapi.ts";
import { type LastCheck, overview } from "./overview.ts";
import { proofRoutes } from "./proof-routes.ts";
import { readJson } from "./read-json.ts";
import { recordRoutes } from "./record-routes.ts";
import { reportRoutes } from "./report-routes.tsx";
import { type Freed, goneAt, retentionOf } from "./retention.ts";
import { type RequestKeyOptions, requestKeyRoutes } from "./request-keys.ts";
import { RetentionPage } from "./retention-page.tsx";
import { ICON, STYLE } from "./style.ts";
import { trackerRoutes } from "./tracker-routes.ts";
import { showPage } from "./show-page.ts";
import { isUnindexed, ROBOTS } from "./unindexed.ts";

/** What the exit for data wants to know. */
export type GateOptions = DoorWay & {
  readonly office: Pick<Office, "register">;
  /** The gateway of this process; undefined until an act has opened it. */
  readonly gateway: () => Gateway | undefined;
  readonly now: () => number;
};

export type AppOptions = GateOptions & {
  readonly office: Office;
  readonly primitives: Primitives;
  /** The office's public files: the logs and papers as they lie on disk. */
  readonly files: PublicFiles;
  /** How much room was freed by what was dropped and erased. */
  readonly freed: () => Promise<readonly Freed[]>;
  /** Enrols the key with which an organisation signs its requests from then on. */
  readonly enrol: RequestKeyOptions["enrol"];
  /** Who used whose data, for the persons themselves. */
  readonly citizens: CitizenDesk;
  /** The organisation of the state's portal, which may ask for whoever signed in there; without one nobody may. */
  readonly statePortal?: string;
  readonly demonstration: boolean;
  /** Who is signed in at the pages; nobody where there is none. */
  readonly sessions?: Sessions;
  /** Letters of the office. */
  readonly mails: Mails;
  /** Who follows what by e-mail. */
  readonly follows: Follows;
  /** Where letters lead; undefined where none can be sent, and then nobody can begin to follow by e-mail. */
  readonly lettersLead?: () => string | undefined;
  /** The public entries, where somebody else reads them as well. */
  readonly log?: ActLog;
  /** What came in over the pages and waits for a post to enter it; nothing is taken where there is none. */
  readonly incoming?: IncomingItems;
  /** What organisations apply for, and with what they ask; they have no account where there are none. */
  readonly applications?: Applications;
  readonly access?: Access;
  /** In a demonstration: enters a question at once, as the post that receives them would. */
  readonly receiveQuestion?: (question: string) => Promise<void>;
  /** Acts that officials prepare, and the papers that they name. */
  readonly drafts?: Drafts;
  readonly papers?: ActPapers;
  /** What officials note for each other, which is no act. */
  readonly notes?: DeskNotes;
  /** The body's own numbers of decision letters. */
  readonly documentNumbers?: DocumentNumbers;
  /** Where browsers reach the office; undefined while nobody has said so. */
  readonly address?: () => string | undefined;
  /** Accounts with passkeys for signing in. */
  readonly accounts?: Accounts;
  /** Sign-in at providers of identities. */
  readonly openid?: OpenidSignIn;
  /** As whom a visitor of a demonstration may come in. */
  readonly personas?: Personas;
  /** What strangers check with, where it lies beside this program. */
  readonly programs?: Programs;
  readonly lastCheck: () => LastCheck | undefined;
  /** Milliseconds since the database said last that this process is the log's only writer; 0 where nobody asks it. */
  readonly unsureMs?: () => number;
  readonly standing?: () => Standing;
  /** Stands before every route and looks on, for those who run the office. */
  readonly watch?: MiddlewareHandler;
  readonly onHalt: (error: Error) => void;
  /** Hears of an error that is our own fault; callers hear nothing of it. */
  readonly onBug: (error: unknown) => void;
};

const BODY_BYTES_MAX = 256 * 1024;
const PAPER_BYTES_MAX = 32 * 1024 * 1024;

/** Routes and pages; no decisions. */
export function createApp(options: AppOptions): Hono {
  const app = new Hono();
  app.onError((error, c) =>
    handleError(error, c, options.onHalt, options.onBug),
  );
  app.notFound((c) => {
    const { method, path } = c.req;
    const allow = methodsAt(app, path);
    // A route that has nothing to show says so by this way as well.
    if (allow.length === 0 || allow.includes(method))
      return showError(c, errorBody("notFound", `Nothing is at ${path}`), 404);
    return showError(
      c,
      errorBody(
        "methodNotAllowed",
        `Cannot ${method} ${path}: want ${allow.join(" or ")}`,
      ),
      405,
      { Allow: allow.join(", ") },
    );
  });
  if (options.watch !== undefined) app.use(options.watch);
  app.use(async (c, next) => {
    await next();
    // `c.header` would make another response of one that is made, and a stream of its body.
    const { headers } = c.res;
    headers.set("X-Content-Type-Options", "nosniff");
    // Others hear nothing of where somebody comes from. With no-referrer a browser would not say either that a form is our own.
    headers.set("Referrer-Policy", "same-origin");
    if (isUnindexed(new URL(c.req.url))) headers.set("X-Robots-Tag", "noindex");
    // The verifying page states its own.
    if (headers.has("Content-Security-Policy")) return;
    headers.set(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
  });
  app.use(aroundRequest(options));
  app.use(withoutNul);
  app.use(withoutPatterns);
  app.use(onlyRegistered(options));
  const limited = upTo(BODY_BYTES_MAX);
  const log = options.log ?? new ActLog(options.office);
  const proofs = new Proofs(options);
  pages(app, options, log);
  signInRoutes(app, options);
  if (options.demonstration) mailRoutes(app, options);
  actPages(app, log, proofs, options, () => find);
  deskRoutes(app, options, log);
  letterRoutes(app, options);
  const gone = (path: string) => goneAt(options.office, path);
  logRoutes(app, options.files, gone);
  const find = proofRoutes(app, options.primitives, options.files, gone);
  checkRoutes(app, options.programs ?? NO_PROGRAMS);
  const proving = { ...options, proofs };
  contributionRoutes(app, proving);
  dueRoutes(app, options);
  authorisationRoutes(app, options);
  registrationsRoutes(app, proving);
  lawRoutes(app, proving);
  feesRoutes(app, proving);
  reportRoutes(app, options);
  overridesRoutes(app, proving);
  const sure = whenSure(options);
  app.post("/acts", sure, typed, limited, (c) => submitAct(c, options));
  app.post("/explain", typed, limited, (c) => explainAct(c, options));
  explainRoutes(app, options, limited);
  const world = worldOf(options, log, proofs);
  thingRoutes(app, world);
  datasetRoutes(app, options, world);
  ckanRoutes(app, options);
  openapiRoutes(app, options);
  dataRoutes(app, options, sure, limited);
  recordRoutes(app, options.office, sure, limited);
  requestKeyRoutes(app, {
    askerOf: (c) => askerWith(c, options),
    enrol: options.enrol,
  });
  citizenRoutes(app, options, find, sure, limited);
  myRoutes(app, options, find, sure);
  objectionRoutes(app, options, sure);
  accountRoutes(app, options, find, sure);
  trackerRoutes(app, options, sure);
  paperRoute(app, options);
  return app;
}

/** The methods with which something is at an address; what stands before every route is at none. */
function methodsAt({ router }: Hono, path: string): readonly string[] {
  const methods = ["GET", "POST", "PUT"].filter((method) =>
    router
      .match(method, path)[0]
      .some(([[, route]]) => route.method === method),
  );
  return methods.flatMap((one) => (one === "GET" ? ["GET", "HEAD"] : [one]));
}

function pages(app: Hono, options: AppOptions, log: ActLog): void {
  const read = () =>
    overview(options.office, options.gateway(), options.now(), {
      demonstration: options.demonstration,
      lastCheck: options.lastCheck(),
      primitives: options.primitives,
      ...{ files: options.files, log },
    });
  app.get("/", async (c) => showPage(c, <FrontPage overview={await read()} />));
  app.get("/index.json", async (c) => c.json(await read()));
  const retention = async () =>
    retentionOf(options.office, await options.freed(), options.now());
  app.get("/retention", async (c) =>
    showPage(c, <RetentionPage retention={await retention()} />),
  );
  app.get("/retention.json", async (c) => c.json(await retention()));
  const readLogs = () =>
    logsOverview(options.office, options.now(), {
      primitives: options.primitives,
      files: options.files,
      programs: options.programs ?? NO_PROGRAMS,
    });
  app.get("/log", async (c) => {
    const { origin } = new URL(c.req.url);
    const page = <LogPage overview={await readLogs()} address={origin} />;
    return showPage(c, page);
  });
  app.get("/log.json", async (c) => c.json(await readLogs()));
  const keys = () => keysOf(options.office, options.primitives);
  app.get("/keys", (c) => showPage(c, <KeysPage keys={keys()} />));
  app.get("/keys.json", (c) => c.json(keys()));
  app.get("/style.css", (c) =>
    c.body(STYLE, 200, {
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": "public, max-age=3600",
    }),
  );
  app.get("/icon.svg", (c) =>
    c.body(ICON, 200, {
      "Content-Type": "image/svg+xml",
      "Cache-Control": "public, max-age=3600",
    }),
  );
  app.get("/robots.txt", (c) =>
    c.text(ROBOTS, 200, { "Cache-Control": "public, max-age=3600" }),
  );
  app.get("/health", (c) => health(c, options));
  app.get("/ready", (c) => ready(c, options));
}

async function submitAct(c: Context, options: AppOptions): Promise<Response> {
  const submission = parseSubmission(await bytesOf(c));
  const result = await enterAct(options, submission);
  if ("turnedAway" in result)
    return c.json(errorBody(result.code, result.turnedAway), 422);
  if (result.ruling.outcome === "granted")
    await publishPapers(options, submission.statement.act);
  if (!("receipt" in result)) throw new NotPublicYet(result, undefined);
  const { index, ruling, receipt, leaf } = result;
  return c.json(
    { index, leaf, ruling, receipt },
    ruling.outcome === "granted" ? 201 : 200,
  );
}

/** Decides an act without entering it: nothing needs to be signed for it. */
async function explainAct(
  c: Context,
  { office }: AppOptions,
): Promise<Response> {
  const value = readJson(await bytesOf(c), "statement");
  const read = statementSchema.safeParse(value);
  if (!read.success)
    throw new Malformed(`Cannot read statement: ${explain(read.error, value)}`);
  return c.json(office.explain(read.data));
}

/** A public paper is taken from anybody, but only one that an entered act commits to: nothing else is even read. */
function paperRoute(
  app: Hono,
  {
    files,
    office,
    primitives,
  }: Pick<AppOptions, "files" | "office" | "primitives">,
): void {
  const limited = upTo(PAPER_BYTES_MAX);
  app.put("/paper/:hex", async (c) => {
    const hex = c.req.param("hex");
    const isDigest = /^[0-9a-f]{64}$/.test(hex);
    const name = isDigest ? hex : quote(hex);
    const refuse = (
      status: 400 | 404,
      code: "malformed" | "notFound",
      why: string,
    ) => c.json(errorBody(code, `Cannot keep paper ${name}: ${why}`), status);
    if (!isDigest)
      return refuse(400, "malformed", "want its SHA-256 in 64 hex digits");
    const size = office.register.papers.get(toBase64url(hexToBytes(hex)));
    if (size === undefined)
      return refuse(404, "notFound", "no entered act commits to it");
    const tooLong = await limited(c, () => Promise.resolve());
    if (tooLong instanceof Response) return tooLong;
    const bytes = await bytesOf(c);
    if (bytes.length !== size)
      return refuse(
        400,
        "malformed",
        `it has ${bytes.length} bytes, the act that names it says ${size}`,
      );
    const digest = bytesToHex(primitives.sha256(bytes));
    if (digest !== hex)
      return refuse(400, "malformed", `its bytes hash to ${digest}`);
    await files.keepPaper(hex, bytes);
    return c.json({ paper: hex }, 201);
  });
}
