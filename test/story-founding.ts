import type { ActOf } from "../src/acts/act.ts";
import { toBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import type { Power } from "../src/acts/shapes.ts";
import { keyIdOf } from "../src/acts/statement.ts";
import {
  keyFromSeed,
  primitives,
  type SigningKey,
  signingKey,
} from "../src/store/crypto.ts";

export const p = primitives;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Monday, 2 March 2026, 00:00 in the office's own time, eight hours east of UTC. */
export const FOUNDED = 1_772_380_800_000;
export const OFFSET = 480;
export const ORIGIN = "story.example/register";
export const OFFICE = "story.example";
const EDITION_DIGEST = toBase64url(p.sha256(utf8ToBytes("story-edition")));
export const editions: ReadonlyMap<number, string> = new Map([
  [1, EDITION_DIGEST],
]);

/** So many days and hours after the founding. */
export function day(days: number, hours = 0): number {
  return FOUNDED + days * DAY + hours * HOUR;
}

/** A real Ed25519 key, the same for the same name. */
export function keyOf(name: string): SigningKey {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const made = signingKey(keyFromSeed(p.sha256(utf8ToBytes(name))));
  keys.set(name, made);
  return made;
}
const keys = new Map<string, SigningKey>();
export const publicKeyOf = (name: string): string =>
  toBase64url(keyOf(name).publicKey);
export const keyIdNamed = (name: string): string =>
  keyIdOf(p, keyOf(name).publicKey);

/** What a test knows to be there. */
export function must<T>(found: T | undefined): T {
  if (found === undefined)
    throw new Error(
      "Cannot go on with the test: something it laid is not there",
    );
  return found;
}

/** The founders' posts and the persons who hold them. */
export const founders = {
  head: 1,
  registrar: 2,
  administrator: 3,
  personnel: 4,
  "price-officer": 5,
} as const;

/** An act without one of its members. */
export function without<A extends object, K extends keyof A>(
  act: A,
  member: K,
): Omit<A, K> {
  const { [member]: _, ...rest } = act;
  return rest;
}

export const paperOf = (name: string) => ({
  kind: "record",
  paper: toBase64url(p.sha256(utf8ToBytes(name))),
  size: name.length,
});
export const secretOf = (name: string) => ({
  kind: "name",
  commitment: toBase64url(p.sha256(utf8ToBytes(`secret ${name}`))),
});

export type Rulebook = ActOf<"genesis">["rulebook"];
export const theRulebook: Rulebook = {
  rulebook: "lanan-2025",
  title: "Rulebook of Lanan Province (invented)",
  until: day(1150),
  purposes: [
    {
      purpose: "traffic-safety",
      title: "Traffic safety",
      class: "publicGovernance",
    },
    {
      purpose: "research",
      title: "Research in the public interest",
      class: "publicWelfare",
    },
    {
      purpose: "vehicle-trade",
      title: "Trade in used vehicles",
      class: "industry",
    },
    { purpose: "insurance", title: "Insurance of vehicles", class: "industry" },
  ],
  grounds: [
    {
      ground: "operation-service-fee",
      rule: "CN-PRC-02",
      payee: "operator",
      purposes: ["industry"],
    },
  ],
  limits: {
    keyDelayHours: 24,
    authorisationMonthsMax: 60,
    permitMonthsMax: 36,
    feeMonthsMax: 36,
  },
  separated: [
    "product",
    "feeStandard",
    "authorisation",
    "permit",
    "tenure",
    "post",
  ],
};

type Post = ActOf<"genesis">["posts"][number];
const thePosts: Post[] = [
  {
    post: "head",
    title: "Head",
    body: "data-office",
    powers: [
      "withhold",
      "authorise",
      "approveProducts",
      "approveFees",
      "priceOperators",
      "adopt",
      "adoptLocal",
      "confirm",
      "permit",
      "contribute",
      "promise",
    ],
    auditor: "registrar",
  },
  {
    post: "registrar",
    title: "Registrar",
    body: "data-office",
    powers: [
      "register",
      "report",
      "prepareProducts",
      "prepareFees",
      "prepareAuthorisations",
      "preparePermits",
      "enrol",
      "receiveQuestions",
      "applyRegistrations",
      "registerResources",
      "receiveOrders",
    ],
    superior: "head",
  },
  {
    post: "administrator",
    title: "Administrator of machines and keys",
    body: "data-office",
    powers: ["administer", "enrol", "override"],
    superior: "head",
  },
  {
    post: "personnel",
    title: "Personnel officer",
    body: "personnel-office",
    powers: ["appoint"],
    auditor: "price-officer",
  },
  {
    post: "price-officer",
    title: "Price officer",
    body: "price-authority",
    powers: ["setCeilings", "setRevenue", "attest", "override"],
  },
];

/** The founders' posts, one of them with more powers. */
export const posts = (post: keyof typeof founders, ...more: Power[]): Post[] =>
  thePosts.map((one) =>
    one.post === post ? { ...one, powers: [...one.powers, ...more] } : one,
  );

export function theGenesis(
  change: Partial<ActOf<"genesis">> = {},
): ActOf<"genesis"> {
  const people = Object.entries(founders);
  return {
    kind: "genesis",
    title: "Public data office of a story",
    origin: ORIGIN,
    logKey: publicKeyOf("register"),
    timeZone: { name: "Asia/Shanghai", offsetMinutes: OFFSET },
    edition: { number: 1, digest: EDITION_DIGEST },
    rulebook: theRulebook,
    bodies: [
      { body: "data-office", title: "Data office", level: "province" },
      {
        body: "personnel-office",
        title: "Personnel office",
        level: "province",
      },
      { body: "price-authority", title: "Price authority", level: "province" },
    ],
    posts: thePosts,
    persons: people.map(([post, person]) => ({ person, name: secretOf(post) })),
    tenures: people.map(([post, person]) => ({ person, post, mode: "full" })),
    keys: people.map(([, person]) => ({
      person,
      key: { form: "ed25519", publicKey: publicKeyOf(`person-${person}`) },
    })),
    ...change,
  };
}
