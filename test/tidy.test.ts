import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { codeOf, filesOf, isTest, root, textOf } from "./files.ts";

/**
 * What src/ says `as` to the compiler, as often as it does today, and what the linter is told to overlook. Each of
 * these numbers may only fall: whoever removes one lowers it here.
 */
const ASSERTIONS_MAX = 10;
const SUPPRESSIONS_MAX = 2;

const LINES_MAX = 400;
const CODE =
  /^(?:src|test|scripts|bench)\/.*\.(?:tsx?|mjs)$|^[^/]*\.config\.ts$/;
const PURE_CODE =
  /^src\/(?:acts|log|register|rules|uses|audit|reports)\/.*\.ts$/;
const WRITTEN =
  /(?:^|\/)[^/]*\.(?:tsx?|mjs|json|md|sql|html|css|sh|yaml|yml|txt)$|(?:^|\/)(?:run|LICENSE|\.gitignore|\.npmrc)$/;

/** Their answers change with the machine, the moment or the language (style.md, "The core, fenced by the compiler"). */
const WORLD: readonly (readonly [string, RegExp])[] = [
  ["Date", /\bDate\b/],
  ["Math.random", /\bMath\s*\.\s*random\b/],
  ["Intl", /\bIntl\b/],
  ["toLocale…", /\.\s*toLocale\w*/],
  ["localeCompare", /\.\s*localeCompare\b/],
  ["normalize", /\.\s*normalize\s*\(/],
  ["case folding", /\.\s*to(?:Lower|Upper)Case\b/],
  ["performance", /(?<![.\w])performance\b/],
  ["process", /(?<![.\w])process\s*[.[]/],
  ["globalThis", /\bglobalThis\b/],
];

// Put together here, so that this file holds none of them.
const UNFINISHED = new RegExp(
  `\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b`,
);
const MACHINE_PATH = /(?:^|[\s"'`(=:])\/(?:root|home|Users|work)\/[\w.]/m;
const REGISTRY = new RegExp(
  [
    "registry" + "\\.(?:npmjs|yarnpkg)",
    "npm" + "js\\.(?:org|com)",
    "npm" + "mirror",
  ].join("|"),
);
const FOCUSED = /\b(?:test|it|describe|suite)(?:\.\w+)*\.only\b/;
const EMPTY_NAME =
  /(?:^|[-_.])(?:manager|service|helper|util|utility)s?(?=[-_.])/i;

test("no file is longer than 400 lines", () => {
  expect(
    filesOf(CODE).filter(
      (path) => textOf(path).split("\n").length > LINES_MAX + 1,
    ),
  ).toEqual([]);
});

test("the pure folders do not ask the world", () => {
  expect(
    filesOf(PURE_CODE)
      .filter((path) => !isTest(path))
      .flatMap((path) => asked(path, textOf(path))),
  ).toEqual([]);
});

test.each([
  ["const now = Date.now();", "Date"],
  ["const at = new Date(0);", "Date"],
  ["const x = `${Math.random()}`;", "Math.random"],
  ["names.sort((a, b) => a.localeCompare(b));", "localeCompare"],
  ["const a = name\n  .toLowerCase();", "case folding"],
  ["const text = name.normalize('NFC');", "normalize"],
  ["const money = fee.toLocaleString();", "toLocale…"],
  ["const home = process.env['HOME'];", "process"],
  ['const pattern = /"/; const at = new Date();', "Date"],
])("a question to the world is seen: %s", (text, name) => {
  expect(asked("src/acts/a.ts", text)).toEqual([`src/acts/a.ts asks ${name}`]);
});

test.each([
  "// not the Date of today",
  "/* Intl\n */ const a = 1;",
  'const said = "process.env";',
  "const said = `a Date`;",
])("words about the world are none: %s", (text) => {
  expect(asked("src/acts/a.ts", text)).toEqual([]);
});

test("type assertions and suppressions do not grow", async () => {
  const assertions = await assertionsIn("src");
  expect(
    assertions.length,
    `type assertions in src/:\n${assertions.join("\n")}`,
  ).toBeLessThanOrEqual(ASSERTIONS_MAX);
  const suppressions = filesOf(CODE).flatMap((path) =>
    suppressionsIn(path, textOf(path)),
  );
  expect(suppressions.length, suppressions.join("\n")).toBeLessThanOrEqual(
    SUPPRESSIONS_MAX,
  );
});

test("a suppression says why", () => {
  const silent = filesOf(CODE).flatMap((path) =>
    suppressionsIn(path, textOf(path)).filter((line) => !/ -- \S/.test(line)),
  );
  expect(silent).toEqual([]);
});

test("an assertion of every kind is counted, a constant is not one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-tidy-"));
  try {
    writeFileSync(
      join(folder, "a.tsx"),
      `const a = JSON.parse("1") as number;\nconst b = [1] as const;\nconst c = <p>as it is</p>;\n`,
    );
    writeFileSync(
      join(folder, "b.ts"),
      `import { a as b } from "./a.tsx";\nconst c = <number>b;\nconst d = b! satisfies number;\n`,
    );
    expect(await assertionsIn(folder)).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every export has a name, and no file only passes on", () => {
  const found = filesOf(/^(?:src|test)\/.*\.tsx?$/).filter((path) =>
    /^\s*export\s+default\b/m.test(codeOf(textOf(path))),
  );
  expect(found).toEqual([]);
  expect(filesOf(/(?:^|\/)index\.(?:tsx?|mjs)$/)).toEqual([]);
});

test("a file is named after what it is about", () => {
  const found = filesOf(/^(?:src|test|scripts|bench)\//).filter((path) =>
    EMPTY_NAME.test(posix.basename(path)),
  );
  expect(found).toEqual([]);
  expect(
    EMPTY_NAME.test("fee-helpers.ts") &&
      EMPTY_NAME.test("utils.ts") &&
      !EMPTY_NAME.test("servicepoint.ts"),
  ).toBe(true);
});

test("nothing unfinished, no focused test", () => {
  expect(filesOf(CODE).filter((path) => UNFINISHED.test(textOf(path)))).toEqual(
    [],
  );
  const focused = filesOf(/\.test\.tsx?$/).filter((path) =>
    FOCUSED.test(codeOf(textOf(path))),
  );
  expect(focused).toEqual([]);
  expect(
    FOCUSED.test("test.only(") && FOCUSED.test("describe.concurrent.only("),
  ).toBe(true);
});

test("no file names a place on a developer's machine or the host of a package registry", () => {
  const files = filesOf(WRITTEN).filter((path) => !path.startsWith("vectors/"));
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((path) => MACHINE_PATH.test(textOf(path)))).toEqual([]);
  expect(files.filter((path) => REGISTRY.test(textOf(path)))).toEqual([]);
  expect(/"resolved"/.test(textOf("package-lock.json"))).toBe(false);
});

test("every control of docs/threats.md names a test that exists, or says that it is not yet there", ({
  skip,
}) => {
  const path = "docs/threats.md";
  if (!existsSync(join(root, path))) return skip(`${path} is not written yet`);
  const known = new Set(filesOf(/\.test\.tsx?$/));
  const titles = [...known].map(textOf).join("\n");
  expect(tableRows(textOf(path)).length).toBeGreaterThan(0);
  expect(untested(textOf(path), known, titles)).toEqual([]);
});

test("a threat whose test is gone is seen", () => {
  const table =
    "| threat | control | where | test |\n|---|---|---|---|\n| a | b | c | `src/gone.test.ts` |\n| d | e | f | `here` |\n| g | h | i | not yet |\n| j | k | l | |\n";
  expect(untested(table, new Set(), 'test("here", …)')).toEqual([
    "a: src/gone.test.ts",
    "j: no test is named",
  ]);
});

function asked(path: string, text: string): readonly string[] {
  const code = codeOf(text);
  return WORLD.filter(([, pattern]) => pattern.test(code)).map(
    ([name]) => `${path} asks ${name}`,
  );
}

/** One line each. The linter parses; words in comments, strings and JSX are not counted. */
async function assertionsIn(folder: string): Promise<readonly string[]> {
  const settings = mkdtempSync(join(tmpdir(), "vitrine-oxlint-"));
  try {
    const config = join(settings, "oxlintrc.json");
    writeFileSync(
      config,
      JSON.stringify({
        plugins: ["typescript"],
        categories: { correctness: "off" },
        rules: {
          "typescript/consistent-type-assertions": [
            "error",
            { assertionStyle: "never" },
          ],
          "typescript/no-non-null-assertion": "error",
          "typescript/no-explicit-any": "error",
        },
      }),
    );
    const args = [
      "-c",
      config,
      "--disable-nested-config",
      "--no-ignore",
      "--format",
      "unix",
      folder,
    ];
    const output = await oxlint(args);
    return output
      .split("\n")
      .filter(
        (line) => line.includes("[Error/") && !/\.test\.tsx?:/.test(line),
      );
  } finally {
    rmSync(settings, { recursive: true });
  }
}

/** Its exit code says only that there was something to report. */
function oxlint(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const program = join(root, "node_modules", ".bin", "oxlint");
    execFile(program, [...args], { cwd: root }, (error, output, problems) => {
      if (error !== null && !/^\d+ problems?$/m.test(output))
        reject(new Error(`Cannot run oxlint: ${problems}${output}`));
      else resolve(output);
    });
  });
}

function suppressionsIn(path: string, text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) =>
      /(?:\/\/|\/\*)\s*(?:oxlint-disable|eslint-disable|@ts-\w|prettier-ignore)/.test(
        line,
      ),
    )
    .map((line) => `${path}: ${line.trim()}`);
}

function untested(
  text: string,
  files: ReadonlySet<string>,
  titles: string,
): readonly string[] {
  return tableRows(text).flatMap((cells) => {
    const [threat = "", last = ""] = [cells.at(0), cells.at(-1)];
    if (/^not yet\b/.test(last)) return [];
    const named = [...last.matchAll(/`([^`]+)`/g)].map(
      ([, name]) => name ?? "",
    );
    if (named.length === 0) return [`${threat}: no test is named`];
    const gone = named.filter((name) =>
      /\.tsx?$/.test(name) ? !files.has(name) : !titles.includes(name),
    );
    return gone.map((name) => `${threat}: ${name}`);
  });
}

/** The cells of every row below a table's head. */
function tableRows(text: string): readonly (readonly string[])[] {
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const isRow =
      line.startsWith("|") &&
      !/^\|[\s:|-]+\|$/.test(line) &&
      !/^\|[\s:|-]+\|$/.test(lines[index + 1] ?? "");
    return isRow
      ? [
          line
            .split("|")
            .slice(1, -1)
            .map((cell) => cell.trim()),
        ]
      : [];
  });
}
