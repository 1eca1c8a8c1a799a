import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import {
  officeCase,
  placeOf,
  vectorEditions,
} from "../../../test/vector-office.ts";
import { must } from "../../../test/story-founding.ts";
import { type NoteSignature, formatNote, parseNote } from "../../log/note.ts";
import { parsePolicy, type Policy } from "../../log/policy.ts";
import { primitives } from "../../store/crypto.ts";
import { EXIT } from "../exit.ts";
import { check } from "./check.ts";
import { exitOf, reportLines } from "./print.ts";
import { askWitnesses, heardOf } from "./watch.ts";

const office = officeCase("valid", "policy-of-the-office");
/** w0 and w2 cosigned it, w1 did not. */
const note = office.register.checkpoint;
const policyText = must(officeCase("valid", "cosigned").policy);

type Answers = Readonly<Record<"w0" | "w1" | "w2", string | undefined>>;

/** A policy whose witnesses answer like this; undefined: it does not know the log. */
async function answering(answers: Answers): Promise<Policy> {
  const server = createServer((request, response) => {
    const [, name] = (request.url ?? "").split("/");
    const text = name === undefined ? undefined : Reflect.get(answers, name);
    response.statusCode = typeof text === "string" ? 200 : 404;
    response.end(text ?? "not found");
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const port =
    address === null || typeof address === "string" ? 0 : address.port;
  const addressed = policyText.replace(
    /^witness (w\d) .*$/gm,
    (line: string, name: string) => `${line} http://127.0.0.1:${port}/${name}`,
  );
  return parsePolicy(primitives, addressed);
}

/** What is heard when each witness answers like this. */
async function heard(answers: Answers) {
  const policy = await answering(answers);
  const { key } = must(policy.logs[0]);
  const said = await askWitnesses(policy, key.name);
  const { held, silent, unverified } = heardOf(said, {
    all: [{ ...key, until: Infinity }],
    against: () => [key],
  });
  return { sizes: held.map(({ size }) => size), silent, unverified };
}

test("a witness is heard with the checkpoint that it cosigned itself", async () => {
  expect(await heard({ w0: note, w1: undefined, w2: note })).toEqual({
    sizes: [3, 3],
    silent: ["w1"],
    unverified: [],
  });
});

test("one that answers with what it did not sign, or with anything else, is told from one that is silent", async () => {
  expect(await heard({ w0: note, w1: note, w2: "two histories" })).toEqual({
    sizes: [3],
    silent: [],
    unverified: ["w1", "w2"],
  });
  const other = note.replace("\n3\n", "\n4\n");
  const endless = note + "x".repeat(1_000_000);
  expect(await heard({ w0: other, w1: undefined, w2: endless })).toEqual({
    sizes: [],
    silent: ["w1"],
    unverified: ["w0", "w2"],
  });
});

test("a line that fails under the name of a witness, or of the log, does not hide the one that verifies", async () => {
  const { text, signatures } = parseNote(note);
  const failing = signatures.map((line): NoteSignature => {
    return { ...line, signature: new Uint8Array(line.signature.length) };
  });
  const blinded = formatNote(text, [...failing, ...signatures]);
  expect(await heard({ w0: blinded, w1: blinded, w2: note })).toEqual({
    sizes: [3, 3],
    silent: [],
    unverified: ["w1"],
  });
});

/** How a check ends with that policy of the user's: its code, its last line, what it says of single witnesses. */
async function ends(answers: Answers) {
  const result = await check(placeOf(office), {
    editions: vectorEditions,
    now: () => office.now,
    receipts: [],
    also: [],
    policy: await answering(answers),
  });
  const lines = reportLines(result, { genesisGiven: false, policyGiven: true });
  const about = lines.filter((line) => / witness w/.test(line));
  return [exitOf(result), lines.at(-1), ...about];
}

test("what a silent witness holds is not checked, and the conclusion says by how many it is confirmed", async () => {
  expect(await ends({ w0: note, w1: undefined, w2: note })).toEqual([
    EXIT.done,
    "no contradiction found, confirmed by 2 of 3 witnesses",
    "not checked  whether witness w1 holds another history: it gave no answer",
  ]);
});

test("a witness whose answer does not verify leaves no good end", async () => {
  expect(await ends({ w0: note, w1: "", w2: note })).toEqual([
    EXIT.could_not,
    "could not check",
    "not checked  whether witness w1 holds another history: its answer is not signed by this log and by it",
  ]);
});
