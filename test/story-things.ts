import type { Act, ActOf } from "../src/acts/act.ts";
import { toBase64url } from "../src/acts/bytes.ts";
import type { Post } from "./simulation/small-office-acts.ts";
import {
  datasets,
  DAY,
  fee,
  founding,
  organisation,
  permit,
  product,
  revocation,
  vehicles,
} from "./simulation/small-office-acts.ts";
import { SmallOffice, START } from "./simulation/small-office.ts";

export const NASTY = "<script>alert(1)</script>";
const PAPER = {
  kind: "tie",
  commitment: toBase64url(Buffer.alloc(32, 9)),
};

/** Posts that may also appoint and promise. */
function foundingPosts(): ActOf<"genesis">["posts"] {
  const { posts } = founding(START, {
    ...{ origin: "", logKey: "" },
    edition: { number: 1, digest: "" },
    keyOf: () => "",
  });
  return posts.map((post) =>
    post.post === "registrar"
      ? {
          ...post,
          powers: [...post.powers, "promise", "appoint"],
          superior: "head",
        }
      : post,
  );
}

/** Bodies with units, a system that is not served, a revoked permit, costs of a price, ties, promises, tenures from before. */
const more: readonly (readonly [Act, ...Post[]])[] = [
  [
    {
      kind: "body",
      body: "transport",
      title: "Transport Department",
      level: "province",
    },
  ],
  [
    {
      kind: "body",
      body: "road-bureau",
      title: "Road Bureau",
      level: "province",
      parent: "transport",
    },
  ],
  [
    {
      kind: "system",
      system: "tolls",
      title: `Tolls ${NASTY}`,
      body: "road-bureau",
      description: "existence",
    },
  ],
  [
    {
      kind: "system",
      system: "roads",
      title: "Roads",
      body: "road-bureau",
      description: "described",
    },
  ],
  ...datasets
    .slice(0, 1)
    .map((open): [Act] => [
      { ...open, dataset: "road-works", title: "Road works", system: "roads" },
    ]),
  ...datasets
    .slice(0, 1)
    .map((open): [Act] => [
      { ...open, dataset: "named.json", title: "Named as a file" },
    ]),
  [organisation("welfare-house", "welfare")],
  [permit({ permit: "gone", organisation: "welfare-house" })],
  [revocation("gone")],
  [product({ product: "vehicles.long", title: `Long ${NASTY}` })],
  [
    fee("costly", 90, {
      classes: ["research"],
      costs: {
        heads: [
          { head: "platform", amount: 1_000_000 },
          { head: "staff", amount: 234_500 },
        ],
        units: 10_000,
      },
    }),
  ],
  [
    {
      kind: "tieDeclared",
      tie: "tie-one",
      person: 4,
      to: { organisation: "sanhe" },
      nature: "family",
      from: "2020",
      paper: PAPER,
    },
  ],
  [
    {
      kind: "reportedTenure",
      person: 2,
      post: "head",
      mode: "full",
      from: "2019",
      to: "2021-06",
      source: { paper: PAPER.commitment, kind: "gazette", size: 10 },
    },
  ],
  [
    {
      kind: "promised",
      promise: "open-roads",
      post: "registrar",
      about: "dataset",
      title: "Road works every month",
      due: START + 30 * DAY,
    },
  ],
  [
    {
      kind: "promised",
      promise: "kept-early",
      post: "registrar",
      about: "report",
      title: "A report",
      due: START + 10 * DAY,
    },
  ],
  [{ kind: "promiseKept", promise: "kept-early" }],
];

/** A small office that has something of every kind that has a page, and uses of two months. */
export async function officeOfThings(
  databaseUrl: string,
): Promise<SmallOffice> {
  const office = await SmallOffice.granted(databaseUrl, {
    founding: { posts: foundingPosts() },
  });
  for (const [act, ...by] of more) await office.granted(act, ...by);
  await office.enter(product({ product: "love", purposes: ["love"] }));
  await office.answered(vehicles(), "huaxing");
  await office.answered(vehicles(), "huaxing");
  await office.passHour();
  await office.pass(31 * DAY);
  await office.answered(vehicles(), "huaxing");
  await office.passHour();
  return office;
}
