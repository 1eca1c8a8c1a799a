import { expect, test, vi } from "vitest";
import * as z from "zod/mini";
import type { Act, ActOf } from "../acts/act.ts";
import { issueToken } from "../cli/issue-token.ts";
import type { Plan, RecordsPlan, Request } from "../uses/plan.ts";
import {
  bulk,
  bulkOffice,
  BULK_ROWS,
  gatewayOf,
  hold,
  Taking,
} from "../../test/simulation/small-office-bulk.ts";
import {
  isNamed,
  permit,
  product,
  rulebook,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import type { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  entryOf,
  leftOver,
  officeFor,
  openingOf,
} from "../../test/simulation/small-office-story.ts";
import { asking, webOf } from "../../test/web-office.ts";
import { sayUntrue } from "../audit/opened.ts";
import { privatePartBytes } from "../uses/opening.ts";

const rowsOfText = z.object({
  rows: z.array(z.record(z.string(), z.unknown())),
});
const rowsIn = (text: string) => rowsOfText.parse(JSON.parse(text)).rows;

const only = (make: string): NonNullable<ActOf<"permit">["rows"]> => [
  { field: "make", op: "eq", value: make },
];

const counts: Plan = {
  ...{ form: "aggregate", dataset: "vehicles", where: [], limit: 10 },
  ...{ by: ["make"], measures: [{ measure: "count" }] },
};

const filtered: readonly Act[] = [
  product({
    ...{ product: "vehicles.counts", form: "aggregate", rowsPerStep: 100 },
    authorisation: "sanhe-vehicles",
  }),
  ...(
    [
      ["records", "vehicles.records", 100],
      ["counts", "vehicles.counts", 100],
      ["bulk", "vehicles.bulk", 100_000],
    ] as const
  ).map(([form, id, rowsMax]) =>
    permit({
      ...{ permit: `court-${form}`, organisation: "court", product: id },
      ...{ purpose: "safety", rowsMax, rows: only("Make 3") },
    }),
  ),
  permit({
    ...{ permit: "court-answer", organisation: "court", purpose: "safety" },
    ...{ product: "people.answer", fields: ["number", "name"], rowsMax: 1 },
    where: ["number"],
    rows: [{ field: "town", op: "eq", value: "Town 3" }],
  }),
];

const permitOf = (permit: string): { readonly permit: string } => ({ permit });

async function asks(
  office: SmallOffice,
  request: Request,
  known: { readonly permit?: string } = {},
) {
  const answer = await gatewayOf(office).ask(request, "court", known);
  if (answer.outcome === "refused")
    throw new Error(`Refused: ${JSON.stringify(answer.findings)}`);
  office.receipts.push(answer.receipt);
  return answer;
}

test("what a permit's filter leaves out is not there, in every form", async () => {
  const office = await bulkOffice("row_filters", { more: filtered });
  const filtering = permitOf("court-records");
  const records = await asks(
    ...([office, { plan: vehicles({ limit: 90 }) }, filtering] as const),
  );
  expect(rowsIn(records.text)).toHaveLength(90);
  expect(new Set(rowsIn(records.text).map(({ make }) => make))).toEqual(
    new Set(["Make 3"]),
  );
  // Another condition narrows further, and opens nothing.
  const where: RecordsPlan["where"] = [
    { field: "plate", op: "in", value: ["P3", "P4"] },
  ];
  const two = await asks(
    ...([office, { plan: vehicles({ where }) }, filtering] as const),
  );
  expect(rowsIn(two.text)).toEqual([{ plate: "P3", make: "Make 3" }]);
  const summed = await asks(office, {
    product: "vehicles.counts",
    plan: counts,
  });
  expect(rowsIn(summed.text)).toEqual([
    { make: "Make 3", count: BULK_ROWS / 5 },
  ]);
  for (const [number, name, said] of [
    ["N3", "Name 3", "yes"],
    ["N3", "Name 4", "no"],
    ["N4", "Name 4", "notOnRecord"],
    ["N999999", "Name 4", "notOnRecord"],
  ] as const) {
    const { text } = await asks(office, { plan: isNamed(number, name) });
    expect(JSON.parse(text)).toEqual({ answer: said });
  }
  const web = webOf(office);
  const response = await web.post(
    "/query?format=csv",
    ...([JSON.stringify(bulk()), await asking(office, "court")] as const),
  );
  const taking = new Taking(response);
  await taking.rest();
  const lines = taking.bytes.toString("utf8").trimEnd().split("\r\n");
  expect(lines).toHaveLength(1 + BULK_ROWS / 5);
  expect(lines.slice(1).filter((line) => !line.endsWith("Make 3"))).toEqual([]);
  expect(web.bugs).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
});

const pair: readonly Act[] = [
  permit({
    ...{ permit: "a-first", organisation: "sanhe", rows: only("Make 1") },
    quota: { calls: 1 },
  }),
  permit({
    ...{ permit: "b-second", organisation: "sanhe", rows: only("Make 2") },
  }),
];

test("when the first of two permits is used up while the engine runs, the rows are those of the permit that is entered", async () => {
  const office = await officeFor("row_filters", { more: pair });
  const held = hold(office, "vehicles");
  const both = Promise.all([
    office.answered(vehicles(), "sanhe"),
    office.answered(vehicles(), "sanhe"),
  ]);
  await vi.waitFor(() => expect(held.running).toBe(2));
  held.letGo();
  const said = (await both).map(({ text, permit: id }) => {
    const makes = new Set(rowsIn(text).map(({ make }) => make));
    return [id, ...makes].join(" has ");
  });
  expect(said.toSorted()).toEqual([
    "a-first has Make 1",
    "b-second has Make 2",
  ]);
  expect(await leftOver(office)).toEqual([]);
});

test("a token for one permit reaches the rows of that one alone, though another would do", async () => {
  const office = await officeFor("row_filters", { more: pair });
  const web = webOf(office);
  const made = z.object({ answer: rowsOfText, permit: z.string() });
  const { sql } = office.house;
  const token = await issueToken(sql, "sanhe", { permit: "a-first" });
  const ask = () =>
    web.post(...(["/query", JSON.stringify({ plan: vehicles() })] as const), {
      Authorization: `Bearer ${token}`,
    });
  const first = await ask();
  const { answer, permit: id } = made.parse(await first.json());
  expect([id, new Set(answer.rows.map(({ make }) => make))]).toEqual([
    ...["a-first", new Set(["Make 1"])],
  ]);
  // It is used up, and the other one is not for this token.
  expect((await ask()).status).toBe(403);
  expect((await office.answered(vehicles(), "sanhe")).permit).toBe("b-second");
  expect(web.bugs).toEqual([]);
  expect(await leftOver(office)).toEqual([]);
});

const demanding = (at: number): Act => {
  const given = rulebook(at);
  return {
    ...{ kind: "rulebookAdopted", rulebook: "rules-case" },
    rulebook: {
      ...given,
      rulebook: "rules-case",
      purposes: given.purposes.map((one) =>
        one.purpose === "safety" ? { ...one, case: true as const } : one,
      ),
    },
  };
};

test("a purpose that demands a case number is admitted with one, which its opening says, and an opening without is found", async () => {
  const office = await officeFor("row_filters");
  await office.granted(demanding(office.clock.now));
  const refused = await office.ask(vehicles(), "court");
  expect(refused).toMatchObject({
    outcome: "refused",
    findings: [{ rule: "V-CASE" }],
  });
  const { receipt } = await office.answered(vehicles(), "court", {
    case: "2026-17",
  });
  const opened = openingOf(receipt);
  expect(opened.case).toBe("2026-17");
  // Of another purpose nothing is demanded.
  expect((await office.answered(vehicles(), "huaxing")).permit).toBe(
    "huaxing-vehicles",
  );
  const use = entryOf(receipt);
  if (use.kind !== "use") throw new Error("It is no use");
  const { register } = gatewayOf(office);
  const { case: _, ...without } = opened;
  const says = [opened, without].map((part) =>
    sayUntrue(register, "minute", use, privatePartBytes(part)),
  );
  expect(says).toEqual([
    undefined,
    "its opening names no case, and purpose safety wants one",
  ]);
  expect(await leftOver(office)).toEqual([]);
});
