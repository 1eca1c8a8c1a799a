import { expect, test } from "vitest";
import { aliasTable, parseAliases } from "./aliases.ts";

test("a table of aliases says what a name means, that it is none, or nothing yet", () => {
  expect(
    parseAliases(
      '\ufeffrole,name,means,looks like\r\nunit,"Harbor ""North"", Office",Harbour Office,x\r\n\r\nservice,\'=Moon,,\nservice,Tides,?,Tide tables\npayer class,Uni,university',
    ),
  ).toEqual([
    {
      line: 2,
      role: "unit",
      name: 'Harbor "North", Office',
      means: "Harbour Office",
    },
    { line: 4, role: "service", name: "=Moon", means: "" },
    { line: 6, role: "payerClass", name: "Uni", means: "university" },
  ]);
});

test.each([
  [
    "name,means\na,b",
    'the aliases\' first line is "name,means", want the headings role,name,means',
  ],
  ["", 'the aliases\' first line is "", want the headings role,name,means'],
  [
    'role,name,means\nunit,"two\nlines",a\nship,b,c',
    'line 4 of the aliases: "ship" is no role, want unit, service or payerClass',
  ],
  [
    "role,name,means\nunit, ,c",
    "line 2 of the aliases: no name stands here, want one of the ledger",
  ],
])("%j is refused", (text, problem) => {
  expect(parseAliases(text)).toEqual({ problem });
});

test.each([
  ['role,name,means\nunit,"a,b\nunit,c,d', "a quote is not closed"],
  ['role,name,means\nunit,"a"b,c', "text stands behind a closing quote"],
])("%j is refused with its line", (text, problem) => {
  expect(parseAliases(text)).toEqual({
    problem: expect.stringContaining(`line 2 of the aliases: ${problem}`),
  });
});

test.each([";", "\t", "|"])("cells parted by %j are read", (mark) => {
  const text = [
    "role,name,means,looks like,or,or",
    'unit,"North, or ""so""",Harbour Office,x,,',
    'service,5" gauge,\uff1f,,,',
    "service,Tides,,,,",
  ].join("\r\n");
  const marked = text
    .replaceAll(", or", "\u0001")
    .replaceAll(",", mark)
    .replaceAll("\u0001", ", or");
  expect(parseAliases(marked)).toEqual([
    { line: 2, role: "unit", name: 'North, or "so"', means: "Harbour Office" },
    { line: 4, role: "service", name: "Tides", means: "" },
  ]);
});

test("the table that a person gets decides nothing, and no cell is a formula", () => {
  const table = aliasTable([
    {
      role: "service",
      name: "=1+1, or so",
      candidates: ["-a", "b"],
      receipts: 3,
    },
  ]);
  expect(table).toBe(
    "\ufeffrole,name,means,looks like,or,or\r\nservice,\"'=1+1, or so\",?,'-a,b\r\n",
  );
  expect(parseAliases(table)).toEqual([]);
  expect(parseAliases(table.replace("?", "-a"))).toMatchObject([
    { name: "=1+1, or so", means: "-a" },
  ]);
});
