import { posix } from "node:path";
import { expect, test } from "vitest";
import { filesOf, importsOf, isTest, textOf } from "./files.ts";

/** Design, section 10: pure folders in reading order; each may import those before it. */
const PURE = [
  "acts",
  "log",
  "register",
  "rules",
  "uses",
  "audit",
  "reports",
] as const;

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    PURE.map((folder, index) => [folder, PURE.slice(0, index)]),
  ),
  store: ["acts", "log"],
  engine: ["acts", "uses", "audit"],
  gateway: [...PURE, "store", "engine"],
  office: [...PURE, "store", "engine"],
  accounts: [...PURE, "store"],
  portal: [...PURE, "gateway", "office", "accounts"],
  cli: [...PURE, "store", "engine", "gateway", "office", "accounts", "portal"],
  page: [...PURE, "cli"],
};

const PURE_PACKAGES = /^(?:zod|@noble\/[^/]+|@scure\/[^/]+)$/;
const PUBLIC = "src/verify.ts";

test("every import of src/ follows the order of the folders", () => {
  expect(sources().flatMap((path) => breaches(path, textOf(path)))).toEqual([]);
});

test("only src/verify.ts re-exports", () => {
  const found = sources().filter(
    (path) => path !== PUBLIC && reExports(textOf(path)),
  );
  expect(found).toEqual([]);
});

test("packages that src/ imports are dependencies, not development dependencies", () => {
  const manifest: { dependencies: object } = JSON.parse(textOf("package.json"));
  const known = new Set(Object.keys(manifest.dependencies));
  const shipped = sources().filter((path) => !path.endsWith(".sample.ts"));
  const found = shipped.flatMap((path) =>
    importsOf(textOf(path))
      .map(({ from }) => from)
      .filter(
        (from) =>
          !from.startsWith(".") &&
          !from.startsWith("node:") &&
          !known.has(packageOf(from)),
      )
      .map((from) => `${path} imports ${from}`),
  );
  expect(found).toEqual([]);
});

test.each([
  [
    "src/acts/a.ts",
    `import { b } from "../log/b.ts";`,
    "acts may not import log",
  ],
  [
    "src/rules/a.ts",
    `import {\n  b,\n} from "../uses/b.ts";`,
    "rules may not import uses",
  ],
  [
    "src/rules/a.ts",
    `import type { B } from "../audit/b.ts";`,
    "rules may not import audit",
  ],
  [
    "src/engine/a.ts",
    `const b = await import("../store/b.ts");`,
    "engine may not import store",
  ],
  [
    "src/office/a.ts",
    `import "../portal/b.ts";`,
    "office may not import portal",
  ],
  [
    "src/portal/a.tsx",
    `import { b } from "../store/b.ts";`,
    "portal may not import store",
  ],
  [
    "src/gateway/a.ts",
    `import { b } from "../cli/b.ts";`,
    "gateway may not import cli",
  ],
  [
    "src/verify.ts",
    `export { b } from "./store/b.ts";`,
    "verify.ts may not import store",
  ],
  [
    "src/log/a.ts",
    `import { readFile } from "node:fs";`,
    "a pure folder may not import node:fs",
  ],
  [
    "src/log/a.ts",
    `import { hash } from "hash-wasm";`,
    "a pure folder may not import hash-wasm",
  ],
  ["src/cli/a.ts", `import { b } from "../../test/b.ts";`, "leaves src"],
  ["src/new/a.ts", `export const b = 1;`, "src/new has no place in the order"],
  ["src/a.ts", `export const b = 1;`, "only verify.ts lies beside the folders"],
])("a breach in %s is seen: %s", (path, text, said) => {
  expect(breaches(path, text).join()).toContain(said);
});

test.each([
  `export { a } from "./a.ts";`,
  `export * from "./a.ts";`,
  `export * as a from "./a.ts";`,
  `export type { A } from "./a.ts";`,
  `import { a, type B } from "./a.ts";\nexport { a };`,
  `import { a as b } from "./a.ts";\nexport { c, b as d };`,
])("a re-export is seen: %s", (text) => {
  expect(reExports(text)).toBe(true);
});

test.each([
  `import { a } from "./a.ts";\nexport const b = a;`,
  `const a = 1;\nexport { a };`,
])("what is made here is no re-export: %s", (text) => {
  expect(reExports(text)).toBe(false);
});

/** Tests stand beside what they test and end in an audit, so the order does not bind them. */
function sources(): readonly string[] {
  return filesOf(/^src\/.*\.tsx?$/).filter((path) => !isTest(path));
}

function breaches(path: string, text: string): readonly string[] {
  const folder = folderOf(path);
  if (folder === undefined && path !== PUBLIC)
    return [`${path}: only verify.ts lies beside the folders`];
  const allowed = folder === undefined ? PURE : MAY_IMPORT[folder];
  if (allowed === undefined)
    return [`${path}: src/${folder} has no place in the order`];
  const pure = folder === undefined || PURE.some((name) => name === folder);
  return importsOf(text).flatMap(({ from }) => {
    if (!from.startsWith(".")) {
      return pure && !PURE_PACKAGES.test(packageOf(from))
        ? [`${path}: a pure folder may not import ${from}`]
        : [];
    }
    const target = posix.join(posix.dirname(path), from);
    if (!target.startsWith("src/")) return [`${path}: ${from} leaves src`];
    const other = folderOf(target);
    if (other === folder) return [];
    if (other !== undefined && allowed.some((name) => name === other))
      return [];
    return [
      `${path}: ${folder ?? "verify.ts"} may not import ${other ?? target}`,
    ];
  });
}

function folderOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

function packageOf(from: string): string {
  return from
    .split("/")
    .slice(0, from.startsWith("@") ? 2 : 1)
    .join("/");
}

function reExports(text: string): boolean {
  const statements = importsOf(text);
  if (statements.some(({ statement }) => statement.startsWith("export")))
    return true;
  const imported = new Set(
    statements.flatMap(({ statement }) =>
      names(/\{([^}]*)\}/.exec(statement)?.[1], "last"),
    ),
  );
  const exported = [
    ...text.matchAll(/^export\s+(?:type\s+)?\{([^}]*)\}/gm),
  ].flatMap(([, list]) => names(list, "first"));
  return exported.some((name) => imported.has(name));
}

/** Of `a, type B, c as d`: the names inside an import are the last words, those inside an export the first. */
function names(
  list: string | undefined,
  side: "first" | "last",
): readonly string[] {
  return (list ?? "")
    .split(",")
    .map((part) =>
      part
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s+as\s+/),
    )
    .flatMap((words) => words.at(side === "first" ? 0 : -1) ?? [])
    .filter((name) => name !== "");
}
