import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCheckpoint } from "./checkpoint.ts";
import { cosign } from "./cosignature.ts";
import { FormatError } from "./format-error.ts";
import { emptyRoot } from "./hash.ts";
import { formatNote, type NoteSignature, parseNote, signNote } from "./note.ts";
import { openCheckpoint } from "./open-checkpoint.ts";
import {
  parseLogList,
  parsePolicy,
  POLICY_DEFINITIONS_MAX,
  quorumMet,
} from "./policy.ts";
import { p, signer } from "./signing.test.ts";
import { COSIGNATURE, ED25519, formatVerifierKey } from "./verifier-key.ts";

const log = signer("example.com/log", ED25519, 100);
const LOG = formatVerifierKey(log.key);
const NAMES = ["X1", "X2", "X3", "Y1", "Y2", "Y3"];
const signers = NAMES.map((name, i) =>
  signer(`${name}.example`, COSIGNATURE, i + 1),
);
const [W1 = "", W2 = ""] = signers.map(({ key }) => formatVerifierKey(key));
const witnessLines = NAMES.map(
  (name, i) =>
    `witness ${name} ${signers.map(({ key }) => formatVerifierKey(key))[i]}\n`,
).join("");

/** The example of C2SP tlog-policy. */
const EXAMPLE = `log ${LOG}

${witnessLines}
group X-witnesses 2 X1 X2 X3
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;

describe("reading a policy", () => {
  test("the specification's example", () => {
    const policy = parsePolicy(p, EXAMPLE);
    expect(policy.logs).toEqual([{ key: log.key, url: undefined }]);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(NAMES);
    expect(policy.quorum).toMatchObject({
      kind: "group",
      threshold: 2,
      members: [
        { name: "X-witnesses", threshold: 2 },
        { name: "Y-witnesses", threshold: 1 },
      ],
    });
  });

  test("white space, comments, URLs, other scripts and a missing last line feed", () => {
    const policy = parsePolicy(
      p,
      `  # Zeugen\n\t\n log\t${LOG}  https://log.example/ \nwitness gericht-ä ${W1} https://w.example/\n#quorum none\nquorum gericht-ä`,
    );
    expect(policy.logs[0]?.url).toBe("https://log.example/");
    expect(policy.witnesses[0]).toMatchObject({
      name: "gericht-ä",
      url: "https://w.example/",
    });
    expect(policy.quorum).toBe(policy.witnesses[0]);
  });

  test("no witnesses and no logs", () => {
    const policy = parsePolicy(p, "quorum none\n");
    expect(policy).toEqual({
      logs: [],
      witnesses: [],
      quorum: { kind: "none" },
      waitMs: 0,
    });
    expect(quorumMet(policy, new Set())).toBe(true);
  });

  test("a comment of ours says how long to wait for further witnesses; any other comment says nothing", () => {
    const waits = (text: string) => parsePolicy(p, text).waitMs;
    expect(waits("# vitrine wait 250\nquorum none\n")).toBe(250);
    expect(waits(" #\tvitrine  wait 5000 \nquorum none\n")).toBe(5000);
    for (const comment of ["# wait 9", "#vitrine wait 9", "# vitrine 9", "##"])
      expect(waits(`${comment}\nquorum none\n`)).toBe(0);
    for (const bent of ["", " x", " -1", " 5001", " 01", " 1 2", " 1.5"])
      expect(() => waits(`quorum none\n# vitrine wait${bent}\n`)).toThrow(
        "line 2 is not '# vitrine wait <ms>' with 0 to 5000 milliseconds",
      );
    expect(() =>
      waits("# vitrine wait 1\n# vitrine wait 1\nquorum none\n"),
    ).toThrow("line 2 is a second wait");
  });

  test("a list of logs has log lines and comments alone", () => {
    const logs = parseLogList(p, `# ours\nlog ${LOG} https://log.example/\n\n`);
    expect(logs.map(({ key }) => key.name)).toEqual(["example.com/log"]);
    expect(parseLogList(p, "")).toEqual([]);
    expect(() => parseLogList(p, `log ${W1}`)).toThrow(
      "Cannot read list of logs: line 1 has a key of signature type 4, want 1",
    );
    expect(() => parseLogList(p, `log ${LOG}\nlog ${LOG}\n`)).toThrow("line 2");
    expect(() => parseLogList(p, `log ${LOG}\nquorum none\n`)).toThrow(
      "line 2 begins with 'quorum', want log",
    );
  });

  test.each([
    ["", "no line is a quorum"],
    ["quorum\n", "line 1 is not 'quorum <name>|none'"],
    ["quorum none none\n", "line 1 is not 'quorum <name>|none'"],
    ["quorum none\nquorum none\n", "line 2 is a second quorum"],
    ["quorum X1\n", "line 1 names 'X1', which no line before it defines"],
    ["quorum all\n", "line 1 names 'all'"],
    ["Quorum none\n", "line 1 begins with 'Quorum'"],
    ["quorum none # comment\n", "line 1 is not 'quorum"],
    ["quorum\u00a0none\n", "line 1 begins with"],
    ["quorum none\r\n", "line 1 'quorum none\\r' has a control character"],
    ["#\u007f\n", "line 1 '#\u007f' has a control character"],
    ["log\n", "line 1 is not 'log <vkey> [<url>]'"],
    [`log ${LOG} a b\n`, "line 1 is not 'log"],
    ["log x\n", "line 1 'x' is not <name>+<id>+<key>"],
    [`log ${W1}\n`, "line 1 has a key of signature type 4, want 1"],
    [
      `\nlog ${LOG}\nlog ${LOG}\n`,
      "line 3 repeats the key of 'example.com/log'",
    ],
    [`witness X1\n`, "line 1 is not 'witness"],
    [`witness X1 ${LOG}\n`, "line 1 has a key of signature type 1, want 4"],
    [`witness none ${W1}\n`, "line 1 defines 'none' again"],
    [`witness X1 ${W1}\nwitness X1 ${W2}\n`, "line 2 defines 'X1' again"],
    [`witness X1 ${W1}\nwitness X2 ${W1}\n`, "line 2 repeats the key"],
    [`witness X1 ${W1}\ngroup X1 any X1\n`, "line 2 defines 'X1' again"],
    [`witness X1 ${W1}\ngroup g any\n`, "line 2 is not 'group"],
    ["group g any X1\n", "line 1 names 'X1'"],
    ["group g any g\n", "line 1 names 'g'"],
    ["group g any none\n", "line 1 names 'none'"],
    [
      `witness X1 ${W1}\ngroup g 0 X1\n`,
      "line 2 has the threshold '0', want all, any or 1 to 1",
    ],
    [`witness X1 ${W1}\ngroup g 2 X1\n`, "line 2 has the threshold '2'"],
    [`witness X1 ${W1}\ngroup g 01 X1\n`, "line 2 has the threshold '01'"],
    [`witness X1 ${W1}\ngroup g ALL X1\n`, "line 2 has the threshold 'ALL'"],
    [
      `witness X1 ${W1}\ngroup g any X1 X1\n`,
      "line 2 lists 'X1' as a member again",
    ],
    [
      `witness X1 ${W1}\ngroup g any X1\ngroup h any g X1\n`,
      "line 3 lists 'X1' as a member again",
    ],
  ])("%j is refused", (text, problem) => {
    expect(() => parsePolicy(p, text)).toThrow(
      `Cannot read policy: ${problem}`,
    );
    expect(() => parsePolicy(p, text)).toThrow(FormatError);
  });

  test("a key under another name is still the same key", () => {
    const renamed = formatVerifierKey(
      signer("other.example", COSIGNATURE, 1).key,
    );
    expect(() =>
      parsePolicy(p, `witness a ${W1}\nwitness b ${renamed}\n`),
    ).toThrow("line 2 repeats the key of 'other.example'");
  });

  test("a name that no decomposition makes equal is another name", () => {
    expect(() => parsePolicy(p, `witness \u212a ${W1}\nquorum K\n`)).toThrow(
      "names 'K'",
    );
  });

  test("a tower of groups is bounded", () => {
    const tower = Array.from(
      { length: POLICY_DEFINITIONS_MAX },
      (_, i) => `group g${i} any ${i === 0 ? "X1" : `g${i - 1}`}\n`,
    );
    const policy = (height: number) =>
      `witness X1 ${W1}\n${tower.slice(0, height).join("")}quorum g${height - 1}\n`;
    const highest = parsePolicy(p, policy(POLICY_DEFINITIONS_MAX - 1));
    expect(quorumMet(highest, new Set(["X1"]))).toBe(true);
    expect(() => parsePolicy(p, policy(POLICY_DEFINITIONS_MAX))).toThrow(
      "line 1001 is one too many, want at most 1000",
    );
  });

  test("arbitrary bytes and arbitrary lines throw FormatError or nothing", () => {
    const words = fc.constantFrom(
      "log",
      "witness",
      "group",
      "quorum",
      "none",
      "all",
      "any",
      "2",
      "a",
      "b",
      LOG,
      W1,
      W2,
      "#",
      " ",
      "\t",
      "\n",
    );
    fc.assert(fc.property(fc.uint8Array(), (noise) => readOrNothing(noise)));
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (line) =>
        readOrNothing(line.join(" ")),
      ),
      { numRuns: 500 },
    );
  });
});

describe("a quorum", () => {
  test("counts as the example says", () => {
    const policy = parsePolicy(p, EXAMPLE);
    fc.assert(
      fc.property(fc.subarray(NAMES), (cosigned) => {
        const x = cosigned.filter((name) => name.startsWith("X")).length;
        const y = cosigned.length - x;
        expect(quorumMet(policy, new Set(cosigned))).toBe(x >= 2 && y >= 1);
        expect(
          quorumMet(
            policy,
            new Set(["Z1", "X-witnesses", "X-and-Y", ...cosigned]),
          ),
        ).toBe(x >= 2 && y >= 1);
      }),
    );
  });

  test("of one witness is that witness", () => {
    const policy = parsePolicy(p, `${witnessLines}quorum X2\n`);
    expect(quorumMet(policy, new Set(["X1", "X3"]))).toBe(false);
    expect(quorumMet(policy, new Set(["X2"]))).toBe(true);
  });
});

describe("opening a checkpoint by a policy", () => {
  const policy = parsePolicy(p, EXAMPLE);
  const textOf = (origin: string) =>
    formatCheckpoint({ origin, size: 0, root: emptyRoot(p), extensions: [] });
  const text = textOf("example.com/log");
  const cosigned = signers.map(({ key, sign }, i) =>
    cosign(key, text, 1000 + i, sign),
  );
  const signed = signNote(log.key, text, log.sign);
  const open = (body: string, ...lines: (NoteSignature | undefined)[]) =>
    openCheckpoint(
      p,
      parseNote(
        formatNote(
          body,
          lines.filter((line) => line !== undefined),
        ),
      ),
      [log.key],
      policy,
    );

  test("says who cosigned when, and whether they are enough", () => {
    expect(open(text, signed)).toMatchObject({
      outcome: "opened",
      isQuorumMet: false,
      log: log.key,
    });
    expect(
      open(text, signed, cosigned[0], cosigned[2], cosigned[5]),
    ).toMatchObject({
      outcome: "opened",
      isQuorumMet: true,
      cosignedSeconds: new Map([
        ["X1", 1000],
        ["X3", 1002],
        ["Y3", 1005],
      ]),
    });
    expect(
      open(text, signed, cosigned[0], cosigned[0], cosigned[5]),
    ).toMatchObject({ isQuorumMet: false });
  });

  test("a cosignature is not the log's signature", () => {
    expect(open(text, ...cosigned)).toEqual({
      outcome: "rejected",
      reason: { kind: "otherLog" },
    });
  });

  test("a witness that bears the log's name is not the log", () => {
    const { key, sign } = signer("example.com/log", COSIGNATURE, 7);
    const named = parsePolicy(
      p,
      `witness w ${formatVerifierKey(key)}\nquorum w\n`,
    );
    const note = { text, signatures: [cosign(key, text, 5, sign)] };
    expect(openCheckpoint(p, note, [log.key], named)).toEqual({
      outcome: "rejected",
      reason: { kind: "otherLog" },
    });
  });

  test("a cosignature of another text rejects the checkpoint", () => {
    const [witness] = signers;
    const wrong =
      witness && cosign(witness.key, textOf("other"), 5, witness.sign);
    expect(open(text, signed, wrong)).toMatchObject({
      reason: { kind: "badSignature", key: { name: "X1.example" } },
    });
  });

  test("a log may not speak for another origin", () => {
    const body = textOf("example.com/other");
    expect(open(body, signNote(log.key, body, log.sign))).toEqual({
      outcome: "rejected",
      reason: { kind: "otherLog" },
    });
  });

  test("a signed text that is no checkpoint is a FormatError", () => {
    expect(() =>
      open("hello\n", signNote(log.key, "hello\n", log.sign)),
    ).toThrow(FormatError);
  });
});

function readOrNothing(text: Uint8Array | string): void {
  try {
    parsePolicy(p, text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}
