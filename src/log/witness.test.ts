import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toBase64 } from "../acts/bytes.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { FormatError } from "./format-error.ts";
import { leafHash } from "./hash.ts";
import { signNote } from "./note.ts";
import { consistencyProof, type ReadHash } from "./proof.ts";
import { p, signer } from "./signing.test.ts";
import { rootOfLeaves } from "./tree.ts";
import { ED25519 } from "./verifier-key.ts";
import {
  type AddCheckpoint,
  type AddCheckpointAnswer,
  formatAddCheckpoint,
  formatConflict,
  judgeAddCheckpoint,
  monitoringPath,
  parseAddCheckpoint,
  parseConflict,
  type WitnessState,
} from "./witness.ts";

/** The example of C2SP tlog-witness "add-checkpoint". */
const EXAMPLE = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`;
const HASH = "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=";

describe("reading an add-checkpoint request", () => {
  test("the specification's example, written back the same", () => {
    const request = parseAddCheckpoint(EXAMPLE);
    expect(request).toMatchObject({
      oldSize: 20_852_014,
      checkpoint: { size: 20_852_163 },
    });
    expect(request.proof.map(toBase64)[0]).toBe(HASH);
    expect(request.proof.length).toBe(4);
    expect(
      formatAddCheckpoint(request.oldSize, request.proof, request.note),
    ).toBe(EXAMPLE);
  });

  test("63 proof lines are read, 64 are not", () => {
    const body = (lines: number) =>
      EXAMPLE.replace(`${HASH}\n`, `${HASH}\n`.repeat(lines - 3));
    expect(parseAddCheckpoint(body(63)).proof.length).toBe(63);
    expect(() => parseAddCheckpoint(body(64))).toThrow(
      "it has 64 proof lines, want at most 63",
    );
  });

  test.each([
    ["nothing", ""],
    ["no old size", EXAMPLE.replace("old 20852014\n", "")],
    ["an old size with leading zeroes", EXAMPLE.replace("old 2", "old 02")],
    ["a negative old size", EXAMPLE.replace("old 2", "old -2")],
    ["two spaces", EXAMPLE.replace("old ", "old  ")],
    ["carriage returns", EXAMPLE.replaceAll("\n", "\r\n")],
    ["a short hash", EXAMPLE.replace(HASH, "AAAA")],
    ["no checkpoint", EXAMPLE.slice(0, EXAMPLE.indexOf("\n\n") + 2)],
    ["a note that is no checkpoint", EXAMPLE.replace("20852163\n", "x\n")],
    ["no signature", EXAMPLE.slice(0, EXAMPLE.indexOf("\u2014"))],
  ])("one with %s is refused", (_, body) => {
    expect(() => parseAddCheckpoint(body)).toThrow(FormatError);
  });

  test("one that is accepted formats to the same bytes, also after a change", () => {
    fc.assert(
      fc.property(
        fc.nat(EXAMPLE.length),
        fc.string({ maxLength: 2, unit: "binary" }),
        fc.boolean(),
        (at, piece, replaces) => {
          const changed =
            EXAMPLE.slice(0, at) +
            piece +
            EXAMPLE.slice(at + (replaces ? 1 : 0));
          const found = formatErrorIsNothing(() => parseAddCheckpoint(changed));
          if (found === undefined) return;
          expect(
            formatAddCheckpoint(found.oldSize, found.proof, found.note),
          ).toBe(changed);
        },
      ),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(
        fc.uint8Array(),
        (noise) => void formatErrorIsNothing(() => parseAddCheckpoint(noise)),
      ),
    );
  });
});

describe("a 409's body", () => {
  test("is the size on one line", () => {
    expect(parseConflict(formatConflict(42))).toBe(42);
    for (const body of ["", "\n", "42", "042\n", "42\n\n", "-1\n", "42 \n"]) {
      expect(() => parseConflict(body)).toThrow(FormatError);
    }
  });
});

test("the monitoring path is the SHA-256 of the origin in hex", () => {
  expect(monitoringPath(p, "abc")).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/checkpoint",
  );
});

describe("judging a request", () => {
  const ORIGIN = "example.com/log";
  const log = signer(ORIGIN, ED25519, 1);
  const stranger = signer(ORIGIN, ED25519, 2);
  const leaves = Array.from({ length: 20 }, (_, i) =>
    leafHash(p, Uint8Array.of(i)),
  );
  const rootOfSize = (size: number) => rootOfLeaves(p, leaves.slice(0, size));
  const readHash: ReadHash = (level, index) =>
    rootOfLeaves(p, leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
  const stateOf = (size: number): WitnessState => ({
    size,
    root: rootOfSize(size),
  });
  const proofOf = (older: number, newer: number) =>
    consistencyProof(p, older, newer, readHash);

  function requestFor(
    oldSize: number,
    size: number,
    {
      proof = oldSize <= size ? proofOf(oldSize, size) : [],
      root = rootOfSize(size),
      by = log,
    } = {},
  ): AddCheckpoint {
    const text = formatCheckpoint({
      origin: ORIGIN,
      size,
      root,
      extensions: [],
    });
    const note = { text, signatures: [signNote(by.key, text, by.sign)] };
    return parseAddCheckpoint(formatAddCheckpoint(oldSize, proof, note));
  }

  const judge = (
    state: WitnessState | undefined,
    request: AddCheckpoint,
    keys = [log.key],
  ) => judgeAddCheckpoint(p, state, request, keys);
  const check = (
    wanted: Partial<AddCheckpointAnswer>,
    state: WitnessState | undefined,
    request: AddCheckpoint,
  ) => expect(judge(state, request)).toMatchObject(wanted);

  test("the first checkpoint of a log is taken with an empty proof", () => {
    check({ status: 200, state: stateOf(7) }, undefined, requestFor(0, 7));
    check({ status: 200, state: stateOf(0) }, undefined, requestFor(0, 0));
    check({ status: 200, state: stateOf(7) }, stateOf(0), requestFor(0, 7));
    check(
      { status: 422 },
      undefined,
      requestFor(0, 7, { proof: [rootOfSize(1)] }),
    );
    check(
      { status: 422 },
      undefined,
      requestFor(0, 0, { root: rootOfSize(1) }),
    );
    check(
      { status: 422 },
      stateOf(0),
      requestFor(0, 0, { root: rootOfSize(1) }),
    );
  });

  test("every growth is taken with its proof, and with no other", () => {
    for (let older = 1; older <= 20; older++) {
      for (let newer = older; newer <= 20; newer++) {
        check(
          { status: 200, state: stateOf(newer) },
          stateOf(older),
          requestFor(older, newer),
        );
        check(
          { status: 422 },
          stateOf(older),
          requestFor(older, newer, {
            proof: [...proofOf(older, newer), rootOfSize(1)],
          }),
        );
        check(
          { status: 422 },
          stateOf(older),
          requestFor(older, newer, { root: rootOfSize(newer - 1) }),
        );
        if (newer > older)
          check(
            { status: 422 },
            stateOf(older),
            requestFor(older, newer, { proof: [] }),
          );
      }
    }
  });

  test("the same size with another root is unprocessable (formats.md 1.6)", () => {
    check(
      { status: 422 },
      stateOf(7),
      requestFor(7, 7, { root: rootOfSize(6) }),
    );
  });

  test("an old size that is not the latest is a conflict that names the latest", () => {
    check({ status: 409, size: 0 }, undefined, requestFor(3, 7));
    check({ status: 409, size: 5 }, stateOf(5), requestFor(3, 7));
    check({ status: 409, size: 5 }, stateOf(5), requestFor(0, 7));
    check({ status: 409, size: 9 }, stateOf(9), requestFor(7, 7));
    check(
      { status: 409, size: 5 },
      stateOf(5),
      requestFor(0, 0, { root: rootOfSize(1) }),
    );
  });

  test("an old size above the checkpoint's is a bad request", () => {
    check({ status: 400 }, stateOf(8), requestFor(8, 7));
    check({ status: 400 }, stateOf(5), requestFor(8, 7));
  });

  test("an unknown origin is not found, before anything else is looked at", () => {
    expect(
      judge(undefined, requestFor(8, 7, { by: stranger }), []),
    ).toMatchObject({ status: 404 });
  });

  test("no signature by a trusted key, or a failing one, is forbidden", () => {
    check({ status: 403 }, stateOf(5), requestFor(5, 7, { by: stranger }));
    const request = requestFor(8, 7);
    const [line] = request.note.signatures;
    const bad = {
      ...line,
      name: ORIGIN,
      keyId: log.key.id,
      signature: new Uint8Array(64),
    };
    check({ status: 403 }, stateOf(5), {
      ...request,
      note: { ...request.note, signatures: [bad] },
    });
  });

  test("any of the keys trusted for the log will do", () => {
    const request = requestFor(5, 7, { by: stranger });
    expect(judge(stateOf(5), request, [log.key, stranger.key])).toMatchObject({
      status: 200,
    });
  });

  test("a state once taken is never left for an older or another tree", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)), {
          maxLength: 30,
        }),
        (requests) => {
          let state: WitnessState | undefined;
          for (const [oldSize, size, rootSize] of requests) {
            const answer = judge(
              state,
              requestFor(oldSize, size, { root: rootOfSize(rootSize) }),
            );
            if (answer.status !== 200) continue;
            expect(answer.state.size).toBeGreaterThanOrEqual(state?.size ?? 0);
            // From the empty tree any root may follow; that choice binds from then on.
            if (
              state !== undefined &&
              state.size > 0 &&
              toBase64(state.root) === toBase64(rootOfSize(state.size))
            ) {
              expect(toBase64(answer.state.root)).toBe(
                toBase64(rootOfSize(size)),
              );
            }
            state = answer.state;
          }
        },
      ),
    );
  });
});

function formatErrorIsNothing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
