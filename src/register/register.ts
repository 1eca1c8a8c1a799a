import type { Act, ActOf } from "../acts/act.ts";
import type { Dropped, Erased, Head, LogRecord } from "../acts/record.ts";
import type { PersonKey, PublicPaper, RecordKind } from "../acts/shapes.ts";
import type { Attestation, Procedure } from "./procedures.ts";
import type * as z from "zod/mini";
import type { rulebook } from "../acts/office.ts";
import { type Beyond, nothingBeyond } from "./beyond.ts";
import type { Code, Registration } from "./registrations.ts";

export const NEVER = Number.MAX_SAFE_INTEGER;

export type TotalsRow = Extract<LogRecord, { kind: "totals" }>["rows"][number];

/** Where in the log something came into the register, and when. */
export type Entered = { readonly entry: number; readonly at: number };

/** Something that is in force from `from` (inclusive) to `to` (exclusive), unless an act ended it before. */
export type Standing<A> = Entered & {
  readonly act: A;
  readonly from: number;
  readonly to: number;
  readonly ended?: Entered;
  /** By an order, until a whole hour; of several bodies' the longest, and the newest of each. */
  readonly suspended?: Suspension | undefined;
  readonly suspensions?: readonly Suspension[];
  /** A longer term that was granted: not in force between the end that it had and the time of effect. */
  readonly longer?:
    | { readonly entry: number; readonly from: number; readonly until: number }
    | undefined;
  /** Taken back by whoever had signed it, before it took effect. */
  readonly disowned?: Entered;
};
export type Suspension = Entered & {
  readonly until: number;
  readonly body: string;
};

export type Registered<A> = Entered & { readonly act: A };

/** A granted act that takes effect later: until then whoever signed it can disown it. */
export type Delayed = Entered & {
  readonly act: Act;
  /** A whole hour, so that no slot is cut by it. */
  readonly until: number;
  readonly signers: readonly number[];
  /** Of a longer term: the end that there was. */
  readonly before?: number;
  readonly disowned?: Entered;
};

/** An act as it is kept: its kind is known from the place it is kept in. */
export type Kept<A> = Omit<A, "kind">;
export type Body = Kept<ActOf<"body">>;
export type System = Kept<ActOf<"system">>;
export type Dataset = Kept<ActOf<"dataset">>;
export type Post = Kept<ActOf<"post">>;
export type Tenure = Kept<ActOf<"tenure">>;
export type Product = Kept<ActOf<"product">>;
export type FeeCeiling = Kept<ActOf<"feeCeiling">>;
export type FeeStandard = Kept<ActOf<"feeStandard">>;
export type Organisation = Kept<ActOf<"organisation">>;
export type Permit = Kept<ActOf<"permit">>;
export type Gateway = Kept<ActOf<"gatewayOpened">>;
export type Contribution = Kept<ActOf<"contribution">>;
/** An application, how far it has come, and by when it is decided now. */
export type Application = Registered<Kept<ActOf<"applicationReceived">>> & {
  readonly due: number;
  /** What its applicant was asked for, and what of the term was left then. */
  readonly asked?: Entered & { readonly left: number; readonly by: number };
  readonly completed?: Entered;
  readonly extended?: Entered;
  readonly decided?: Entered & {
    readonly outcome: "granted" | "refused" | "withdrawn";
  };
};
export type Revenue = Kept<ActOf<"permittedRevenue">>;
export type Income = Kept<ActOf<"incomeStated">>;
export type Sent = Kept<ActOf<"reportSent">>;
export type Refund = Kept<ActOf<"refunded">>;
export type Withheld = Kept<ActOf<"withheld">>;
export type Calendar = Kept<ActOf<"calendarAdopted">>;
export type Question = Kept<ActOf<"questionReceived">>;
export type Rulebook = z.infer<typeof rulebook>;
export type LocalRulebook = Kept<ActOf<"localRulebookAdopted">>;
/** A local rulebook, and over the data of which body and its units it holds: of the whole office where there is none. */
export type StandingLocal = Standing<LocalRulebook> & {
  readonly place: string | undefined;
  /** When a pilot came to hold wherever its parent holds. */
  readonly promoted?: Entered;
};
export type Reported =
  | ActOf<"reportedAuthorisation">
  | ActOf<"reportedDecision">
  | ActOf<"reportedTenure">;
/** The right to operate datasets, granted or confirmed. */
export type Authorisation = Kept<ActOf<"authorisation">> & {
  readonly confirms?: string;
  /** How its agreement was changed since. */
  readonly changes?: readonly (Entered &
    Pick<ActOf<"agreementChanged">, "how">)[];
};

export type EnrolledKey = Entered & {
  readonly person: number;
  readonly key: PersonKey;
  /** Persons who enrolled it, other than its holder. */
  readonly enrolledBy: readonly number[];
  /** It signs from this instant on. */
  readonly activeFrom: number;
  readonly revoked?: Entered & { readonly doubtfulSince?: number };
};

/** Entries and their times, in their order: as many as there are acts, so they stand in two lists of numbers. */
export type SignedActs = {
  readonly entries: number[];
  readonly times: number[];
};

export type LogEnd = Entered & Pick<ActOf<"logEnded">, "reason" | "successor">;
export type Predecessor = NonNullable<ActOf<"genesis">["predecessor"]>;

export type MachineKey = Entered & {
  readonly publicKey: string;
  readonly records: readonly RecordKind[];
  readonly until: number;
  readonly gateway?: string;
  readonly ended?: Entered;
};

/** A permit with the bits of its fields, so that admission compares two numbers. */
export type StandingPermit = Standing<Permit> & {
  readonly fieldBits: bigint;
  readonly whereBits: bigint;
  /** Another term was asked for before `end`; where silence is a yes, the permit stands longer than that meanwhile. */
  readonly renewal?: Entered & {
    readonly end: number;
    /** When the term began that ends then: the one granted last. */
    readonly began: number;
    readonly isSilent: boolean;
    /** It was renewed by silence before, which happens once. */
    readonly wasSilent: boolean;
    readonly decided?: Entered;
  };
};

/** A product with its fields in the order of its bits, and whether rows of it are about persons. */
export type StandingProduct = Standing<Product> & {
  readonly personal: boolean;
  readonly fields: readonly string[];
};

/** Everything in force, as the entries of the register log add up to it. Only `apply` writes to it. */
export type Register = Beyond & {
  origin: string;
  title: string;
  titles: NonNullable<ActOf<"genesis">["titles"]>;
  /** The newest key of this log. */
  logKey: string;
  /** Every key that this log ever had, in the order of their entries. */
  readonly logKeys: Map<string, Entered>;
  /** The log is over: nothing is entered behind that entry. */
  ended: LogEnd | undefined;
  predecessor: Predecessor | undefined;
  offsetMinutes: number;
  edition: number;
  editionDigest: string;
  /** Entries applied so far, and the time of the last. */
  size: number;
  at: number;
  rulebook: Registered<Rulebook> | undefined;
  /** Every state of the office's own rulebook, the newest last. */
  readonly rulebooks: Registered<Rulebook>[];
  /** Every rulebook that was ever adopted for a part of the office. */
  readonly localRulebooks: Map<string, StandingLocal>;
  /** Which of them hold over the data of a body, and over everything: those that ended go when the next one comes. */
  readonly lawOver: Map<string, string[]>;
  readonly lawEverywhere: string[];
  /** Purposes that were refused since they are not on the list: how often, and where last. */
  readonly purposesRefused: Map<string, Entered & { readonly count: number }>;
  witnessPolicy: Registered<PublicPaper> | undefined;
  /** Every policy that was ever adopted, the newest last. */
  readonly witnessPolicies: Registered<PublicPaper>[];
  readonly bodies: Map<
    string,
    Registered<Body> & { readonly successors?: readonly string[] }
  >;
  readonly systems: Map<string, Registered<System>>;
  readonly datasets: Map<string, Registered<Dataset>>;
  readonly persons: Map<number, Entered>;
  readonly posts: Map<string, Registered<Post>>;
  /** By post, in the order of their entries. */
  readonly tenures: Map<string, Standing<Tenure>[]>;
  readonly keys: Map<string, EnrolledKey>;
  readonly machineKeys: Map<string, MachineKey>;
  readonly gateways: Map<string, Standing<Gateway>>;
  readonly organisations: Map<string, Registered<Organisation>>;
  readonly products: Map<string, StandingProduct>;
  readonly ceilings: Map<string, Standing<FeeCeiling>>;
  readonly fees: Map<string, Standing<FeeStandard>>;
  /** What an operator may take in a year; by authorisation, in the order of their entries. */
  readonly revenues: Map<string, Registered<Revenue>>;
  readonly revenuesOf: Map<string, string[]>;
  /** Ceilings and prices of the products of an authorisation. */
  readonly ceilingsUnder: Map<string, string[]>;
  readonly feesUnder: Map<string, string[]>;
  /** What operators took, by authorisation; of a year what was stated last counts. */
  readonly incomes: Map<string, Registered<Income>[]>;
  /** Reports that were sent, by what they are about. */
  readonly sent: Map<string, Registered<Sent>[]>;
  readonly refunds: Map<string, Registered<Refund>>;
  readonly refundsOf: Map<string, string[]>;
  readonly authorisations: Map<string, Standing<Authorisation>>;
  readonly permits: Map<string, StandingPermit>;
  readonly contributions: Map<string, Standing<Contribution>>;
  readonly applications: Map<string, Application>;
  /** How operators are chosen, and of each paper what another post found in it. */
  readonly procedures: Map<string, Procedure>;
  /** By dataset: procedures that run, and those that were withdrawn. */
  readonly runningOver: Map<string, string[]>;
  readonly withdrawnOver: Map<string, string[]>;
  readonly attestations: Map<string, Entered>;
  readonly attestedPapers: Map<string, Attestation[]>;
  readonly registrations: Map<string, Registration>;
  /** Their ids by what they register (`dataset x`, `product x`) and by their code (`code x`), in the order of their entries. */
  readonly registrationsBy: Map<string, string[]>;
  /** The newest code of a dataset and of a product, in force or over: the gate asks for each use. */
  readonly codes: Map<string, Standing<Code>>;
  readonly productCodes: Map<string, Standing<Code>>;
  /** By dataset: what was authorised over it, and since when something of it is offered under that. */
  readonly authorisationsOf: Map<string, string[]>;
  readonly suppliedSince: Map<string, number>;
  /** What is held and shown to nobody. */
  readonly withholdings: Map<string, Standing<Withheld>>;
  /** Working days, by `<calendar>/<year>`. */
  readonly calendars: Map<string, Registered<Calendar>>;
  /** Questions about uses, and when each was answered. */
  readonly questions: Map<
    string,
    Registered<Question> & { readonly answered?: Entered }
  >;
  readonly reported: Map<string, Registered<Reported>>;
  /** Size of every public paper that a granted act commits to, by its digest. */
  readonly papers: Map<string, number>;
  /** Ids by product, and by organisation and product, in the order of their entries. */
  readonly ceilingsOf: Map<string, string[]>;
  readonly feesOf: Map<string, string[]>;
  readonly permitsOf: Map<string, string[]>;
  readonly heads: Map<string, Entered & { readonly head: Head }>;
  readonly vintages: Map<
    string,
    Entered & { readonly vintage: Extract<LogRecord, { kind: "vintage" }> }
  >;
  /** What closed usage logs add up to, as entered. */
  readonly closedTotals: Map<string, readonly TotalsRow[]>;
  /** Units that closed logs show under prices, by product, unit and year. */
  readonly chargedUnits: Map<string, number>;
  /** Usage logs whose files went away, and openings that were erased. */
  readonly dropped: Map<string, Entered & { readonly record: Dropped }>;
  readonly erased: (Entered & { readonly record: Erased })[];
  /** Granted acts that did not take effect at once, by entry. */
  readonly delayed: Map<number, Delayed>;
  /** Granted acts that a person's key signed. */
  readonly signed: Map<string, SignedActs>;
  /** Ids of statements that could still be repeated, with the end of their time. */
  readonly statements: Map<string, number>;
  counts: { acts: number; granted: number; refused: number; records: number };
};

type Frozen<T> =
  T extends Map<infer K, infer V>
    ? ReadonlyMap<K, Frozen<V>>
    : T extends (infer V)[]
      ? readonly V[]
      : T;
/** What readers hold: the same object, without the means to write. */
export type ReadRegister = {
  readonly [K in keyof Register]: Frozen<Register[K]>;
} & {
  /** Rules that were asked for: told to whoever explains a ruling, and absent while one is made. */
  readonly asked?: Set<string>;
};

export function emptyRegister(): Register {
  return {
    origin: "",
    title: "",
    titles: [],
    logKey: "",
    logKeys: new Map(),
    ended: undefined,
    predecessor: undefined,
    offsetMinutes: 0,
    edition: 0,
    editionDigest: "",
    size: 0,
    at: 0,
    rulebook: undefined,
    rulebooks: [],
    localRulebooks: new Map(),
    lawOver: new Map(),
    lawEverywhere: [],
    purposesRefused: new Map(),
    witnessPolicy: undefined,
    witnessPolicies: [],
    bodies: new Map(),
    systems: new Map(),
    datasets: new Map(),
    persons: new Map(),
    posts: new Map(),
    tenures: new Map(),
    keys: new Map(),
    machineKeys: new Map(),
    gateways: new Map(),
    organisations: new Map(),
    products: new Map(),
    ceilings: new Map(),
    fees: new Map(),
    revenues: new Map(),
    revenuesOf: new Map(),
    ceilingsUnder: new Map(),
    feesUnder: new Map(),
    incomes: new Map(),
    sent: new Map(),
    refunds: new Map(),
    refundsOf: new Map(),
    authorisations: new Map(),
    permits: new Map(),
    contributions: new Map(),
    applications: new Map(),
    procedures: new Map(),
    runningOver: new Map(),
    withdrawnOver: new Map(),
    attestations: new Map(),
    attestedPapers: new Map(),
    registrations: new Map(),
    registrationsBy: new Map(),
    codes: new Map(),
    productCodes: new Map(),
    authorisationsOf: new Map(),
    suppliedSince: new Map(),
    withholdings: new Map(),
    calendars: new Map(),
    questions: new Map(),
    reported: new Map(),
    ...nothingBeyond(),
    papers: new Map(),
    ceilingsOf: new Map(),
    feesOf: new Map(),
    permitsOf: new Map(),
    heads: new Map(),
    vintages: new Map(),
    closedTotals: new Map(),
    chargedUnits: new Map(),
    dropped: new Map(),
    erased: [],
    delayed: new Map(),
    signed: new Map(),
    statements: new Map(),
    counts: { acts: 0, granted: 0, refused: 0, records: 0 },
  };
}

/** In force at an instant. */
export function inForce(
  standing: Standing<unknown> | undefined,
  at: number,
): boolean {
  return (
    standing !== undefined &&
    standing.ended === undefined &&
    standing.from <= at &&
    at < standing.to &&
    !isSuspended(standing, at) &&
    !isBetweenTerms(standing, at)
  );
}

/** In force in some part of a slot. Ends lie on whole hours, so an hourly slot is never cut by one. */
export function inForceDuring(
  standing: Standing<unknown> | undefined,
  slot: number,
  length: number,
): boolean {
  return (
    standing !== undefined &&
    standing.ended === undefined &&
    standing.from < slot + length &&
    slot < standing.to &&
    !isSuspended(standing, slot) &&
    !isBetweenTerms(standing, slot)
  );
}

/** From the order's entry on, as with an end; what begins again does so on a whole hour. */
export function isSuspended(
  { suspended }: Standing<unknown>,
  at: number,
): boolean {
  return suspended !== undefined && at < suspended.until;
}

/** Ended, and granted for longer by an act that has not taken effect. */
export function isBetweenTerms(
  { longer }: Standing<unknown>,
  at: number,
): boolean {
  return longer !== undefined && longer.from <= at && at < longer.until;
}

/** Everybody who holds a post at an instant. */
export function holders(
  register: ReadRegister,
  post: string,
  at: number,
): readonly Standing<Tenure>[] {
  return (register.tenures.get(post) ?? []).filter((tenure) =>
    inForce(tenure, at),
  );
}

/** Something was asked of the applicant and has not come yet: the clock stands. */
export function isWaiting(found: Application): found is Application & {
  readonly asked: NonNullable<Application["asked"]>;
} {
  return found.asked !== undefined && found.completed === undefined;
}
