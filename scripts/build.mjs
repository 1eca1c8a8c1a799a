import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { builtinModules } from "node:module";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import {
  filesIn,
  readIfThere,
  root,
  runScript,
  setup,
  sha256,
  Stop,
  withProgress,
} from "./setup.mjs";

const PROGRAMS = [
  // The command: its packages stay in node_modules.
  {
    entry: "src/cli/vitrine.ts",
    output: "vitrine.mjs",
    options: { packages: "external", sourcemap: true },
  },
  // What strangers run: one file without dependencies, small but still to be read.
  {
    entry: "src/cli/verify-main.ts",
    output: "vitrine-verify.mjs",
    options: {
      minifySyntax: true,
      minifyWhitespace: true,
      minifyIdentifiers: false,
      legalComments: "none",
    },
    alone: true,
  },
];
const MIGRATIONS = "src/store/migrations";
// Scripts of pages, read as they stand: the ledger's, written into its page, and those that ask for passkeys.
const PAGE_SCRIPTS = [
  "src/portal/ledger",
  "src/portal/account",
  "src/portal/desk",
];
// The verifying page: one file, its worker the audit itself.
const CHECK_PAGE = "vitrine-check.html";
const CHECK_SOURCES = "src/page";
const dist = join(root, "dist");

/** Builds dist/ when anything it is made from changed; returns what dist/build.json says. */
export async function build() {
  const source = hashOfSources();
  const before = readBuild();
  if (before?.source === source && stillThere(before)) return before;
  const { build: bundle } = await import("esbuild");
  fs.rmSync(join(dist, "build.json"), { force: true });
  fs.mkdirSync(dist, { recursive: true });
  const outputs = {};
  await withProgress("build", "dist/", async () => {
    for (const program of PROGRAMS) {
      if (!fs.existsSync(join(root, program.entry))) continue;
      await buildProgram(bundle, program);
      outputs[program.output] = sha256(
        fs.readFileSync(join(dist, program.output)),
      );
    }
    await buildCheckPage(bundle);
    outputs[CHECK_PAGE] = sha256(fs.readFileSync(join(dist, CHECK_PAGE)));
  });
  copyMigrations();
  copyPageScripts();
  const written = { source, outputs };
  fs.writeFileSync(
    join(dist, "build.json"),
    `${JSON.stringify(written, null, 2)}\n`,
  );
  return written;
}

async function buildProgram(bundle, { entry, output, options, alone }) {
  const outfile = join(dist, output);
  const unfinished = `${outfile}.new`;
  const { metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: unfinished,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    banner: { js: "#!/usr/bin/env node" },
    metafile: true,
    logLevel: "warning",
    ...options,
  }).catch(() => {
    throw new Stop(
      `Cannot build dist/${output} from ${entry}: esbuild names the reasons above`,
    );
  });
  if (alone) checkStandsAlone(metafile, entry);
  moveOver(unfinished, outfile);
  if (options.sourcemap)
    moveOver(`${unfinished}.map`, `${outfile}.map`, output);
  fs.chmodSync(outfile, 0o755);
}

/** A browser has no node: modules, and esbuild stops at the first: what the page runs is the audit with another cryptography. */
async function buildCheckPage(bundle) {
  const source = (name) => join(root, CHECK_SOURCES, name);
  const { outputFiles } = await bundle({
    absWorkingDir: root,
    entryPoints: [source("check-worker.ts")],
    bundle: true,
    write: false,
    platform: "browser",
    target: "es2022",
    format: "iife",
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: false,
    legalComments: "none",
    logLevel: "warning",
    plugins: [
      {
        name: "the browser's cryptography",
        setup: ({ onResolve }) =>
          onResolve({ filter: /\/store\/crypto\.ts$/ }, () => ({
            path: source("primitives.ts"),
          })),
      },
    ],
  }).catch(() => {
    throw new Stop(
      `Cannot build dist/${CHECK_PAGE}: esbuild names the reasons above`,
    );
  });
  const read = (name) => fs.readFileSync(source(name), "utf8");
  const page = read("check-page.html")
    .replace("/* the style */", () => read("check-page.css"))
    .replace("// the worker", () => inScript(outputFiles[0].text))
    .replace("// the script", () => inScript(read("check-page.mjs")));
  const policy = [
    "default-src 'none'",
    `script-src ${hashOfElement(page, "script")}`,
    `style-src ${hashOfElement(page, "style")}`,
    "worker-src blob:",
    "connect-src http: https:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const unfinished = join(dist, `${CHECK_PAGE}.new`);
  fs.writeFileSync(
    unfinished,
    page.replace("the policy", () => policy),
  );
  fs.renameSync(unfinished, join(dist, CHECK_PAGE));
}

/** Text that ends no script element before its end. */
const inScript = (text) => text.replace(/<(?=\/script|!--|script)/gi, "\\x3c");

/** As a Content-Security-Policy names what may stand in the page: the one element without attributes. */
function hashOfElement(page, name) {
  const [, text] = page.split(`<${name}>`);
  const digest = createHash("sha256").update(text.split(`</${name}>`)[0]);
  return `'sha256-${digest.digest("base64")}'`;
}

/** A program that runs while we build keeps the file it started with. */
function moveOver(unfinished, outfile) {
  const text = fs.readFileSync(unfinished, "utf8");
  fs.writeFileSync(
    unfinished,
    text.replace(/(\/\/# sourceMappingURL=.*)\.new\.map/, "$1.map"),
  );
  fs.renameSync(unfinished, outfile);
}

function checkStandsAlone(metafile, entry) {
  const outside = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .map(({ path }) => path)
    .filter(
      (path) => !path.startsWith("node:") && !builtinModules.includes(path),
    );
  if (outside.length === 0) return;
  throw new Stop(
    `Cannot build ${entry} as one file: it imports ${outside.join(", ")}, wanted only node: modules`,
  );
}

/** Code that reads `new URL("./migrations/", import.meta.url)` finds them beside its bundle as beside its source. */
function copyMigrations() {
  fs.rmSync(join(dist, "migrations"), { recursive: true, force: true });
  if (!fs.existsSync(join(root, MIGRATIONS))) return;
  fs.cpSync(join(root, MIGRATIONS), join(dist, "migrations"), {
    recursive: true,
  });
}

function copyPageScripts() {
  for (const path of PAGE_SCRIPTS.flatMap((one) => filesIn(join(root, one))))
    if (path.endsWith(".mjs"))
      fs.copyFileSync(path, join(dist, basename(path)));
}

function hashOfSources() {
  const files = [
    ...filesIn(join(root, "src")).filter((path) => !/\.test\.tsx?$/.test(path)),
    ...[
      "scripts/build.mjs",
      "package.json",
      "package-lock.json",
      "tsconfig.json",
    ].map((path) => join(root, path)),
  ];
  return sha256(
    files
      .map(
        (path) => `${sha256(fs.readFileSync(path))}  ${relative(root, path)}\n`,
      )
      .join(""),
  );
}

function readBuild() {
  const text = readIfThere(join(dist, "build.json"));
  return text === undefined ? undefined : JSON.parse(text);
}

const stillThere = ({ outputs }) =>
  Object.entries(outputs).every(([output, hash]) => {
    const path = join(dist, output);
    return fs.existsSync(path) && sha256(fs.readFileSync(path)) === hash;
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    await setup();
    const { outputs } = await build();
    for (const [output, hash] of Object.entries(outputs))
      console.log(`${hash}  dist/${output}`);
    return 0;
  });
}
