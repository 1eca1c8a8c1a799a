import { promises as fs } from "node:fs";
import { join } from "node:path";
import type { ActOf } from "../acts/act.ts";
import { EDITION, editions } from "../rules/editions.ts";
import { publicKeyText } from "../store/crypto.ts";
import { readIfThere, writeWhole } from "../store/durable.ts";
import type { MachineKeys } from "./keys.ts";

type Posts = ActOf<"genesis">["posts"];

/**
 * Three people are the fewest with whom nobody approves what they prepared and no key rests on one person's word: each of them enrols keys, so
 * that two can for the third.
 */
const POSTS: Posts = [
  {
    post: "head",
    title: "Head of the data office",
    body: "data-office",
    powers: [
      "adopt",
      "adoptLocal",
      "authorise",
      "confirm",
      "approveProducts",
      "approveFees",
      "priceOperators",
      "permit",
      "contribute",
      "withhold",
      "enrol",
    ],
  },
  {
    post: "registrar",
    title: "Registrar",
    body: "data-office",
    powers: [
      "register",
      "report",
      "enrol",
      "prepareProducts",
      "prepareFees",
      "prepareAuthorisations",
      "preparePermits",
      "receiveQuestions",
    ],
    superior: "head",
  },
  {
    post: "administrator",
    title: "Administrator of machines and keys",
    body: "data-office",
    powers: ["administer", "enrol", "appoint"],
  },
];

/**
 * Leaves drafts of an office's first acts in its folder, with what only its program knows filled in: people edit them,
 * sign them and submit them as any other act. A draft that is there is left alone.
 */
export async function draftFirstActs(
  folder: string,
  origin: string,
  keys: MachineKeys,
): Promise<string> {
  const acts = join(folder, "acts");
  await fs.mkdir(acts, { recursive: true });
  for (const [name, act] of Object.entries(firstActs(origin, keys))) {
    const path = join(acts, `${name}.json`);
    if ((await readIfThere(path)) === undefined)
      await writeWhole(path, `${JSON.stringify(act, null, 2)}\n`);
  }
  return acts;
}

function firstActs(
  origin: string,
  keys: MachineKeys,
): Readonly<Record<string, object>> {
  return {
    "1-founding": founding(origin, publicKeyText(keys.log)),
    "2-gateway": {
      kind: "gatewayOpened",
      gateway: "gate-1",
      title: "The office's gateway",
      publicKey: publicKeyText(keys.gateway),
    },
    "3-importer": {
      kind: "machineKeyEnrolled",
      title: "The office's importer",
      publicKey: publicKeyText(keys.records),
      records: ["vintage"],
      until: "@+1825",
    },
    // Nothing goes before its months are over: a key for five years would end before it had anything to do.
    "4-retention": {
      kind: "machineKeyEnrolled",
      title: "What the office drops and erases",
      publicKey: publicKeyText(keys.retention),
      records: ["dropped", "erased"],
      until: "@+3650",
    },
  };
}

function founding(origin: string, logKey: string): object {
  const people = POSTS.map(({ post }, index) => ({ post, person: index + 1 }));
  return {
    kind: "genesis",
    title: "Public Data Office",
    origin,
    logKey,
    timeZone: { name: "Asia/Shanghai", offsetMinutes: 480 },
    edition: { number: EDITION, digest: editions.get(EDITION) },
    rulebook: {
      rulebook: "first-rulebook",
      title: "Rulebook of the office",
      until: "@+1825",
      purposes: [
        {
          purpose: "public-administration",
          title: "Public administration",
          class: "publicGovernance",
        },
        {
          purpose: "research",
          title: "Research in the public interest",
          class: "publicWelfare",
        },
        {
          purpose: "industry",
          title: "Development of industry",
          class: "industry",
        },
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
        permitMonthsMax: 24,
        feeMonthsMax: 24,
        questionDays: 15,
      },
      separated: ["product", "feeStandard", "authorisation", "permit"],
    },
    bodies: [{ body: "data-office", title: "Data office", level: "county" }],
    posts: POSTS,
    persons: people.map(({ person }) => ({
      person,
      name: { $private: `name-of-person-${person}.txt`, kind: "name" },
    })),
    tenures: people.map(({ person, post }) => ({ person, post, mode: "full" })),
  };
}
