import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { runCommand } from "../src/cli/exit.ts";
import { verify, type VerifyOptions } from "../src/cli/verify/run.ts";
import { filesIn, officeCase } from "./vector-office.ts";

const top = mkdtempSync(join(tmpdir(), "vitrine-garbage-"));
afterAll(() => rmSync(top, { recursive: true }));

/** The whole command, as both programs run it: what it prints on each stream, and how it exits. */
async function run(where: string, options: VerifyOptions = {}) {
  const lines: string[] = [];
  const errors: unknown[] = [];
  const { exitCode } = process;
  const spy = vi
    .spyOn(console, "error")
    .mockImplementation((line: unknown) => void errors.push(line));
  try {
    await runCommand(() => verify(where, options, (line) => lines.push(line)));
    const code = process.exitCode;
    for (const error of errors)
      // A crash is shown in full, as the error that it is; what could not be done in one line.
      expect(error).toMatch(/^[^\x00-\x1f\x7f-\x9f]+$/);
    return { code, last: lines.at(-1), errors: errors.map(String) };
  } finally {
    process.exitCode = exitCode;
    spy.mockRestore();
  }
}

const office = officeCase("valid", "cosigned");
const good = filesIn(officeCase("valid", "small-office"));
const kinds = {
  "the checkpoint of the register": "log/register/checkpoint",
  "the entries of the register": "log/register/tile/entries/000.p/38",
  "the checkpoint of a usage log": "log/gate-1/hour/2026q1/checkpoint",
  "the entries of a usage log": "log/gate-1/hour/2026q1/tile/entries/000.p/6",
};

let folders = 0;
function laid(files: ReadonlyMap<string, Uint8Array>): string {
  const folder = join(top, String(++folders), "public");
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

test("a folder in order is read: only its edition is not known here", async () => {
  for (const path of Object.values(kinds))
    expect([...good.keys()]).toContain(path);
  expect(await run(laid(good))).toEqual({
    code: 2,
    last: "could not check",
    errors: [],
  });
});

describe.each(Object.entries(kinds))(
  "in a folder, in place of %s,",
  (_, path) => {
    test.each<[string, (at: string) => void]>([
      ["nothing", (at) => rmSync(at)],
      ["an empty file", (at) => writeFileSync(at, "")],
      ["NUL bytes", (at) => writeFileSync(at, Buffer.alloc(5_000))],
      [
        "ten megabytes of one letter",
        (at) => writeFileSync(at, "a".repeat(1e7)),
      ],
      [
        "ten megabytes of line feeds",
        (at) => writeFileSync(at, "\n".repeat(1e7)),
      ],
      [
        "a page",
        (at) => writeFileSync(at, "<!doctype html><title>404</title>"),
      ],
      ["a folder", (at) => (rmSync(at), mkdirSync(at))],
      ["a link to itself", (at) => (rmSync(at), symlinkSync(at, at))],
      [
        "a link to nowhere",
        (at) => (rmSync(at), symlinkSync(join(top, "gone"), at)),
      ],
    ])(
      "there is %s: found, or not checked, and no crash",
      async (what, put) => {
        const folder = laid(good);
        put(join(folder, path));
        const { code, last, errors } = await run(folder);
        expect([1, 2]).toContain(code);
        expect(last).toMatch(/^(?:could not check|[\d,]+ contradictions?)$/);
        if (what !== "a link to itself" && !path.includes("/register/"))
          expect([code, errors]).toEqual([1, []]);
      },
    );
  },
);

describe("a folder that holds no office", () => {
  test.each<[string, () => string]>([
    ["is not there", () => join(top, "gone")],
    ["is empty", () => laid(new Map([["x", Buffer.from("x")]]))],
    ["is a file", () => join(laid(new Map([["x", Buffer.from("x")]])), "x")],
    ["has a name that no folder has", () => "\0"],
    [
      "has no entries",
      () => laid(new Map([["log/register/x", Buffer.from("")]])),
    ],
  ])("could not be checked: it %s", async (_, where) => {
    const { code, last, errors } = await run(where());
    expect([code, last]).toEqual([2, "could not check"]);
    expect(errors.join()).toMatch(/^Cannot read .*: /);
  });
});

describe("garbage that a user hands in", () => {
  const nasty: readonly (readonly [string, string | Uint8Array])[] = [
    ["nothing", ""],
    ["NUL bytes", Buffer.alloc(100)],
    ["bytes that are no text", Uint8Array.of(0xff, 0xfe)],
    ["half an object", '{"v":1'],
    ["100,000 lists in each other", `${"[".repeat(1e5)}${"]".repeat(1e5)}`],
    [
      "5,000 lists in a member",
      `{"entry":${"[".repeat(5_000)}${"]".repeat(5_000)},"v":1}`,
    ],
    ["ten megabytes of one letter", "A".repeat(1e7)],
    ["ten megabytes in a member", `{"entry":"${"A".repeat(1e7)}","v":1}`],
    [
      "a checkpoint of another log",
      office.register.checkpoint.replaceAll("lantern", "other"),
    ],
    [
      "a checkpoint of a name that no key has",
      office.register.checkpoint.replace(
        /^.*/,
        "data.lantern.example/gate-1/hour/ x+y",
      ),
    ],
  ];
  const folder = laid(good);

  test.each(nasty)(
    "as receipt, policy, checkpoint or fingerprint: %s",
    async (_, bytes) => {
      const file = join(top, "nasty.json");
      writeFileSync(file, bytes);
      const ways: readonly VerifyOptions[] = [
        { receipt: [file] },
        { policy: file },
        { also: [file] },
      ];
      for (const options of ways) {
        const { code, last, errors } = await run(folder, options);
        expect([code, last]).toEqual([2, "could not check"]);
        expect(errors).toHaveLength(1);
        expect(errors[0]).toMatch(/^Cannot (?:read|use) /);
        expect(errors[0]).toContain(file);
      }
    },
  );

  test("in a folder of receipts: the file is named, also one that is no file", async () => {
    const receipts = join(top, "receipts");
    mkdirSync(join(receipts, "b.json"), { recursive: true });
    const { code, errors } = await run(folder, { receipt: [receipts] });
    expect([code, errors]).toEqual([
      2,
      [
        `Cannot read receipt ${join(receipts, "b.json")}: it is no file to read`,
      ],
    ]);
  });

  test("as the name of a file", async () => {
    for (const name of [join(top, "gone"), top, "\0"])
      for (const options of [{ policy: name }, { also: [name] }])
        expect(await run(folder, options)).toMatchObject({
          code: 2,
          last: "could not check",
        });
  });
});

describe("a server", () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  async function serving(answer: RequestListener): Promise<string> {
    const opened = (server = createServer(answer));
    await new Promise<void>((resolve) =>
      opened.listen(0, "127.0.0.1", () => resolve()),
    );
    const at = opened.address();
    return `http://127.0.0.1:${typeof at === "object" ? at?.port : 0}`;
  }
  const fileOf = (url = "") => good.get(url.slice(1));

  test.each<[string, RequestListener]>([
    ["knows nothing", (_, to) => void to.writeHead(404).end("no")],
    ["breaks down", (_, to) => void to.writeHead(500).end("no")],
    ["forbids everything", (_, to) => void to.writeHead(403).end("no")],
    [
      "sends everybody round in a circle",
      ({ url }, to) => void to.writeHead(302, { Location: url }).end(),
    ],
    [
      "sends everybody to a file",
      (_, to) =>
        void to.writeHead(302, { Location: "file:///etc/passwd" }).end(),
    ],
    ["hangs up", ({ socket }) => void socket.destroy()],
    [
      "hangs up in the middle",
      ({ socket }, to) =>
        void to
          .writeHead(200, { "Content-Length": 1_000 })
          .write("x", () => socket.destroy()),
    ],
    [
      "answers in no protocol",
      ({ socket }) => void socket.end("hello\r\n\r\n"),
    ],
    [
      "gives the same page for everything",
      (_, to) => void to.end("<!doctype html><title>Welcome</title>"),
    ],
    ["gives nothing for everything", (_, to) => void to.writeHead(204).end()],
    [
      "says that it packed what it did not",
      (_, to) =>
        void to
          .writeHead(200, { "Content-Encoding": "gzip" })
          .end("not packed"),
    ],
    [
      "gives entries in place of checkpoints",
      ({ url = "" }, to) =>
        void to.end(
          good.get(
            url.includes("checkpoint")
              ? kinds["the entries of the register"]
              : url.slice(1),
          ),
        ),
    ],
    [
      "gives the register for every log",
      ({ url = "" }, to) =>
        void to.end(
          good.get(
            url
              .slice(1)
              .replace(
                /^\/?log\/gate-1\/(?:hour|minute)\/2026q1/,
                "log/register",
              ),
          ),
        ),
    ],
    [
      "cuts off each file at its half",
      ({ url }, to) =>
        void to.end(
          fileOf(url)?.subarray(0, (fileOf(url)?.length ?? 0) / 2) ?? "",
        ),
    ],
    [
      "turns one bit in each file",
      ({ url }, to) =>
        void to.end(
          fileOf(url)?.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) ?? "",
        ),
    ],
  ])("that %s: found, or not checked, and no crash", async (_, answer) => {
    const { code, last } = await run(await serving(answer));
    expect([1, 2]).toContain(code);
    expect(last).toMatch(/^(?:could not check|[\d,]+ contradictions?)$/);
  });

  test("that sends without end is not listened to without end", async () => {
    const zeroes = Buffer.alloc(1 << 20);
    const where = await serving((_, to) => {
      const more = (): void => {
        if (!to.destroyed && to.write(zeroes)) setImmediate(more);
      };
      to.on("drain", more);
      more();
    });
    const { code, last, errors } = await run(where);
    expect([code, last]).toEqual([2, "could not check"]);
    expect(errors.join()).toMatch(/it has more than 67108864 bytes$/);
  });

  test("that is in order is read", async () => {
    const where = await serving(({ url }, to) => {
      const bytes = fileOf(url);
      to.writeHead(bytes === undefined ? 404 : 200).end(bytes);
    });
    expect(await run(where)).toEqual({
      code: 2,
      last: "could not check",
      errors: [],
    });
  });

  test("that is not there", async () => {
    expect(await run("http://127.0.0.1:1")).toMatchObject({
      code: 2,
      last: "could not check",
    });
    expect(await run("http://")).toMatchObject({
      code: 2,
      last: "could not check",
    });
  });
});
