import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { documents } from "../scripts/vocabulary.ts";
import { filesOf, root, textOf } from "./files.ts";

const DOCUMENTS = /^(?:README|ARCHITECTURE|CHANGELOG)\.md$|^docs\/.*\.md$/;
const COMMAND = "dist/vitrine.mjs";

test("every relative link of the documents leads to a file", () => {
  const dead = filesOf(DOCUMENTS).flatMap((path) =>
    deadLinks(path, textOf(path)),
  );
  expect(dead).toEqual([]);
});

test("a dead link is seen, a link outside or within the page is none", () => {
  const text =
    "[a](gone.md) [b](https://example.org) [c](#part) [d](../package.json#x) [e](mailto:a@example.org)\n[f]: gone-too.md\n";
  expect(deadLinks("docs/page.md", text)).toEqual([
    "docs/page.md: gone.md",
    "docs/page.md: gone-too.md",
  ]);
});

test("every folder of src/ and every npm script that the documents name exists", () => {
  const unknown = filesOf(DOCUMENTS).flatMap((path) =>
    unknownNames(path, textOf(path)),
  );
  expect(unknown).toEqual([]);
});

test("a folder or an npm script that does not exist is seen", () => {
  const text =
    "In `src/attic/` lies what `npm run dust` and `npm test` find.\n";
  expect(unknownNames("README.md", text)).toEqual([
    "README.md: src/attic",
    "README.md: npm run dust",
  ]);
});

test("documents that are written from the sources are what would be written", () => {
  const written = documents(textOf);
  expect(Object.keys(written)).toContain("docs/who-may-what.md");
  for (const [path, text] of Object.entries(written))
    expect(textOf(path), `${path}: node scripts/docs.mjs`).toBe(text);
});

test("every vitrine command that the documents name is one that the program knows", ({
  skip,
}) => {
  if (!existsSync(join(root, COMMAND))) return skip(`${COMMAND} is not built`);
  const known = commandsIn(
    execFileSync(process.execPath, [join(root, COMMAND), "--help"], {
      encoding: "utf8",
    }),
  );
  if (known.size === 0) return skip(`${COMMAND} --help lists no commands yet`);
  const unknown = filesOf(DOCUMENTS).flatMap((path) =>
    commandsNamed(textOf(path))
      .filter((name) => !known.has(name))
      .map((name) => `${path}: vitrine ${name}`),
  );
  expect(unknown).toEqual([]);
});

test("commands are read from code and from help alike", () => {
  const text =
    "A vitrine holds glass. `vitrine verify URL`\n\n```\n$ npx --no-install vitrine gone --yes\n# vitrine wait 300\nvitrine --help\n```\n";
  expect(commandsNamed(text)).toEqual(["verify", "gone"]);
  const help =
    "Usage: vitrine [command]\n\nCommands:\n  demo [options]     starts\n  verify <url>       checks\n                     more about it\n  help [command]     display help\n";
  expect([...commandsIn(help)]).toEqual(["demo", "verify", "help"]);
});

function deadLinks(path: string, text: string): readonly string[] {
  const prose = text
    .replaceAll(/^```[^]*?^```/gm, "")
    .replaceAll(/`[^`\n]*`/g, "");
  const targets = [
    ...prose.matchAll(/\]\(\s*<?([^)\s>]+)|^\[[^\]]+\]:\s*(\S+)/gm),
  ].map(([, link, reference]) => link ?? reference ?? "");
  return targets
    .filter((target) => !/^(?:[a-z][a-z0-9+.-]*:|#|\/\/)/i.test(target))
    .filter((target) => {
      const file = decodeURI(target.replace(/[?#].*$/, ""));
      return !existsSync(join(root, posix.join(posix.dirname(path), file)));
    })
    .map((target) => `${path}: ${target}`);
}

function unknownNames(path: string, text: string): readonly string[] {
  const manifest: { scripts: Readonly<Record<string, string>> } = JSON.parse(
    textOf("package.json"),
  );
  const folders = [...text.matchAll(/\bsrc\/([a-z]+)(?=[/`\s)])/g)].map(
    ([name]) => name,
  );
  const scripts = [
    ...text.matchAll(/\bnpm (?:run (?!-)([a-z:-]+)|(start|test)\b)/g),
  ];
  return [
    ...folders.filter((name) => !existsSync(join(root, name))),
    ...scripts
      .filter(
        ([, named, short]) =>
          manifest.scripts[named ?? short ?? ""] === undefined,
      )
      .map(([name]) => name),
  ].map((name) => `${path}: ${name}`);
}

/** In prose a vitrine is a glass case; in code it is the program, but for comments. */
function commandsNamed(text: string): readonly string[] {
  const code = [...text.matchAll(/^```[^\n]*\n([^]*?)^```|`([^`\n]+)`/gm)].map(
    ([, block, inline]) => block ?? inline ?? "",
  );
  return code.flatMap((part) =>
    [...part.matchAll(/(?:^|[\s(])(?<!# )vitrine ([a-z][a-z-]*)/gm)].map(
      ([, name]) => name ?? "",
    ),
  );
}

function commandsIn(help: string): ReadonlySet<string> {
  const list = /^Commands:\n((?: .*\n|\n)*)/m.exec(help)?.[1] ?? "";
  return new Set(
    [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name]) => name ?? ""),
  );
}
