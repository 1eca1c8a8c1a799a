import { expect, test } from "vitest";
import { Malformed } from "../../acts/canonical.ts";
import { LogHalted } from "../../store/durable.ts";
import { type Journal, makeJournal } from "./journal.ts";
import { reasonOf, withoutPersons } from "./reason.ts";

function written(
  settings: Parameters<typeof makeJournal>[0],
  isTerminal: boolean,
  say: (journal: Journal) => void,
): readonly string[] {
  const lines: string[] = [];
  say(
    makeJournal(settings, {
      now: () => Date.UTC(2026, 10, 29, 8, 30, 5),
      write: (line) => lines.push(line),
      isTerminal,
    }),
  );
  return lines;
}

const story = (journal: Journal): void => {
  journal.debug("request", { route: "/data/:dataset", status: 200, ms: 1.5 });
  journal.info("act", { kind: "permit", outcome: "granted", entry: 17 });
  journal.failed("tick.failed", new LogHalted("Cannot move the head of a"));
};

test("an event is one line of JSON: time, level, event and its fields", () => {
  const lines = written({ level: "info", form: "auto" }, false, story);
  expect(lines).toEqual([
    '{"time":"2026-11-29T08:30:05.000Z","level":"info","event":"act","kind":"permit","outcome":"granted","entry":17}',
    '{"time":"2026-11-29T08:30:05.000Z","level":"error","event":"tick.failed","error":"LogHalted","says":"Cannot move the head of a"}',
  ]);
});

test("people at a terminal read text, and who asks for more gets requests too", () => {
  const settings = { level: "debug", form: "auto" } as const;
  expect(written(settings, true, story)).toEqual([
    "08:30:05  debug  request  route=/data/:dataset  status=200  ms=1.5",
    "08:30:05  info   act  kind=permit  outcome=granted  entry=17",
    "08:30:05  error  tick.failed  error=LogHalted  Cannot move the head of a",
  ]);
  expect(written({ level: "error", form: "text" }, false, story)).toHaveLength(
    1,
  );
});

test.each([
  [
    "postgres://app:s3cret@db.example:5432/vitrine is away",
    "[address] is away",
  ],
  ["asked http://10.2.3.4:8080/data/people?id=7", "asked [address]"],
  ["connect ECONNREFUSED 192.0.2.7:5432", "connect ECONNREFUSED [address]"],
  ["from 2001:db8:0:1::7 again", "from [address] again"],
  ['name is "Chen Yi", want text', "name is [value], want text"],
  ["Authorization: Bearer abc", "Authorization: Bearer [token]"],
  ["of /data/people?name.eq=Chen here", "of /data/people?[value] here"],
  ["token Zm9vYmFyMTIzNDU2Nzg5MGFi was", "token [token] was"],
  ["log data.example/gate-1/hour/2026q4 of 17", undefined],
  ["at 08:30:05 the head was at 217", undefined],
])("what is told of %s", (text, told) => {
  expect(withoutPersons(text)).toBe(told ?? text);
});

test("of an error that is not ours nothing is told but its name, its code and where it happened", () => {
  const error = Object.assign(
    new Error("duplicate key: Key (name)=(Chen Yi) exists"),
    { name: "PostgresError", code: "23505" },
  );
  const told = JSON.stringify(reasonOf(error));
  expect(told).not.toContain("Chen");
  expect(reasonOf(error)).toMatchObject({
    error: "PostgresError",
    code: "23505",
    at: expect.stringMatching(/journal\.test\.ts:\d+/),
  });
  expect(told).not.toMatch(/\/(?:home|tmp|src)\//);
});

test("a caller's own words are not told, though the sentence is ours", () => {
  const told = reasonOf(new Malformed("Cannot read name: it is Chen Yi"));
  expect(JSON.stringify(told)).not.toContain("Chen");
});
