import { expect, test } from "vitest";
import type { Entry } from "../acts/entry.ts";
import { Waiting } from "./waiting.ts";

const revoking: Entry = {
  v: 1,
  type: "act",
  at: 1_000,
  edition: 1,
  statement: {
    v: 1,
    office: "data.lantern.example/register",
    id: "AAAAAAAAAAAAAAAAAAAAAA",
    seen: { size: 0, root: "A".repeat(43) },
    until: 2_000,
    signers: [],
    act: { kind: "permitRevoked", permit: "p", reason: "order" },
  },
  signatures: [],
  ruling: { outcome: "granted", flags: [] },
};

test("a publication that hangs hides a revocation no longer than one that fails", () => {
  const waiting = new Waiting();
  waiting.add(revoking, 7);
  waiting.begun(1_000);
  expect(() => waiting.mustBeNewest(3_000)).not.toThrow();
  expect(() => waiting.mustBeNewest(3_001)).toThrow(
    "entry 7 ends or narrows something",
  );
  waiting.published(8);
  expect(() => waiting.mustBeNewest(9_000)).not.toThrow();
});

test("a publication that failed and is tried again is late since the act", () => {
  const waiting = new Waiting();
  waiting.add(revoking, 7);
  waiting.begun(1_000);
  waiting.failed("the witness is away");
  waiting.begun(3_500);
  expect(() => waiting.mustBeNewest(3_500)).toThrow("entry 7");
});
