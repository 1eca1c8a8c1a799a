import { execFile } from "node:child_process";
import { chownSync, lchownSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const NOBODY = 65534;

/** How to start a PostgreSQL program so that it accepts the account it runs under. */
export type Account = {
  /** The account of the data folder, when it is not ours. */
  readonly uid: number | undefined;
  readonly command: (
    program: string,
    args: readonly string[],
  ) => readonly [string, readonly string[]];
  readonly spawnAs: { readonly uid?: number; readonly gid?: number };
};

/**
 * PostgreSQL refuses to run as root. As root we start it under another number, with the one right to pass by file
 * permissions: a data folder and node_modules below folders that are closed to all but root stay where they are.
 * Wherever setpriv exists the server also gets an interrupt, its fast shutdown, when the thread that started it ends.
 */
export async function accountFor(
  data: string,
  program: string,
): Promise<Account> {
  if (process.getuid?.() !== 0) {
    const flags = ["--pdeathsig", "INT"];
    return {
      uid: undefined,
      command: (await canSetpriv(flags)) ? through(flags) : plain,
      spawnAs: {},
    };
  }
  const uid = ownerOf(data);
  const flags = [
    ...[
      "--reuid",
      String(uid),
      "--regid",
      String(uid),
      "--clear-groups",
      "--pdeathsig",
      "INT",
    ],
    ...["--inh-caps=+dac_override", "--ambient-caps=+dac_override"],
    // Without this access(2), by which initdb looks for postgres, ignores the right just given.
    "--securebits=+no_setuid_fixup",
  ];
  if (await canSetpriv(flags))
    return { uid, command: through(flags), spawnAs: {} };
  await checkReach(uid, dirname(data), program);
  return { uid, command: plain, spawnAs: { uid, gid: uid } };
}

/** Hands the folder, and when it comes from elsewhere all that is in it, to the account that will run on it. */
export function giveTo({ uid }: Account, folder: string): void {
  if (uid === undefined || statSync(folder).uid === uid) return;
  for (const entry of readdirSync(folder, {
    recursive: true,
    withFileTypes: true,
  })) {
    lchownSync(join(entry.parentPath, entry.name), uid, uid);
  }
  chownSync(folder, uid, uid);
}

/** A folder that another account made keeps it; a copy that root brought back from a backup does not stay root's. */
function ownerOf(data: string): number {
  const uid = statSync(data, { throwIfNoEntry: false })?.uid ?? 0;
  return uid === 0 ? NOBODY : uid;
}

const plain: Account["command"] = (program, args) => [program, args];

function through(flags: readonly string[]): Account["command"] {
  return (program, args) => ["setpriv", [...flags, "--", program, ...args]];
}

async function checkReach(
  uid: number,
  folder: string,
  program: string,
): Promise<void> {
  try {
    const reach = ["-c", 'cd "$0" && "$1" --version', folder, program];
    await promisify(execFile)("/bin/sh", reach, { uid, gid: uid });
  } catch (cause) {
    throw new Error(
      `Cannot run PostgreSQL as root: account ${uid} cannot reach ${folder} or ${program}, ` +
        "wanted setpriv (util-linux) with leave to pass rights on, or folders open to all",
      { cause },
    );
  }
}

async function canSetpriv(flags: readonly string[]): Promise<boolean> {
  try {
    await promisify(execFile)("setpriv", [...flags, "--", "true"]);
    return true;
  } catch {
    // Not Linux, a busybox, or a container that may not give rights away.
    return false;
  }
}
