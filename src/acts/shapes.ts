import * as z from "zod/mini";
import { fromBase64url } from "./bytes.ts";
import { civilFromDays, daysFromCivil } from "./dates.ts";
import { isPublicKeyOf } from "./public-keys.ts";

/**
 * Every field of everything that is entered is either public for ever or a paper (design: what a ruling may rest on).
 * There is no third kind; `acts.marks.test.ts` walks all schemas and fails on a leaf without a mark.
 */
export type Mark = "public" | "paper";
export const marks = z.registry<{ mark: Mark; title?: true }>();

function leaf<S extends z.core.$ZodType>(schema: S): S {
  marks.add(schema, { mark: "public" });
  return schema;
}

function text(pattern: RegExp, want: string) {
  return leaf(z.string(want).check(z.regex(pattern, want)));
}

function integer(min: number, max: number, want: string) {
  return leaf(z.int(want).check(z.minimum(min, want), z.maximum(max, want)));
}

function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return leaf(z.enum(values, `one of ${values.join(", ")}`));
}

export function listOf<S extends z.core.$ZodType>(
  item: S,
  min: number,
  max: number,
) {
  const want = `a list of ${min} to ${max}`;
  return z
    .array(item, want)
    .check(z.minLength(min, want), z.maxLength(max, want));
}

/** Text written by people is at most 200 characters and stands only in members of this shape. */
export const title = z
  .string("text of 1 to 200 characters")
  .check(
    z.regex(
      /^(?=.*\S)[^\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]{1,200}$/u,
      "text of 1 to 200 characters on one line, without control characters",
    ),
  );
marks.add(title, { mark: "public", title: true });

/** A language, and where it tells apart a script or a country, as BCP 47 has it: `zh-Hans`. */
export const langTag = text(
  /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$/,
  "a language tag such as zh-Hans",
);
/** The same text in other languages, each language once: what stands in the member `title` itself is the text that counts. */
export const titles = listOf(
  z.strictObject({ lang: langTag, title }),
  1,
  16,
).check(
  z.refine(
    (all) => new Set(all.map(({ lang }) => lang)).size === all.length,
    "each language once",
  ),
);
export type Titles = readonly Readonly<z.infer<typeof titles>[number]>[];

export const slug = text(
  /^(?=.{1,64}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$/,
  "an id of a-z, 0-9, dots and hyphens, at most 64 characters",
);
export const month = text(
  /^[0-9]{4}-(?:0[1-9]|1[0-2])$/,
  "a month such as 2026-03",
);
export const fieldName = text(
  /^[a-z][a-z0-9_]{0,63}$/,
  "a field name of a-z, 0-9 and _, at most 64 characters",
);
/** Origin of a log: a scheme-less URL without spaces or plus signs (C2SP tlog-checkpoint). */
export const origin = text(
  /^(?=.{1,200}$)[a-z0-9.-]+(?::[0-9]+)?(?:\/[A-Za-z0-9._~-]+)*$/,
  "an origin such as data.example/register",
);
export const hash = text(
  /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
  "32 bytes in base64url without padding",
);
/** 16 bytes: the id of a statement, or a key id (first 16 bytes of SHA-256 over `vitrine-key-v1`, line feed, public key). */
export const id16 = text(
  /^[A-Za-z0-9_-]{21}[AQgw]$/,
  "16 bytes in base64url without padding",
);
export const keyId = id16;
export const publicKey32 = hash;
export const signature64 = text(
  /^[A-Za-z0-9_-]{85}[AQgw]$/,
  "64 bytes in base64url without padding",
);
const BYTES = "bytes in base64url without padding";
const base64url =
  /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?$/;
export const bytes = text(base64url, BYTES);
/** WebAuthn gives a credential id at most 1,023 bytes. */
const credentialId = leaf(
  bytes.check(
    z.minLength(2, "1 to 1,023 bytes in base64url without padding"),
    z.maxLength(1_364, "1 to 1,023 bytes in base64url without padding"),
  ),
);
const hostName = text(
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/,
  "a host name such as data.example",
);
export const bitSet = text(
  /^(?:0|[1-9a-f][0-9a-f]{0,63})$/,
  "a bit set in lower-case hex without leading zeroes",
);
export const count = integer(
  0,
  Number.MAX_SAFE_INTEGER,
  "a whole number of 0 or more",
);
/** A value of a field: an integer of either sign. */
export const wholeNumber = integer(
  -Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
  "an integer",
);
export const positive = integer(
  1,
  Number.MAX_SAFE_INTEGER,
  "a whole number of 1 or more",
);
/** Milliseconds since 1970-01-01T00:00Z. */
export const instant = integer(
  0,
  8_640_000_000_000_000,
  "milliseconds UTC, a whole number",
);
export const HOUR = 3_600_000;
/** Rights, prices and tenures begin and end on whole hours, so that a use under an hourly slot is inside or outside, never both. */
export const hourInstant = leaf(
  z
    .int("milliseconds UTC of a whole hour")
    .check(
      z.minimum(0, "milliseconds UTC of a whole hour"),
      z.maximum(8_640_000_000_000_000, "milliseconds UTC of a whole hour"),
      z.multipleOf(
        HOUR,
        "milliseconds UTC of a whole hour (a multiple of 3,600,000)",
      ),
    ),
);
/** East of UTC. */
export const offsetMinutes = integer(
  -840,
  840,
  "minutes east of UTC, -840 to 840",
);
export const person = integer(
  1,
  9_999_999,
  "a person's number from 1 to 9,999,999",
);
/** Money: integer minor units (fen, cent). */
export const money = count;
/** An amount that is added up with others and taken by a rate: so small that every sum stays a whole number. */
export const amount = integer(
  0,
  100_000_000_000_000,
  "an amount in minor units, 0 to 100,000,000,000,000",
);
/** Hundredths of a percent. */
export const basisPoints = integer(0, 10_000, "basis points, 0 to 10,000");
/** Whole years of a period, or periods. */
export const shortYears = integer(1, 10, "1 to 10");
export const currency = text(/^[A-Z]{3}$/, "a currency code of three capitals");
/** A date as far as it is known: 2019, 2019-05 or 2019-05-03. Only in what is reported, never in what is granted. */
export const partialDate = leaf(
  z
    .string("a date such as 2019, 2019-05 or 2019-05-03")
    .check(
      z.regex(
        /^[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?$/,
        "a date such as 2019, 2019-05 or 2019-05-03",
      ),
      z.refine(isDate, "a date that exists"),
    ),
);
/** A day that exists, in the office's own time. */
export const date = leaf(
  z
    .string("a date such as 2026-05-03")
    .check(
      z.regex(
        /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/,
        "a date such as 2026-05-03",
      ),
      z.refine(isDate, "a date that exists"),
    ),
);
export const calendarYear = integer(1970, 9_999, "a year from 1970 to 9999");
/** ISO 8601: Monday is 1. */
export const weekday = integer(1, 7, "a day of the week, 1 for Monday to 7");
/** So many of them, or of the items of a paper. */
export const people = integer(0, 999, "0 to 999");
/** Days of a term. */
export const termDays = integer(1, 3_660, "days, 1 to 3,660");
export const delayHours = integer(1, 336, "hours, 1 to 336");
/** A kind of act. */
export const kindName = text(/^[a-z][A-Za-z]{0,63}$/, "a kind of act");
export const ruleId = text(
  /^(?=.{1,64}$)[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$/,
  "a rule's id, at most 64 characters",
);
export const factName = text(
  /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
  "a fact's name",
);
/** The value of a fact in a finding: an id, a name from the vocabulary or a date; never a sentence. */
export const factText = text(/^[A-Za-z0-9._~:@/+-]{1,200}$/, "an id");
export const version = leaf(z.literal(1, "1"));
export const flag = leaf(z.boolean("true or false"));

/** What a provision is, from a statute down to a document that is no law. */
export const legalLevel = choice([
  "statute",
  "administrativeRegulation",
  "localRegulation",
  "departmentRule",
  "document",
]);
export const level = choice(["national", "province", "prefecture", "county"]);
export const fieldType = choice([
  "text",
  "integer",
  "decimal",
  "boolean",
  "date",
  "instant",
]);
/** Of which country's law the rules are that count without being adopted. */
export const jurisdiction = choice(["CN", "EU"]);
export const classification = choice([
  "open",
  "restricted",
  "personal",
  "sensitive",
]);
export const purposeClass = choice([
  "publicGovernance",
  "publicWelfare",
  "industry",
]);
/** The class that a payer is in; prices are by class, never by name. */
export const payerClass = choice([
  "publicBody",
  "welfare",
  "research",
  "smallEnterprise",
  "enterprise",
]);
export const form = choice(["answer", "records", "aggregate", "file"]);
export const feeUnit = choice(["call", "step"]);
export const tenureMode = choice(["full", "acting", "delegated"]);
export const reason = choice([
  "expired",
  "breach",
  "request",
  "mistake",
  "order",
  "replaced",
  "closed",
]);
export const role = choice(["prepared", "approved", "published", "holder"]);
export const recordKind = choice([
  "head",
  "totals",
  "vintage",
  "suspended",
  "dropped",
  "erased",
]);
export const power = choice([
  "register",
  "appoint",
  "enrol",
  "adopt",
  "adoptLocal",
  "administer",
  "report",
  "confirm",
  "prepareProducts",
  "approveProducts",
  "setCeilings",
  "prepareFees",
  "approveFees",
  "priceOperators",
  "priceBodies",
  "prepareAuthorisations",
  "authorise",
  "preparePermits",
  "permit",
  "contribute",
  "receiveQuestions",
  "withhold",
  "attest",
  "applyRegistrations",
  "registerResources",
  "override",
  "receiveOrders",
  "promise",
  "setRevenue",
]);

/** A public paper: SHA-256 of its bytes, served at /paper/<hex of the hash>. */
export const publicPaper = z.strictObject({
  paper: hash,
  kind: slug,
  size: positive,
});
/** A private paper: a salted commitment; content and salt can be erased without breaking a proof. */
export const privatePaper = z.strictObject({ commitment: hash, kind: slug });
marks.add(publicPaper, { mark: "paper" });
marks.add(privatePaper, { mark: "paper" });

/** A key in an authenticator; what it signs with is read in `webauthn.ts`, at which pages in `rules/passkeys.ts`. */
const passkey = z
  .strictObject({
    form: leaf(z.literal("webauthn")),
    credential: credentialId,
    /** A SubjectPublicKeyInfo, as `getPublicKey()` of a browser gives it. */
    publicKey: leaf(
      // What is no base64url is not looked at further: the check below reads it.
      z.string(BYTES).check(z.regex(base64url, { error: BYTES, abort: true })),
    ),
    alg: leaf(z.literal([-7, -8, -257], "-7, -8 or -257")),
    rpId: hostName,
    origins: listOf(
      text(
        /^https?:\/\/(?=.{1,253}(?::|$))[a-z0-9.-]+(?::[1-9][0-9]{0,4})?$/,
        "a web origin such as https://data.example",
      ),
      1,
      8,
    ),
    backupEligible: flag,
    backedUp: flag,
    attestation: z.exactOptional(bytes),
  })
  .check(
    z.refine(
      ({ alg, publicKey }) => isPublicKeyOf(alg, fromBase64url(publicKey)),
      {
        path: ["publicKey"],
        error:
          "the SubjectPublicKeyInfo of its alg: P-256 uncompressed (-7), Ed25519 (-8), RSA of 2,048 to 4,096 bits and exponent 65,537 (-257)",
      },
    ),
  );

/** A natural person's key. */
export const personKey = z.discriminatedUnion("form", [
  z.strictObject({ form: leaf(z.literal("ed25519")), publicKey: publicKey32 }),
  passkey,
]);

export type Jurisdiction = z.infer<typeof jurisdiction>;
export type PublicPaper = z.infer<typeof publicPaper>;
export type PayerClass = z.infer<typeof payerClass>;
export type PurposeClass = z.infer<typeof purposeClass>;
export type Power = z.infer<typeof power>;
export type BodyLevel = z.infer<typeof level>;
export type Role = z.infer<typeof role>;
export type Form = z.infer<typeof form>;
export type FieldType = z.infer<typeof fieldType>;
export type RecordKind = z.infer<typeof recordKind>;
export type PersonKey = z.infer<typeof personKey>;
export type Instant = number;

/** Whether the day of a partial date exists. */
function isDate(date: string): boolean {
  const [year, month, day] = date.split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined)
    return true;
  const again = civilFromDays(daysFromCivil({ year, month, day }));
  return again.month === month && again.day === day;
}
