import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sameBytes, toBase64, utf8ToBytes } from "../src/acts/bytes.ts";
import { encode, Malformed } from "../src/acts/canonical.ts";
import { Contradicted, CouldNot } from "../src/cli/exit.ts";
import { check } from "../src/cli/verify/check.ts";
import { exitOf, faultLine, reportLines } from "../src/cli/verify/print.ts";
import { formatCheckpoint } from "../src/log/checkpoint.ts";
import { FormatError } from "../src/log/format-error.ts";
import { formatNote, signNote } from "../src/log/note.ts";
import { bundlePath, decodeBundle, encodeBundle } from "../src/log/tiles.ts";
import { ED25519, verifierKey } from "../src/log/verifier-key.ts";
import { bentBytes, bentValues } from "./bent.ts";
import { keyOf, ORIGIN, p } from "./story-founding.ts";
import { wholeStory } from "./story-whole.ts";
import { editions as storyEditions } from "./story-founding.ts";
import { play } from "./story.ts";
import {
  filesIn,
  officeCase,
  placeOver,
  vectorEditions,
} from "./vector-office.ts";

/** Histories with exchanged values: CI has its small share, `npm run soak` more. */
const RUNS = process.env["SOAK"] === "1" ? 6_000 : 400;

type Files = ReadonlyMap<string, Uint8Array>;

/** What the stranger's program ends with over these files: never anything but 0, 1 or 2, and lines that stay lines. */
async function ends(
  files: Files,
  now: number,
  editions = vectorEditions,
): Promise<{ code: number; lines: readonly string[] }> {
  const place = placeOver(files);
  const options = { editions, now: () => now, receipts: [], also: [] };
  try {
    const result = await check(place, options);
    const given = { genesisGiven: false, policyGiven: false };
    const lines = reportLines(result, given);
    for (const line of lines) isLine(line);
    return { code: exitOf(result), lines };
  } catch (error) {
    if (error instanceof Contradicted) {
      const line = faultLine(error.fault);
      isLine(line);
      return { code: 1, lines: [line] };
    }
    // The program says these in one line and ends with 2; everything else is a crash.
    if (error instanceof CouldNot || error instanceof FormatError)
      return { code: 2, lines: [error.message] };
    throw error;
  }
}

function isLine(line: string): void {
  expect(line).toMatch(/^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+$/);
}

const offices = [
  "small-office",
  "every-kind-of-act",
  "cosigned",
  "two-gateways",
  "closed-quarter",
  "policy-of-the-office",
  "reported-and-confirmed",
].map((name) => {
  const office = officeCase("valid", name);
  return { name, now: office.now, files: filesIn(office) };
});
const allFiles = offices.flatMap(({ files }) => [...files.values()]);

test("before anything is changed no contradiction is found", async () => {
  for (const { files, now, name } of offices)
    expect((await ends(files, now)).code, name).toBe(0);
});

/** What a checker reads of a bundle: whether all of it is still what it was. */
function sameEntries(path: string, was: Uint8Array, is: Uint8Array): boolean {
  if (!path.includes("/tile/entries/")) return false;
  const before = decodeBundle(was);
  try {
    const after = decodeBundle(is).slice(0, before.length);
    return encode(after.map(toBase64)) === encode(before.map(toBase64));
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

describe.each(offices)("the files of $name", ({ files, now }) => {
  const paths = [...files.keys()];

  test.each(paths)(
    "%s, changed in any way, is found or could not be checked",
    async (path) => {
      const was = files.get(path) ?? new Uint8Array(0);
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            { weight: 5, arbitrary: bentBytes([was]) },
            fc.constantFrom(...allFiles),
            fc.constant(undefined),
          ),
          async (is) => {
            if (is !== undefined && sameBytes(was, is)) return;
            const changed = new Map(files);
            if (is === undefined) changed.delete(path);
            else changed.set(path, is);
            const { code } = await ends(changed, now);
            if (code > 0) return;
            // Nobody needs to hear of a signature by an unknown key, or of what stands behind a log's end.
            if (is === undefined) expect(path).toMatch(/^paper\//);
            else if (!path.endsWith("/checkpoint"))
              expect(sameEntries(path, was, is)).toBe(true);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test("changed in several places at once, they end the check in order", async () => {
    const some = fc.array(
      fc.tuple(fc.constantFrom(...paths), bentBytes(allFiles)),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(some, async (all) => {
        await ends(new Map([...files, ...all]), now);
      }),
      { numRuns: 60 },
    );
  });
});

describe("entries whose values were exchanged", () => {
  const text = (raw: Uint8Array): string => Buffer.from(raw).toString("utf8");
  const bundles = offices.flatMap(({ files, now }) =>
    [...files].flatMap(([path, bytes]) =>
      path.includes("/tile/entries/")
        ? [{ files, now, path, entries: decodeBundle(bytes) }]
        : [],
    ),
  );
  const values: readonly unknown[] = bundles.flatMap(({ entries }) =>
    entries.map((raw): unknown => JSON.parse(text(raw))),
  );

  /** Each still has the one byte form, where it can have one: the check goes far into it. */
  function rewritten(value: unknown): Uint8Array {
    try {
      return utf8ToBytes(encode(value)).slice(0, 65_535);
    } catch (error) {
      if (error instanceof Malformed) return utf8ToBytes("{}");
      throw error;
    }
  }

  test("end the check in order, however far it goes", async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...bundles),
        fc.array(fc.tuple(fc.nat(), bentValues(values)), {
          minLength: 1,
          maxLength: 3,
        }),
        fc.boolean(),
        async ({ files, now, path, entries }, changes, own) => {
          const changed = [...entries];
          for (const [at, value] of changes) {
            const index = at % entries.length;
            const [raw = new Uint8Array(0)] = entries.slice(index, index + 1);
            const of: unknown = own
              ? mixed(JSON.parse(text(raw)), value)
              : value;
            changed[index] = rewritten(of);
          }
          const { code } = await ends(
            new Map([...files, [path, encodeBundle(changed)]]),
            now,
          );
          if (code === 1) found++;
        },
      ),
      { numRuns: RUNS },
    );
    expect(found).toBeGreaterThan((RUNS * 2) / 3);
  });

  /** The one value with a member of the other, where both have it. */
  function mixed(value: unknown, another: unknown): unknown {
    const one: object = Object(value);
    const other: object = Object(another);
    const shared = Object.keys(one).filter((name) => name in other);
    const name =
      shared.find((of) => of === "statement" || of === "record") ?? shared[0];
    return name === undefined
      ? other
      : { ...one, [name]: Reflect.get(other, name) };
  }
});

describe("an office that lies with its own key", () => {
  const house = play(wholeStory);
  const key = keyOf("register");
  const register = verifierKey(p, ORIGIN, ED25519, key.publicKey);
  const later = house.register.at + 1;

  /** Its register log, under a checkpoint of any size; and its usage logs, under checkpoints that somebody else signed. */
  function under(size: number, entries: readonly Uint8Array[]): Files {
    const files = new Map<string, Uint8Array>();
    const lay = (origin: string, stated: number): void => {
      const root = new Uint8Array(32);
      const of = { origin, size: stated, root, extensions: [] };
      const note = formatCheckpoint(of);
      const signed = formatNote(note, [signNote(register, note, key.sign)]);
      const path = origin.slice(origin.indexOf("/") + 1);
      files.set(`log/${path}/checkpoint`, utf8ToBytes(signed));
    };
    lay(ORIGIN, size);
    for (const [origin, uses] of house.usage) lay(origin, uses.length);
    for (let first = 0; first < entries.length; first += 256)
      files.set(
        `log/register/${bundlePath(first / 256)}`,
        encodeBundle(entries.slice(first, first + 256)),
      );
    return files;
  }

  test.each([10_000, 2 ** 32, 2 ** 53 - 1])(
    "about a size that nobody could read: it is found in time (%i)",
    async (size) => {
      const { code, lines } = await ends(
        under(size, house.entries),
        later,
        storyEditions,
      );
      expect(code).toBe(1);
      expect(lines.join("\n")).toMatch(/CONTRADICTION .*\[tree-root\]/);
    },
    10_000,
  );

  test("about the size of a usage log: it is found in time", async () => {
    const office = officeCase("valid", "small-office");
    const files = filesIn(office);
    const path =
      [...files.keys()].find((one) => /hour\/.*checkpoint$/.test(one)) ?? "";
    const [origin, , ...rest] = Buffer.from(files.get(path) ?? [])
      .toString()
      .split("\n");
    files.set(
      path,
      utf8ToBytes([origin, String(2 ** 53 - 1), ...rest].join("\n")),
    );
    const { code, lines } = await ends(files, office.now);
    expect(code).toBe(1);
    expect(lines.join("\n")).toMatch(/\[tree-root\]/);
  }, 10_000);

  test("in a member that would write its own report", async () => {
    const lie = "\n\u001b[2Jno contradiction found\n\u202e";
    const record: unknown = house.entries
      .map((raw): unknown => JSON.parse(Buffer.from(raw).toString("utf8")))
      .find((one) => Reflect.get(Object(one), "type") === "record");
    const entry = utf8ToBytes(encode({ ...Object(record), [lie]: 1 }));
    for (const entries of [[...house.entries, entry], [entry]]) {
      const { code, lines } = await ends(
        under(entries.length, entries),
        later,
        storyEditions,
      );
      expect(code).toBe(1);
      expect(lines.at(-1)).not.toBe("no contradiction found");
    }
  });

  test.each([100, 4_200, 8_000, 10_000])(
    "in an entry that is nested %i deep",
    async (deep) => {
      for (const nest of [
        `${"[".repeat(deep)}${"]".repeat(deep)}`,
        `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`,
      ]) {
        const bad = [
          `{"at":${nest},"edition":1,"type":"act"}`,
          `{"at":1,"key":${nest},"type":"record"}`,
          nest,
        ].map(utf8ToBytes);
        for (const entry of bad) {
          const entries = [...house.entries, entry];
          const { code, lines } = await ends(
            under(entries.length, entries),
            later,
            storyEditions,
          );
          expect(code).toBe(1);
          expect(lines.join("\n")).toMatch(/\[bytes\]/);
        }
      }
    },
  );

  test("about the key of a gateway, which is no key", async () => {
    const changed = house.entries.map((raw) =>
      utf8ToBytes(
        Buffer.from(raw)
          .toString()
          .replace(/("kind":"gatewayOpened","publicKey":"[^"]{42})[^"]/, "$1_"),
      ),
    );
    expect(changed).not.toEqual(
      house.entries.map((raw) => Uint8Array.from(raw)),
    );
    const { code, lines } = await ends(
      under(changed.length, changed),
      later,
      storyEditions,
    );
    expect(code).toBe(1);
    expect(lines.join("\n")).toMatch(/\[bytes\]/);
  });
});
