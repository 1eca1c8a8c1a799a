import { createHash } from "node:crypto";
import { createReadStream, promises as fs } from "node:fs";
import { isAbsolute, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import * as z from "zod/mini";
import { isMissing, writeWhole } from "../../store/durable.ts";
import { CouldNot } from "../exit.ts";
import { readAs } from "../read-as.ts";

const NAME = "manifest.json";
const DIGEST = "manifest.sha256";

const text = z.string("text");
const count = z.int("a whole number").check(z.minimum(0));
const sha256 = text.check(z.regex(/^[0-9a-f]{64}$/, "64 hex digits"));
/** Below the backup and nowhere else, whoever wrote the manifest. */
const path = text.check(z.refine(isBelow, "a path below the backup"));
const name = text.check(z.regex(/^[a-z][a-z_0-9]*$/, "a name of the schema"));

const file = z.strictObject({
  path,
  bytes: count,
  sha256,
  mode: z
    .int("a mode")
    .check(z.minimum(0o400, "a mode"), z.maximum(0o777, "a mode")),
});
const manifest = z.strictObject({
  vitrineBackup: z.literal(1, "1, the form of backup that this program reads"),
  origin: text,
  at: text,
  hasKeys: z.boolean("true or false"),
  /** Where the head of each log stood. */
  logs: z.array(z.strictObject({ log: text, size: count })),
  migrations: z.array(
    text.check(z.regex(/^[0-9]{3}-[a-z-]+\.sql$/, "the name of a migration")),
  ),
  tables: z.array(z.strictObject({ name, columns: z.array(name), path })),
  files: z.array(file),
});
export type Manifest = z.infer<typeof manifest>;
export type BackedUp = z.infer<typeof file>;

/** What lies in the office's folder is below this in a backup, and its tables below the other. */
export const FOLDER = "folder";
export const DATABASE = "database";

function isBelow(one: string): boolean {
  return (
    !isAbsolute(one) &&
    normalize(one) === one &&
    !one.split("/").includes("..") &&
    !one.includes("\0") &&
    (one.startsWith(`${FOLDER}/`) || one.startsWith(`${DATABASE}/`))
  );
}

/** Written last: a backup without it was never finished. Gives its digest. */
export async function writeManifest(
  out: string,
  written: Manifest,
): Promise<string> {
  const bytes = Buffer.from(`${JSON.stringify(written, null, 1)}\n`);
  const digest = createHash("sha256").update(bytes).digest("hex");
  await writeWhole(join(out, DIGEST), `${digest}  ${NAME}\n`, { mode: 0o600 });
  await writeWhole(join(out, NAME), bytes, { mode: 0o600 });
  return digest;
}

export async function readManifest(out: string): Promise<Manifest> {
  const [bytes, digest] = await Promise.all(
    [NAME, DIGEST].map((one) => readOf(out, one)),
  );
  if (bytes === undefined || digest === undefined)
    throw new CouldNot(
      `Cannot restore ${out}: it has no ${bytes === undefined ? NAME : DIGEST}, so it is no backup or was never finished`,
    );
  const own = createHash("sha256").update(bytes).digest("hex");
  if (digest.toString("utf8") !== `${own}  ${NAME}\n`)
    throw new CouldNot(
      `Cannot restore ${out}: ${NAME} is not what ${DIGEST} says, so the backup is damaged`,
    );
  return readAs(manifest, JSON.parse(bytes.toString("utf8")), join(out, NAME));
}

async function readOf(out: string, name: string): Promise<Buffer | undefined> {
  return fs.readFile(join(out, name)).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

/** Every file that is not as the manifest says, in words. */
export async function damageIn(
  out: string,
  { files }: Manifest,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const one of files) {
    const full = join(out, one.path);
    const there = await fs.stat(full).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    if (there === undefined) found.push(`${one.path} is missing`);
    else if (there.size !== one.bytes)
      found.push(
        `${one.path} has ${there.size} bytes, the manifest says ${one.bytes}`,
      );
    else if ((await digestOf(full)) !== one.sha256)
      found.push(`${one.path} has other bytes than the manifest says`);
  }
  return found;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}
