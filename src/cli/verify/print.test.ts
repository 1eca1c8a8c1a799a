import { describe, expect, test } from "vitest";
import {
  officeCase,
  placeOf,
  vectorEditions,
} from "../../../test/vector-office.ts";
import { showInstant } from "../../acts/dates.ts";
import { encodeBytes } from "../../acts/canonical.ts";
import { parsePolicy } from "../../log/policy.ts";
import { primitives } from "../../store/crypto.ts";
import { parseReceipt } from "../../uses/receipt.ts";
import { EXIT } from "../exit.ts";
import { check } from "./check.ts";
import { exitOf, reportLines } from "./print.ts";

const HOUR = 3_600_000;

/** What the program prints about an office of vectors/valid, some time after its `now`. */
async function printed(
  name: string,
  { after = 0, policy = false }: { after?: number; policy?: boolean } = {},
) {
  const office = officeCase("valid", name);
  const own = policy ? officeCase("valid", "cosigned").policy : undefined;
  const result = await check(placeOf(office), {
    editions: vectorEditions,
    now: () => office.now + after,
    receipts: (office.receipts ?? []).map((one) =>
      parseReceipt(encodeBytes(one)),
    ),
    also: [],
    ...(own === undefined ? {} : { policy: parsePolicy(primitives, own) }),
  });
  const lines = reportLines(result, {
    genesisGiven: false,
    policyGiven: policy,
  });
  const about = (label: string) =>
    lines.filter((line) => line.startsWith(label)).join("\n");
  return { lines, about, exit: exitOf(result), last: lines.at(-1) };
}

test("entries without hash tiles contradict nothing, and it is said that none was held against them", async () => {
  const { about } = await printed("founding");
  expect(about("not checked")).toContain(
    "hash tiles of 1 logs: none is here, so nobody can make a proof from this place",
  );
});

describe("the policy that the office names", () => {
  test("is looked at where the user brings none", async () => {
    const { about, exit, last } = await printed("policy-of-the-office");
    expect(about("witnesses")).toContain("2 cosigned size 3");
    expect(about("witnesses")).toContain("named by the office");
    expect([exit, last]).toEqual([EXIT.done, "no contradiction found"]);
  });

  test.each(["policy-missing", "policy-unreadable"])(
    "%s: then nobody is known to have watched, and that is no good end",
    async (name) => {
      const { about, exit, last } = await printed(name);
      expect(about("witnesses")).toContain("its file could not be read");
      expect([exit, last]).toEqual([EXIT.could_not, "could not check"]);
    },
  );

  test.each(["policy-missing", "policy-unreadable"])(
    "%s: the user's own takes its place",
    async (name) => {
      const { about, exit, last } = await printed(name, { policy: true });
      expect(about("witnesses")).toContain("by your policy");
      expect([exit, last]).toEqual([EXIT.done, "no contradiction found"]);
    },
  );
});

describe("times", () => {
  const newest = officeCase("valid", "policy-of-the-office").now - 24 * HOUR;
  const shown = showInstant(newest + 2000, 8 * 60);

  test.each([false, true])(
    "are bounded by the cosignatures at hand alone, by no time that the office gave (with the user's policy: %s)",
    async (policy) => {
      const { about } = await printed("policy-of-the-office", { policy });
      expect(about("witnesses")).toContain(`2 cosigned size 3 at ${shown} (`);
      expect(about("times")).toBe(
        `times        every time before ${shown} is the office's word: no older cosignature is at hand`,
      );
    },
  );

  test("are all the office's word where no cosignature is at hand", async () => {
    for (const name of ["founding", "policy-missing"])
      expect((await printed(name)).about("times")).toBe(
        "times        every time is the office's word: no cosignature is at hand",
      );
  });
});

describe("an old cosignature", () => {
  const says = /the newest cosignature is (.*)/;
  const age = async (name: string, after: number, policy: boolean) =>
    says.exec(
      (await printed(name, { after, policy })).about("not checked"),
    )?.[1];
  // The vectors are checked a day after their last entry, two seconds after which the newest cosignature was made.
  const early = -24 * HOUR + 2000;

  test.each([false, true])(
    "leaves what came after it to the office's word (with the user's policy: %s)",
    async (policy) => {
      const of = (after: number) => age("policy-of-the-office", after, policy);
      expect(await of(early)).toBeUndefined();
      expect(await of(early + HOUR - 1)).toBeUndefined();
      expect(await of(early + HOUR)).toBe(
        "1 hour old: what the office did since is its word",
      );
      expect(await of(0)).toBe(
        "23 hours old: what the office did since is its word",
      );
    },
  );

  test("is none where nobody cosigned", async () => {
    expect(await age("founding", 99 * HOUR, false)).toBeUndefined();
  });
});

test("a report says of how many uses the quantities were held against openings, and what nobody looked at", async () => {
  const { about } = await printed("priced-uses");
  expect(about("receipts")).toBe(
    "receipts     7 of 7 kept; 0 not due yet; quantities of 7 uses held against their openings",
  );
  expect(about("not checked")).toContain("values, rows and subjects of 1 uses");
  expect(about("not checked")).toContain("what 7 openings say was answered");
  const open = await printed("open-data");
  expect(open.about("receipts")).toContain("quantities of 0 uses");
  expect(open.about("not checked")).not.toContain("openings say");
});

test("a decision against a rule is decided again, and counted apart", async () => {
  const { about, last } = await printed("beyond-the-rules");
  expect(about("rulings")).toContain("own rulebook; 1 override; ");
  expect(about("in force")).toBe("in force     1 override, 0 seals");
  expect(last).toBe("no contradiction found");
});
