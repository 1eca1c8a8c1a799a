import { createServer } from "node:http";
import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import {
  filesIn,
  officeCase,
  placeOver,
  vectorEditions,
} from "../../../test/vector-office.ts";
import { must } from "../../../test/story-founding.ts";
import { toBase64url, utf8ToBytes } from "../../acts/bytes.ts";
import { paperPath } from "../../acts/statement.ts";
import { emptyRegister } from "../../register/register.ts";
import { noFaults } from "../../audit/report.ts";
import { primitives } from "../../store/crypto.ts";
import { check } from "./check.ts";
import { checkPapers } from "./papers.ts";
import { openPlace, type Place } from "./place.ts";
import { reportLines } from "./print.ts";

const office = officeCase("valid", "every-kind-of-act");

async function checked(files: ReadonlyMap<string, Uint8Array>) {
  const result = await check(placeOver(files), {
    editions: vectorEditions,
    now: () => office.now,
    receipts: [],
    also: [],
  });
  const lines = reportLines(result, {
    genesisGiven: false,
    policyGiven: false,
  });
  const says = result.faults.kept.map(({ code, says }) => `${code}: ${says}`);
  return { result, says, lines };
}

test("whichever public paper is forged is found, and what is not here is named as not checked", async () => {
  const honest = filesIn(office);
  const { result } = await checked(honest);
  const papers = [...result.register.papers.keys()];
  // The newest policy and reported acts are a part of what acts commit to.
  expect(papers.length).toBeGreaterThan(result.register.reported.size + 1);
  for (const paper of papers) {
    const path = paperPath(paper);
    const name = path.replace("paper/", "");
    const size = must(result.register.papers.get(paper));
    const forged = new Map(honest).set(path, new Uint8Array(size));
    expect((await checked(forged)).says).toEqual([
      `paper-digest: paper ${name} does not have the digest that was entered`,
    ]);
    const longer = new Map(honest).set(path, new Uint8Array(size + 1));
    expect((await checked(longer)).says.join()).toContain("has more than the");
    const without = new Map(honest);
    without.delete(path);
    const { says, lines, result: less } = await checked(without);
    expect([says, less.papers.missing]).toEqual([
      [],
      expect.arrayContaining([name]),
    ]);
    expect(lines.join("\n")).toMatch(
      /not checked {2}\d+ public papers that are not here: [0-9a-f]{64}/,
    );
  }
});

/** A register that names one paper as so long, and what is said of what lies there. */
async function oneOf(
  bytes: Uint8Array,
  size: number,
  place: (path: string) => Promise<Place> | Place,
) {
  const paper = toBase64url(primitives.sha256(bytes));
  const register = emptyRegister();
  register.papers.set(paper, size);
  const faults = noFaults();
  const papers = await checkPapers(
    await place(paperPath(paper)),
    register,
    faults,
  );
  const says = faults.kept.map((fault) =>
    fault.says.replace(/^paper [0-9a-f]{64} /, ""),
  );
  return { ...papers, says };
}

test("a paper is held against the length that was entered, in a folder and at an address", async () => {
  const bytes = utf8ToBytes("a decision");
  const top = await fs.mkdtemp(join(tmpdir(), "papers-"));
  onTestFinished(() => fs.rm(top, { recursive: true, force: true }));
  const server = createServer((_, response) => response.end(bytes));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const folder = async (path: string): Promise<Place> => {
    await fs.mkdir(join(top, "log/register"), { recursive: true });
    await fs.mkdir(dirname(join(top, path)), { recursive: true });
    await fs.writeFile(join(top, path), bytes);
    return openPlace(top);
  };
  const kept = await folder("paper/other");
  expect(await kept.digest("paper/none", 10)).toBeUndefined();
  for (const at of [folder, () => openPlace(`http://127.0.0.1:${port}`)]) {
    expect(await oneOf(bytes, 10, at)).toMatchObject({ checked: 1, says: [] });
    expect((await oneOf(bytes, 11, at)).says).toEqual([
      "has 10 bytes, and 11 were entered",
    ]);
    expect((await oneOf(bytes, 9, at)).says).toEqual([
      "has more than the 9 bytes that were entered",
    ]);
  }
});

test("a paper that no office takes is not fetched", async () => {
  const place: Place = {
    name: "none",
    read: () => Promise.reject(new Error("not to be read")),
    digest: () => Promise.reject(new Error("not to be read")),
  };
  const max = 32 * 1024 * 1024;
  const bytes = utf8ToBytes("x");
  const {
    checked: count,
    tooLarge,
    missing,
  } = await oneOf(bytes, max + 1, () => place);
  expect([count, tooLarge.length, missing]).toEqual([0, 1, []]);
});
