import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromBase64url, toBase64url, utf8ToBytes } from "../src/acts/bytes.ts";
import { digestOf, type Place } from "../src/cli/verify/place.ts";
import { bundlePath, encodeBundle } from "../src/log/tiles.ts";
import { primitives } from "../src/store/crypto.ts";

type LogCase = {
  readonly log?: string;
  readonly origin?: string;
  readonly entries: readonly string[];
  readonly checkpoint: string;
};
/** A whole office as vectors/README.md describes it. */
export type OfficeCase = {
  readonly about: string;
  readonly now: number;
  readonly register: LogCase;
  readonly usage: readonly LogCase[];
  readonly remembered?: readonly string[];
  readonly policy?: string;
  readonly papers?: Readonly<Record<string, string>>;
  readonly receipts?: readonly unknown[];
  readonly expect: {
    readonly findings: readonly string[];
    readonly conclusion?: string;
  };
};

export const vectorEditions: ReadonlyMap<number, string> = new Map([
  [1, toBase64url(primitives.sha256(utf8ToBytes("vitrine-test-edition")))],
]);
export const vectors = new URL("../vectors/", import.meta.url).pathname;

export function officesIn(kind: "valid" | "invalid"): readonly string[] {
  return readdirSync(join(vectors, kind))
    .filter((name) => name.endsWith(".json") && name !== "bytes.json")
    .map((name) => name.replace(/\.json$/, ""));
}

export function officeCase(kind: "valid" | "invalid", name: string) {
  return JSON.parse(
    readFileSync(join(vectors, kind, `${name}.json`), "utf8"),
  ) as OfficeCase;
}

/** The office's files, as it serves them. */
export function placeOf(office: OfficeCase): Place {
  return placeOver(filesIn(office));
}

export function placeOver(files: ReadonlyMap<string, Uint8Array>): Place {
  return {
    name: "vector",
    read: (path) => Promise.resolve(files.get(path)),
    digest: async (path, bytesMax) => {
      const bytes = files.get(path);
      return bytes === undefined ? undefined : digestOf([bytes], bytesMax);
    },
  };
}

export function filesIn({
  register,
  usage,
  papers,
}: OfficeCase): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const office = (register.origin ?? "").replace(/\/register$/, "");
  const lay = (path: string, log: LogCase): void => {
    files.set(`log/${path}/checkpoint`, Buffer.from(log.checkpoint));
    const entries = log.entries.map(fromBase64url);
    const size = Number(log.checkpoint.split("\n")[1]);
    for (let first = 0; first < entries.length; first += 256) {
      const width = Math.min(256, size - first);
      if (width > 0)
        files.set(
          `log/${path}/${bundlePath(first / 256, width)}`,
          encodeBundle(entries.slice(first, first + 256)),
        );
    }
  };
  lay("register", register);
  for (const log of usage) lay((log.log ?? "").slice(office.length + 1), log);
  for (const [hex, bytes] of Object.entries(papers ?? {}))
    files.set(`paper/${hex}`, fromBase64url(bytes));
  return files;
}
