import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

export const root = join(import.meta.dirname, "..");

/** What is made, not written: git ignores it. */
const MADE = new Set([
  ".git",
  ".vitrine",
  "coverage",
  "demo",
  "dist",
  "node_modules",
]);

/** Every file of the repository that matches, as a path from its root with slashes, in order. */
export function filesOf(pattern: RegExp): readonly string[] {
  return everyFile(root)
    .map((path) => relative(root, path).split(sep).join("/"))
    .filter((path) => pattern.test(path))
    .toSorted();
}

export const textOf = (path: string): string =>
  readFileSync(join(root, path), "utf8");

export const isTest = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) || path.startsWith("test/");

/** The code without its comments and without what stands in its strings; line numbers stay. */
export function codeOf(text: string): string {
  // In this order: a string may hold slashes, a comment may hold quotes, a pattern may hold both.
  const parts =
    /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[^]*?\*\/|\/\/[^\n]*|(?<=[=(,:!&|?[]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\//g;
  return text.replace(parts, (part) => {
    if (part.startsWith("`"))
      return part.replaceAll(
        /\$\{([^}]*)\}|[^\n]/g,
        (_, inner: string | undefined) => ` ${inner ?? ""} `,
      );
    const lines = part.replaceAll(/[^\n]/g, "");
    return part.startsWith("/") ? lines || " " : `""${lines}`;
  });
}

/** The modules that a file names in import and export statements and in import(), with the whole statement. */
export function importsOf(
  text: string,
): readonly { readonly from: string; readonly statement: string }[] {
  const statements =
    /^[ \t]*(?:import|export)\s+(?:type\s+)?(?:[\w$*{}\s,]+?)\s*from\s*["']([^"']+)["']|^[ \t]*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/gm;
  return [...text.matchAll(statements)].map(
    ([statement, named, bare, dynamic]) => ({
      from: named ?? bare ?? dynamic ?? "",
      statement: statement.trim(),
    }),
  );
}

function everyFile(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (MADE.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return everyFile(path);
    return entry.isFile() ? [path] : [];
  });
}
