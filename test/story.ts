import { expect, test } from "vitest";
import type { Act, ActKind, ActOf } from "../src/acts/act.ts";
import { toBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import {
  type Entry,
  entryBytes,
  type Finding,
  parseEntry,
  type Ruling,
  signedRecordBytes,
} from "../src/acts/entry.ts";
import type { LogRecord } from "../src/acts/record.ts";
import type { Role } from "../src/acts/shapes.ts";
import {
  signedBytes,
  type Statement,
  type Submission,
} from "../src/acts/statement.ts";
import {
  audit,
  type AuditResult,
  type AuditWorld,
} from "../src/audit/audit.ts";
import type { LogSource } from "../src/audit/source.ts";
import { leafHash } from "../src/log/hash.ts";
import { addLeaf, emptyNodes, type Nodes, rootWhen } from "../src/log/nodes.ts";
import { rootOfLeaves } from "../src/log/tree.ts";
import { apply } from "../src/register/apply.ts";
import { emptyRegister, type Register } from "../src/register/register.ts";
import { decide } from "../src/rules/decide.ts";
import {
  isTurnedAway,
  turnAway,
  type TurnedAway,
} from "../src/rules/turn-away.ts";
import { byRegistry } from "./story-registrations.ts";
import { usualBeyond } from "./story-beyond.ts";
import {
  DAY,
  editions,
  FOUNDED,
  founders,
  keyIdNamed,
  keyOf,
  ORIGIN,
  p,
  theGenesis,
} from "./story-founding.ts";
import { signersOfProcedures } from "./story-procedure-steps.ts";
import { guessed } from "./story-revenue.ts";
import { signatureBy } from "./story-signatures.ts";

/** Who signs as what, with which key. */
export type Signing = {
  readonly role: Role;
  readonly person: number;
  readonly post?: string;
  readonly key: string;
};
type Hand = { readonly person?: number; readonly key?: string };

const holders = new Map<string, number>(Object.entries(founders));

const signing =
  (role: Role) =>
  (post: string, hand: Hand = {}): Signing => {
    const person = hand.person ?? holders.get(post) ?? 0;
    return { role, post, person, key: hand.key ?? `person-${person}` };
  };
export const approved = signing("approved");
export const prepared = signing("prepared");
export const published = signing("published");
/** The holder of a key that is being enrolled. */
export const holder = (person: number, key = `person-${person}`): Signing => ({
  role: "holder",
  person,
  key,
});

const byRegistrar = [approved("registrar")];
const byHead = [approved("head")];
const byBoth = [prepared("registrar"), approved("head")];
const byAdministrator = [approved("administrator")];
const byTwo = [approved("administrator"), approved("registrar")];
const byPriceOfficer = [approved("price-officer")];
const byPersonnel = [prepared("registrar"), approved("personnel")];

/** Who signs an act where a story does not say otherwise. */
export const usual: Readonly<Record<ActKind, readonly Signing[]>> = {
  genesis: Object.keys(founders).map((post) => approved(post)),
  ...{ rulebookAdopted: byHead, calendarAdopted: byHead },
  ...{ localRulebookAdopted: byHead, pilotPromoted: byHead },
  ...{ localRulebookEnded: byHead, witnessPolicyAdopted: byAdministrator },
  ...{ logKeyChanged: byTwo, logEnded: byTwo },
  machineKeyEnrolled: byAdministrator,
  ...{ gatewayOpened: byAdministrator, gatewayClosed: byAdministrator },
  ...{ body: byRegistrar, bodySucceeded: byRegistrar, system: byRegistrar },
  person: byRegistrar,
  post: byPersonnel,
  tenure: byPersonnel,
  tenureEnded: [approved("personnel")],
  reportedTenure: byRegistrar,
  keyEnrolled: [holder(7), approved("administrator"), approved("registrar")],
  keyRevoked: byAdministrator,
  disowned: byHead,
  dataset: byRegistrar,
  product: byBoth,
  productWithdrawn: byHead,
  feeCeiling: byPriceOfficer,
  feeStandard: byBoth,
  feeEnded: byHead,
  organisation: byRegistrar,
  authorisation: byBoth,
  ...{ authorisationEnded: byHead, agreementChanged: byBoth },
  ...{ permit: byBoth, permitRevoked: byHead },
  ...{ reportedAuthorisation: byRegistrar, reportedDecision: byRegistrar },
  confirmed: byBoth,
  ...{ contribution: byHead, contributionNotice: byHead },
  ...{ applicationReceived: byRegistrar, completionAsked: byRegistrar },
  ...{ completionReceived: byRegistrar, applicationExtended: byHead },
  ...{ applicationRefused: byBoth, applicationWithdrawn: byRegistrar },
  ...byRegistry(byRegistrar),
  ...signersOfProcedures(byRegistrar, byHead, byBoth, byPriceOfficer),
  ...{ withheld: byBoth, withheldEnded: byHead },
  ...{ questionReceived: byRegistrar, questionAnswered: byRegistrar },
  ...usualBeyond(approved, prepared),
  ...{ permittedRevenue: [approved("price-officer")], incomeStated: byBoth },
  ...{ reportSent: byRegistrar, refunded: byBoth },
};

/** An office in memory, made of the real pure code. */
export type House = {
  readonly register: Register;
  readonly nodes: Nodes;
  readonly entries: Uint8Array[];
  /** Usage logs by origin. */
  readonly usage: Map<string, Uint8Array[]>;
};

export function emptyHouse(): House {
  return {
    register: emptyRegister(),
    nodes: emptyNodes(),
    entries: [],
    usage: new Map(),
  };
}

/** What a story changes in a statement before it is signed. */
export type Slip = {
  readonly slip: Partial<Omit<Statement, "act" | "signers" | "v">>;
};

let statements = 0;

/** A statement as its signers' programs make it: for this office, on the newest checkpoint, for one day. */
export function statementOf(
  house: House,
  at: number,
  act: Act,
  by: readonly (Signing | Slip)[] = [],
): Statement {
  const size = house.register.size;
  let slips: Slip["slip"] = {};
  for (const one of by) if ("slip" in one) slips = { ...slips, ...one.slip };
  return {
    v: 1,
    office: act.kind === "genesis" ? act.origin : ORIGIN,
    id: toBase64url(
      p.sha256(utf8ToBytes(`statement ${++statements}`)).subarray(0, 16),
    ),
    seen: slips.seen ?? { size, root: rootText(house, size) },
    until: at + DAY,
    signers: signersOf(act.kind, by).map(({ person, role, post }) => ({
      person,
      role,
      ...(post === undefined ? {} : { post }),
    })),
    act,
    ...slips,
  };
}

export function rootText(house: House, size: number): string {
  const root = rootWhen(p, house.nodes, size);
  if (root === undefined)
    throw new Error(
      `Cannot give a root of size ${size}: there are ${house.register.size} entries`,
    );
  return toBase64url(root);
}

export function signersOf(
  kind: ActKind,
  by: readonly (Signing | Slip)[],
): readonly Signing[] {
  const named = by.filter((one): one is Signing => "role" in one);
  return named.length === 0 ? usual[kind] : named;
}

export function sign(statement: Statement, by: readonly Signing[]): Submission {
  const message = signedBytes(statement);
  return {
    statement,
    signatures: by.map(({ key }) => signatureBy(key, message)),
  };
}

/** The way of an act, as the office goes it: turned away, or ruled and entered. A founding act that is refused founds nothing. */
export function submit(
  house: House,
  at: number,
  submission: Submission,
): Ruling | TurnedAway {
  const { size } = submission.statement.seen;
  const root = size > house.register.size ? undefined : rootText(house, size);
  const signed = turnAway(p, house.register, submission, at, root);
  if (isTurnedAway(signed)) return signed;
  const ruling = decide(p, house.register, signed, at);
  if (
    submission.statement.act.kind === "genesis" &&
    ruling.outcome === "refused"
  )
    return ruling;
  enter(house, { v: 1, type: "act", at, edition: 1, ...submission, ruling });
  return ruling;
}

/** Signs an act by the usual signers or those given, and submits it. */
export function act(
  house: House,
  at: number,
  what: Act,
  ...by: readonly (Signing | Slip)[]
): Ruling | TurnedAway {
  return submit(
    house,
    at,
    sign(statementOf(house, at, what, by), signersOf(what.kind, by)),
  );
}

/** A machine enters a record. Nothing decides it: whoever checks finds what its key may not. */
export function record(
  house: House,
  at: number,
  what: LogRecord,
  key: string,
): void {
  enter(house, {
    v: 1,
    type: "record",
    at,
    key: keyIdNamed(key),
    record: what,
    signature: toBase64url(
      keyOf(key).sign(signedRecordBytes(ORIGIN, at, what)),
    ),
  });
}

/** What is entered is what the bytes say, read again by the strict reader. */
export function enter(house: House, entry: Entry): void {
  const raw = entryBytes(entry);
  house.entries.push(raw);
  addLeaf(p, house.nodes, leafHash(p, raw));
  apply(p, house.register, parseEntry(raw));
}

/** One line: `granted`, the findings of a refusal with their facts, or why it was turned away. */
export function said(result: Ruling | TurnedAway): string {
  if ("turnedAway" in result) return `turned away: ${result.code}`;
  if (result.outcome === "refused") return sayFindings(result.findings);
  return result.flags.length === 0
    ? "granted"
    : `granted, ${sayFindings(result.flags)}`;
}

export function sayFindings(findings: readonly Finding[]): string {
  return findings
    .map(
      ({ rule, result, facts }) =>
        `${rule} ${result} ${facts.map((fact) => fact.join(" ")).join(", ")}`,
    )
    .join("; ");
}

/** When, which act, by whom (where not by the usual signers), and what comes of it; or something else that happens. */
export type Step =
  | readonly [at: number, act: Act, ...by: (Signing | Slip)[], says: string]
  | ((house: House) => void);

/** A story of the law: each act with what comes of it. Every story ends in an audit that finds nothing. */
export function check(name: string, ...story: readonly Step[]): void {
  test(name, async () => {
    const house = play(story);
    expect(await faultsOf(house)).toEqual([]);
  });
}

/** Plays a story in a new office; it is founded first where the story does not do it. */
export function play(story: readonly Step[]): House {
  const house = emptyHouse();
  const [first] = story;
  if (
    first === undefined ||
    typeof first === "function" ||
    first[1].kind !== "genesis"
  )
    found(house);
  for (const [index, step] of story.entries()) take(house, step, index);
  return house;
}

export function take(house: House, step: Step, index = 0): void {
  if (typeof step === "function") return step(house);
  const [at, what, ...rest] = step;
  const by = rest.filter((one) => typeof one !== "string");
  expect(
    said(act(house, at, what, ...by)),
    `step ${index + 1}: ${what.kind}`,
  ).toBe(rest.at(-1));
}

/** Steps that are only there to set the scene: granted, at one time, by the usual signers. */
export function given(at: number, ...acts: readonly Act[]): readonly Step[] {
  return acts.map((one) => [at, one, guessed(one)] as const);
}

export function found(
  house: House,
  genesis: ActOf<"genesis"> = theGenesis(),
): void {
  expect(said(act(house, FOUNDED, genesis))).toBe("granted");
}

/** What a checker finds, one line each. It must have decided every act again. */
export async function faultsOf(
  house: House,
  change: Partial<AuditWorld> = {},
): Promise<readonly string[]> {
  const { faults, counts, unknownEditions, unread } = await auditOf(
    house,
    change,
  );
  const lines = faults.kept.map(({ code, says }) => `${code}: ${says}`);
  if (lines.length > 0) return lines;
  expect([counts.alike, unknownEditions.size, unread]).toEqual([
    counts.acts,
    0,
    [],
  ]);
  return [];
}

export function auditOf(
  house: House,
  change: Partial<AuditWorld> = {},
): Promise<AuditResult> {
  return audit(p, { ...worldOf(house), ...change });
}

export function worldOf(house: House): AuditWorld {
  return {
    register: sourceOf(house.register.origin, house.entries),
    usage: (origin) => {
      const entries = house.usage.get(origin);
      return Promise.resolve(
        entries === undefined ? undefined : sourceOf(origin, entries),
      );
    },
    editions,
    now: house.register.at + 1,
    cosigned: [],
    remembered: [],
  };
}

/** A log as its files show it, under a checkpoint that fits its entries. */
export function sourceOf(
  origin: string,
  entries: readonly Uint8Array[],
): LogSource {
  return {
    origin,
    size: entries.length,
    root: rootOfLeaves(
      p,
      entries.map((raw) => leafHash(p, raw)),
    ),
    bundle: (index) =>
      Promise.resolve(entries.slice(index * 256, (index + 1) * 256)),
  };
}
