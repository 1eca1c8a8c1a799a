import * as z from "zod/mini";
import { type Act, actKinds, narrows } from "../src/acts/act.ts";
import type { Finding } from "../src/acts/entry.ts";
import type { Power } from "../src/acts/shapes.ts";
import type { Signer } from "../src/acts/statement.ts";
import { wanted } from "../src/rules/signing.ts";
import {
  type Procedure,
  ruled,
  signedBy,
  type State,
} from "./procedure-scenes.ts";
import { procedures } from "./procedure-states.ts";

const post = z.object({ post: z.string(), powers: z.array(z.string()) });
const foundingFile = z.object({
  act: z.object({
    posts: z.array(post),
    rulebook: z.object({ separated: z.array(z.string()) }),
  }),
});
const stepFile = z.array(
  z.object({ act: z.optional(z.looseObject({ kind: z.string() })) }),
);
type Post = z.infer<typeof post>;

/** Files of the demonstration that make posts. */
const FILES = [
  "2-people-and-machines",
  "4a-registrations",
  "5a-past-the-rules",
] as const;

/** docs/who-may-what.md: powers and posts from the rules and the demonstration, and of procedures what `decide` answers when it is asked. */
export function whoMayWhat(read: (path: string) => string): string {
  const { act: founding } = foundingFile.parse(
    JSON.parse(read("examples/office/genesis.json")),
  );
  const steps = FILES.flatMap((name) =>
    stepFile.parse(JSON.parse(read(`examples/office/${name}.json`))),
  );
  const posts = [
    ...founding.posts,
    ...steps.flatMap(({ act }) =>
      act?.kind === "post" ? [post.parse(act)] : [],
    ),
  ];
  return `${[
    "# Who may do what, and when",
    "",
    "Written by `node scripts/docs.mjs`: the first table from the rules about signing and from the posts of the demonstration, the others by",
    "asking `decide` about every act in every state of a procedure, signed by every post. A test holds this page against what is written.",
    "",
    "## Who signs",
    "",
    "The power that approves a kind of act, and the one that prepares it; in brackets the posts of the demonstration that have it. *Two persons*: its rulebook",
    "wants preparer and approver apart. *Narrows*: it ends or narrows something, and takes effect at every gateway within 60 seconds.",
    "",
    "| act | approved with | prepared with | two persons | narrows |",
    "|---|---|---|---|---|",
    ...actKinds.map((kind) => {
      const rule: {
        readonly approve: Power | "signer";
        readonly prepare?: Power;
      } = wanted[kind];
      const isApart = founding.rulebook.separated.includes(kind);
      return row(
        kind,
        rule.approve === "signer"
          ? "by whoever signed the entry"
          : power(posts, rule.approve),
        rule.prepare === undefined ? "" : power(posts, rule.prepare),
        isApart ? "yes" : "",
        narrows(kind) ? "yes" : "",
      );
    }),
    ...procedures.flatMap(tableOf),
  ].join("\n")}\n`;
}

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

function power(posts: readonly Post[], name: Power): string {
  const held = posts
    .filter(({ powers }) => powers.includes(name))
    .map((one) => one.post);
  return `\`${name}\` (${held.length === 0 ? "nobody" : held.join(", ")})`;
}

function tableOf({ name, states, acts }: Procedure): readonly string[] {
  const made = Object.entries(states).map(
    ([state, make]) => [state, make()] as const,
  );
  return [
    "",
    `## ${name}`,
    "",
    "In each state: the posts of the stories' office that may approve the act, in one form or another of its days and numbers; or the rule that refuses it to",
    "whoever has the power. Of an act that two posts approve, each of them is named.",
    "",
    row("act", ...made.map(([state]) => state)),
    `|${"---|".repeat(made.length + 1)}`,
    ...Object.entries(acts).map(([act, forms]) =>
      row(act, ...made.map(([, state]) => cellOf(state, forms(state.at)))),
    ),
  ];
}

function cellOf({ register, at }: State, forms: readonly Act[]): string {
  const posts = [...register.posts.keys()];
  const refusals: (readonly Finding[])[] = [];
  const may = posts.filter((approver) =>
    forms.some((act) =>
      signaturesBy(approver, posts, act).some((signers) => {
        const ruling = ruled(register, at, act, signers);
        if (ruling.outcome === "refused") refusals.push(ruling.findings);
        return ruling.outcome === "granted";
      }),
    ),
  );
  if (may.length > 0) return may.join(", ");
  // With the fewest findings: that of a signer against whom nothing else is to be said.
  const least = refusals.toSorted((a, b) => a.length - b.length)[0];
  return [...new Set(least?.map(({ rule }) => rule))].join(", ");
}

/** By a post alone, prepared by another, and, of what goes against a rule, beside a second one. */
function signaturesBy(
  approver: string,
  posts: readonly string[],
  { kind }: Act,
): readonly Signer[][] {
  const beside = kind === "override" ? posts : [undefined];
  return [undefined, ...posts].flatMap((preparer) =>
    beside.map((second) => signedBy(approver, preparer, second)),
  );
}
