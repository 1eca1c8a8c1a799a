import { expect, test } from "vitest";
import { aBody } from "../../../test/story-acts.ts";
import {
  day,
  keyOf,
  ORIGIN,
  p,
  posts,
  theGenesis,
} from "../../../test/story-founding.ts";
import { aLogEnd } from "../../../test/story-log-keys.ts";
import { approved, play, sourceOf } from "../../../test/story.ts";
import { placeOver } from "../../../test/vector-office.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { noFaults } from "../../audit/report.ts";
import { formatCheckpoint } from "../../log/checkpoint.ts";
import { formatNote, signNote } from "../../log/note.ts";
import { bundlePath, encodeBundle } from "../../log/tiles.ts";
import { ED25519, verifierKey } from "../../log/verifier-key.ts";
import { checkPredecessor } from "./predecessor.ts";

const NEXT = "next.example/register";
const both = [approved("administrator"), approved("registrar")] as const;
const { entries } = play([
  [day(0), theGenesis({ posts: posts("registrar", "administer") }), "granted"],
  [day(1), aBody(), "granted"],
  [day(3), aLogEnd({ successor: NEXT }), ...both, "granted"],
]);
const whole = sourceOf(ORIGIN, entries);

function heldAt(size: number, shown: readonly Uint8Array[] = entries) {
  const { publicKey, sign } = keyOf("register");
  const key = verifierKey(p, ORIGIN, ED25519, publicKey);
  const text = formatCheckpoint({
    origin: ORIGIN,
    size: entries.length,
    root: whole.root,
    extensions: [],
  });
  const files = new Map<string, Uint8Array>([
    [
      "log/register/checkpoint",
      Buffer.from(formatNote(text, [signNote(key, text, sign)])),
    ],
    [`log/register/${bundlePath(0, entries.length)}`, encodeBundle([...shown])],
  ]);
  const faults = noFaults();
  const root = toBase64url(sourceOf(ORIGIN, entries.slice(0, size)).root);
  const register = {
    origin: NEXT,
    predecessor: { origin: ORIGIN, size, root },
  };
  return checkPredecessor([placeOver(files)], { register, faults }).then(
    (said) => ({ said, faults: faults.kept }),
  );
}

test("a successor that leaves the last acts of the log before it out contradicts that log's end", async () => {
  expect(await heldAt(entries.length)).toMatchObject({
    said: expect.stringContaining("it ends there and names this log"),
    faults: [],
  });
  expect((await heldAt(2)).faults).toMatchObject([
    {
      code: "predecessor",
      says: expect.stringContaining("leaves its last acts out"),
    },
  ]);
});

test("a place in the name of the log that is followed accuses nobody with rubbish", async () => {
  const rubbish = await heldAt(2, [Buffer.from("{}")]);
  expect(rubbish.faults).toEqual([]);
  expect(rubbish.said).toContain("which was not checked");
  const changed = await heldAt(2, [...entries.slice(0, -1), Buffer.from("{}")]);
  expect(changed.faults).toEqual([]);
  expect(changed.said).toContain("do not lead to the root");
});
