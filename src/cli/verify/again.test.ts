import { expect, test } from "vitest";
import {
  filesIn,
  officeCase,
  placeOf,
  placeOver,
  vectorEditions,
} from "../../../test/vector-office.ts";
import { must } from "../../../test/story-founding.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { leafHash } from "../../log/hash.ts";
import { emptyNodes } from "../../log/nodes.ts";
import { formatNote, parseNote } from "../../log/note.ts";
import { decodeBundle, encodeBundle } from "../../log/tiles.ts";
import { primitives } from "../../store/crypto.ts";
import { EXIT } from "../exit.ts";
import { growTo } from "./catch-up.ts";
import { check, type CheckOptions } from "./check.ts";
import type { Place } from "./place.ts";
import { exitOf, reportLines } from "./print.ts";

/** How a check ends, and what it says. */
async function ends(
  place: Place,
  now: number,
  more: Partial<CheckOptions> = {},
) {
  const result = await check(place, {
    editions: vectorEditions,
    now: () => now,
    receipts: [],
    also: [],
    ...more,
  });
  const lines = reportLines(result, { genesisGiven: true, policyGiven: false });
  const codes = result.faults.kept.map(({ code }) => code);
  return { exit: exitOf(result), codes, said: lines.join("\n"), result };
}

const kept = officeCase("valid", "log-dropped-and-kept-elsewhere");
const USAGE = /^log\/gate-1\/minute\/.*\/entries\//;

test("a use that is shown when the log is read again, and was not there when it was decided, is not believed", async () => {
  const files = filesIn(kept);
  const name = must([...files.keys()].find((path) => USAGE.test(path)));
  const entries = decodeBundle(must(files.get(name)));
  const last = Buffer.from(must(entries.at(-1))).toString();
  const never = Buffer.from(last.replace('"charge":50', '"charge":99'));
  const leaf = toBase64url(leafHash(primitives, never));
  const forged = encodeBundle([...entries.slice(0, -1), never]);
  const honest = placeOver(files);
  let reads = 0;
  const forging: Place = {
    ...honest,
    read: async (path) =>
      path === name && ++reads > 1 ? forged : honest.read(path),
  };
  const asked = { entries: [{ leaf }] };
  expect((await ends(honest, kept.now, asked)).said).toContain(
    `${leaf} is in no log that is shown`,
  );
  await expect(ends(forging, kept.now, asked)).rejects.toThrow(
    "its entries from 0 on were others when they were read again",
  );
});

/** The office, of whose usage log something goes away when its checkpoint has been read. */
function losing(office: typeof kept, which: RegExp): Place {
  const files = filesIn(office);
  const place = placeOver(files);
  return {
    ...place,
    read: async (path) => {
      const bytes = await place.read(path);
      if (/^log\/gate-1\/minute\/.*\/checkpoint$/.test(path))
        for (const name of [...files.keys()])
          if (which.test(name)) files.delete(name);
      return bytes;
    },
  };
}

test.each([/^log\/gate-1\/minute/, USAGE])(
  "a log that is dropped while it is checked is gone, and contradicts nothing (%s)",
  async (which) => {
    const { exit, codes, result } = await ends(losing(kept, which), kept.now);
    expect(codes).toEqual([]);
    expect(exit).toBe(EXIT.done);
    expect(result.dropped).toHaveLength(1);
  },
);

test("one whose entries go away without a record is contradicted", async () => {
  const office = officeCase("valid", "priced-uses");
  const { codes } = await ends(losing(office, USAGE), office.now);
  expect(codes).toContain("tree-root");
});

const changed = officeCase("valid", "log-key-changed");
const withKept = (note: string) =>
  ends(placeOf(changed), changed.now, { also: [{ file: "kept.txt", note }] });

test("a kept checkpoint of another history, signed by a key that was over by then, is reported by name and ends no check", async () => {
  const other = officeCase("valid", "log-ended").register.checkpoint;
  const { exit, codes, said } = await withKept(other);
  expect(codes).toEqual([]);
  expect(exit).toBe(EXIT.could_not);
  expect(said).toMatch(
    /not checked {2}checkpoint kept\.txt of data\.lantern\.example\/register at size 6, which is not of what is shown: a second history, or a stolen key: signed by key [0-9a-f]{8}, which was over since 20\d\d-/,
  );
  expect(said).toContain("rulings ");
});

test("one that is signed by a key that was in force by what is shown is a second history, though others should have signed it too", async () => {
  const other = officeCase("valid", "doubtful").register.checkpoint;
  const { exit, codes } = await withKept(other);
  expect(codes).toEqual(["two-histories"]);
  expect(exit).toBe(EXIT.refused);
});

test("of what is shown itself any key of the log may have signed a kept checkpoint; what none of them signed is of no use", async () => {
  const own = officeCase("valid", "log-key-changing").register.checkpoint;
  const { text, signatures } = parseNote(own);
  expect(signatures).toHaveLength(2);
  for (const line of signatures)
    expect((await withKept(formatNote(text, [line]))).exit).toBe(EXIT.done);
  const [line] = signatures;
  const unsigned = { ...must(line), signature: new Uint8Array(64) };
  await expect(withKept(formatNote(text, [unsigned]))).rejects.toThrow(
    "Cannot use checkpoint kept.txt",
  );
});

test("a log that is said to have gone on without end is not followed", async () => {
  const nodes = emptyNodes();
  let reads = 0;
  const endless = {
    origin: "data.lantern.example/register",
    size: 2 ** 50,
    root: new Uint8Array(32),
    bundle: () => {
      if (++reads > 5) throw new Error("It is followed");
      return Promise.resolve(
        Array.from({ length: 256 }, () => new Uint8Array(9)),
      );
    },
  };
  await expect(growTo(nodes, endless)).rejects.toThrow(
    "which is more than this program follows",
  );
  expect(nodes.range.size).toBe(0);
});
