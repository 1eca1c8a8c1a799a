import { type Act, act, type ActOf } from "../../acts/act.ts";
import { toBase64url } from "../../acts/bytes.ts";
import type { ActEntry } from "../../acts/entry.ts";
import { planItems } from "../../acts/procedures.ts";
import type { Signer, Statement } from "../../acts/statement.ts";
import { emptyRegister, type Register } from "../../register/register.ts";
import { apply } from "../../register/apply.ts";
import { decide } from "../../rules/decide.ts";
import { EDITION, editions } from "../../rules/editions.ts";
import { isForeign } from "../../rules/jurisdictions.ts";
import { ownRules } from "../../rules/own-rules.ts";
import { rows } from "../../rules/rows.ts";
import { primitives } from "../../store/crypto.ts";
import { readAs } from "../read-as.ts";
import { BENCH_ORIGIN, HOUR, tradeActs } from "./office.ts";

export type Rulebook = ActOf<"genesis">["rulebook"];
const FOUNDED = Date.UTC(2026, 0, 5);
const DAY = 24 * HOUR;
/** Acts come so far apart: a million of them in three years. */
const APART_MS = 90_000;
const ROUND = 20;
const KEY = toBase64url(new Uint8Array(32));
const paper = (kind: string) => ({ kind, commitment: KEY });
const publicly = (kind: string) => ({ kind, paper: KEY, size: 1 });

const lenient: Rulebook = {
  ...{ rulebook: "bench", title: "Bench", until: FOUNDED + 1_500 * DAY },
  purposes: [{ purpose: "trade", title: "Trade", class: "industry" }],
  grounds: [
    {
      ...{ ground: "fee", rule: "CN-PRC-02", payee: "operator" },
      purposes: ["industry"],
    },
  ],
  limits: {
    ...{ keyDelayHours: 24, authorisationMonthsMax: 60, permitMonthsMax: 36 },
    ...{ feeMonthsMax: 36, applicationWorkingDays: 20 },
    questionWorkingDays: 10,
  },
  calendar: "bench",
  separated: ["authorisation", "permit", "feeStandard"],
};
/** Every rule of its law that a rulebook can adopt, by the law's own numbers. */
export const benchRulebook: Rulebook = {
  ...lenient,
  rules: [
    ...new Set([...rows.map(({ rule }) => rule), ...Object.keys(ownRules)]),
  ]
    .filter((rule) => !isForeign(rule, "CN"))
    .map((rule) => ({ rule })),
};

/** An office that grows by act after act, each the same for the same number: ruled on, and applied, without a signature and without a disk. */
export class LawOffice {
  readonly register: Register = emptyRegister();
  /** What stood before the first of its daily acts. */
  readonly laid: ActEntry[] = [];
  #acts = 0;
  at = FOUNDED;

  constructor() {
    for (const act of scene(this.at)) this.#must(act);
    // What the scene needs is laid before every rule counts.
    this.#must({ kind: "rulebookAdopted", rulebook: benchRulebook });
    this.at += DAY;
  }

  /** The next acts, before they are ruled on. */
  next(count: number): readonly Unruled[] {
    return Array.from({ length: count }, () => {
      this.at += APART_MS;
      this.#acts += 1;
      return unruled(actOf(this.#acts - 1, this.at), this.at);
    });
  }

  /** Rules on acts in their order and applies them; how long each ruling took is put into `rulingMs`. */
  enter(
    acts: readonly Unruled[],
    rulingMs: number[] = [],
  ): readonly ActEntry[] {
    return acts.map((one) => this.#enter(one, rulingMs));
  }

  #enter({ statement, at }: Unruled, rulingMs: number[] = []): ActEntry {
    const { register } = this;
    const start = performance.now();
    const ruling = decide(primitives, register, { statement, keys: [] }, at);
    rulingMs.push(performance.now() - start);
    const entry: ActEntry = {
      ...{ v: 1, type: "act", at, edition: EDITION },
      ...{ statement, signatures: [], ruling },
    };
    apply(primitives, register, entry);
    return entry;
  }

  #must(act: Act): void {
    const entry = this.#enter(unruled(act, this.at));
    this.laid.push(entry);
    const { ruling } = entry;
    if (ruling.outcome === "refused")
      throw new Error(
        `Cannot make the bench office: ${act.kind} ${JSON.stringify(ruling.findings)}`,
      );
  }
}

export type Unruled = { readonly statement: Statement; readonly at: number };

let ids = 0;
function unruled(act: Act, at: number): Unruled {
  const signer = (role: Signer["role"], person: number): Signer => ({
    ...{ role, person, post: person === 1 ? "head" : "clerk" },
  });
  const signers =
    act.kind === "genesis"
      ? [signer("approved", 1), signer("approved", 2)]
      : [signer("prepared", 2), signer("approved", 1)];
  return {
    at,
    statement: {
      ...{ v: 1, office: BENCH_ORIGIN, id: `bench-${++ids}` },
      ...{ seen: { size: 0, root: "" }, until: at + DAY, signers, act },
    },
  };
}

/** What an office does day by day: of twenty acts one is a new organisation, one an authorisation with its whole procedure, the rest permits and what comes before and behind them. */
function actOf(index: number, at: number): Act {
  const round = Math.floor(index / ROUND);
  const hour = at - (at % HOUR);
  const organisation = `org-${round}`;
  switch (index % ROUND) {
    case 0:
      return {
        ...{ kind: "organisation", organisation },
        ...{ title: "Organisation", class: "enterprise" },
      };
    case 1:
      return authorisation(`authorisation-${round}`, at);
    // Refused: it has no end.
    case 2:
      return permit(`endless-${round}`, organisation);
    case 3:
      return {
        ...{ kind: "permitRevoked", permit: `permit-${round - 1}-7` },
        reason: "request",
      };
    case 4:
      return {
        ...{ kind: "questionReceived", question: `q-${round}` },
        due: hour + 10 * DAY,
        paper: paper("question"),
      };
    case 5:
      return {
        ...{ kind: "questionAnswered", question: `q-${round}` },
        paper: paper("answer"),
      };
    case 6:
      return {
        ...{ kind: "reportedDecision", reported: `decision-${round}` },
        ...{ about: "fee", title: "A decision", on: "2020-05" },
        source: publicly("letter"),
      };
    default:
      return index % 2 === 1
        ? {
            ...{ kind: "applicationReceived", organisation },
            application: `application-${round}-${index % ROUND}`,
            ...{ product: "vehicles.answer", purpose: "trade" },
            ...{ due: hour + 10 * DAY, paper: paper("application") },
          }
        : permit(
            `permit-${round}-${(index % ROUND) - 1}`,
            organisation,
            hour + 300 * DAY,
            `application-${round}-${(index % ROUND) - 1}`,
          );
  }
}

function permit(
  id: string,
  organisation: string,
  to?: number,
  decides?: string,
): ActOf<"permit"> {
  return {
    ...{ kind: "permit", permit: id, organisation },
    ...{ product: "vehicles.answer", purpose: "trade" },
    ...{ fields: ["make", "district"], where: ["plate"], rowsMax: 1 },
    quota: { calls: 1_000 },
    ...(decides === undefined ? {} : { decides }),
    ...(to === undefined ? {} : { to }),
  };
}

/** With the whole procedure: the rules about it look at every member. */
function authorisation(id: string, at: number): ActOf<"authorisation"> {
  const minutes = (of: string) => ({
    kind: of,
    commitment: toBase64url(new Uint8Array(32).fill(of.length)),
  });
  return {
    ...{ kind: "authorisation", authorisation: id, operator: "operator" },
    ...{ datasets: ["vehicles"], exclusive: false },
    procedure: {
      ...{ method: "openTender", record: publicly("tender") },
      review: {
        ...{ conclusion: "noRestriction", on: "2025-09-01" },
        paper: publicly("review"),
      },
      plan: { paper: publicly("plan"), items: [...planItems] },
      planDecision: {
        ...{ body: "office", on: "2025-10-01", minutes: minutes("plan") },
      },
      planFiling: { on: "2025-10-01", paper: publicly("filing") },
      tender: {
        ...{ documentsIssued: "2025-11-01", documentsUntil: "2025-11-06" },
        ...{ bidsDue: "2025-11-21", bidders: 3, evaluated: "2025-11-24" },
        committee: { members: 5, outside: 4, interested: 0 },
        ...{ noticeFrom: "2025-11-27", noticeUntil: "2025-11-30" },
        objections: [{ on: "2025-11-28", answered: "2025-11-29" }],
        ...{ awarded: "2025-12-01", signed: "2025-12-31" },
      },
      agreement: { paper: publicly("agreement"), items: 13 },
      agreementDecision: {
        ...{ body: "office", on: "2025-12-20" },
        minutes: minutes("agreement"),
      },
      agreementFiling: { on: "2026-01-05", paper: publicly("filing") },
    },
    to: at - (at % HOUR) + 700 * DAY,
  };
}

/** The founding act, three years of working days, and one dataset with its product and price. */
function scene(at: number): readonly Act[] {
  const key = (person: number) => ({
    person,
    key: {
      form: "ed25519" as const,
      publicKey: toBase64url(new Uint8Array(32).fill(person)),
    },
  });
  const powers: ActOf<"post">["powers"] = [
    ...(["register", "authorise", "prepareAuthorisations"] as const),
    ...(["approveProducts", "setCeilings", "approveFees"] as const),
    ...(["priceOperators", "permit", "preparePermits", "adopt"] as const),
    ...(["administer", "receiveQuestions", "report"] as const),
    ...(["prepareProducts", "prepareFees"] as const),
  ];
  const genesis: ActOf<"genesis"> = {
    ...{ kind: "genesis", title: "Bench", origin: BENCH_ORIGIN, logKey: KEY },
    timeZone: { name: "UTC", offsetMinutes: 0 },
    edition: { number: EDITION, digest: editions.get(EDITION) ?? "" },
    rulebook: lenient,
    bodies: [{ body: "office", title: "Office", level: "province" }],
    posts: [
      { post: "head", title: "Head", body: "office", powers },
      { post: "clerk", title: "Clerk", body: "office", powers },
    ],
    persons: [1, 2].map((person) => ({ person, name: paper("name") })),
    tenures: [
      { person: 1, post: "head", mode: "full" },
      { person: 2, post: "clerk", mode: "full" },
    ],
    keys: [key(1), key(2)],
  };
  const calendars = [2026, 2027, 2028, 2029].map(
    (year): ActOf<"calendarAdopted"> => ({
      ...{ kind: "calendarAdopted", calendar: "bench", year },
      ...{ weekend: [6, 7], makeUps: [] },
      holidays: [`${year}-01-01`, `${year}-05-01`, `${year}-10-01`],
    }),
  );
  return [genesis, ...calendars, ...tradeActs(at, KEY, 0, 0).map(acted)];
}

/** The acts of the trade are written down as objects; they are read as acts are. */
function acted(value: object): Act {
  return readAs(act, value, "act of the bench");
}
