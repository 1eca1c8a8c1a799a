import * as z from "zod/mini";
import { body } from "./bodies.ts";
import { utf8ToBytes } from "./bytes.ts";
import { person, post, tenure } from "./people.ts";
import {
  count,
  delayHours,
  flag,
  hash,
  hourInstant,
  jurisdiction,
  kindName,
  legalLevel,
  listOf,
  origin,
  person as personNumber,
  personKey,
  positive,
  publicKey32,
  publicPaper,
  purposeClass,
  reason,
  recordKind,
  ruleId,
  signature64,
  slug,
  termDays,
  title,
  titles,
  offsetMinutes,
} from "./shapes.ts";

const kindless = { kind: true } as const;

/** Rules of the law that a rulebook adopts, some with a number that is tighter than the law's. */
export const adoptedRules = listOf(
  z.strictObject({ rule: ruleId, number: z.exactOptional(count) }),
  0,
  200,
);

/** The law of the office as data: a number here can be read and tightened without touching code. */
export const rulebook = z.strictObject({
  rulebook: slug,
  title,
  titles: z.exactOptional(titles),
  /** Of China, where none is named. */
  jurisdiction: z.exactOptional(jurisdiction),
  /** I5: new grants are refused after this. */
  until: hourInstant,
  purposes: listOf(
    z.strictObject({
      purpose: slug,
      title,
      titles: z.exactOptional(titles),
      class: purposeClass,
      /** The provision on which personal data are used for it, as a citizen is told. */
      ground: z.exactOptional(ruleId),
      /** Whoever asks for it names the number of a case. */
      case: z.exactOptional(flag),
    }),
    1,
    200,
  ),
  /** Purposes that a rule forbids by name: whoever asks for one is told which rule, and not only that it is on no list. */
  forbidden: z.exactOptional(
    listOf(
      z.strictObject({
        purpose: slug,
        title,
        titles: z.exactOptional(titles),
        rule: ruleId,
      }),
      0,
      64,
    ),
  ),
  grounds: listOf(
    z.strictObject({
      ground: slug,
      rule: ruleId,
      payee: z.enum(
        ["operator", "body", "contributor"],
        "one of operator, body, contributor",
      ),
      purposes: listOf(purposeClass, 1, 3),
      /** The level of the provision, and the published catalogue on which the fee stands. */
      level: z.exactOptional(legalLevel),
      catalogue: z.exactOptional(publicPaper),
    }),
    0,
    200,
  ),
  limits: z.strictObject({
    keyDelayHours: positive,
    /** Hours before acts that grant rights, prices, posts or keys take effect; none where it is absent. */
    effectDelayHours: z.exactOptional(delayHours),
    authorisationMonthsMax: positive,
    permitMonthsMax: positive,
    feeMonthsMax: positive,
    /** Months for which closed usage logs, and openings of uses, are kept at least. */
    usesKeptMonths: z.exactOptional(positive),
    openingsKeptMonths: z.exactOptional(positive),
    /** Days in which a question about a use is answered; or working days, by the calendar below. */
    questionDays: z.exactOptional(positive),
    questionWorkingDays: z.exactOptional(termDays),
    /** Days, or working days, in which an application for a permit is decided. */
    applicationDays: z.exactOptional(termDays),
    applicationWorkingDays: z.exactOptional(termDays),
  }),
  rules: z.exactOptional(adoptedRules),
  /** Where two rules of the law say different things: which of them applies here. */
  conflicts: z.exactOptional(
    listOf(
      z.strictObject({ rule: ruleId, against: ruleId, applies: ruleId }),
      0,
      32,
    ),
  ),
  /** By which calendar working days are counted. */
  calendar: z.exactOptional(slug),
  /** Classes of uses that their subjects see only after so many days, because they would tell about somebody else. */
  seals: z.exactOptional(
    listOf(
      z.strictObject({
        seal: slug,
        title,
        titles: z.exactOptional(titles),
        purposes: listOf(slug, 1, 64),
        days: positive,
      }),
      1,
      32,
    ),
  ),
  /** Kinds of act whose preparer and approver must be different persons. */
  separated: listOf(kindName, 0, 64),
});

const edition = z.strictObject({ number: positive, digest: hash });

/** Entry 0: what the office is and who may act first. Its leaf hash is the office's fingerprint. */
export const genesis = z.strictObject({
  kind: z.literal("genesis"),
  title,
  titles: z.exactOptional(titles),
  origin,
  logKey: publicKey32,
  timeZone: z.strictObject({ name: title, offsetMinutes }),
  edition,
  rulebook,
  bodies: listOf(z.omit(body, kindless), 1, 32),
  posts: listOf(z.omit(post, kindless), 2, 64),
  persons: listOf(z.omit(person, kindless), 2, 32),
  tenures: listOf(z.omit(tenure, kindless), 2, 64),
  keys: listOf(z.strictObject({ person: personNumber, key: personKey }), 2, 32),
  witnessPolicy: z.exactOptional(publicPaper),
  /** The ended log that this one follows, with its last checkpoint. */
  predecessor: z.exactOptional(
    z.strictObject({ origin, size: positive, root: hash }),
  ),
});

export const rulebookAdopted = z.strictObject({
  kind: z.literal("rulebookAdopted"),
  rulebook,
});

/** A tlog-policy file: from this entry on a checkpoint is public when its quorum has cosigned. */
export const witnessPolicyAdopted = z.strictObject({
  kind: z.literal("witnessPolicyAdopted"),
  policy: publicPaper,
});

/**
 * The next key of this log. From this entry on a checkpoint is signed by it, and for 30 days by the one before as well.
 * `proof` is the new key's own signature: whoever names it holds it.
 */
export const logKeyChanged = z.strictObject({
  kind: z.literal("logKeyChanged"),
  logKey: publicKey32,
  proof: signature64,
});

/** The last entry of a log: nothing is entered behind it. */
export const logEnded = z.strictObject({
  kind: z.literal("logEnded"),
  reason,
  successor: z.exactOptional(origin),
});

/** What the new key signs: for one log, and in place of one key. */
export function signedLogKeyBytes(
  log: string,
  before: string,
  next: string,
): Uint8Array {
  return utf8ToBytes(`vitrine-log-key-v1\n${log}\n${before}\n${next}`);
}

/** A machine's key, for named kinds of record only. */
export const machineKeyEnrolled = z.strictObject({
  kind: z.literal("machineKeyEnrolled"),
  title,
  titles: z.exactOptional(titles),
  publicKey: publicKey32,
  records: listOf(recordKind, 1, 6),
  until: z.exactOptional(hourInstant),
});

/** A gateway, with the key that signs its logs, its receipts and the records about them. */
export const gatewayOpened = z.strictObject({
  kind: z.literal("gatewayOpened"),
  gateway: slug,
  title,
  titles: z.exactOptional(titles),
  publicKey: publicKey32,
});

export const gatewayClosed = z.strictObject({
  kind: z.literal("gatewayClosed"),
  gateway: slug,
  reason,
});
