import * as z from "zod/mini";
import { actSchemas, type ActKind, narrows } from "../src/acts/act.ts";
import { registrationSchemas } from "../src/acts/registrations.ts";
import * as shapes from "../src/acts/shapes.ts";
import { lawfulSteps } from "../src/register/registrations.ts";
import { lawOf, law } from "../src/rules/law.ts";
import { evidenceOf } from "../src/rules/evidence.ts";
import { undecided } from "../src/rules/laws/undecided.ts";
import { onlyFlags } from "../src/rules/rows.ts";
import { wanted } from "../src/rules/signing.ts";
import { operatingPage } from "./settings-table.ts";
import { whoMayWhat } from "./who-may-what.ts";

/** Documents that are written from the schemas and the rules, and from the files that `read` gives: they cannot say something else. */
export function documents(
  read: (path: string) => string,
): Record<string, string> {
  return {
    "docs/spec/7-acts.md": acts(),
    "docs/law.md": laws(),
    "docs/registration-steps.md": registrationSteps(),
    "docs/who-may-what.md": whoMayWhat(read),
    "docs/operating.md": operatingPage(read("docs/operating.md")),
  };
}

/** By name: in which order a module gives its names is the bundler's affair. */
const named = Object.entries(shapes).toSorted(([a], [b]) => (a < b ? -1 : 1));
/** Some shapes have two names (a public key has the form of a hash): the first in the alphabet is shown. */
const names = new Map<unknown, string>();
for (const [name, value] of named)
  if (!names.has(value)) names.set(value, name);

function acts(): string {
  const lines = [
    "# 7. The vocabulary of edition 1",
    "",
    "Written by `node scripts/docs.mjs` from the schemas in `src/acts/`. A member with `?` may be absent. *narrows*: a granted",
    "act of this kind ends or narrows something; every usage log owes a head beyond it within 60 seconds,",
    "and one that is opened later rests on it from its first head on.",
    "",
    "`titles` (and `meanings` of a field) say the text of the member beside them again in other languages: each item names a",
    "language by its BCP 47 tag (`zh-Hans`: language, script, country or area; no variant and no extension), and no language stands twice.",
    "The member itself counts; no rule looks at what stands in other languages.",
    "",
    "Signed by: the power that *approves*, and the power that *prepares* where the rulebook separates the two.",
    "",
  ];
  for (const [kind, schema] of Object.entries(actSchemas)) {
    const rule: { approve: string; prepare?: string; holder?: true } =
      wanted[kind as ActKind];
    const signed = [
      rule.approve === "signer"
        ? "approved by whoever signed the entry"
        : `approved by \`${rule.approve}\``,
      ...(rule.prepare === undefined
        ? []
        : [`prepared by \`${rule.prepare}\``]),
      ...(rule.holder === true
        ? ["and by the new key itself, as `holder`"]
        : []),
    ];
    lines.push(
      `## ${kind}`,
      "",
      `${signed.join(", ")}${narrows(kind as ActKind) ? "; *narrows*" : ""}`,
      "",
    );
    lines.push("| member | shape |", "|---|---|", ...members(schema), "");
  }
  lines.push("## Choices", "", "| name | one of |", "|---|---|");
  for (const [name, value] of named) {
    const values = enumValues(value);
    if (values !== undefined)
      lines.push(
        `| ${name} | ${values.map((one) => `\`${one}\``).join(", ")} |`,
      );
  }
  return `${lines.join("\n")}\n`;
}

function members(schema: unknown, prefix = ""): string[] {
  const shape = defOf(schema)?.shape ?? {};
  return Object.entries(shape).flatMap(([name, member]) => {
    const { optional, inner } = unwrap(member);
    const label = `${prefix}${name}${optional ? "?" : ""}`;
    const nested =
      defOf(inner)?.type === "object" && names.get(inner) === undefined;
    if (nested)
      return [`| \`${label}\` | object |`, ...members(inner, `${label}.`)];
    const list =
      defOf(inner)?.type === "array" ? defOf(inner)?.element : undefined;
    if (
      list !== undefined &&
      defOf(list)?.type === "object" &&
      names.get(list) === undefined
    ) {
      return [
        `| \`${label}\` | ${describe(inner)} |`,
        ...members(list, `${label}[].`),
      ];
    }
    return [`| \`${label}\` | ${describe(inner)} |`];
  });
}

function describe(schema: unknown): string {
  const known = names.get(schema);
  if (known !== undefined) return known;
  const def = defOf(schema);
  switch (def?.type) {
    case "literal":
      return (def.values ?? [])
        .map((one) => `\`${JSON.stringify(one)}\``)
        .join(" or ");
    case "enum":
      return (enumValues(schema) ?? []).map((one) => `\`${one}\``).join(", ");
    case "array": {
      const checks = (def.checks ?? []).map((check) => check._zod.def);
      const min = checks.find((c) => c.check === "min_length")?.minimum ?? 0;
      const max =
        checks.find((c) => c.check === "max_length")?.maximum ?? "any number";
      return `list of ${min} to ${max}: ${describe(def.element)}`;
    }
    case "object":
      return "object";
    case "union":
      return (def.options ?? [])
        .map((one) => `{${Object.keys(defOf(one)?.shape ?? {}).join(", ")}}`)
        .join(" or ");
    default:
      return def?.type ?? "?";
  }
}

type Def = {
  readonly type: string;
  readonly shape?: Record<string, unknown>;
  readonly element?: unknown;
  readonly innerType?: unknown;
  readonly options?: readonly unknown[];
  readonly values?: readonly unknown[];
  readonly entries?: Record<string, string>;
  readonly checks?: readonly {
    _zod: { def: { check: string; minimum?: number; maximum?: number } };
  }[];
};

function defOf(schema: unknown): Def | undefined {
  return schema instanceof z.core.$ZodType ? schema._zod.def : undefined;
}

function unwrap(schema: unknown): { optional: boolean; inner: unknown } {
  const def = defOf(schema);
  return def?.type === "optional"
    ? { optional: true, inner: def.innerType }
    : { optional: false, inner: schema };
}

function enumValues(schema: unknown): readonly string[] | undefined {
  const def = defOf(schema);
  return def?.type === "enum" ? Object.values(def.entries ?? {}) : undefined;
}

const KINDS = ["computed", "by act", "by attested paper"] as const;

function laws(): string {
  const lines = [
    "# The rules of edition 1",
    "",
    "Written by `node scripts/docs.mjs` from `src/rules/laws/`. *Read*: `T` in the text of the rule itself (in a copy that is not",
    "authentic), `T-x` in an official excerpt, `X` in another binding text that repeats it, `S` in secondary sources only, `M` from general knowledge",
    "(these two flag and refuse nothing), `house` for Vitrine's own invariants and conventions. This is not legal advice.",
    "",
    ...coverage(),
    "",
    "## What they say",
    "",
    "| rule | says | 中文 | cites | read | decided | who loses when it is broken | next lawful step |",
    "|---|---|---|---|---|---|---|---|",
    ...Object.keys(law).map((rule) => {
      const {
        says,
        zh,
        cites,
        mark,
        next,
        harm = "",
        from,
        until,
      } = lawOf(rule);
      const force =
        from === undefined ? "" : ` (in force ${from} to ${until ?? ""})`;
      return `| ${rule} | ${says} | ${zh} | ${cites}${force} | ${mark} | ${evidenceOf(rule) ?? "facts missing"} | ${harm} | ${next} |`;
    }),
    "",
    "## What was read and is not decided",
    "",
    "| rule | where it stands | read | why |",
    "|---|---|---|---|",
    ...undecided.map(
      ([rule, cites, mark, why]) => `| ${rule} | ${cites} | ${mark} | ${why} |`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** How many rules of each jurisdiction are decided by what at their strongest. */
function coverage(): string[] {
  const counts = (["CN", "EU", "house"] as const).map((where) => {
    const rules = Object.keys(law).filter(
      (rule) => lawOf(rule).jurisdiction === where,
    );
    const by = KINDS.map(
      (kind) => rules.filter((rule) => evidenceOf(rule) === kind).length,
    );
    const others = undecided.filter(([rule]) => rule.startsWith(`${where}-`));
    const because = (which: string) =>
      others.filter(([, , , why]) => why === which).length;
    const cited = rules.filter((rule) => evidenceOf(rule) === undefined);
    const flagging = rules.filter((rule) => onlyFlags(rule)).length;
    return [
      where,
      ...by,
      because("by construction"),
      because("facts missing") + cited.length,
      because("sanction") + because("definition"),
      rules.length + others.length,
      flagging,
    ];
  });
  return [
    "## By what they are decided",
    "",
    "Each rule is counted once, by its strongest evidence. *Computed*: from dates, numbers and what stands in the register. *By act*: a signed act states it, and the rule",
    "reckons with what is stated. *By attested paper*: a paper stands beside the act by its digest. *By construction*: no act can break it. *Facts missing*: read, and not",
    "decided here. What is a mere yes or no in an act (a right is exclusive, a judge is from outside) is what its signers state, and no more.",
    "",
    "| law | computed | by act | by attested paper | by construction | facts missing | sanction or definition | in all | of these only flagged |",
    "|---|---|---|---|---|---|---|---|---|",
    ...counts.map((row) => `| ${row.join(" | ")} |`),
  ];
}

/** State by act: what is lawful in which state of a registration, and whose power it is. */
function registrationSteps(): string {
  const states = Object.entries(lawfulSteps);
  const going = states.filter(([, steps]) => steps.length > 0);
  const over = states.filter(([, steps]) => steps.length === 0);
  const kinds = Object.keys(
    registrationSchemas,
  ) as (keyof typeof registrationSchemas)[];
  const names = (list: typeof states) =>
    list.map(([state]) => `\`${state}\``).join(", ");
  const lines = [
    "# The steps of a registration",
    "",
    "Written by `node scripts/docs.mjs` from `src/register/registrations.ts`. *next*: what mostly comes next, and is named where an act is refused",
    "out of order; *may*: lawful too. Everything else is refused. Time and numbers are looked at besides ([rules.md](rules.md)).",
    "",
    `Over, and only followed by a new application: ${names(over)}.`,
    "",
    `| act | power | ${going.map(([state]) => state).join(" | ")} |`,
    `|---|---|${going.map(() => "---|").join("")}`,
    ...kinds
      .filter((kind) => kind !== "registrationApplied")
      .map((kind) => {
        const cells = going.map(([, steps]) =>
          steps[0] === kind ? "next" : steps.includes(kind) ? "may" : "",
        );
        return `| ${kind} | ${wanted[kind].approve} | ${cells.join(" | ")} |`;
      }),
  ];
  return `${lines.join("\n")}\n`;
}
