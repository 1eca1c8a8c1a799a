import { expect, onTestFinished, test } from "vitest";
import {
  DAY,
  MINUTE,
  organisation,
} from "../../test/simulation/small-office-acts.ts";
import { officeFor } from "../../test/simulation/small-office-story.ts";
import {
  adoption,
  cosigners,
  logKeyOf,
  policyOf,
  SmallWitness,
  WATCHED_START,
} from "../../test/simulation/small-office-witness.ts";
import { ORIGIN } from "../../test/simulation/small-office.ts";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { signedLogKeyBytes } from "../acts/office.ts";
import { nextLogKeyFile, writeKeyFile } from "../cli/keys.ts";
import { openWitness, witnessKey } from "../cli/witness.ts";
import { formatCheckpoint } from "../log/checkpoint.ts";
import { cosign } from "../log/cosignature.ts";
import { leafHash } from "../log/hash.ts";
import { addLeaf, emptyNodes, nodeReader } from "../log/nodes.ts";
import {
  formatNote,
  formatSignatures,
  parseNote,
  signNote,
} from "../log/note.ts";
import { consistencyProof } from "../log/proof.ts";
import { rootOf } from "../log/tree.ts";
import { COSIGNATURE, ED25519, verifierKey } from "../log/verifier-key.ts";
import { formatAddCheckpoint, parseAddCheckpoint } from "../log/witness.ts";
import { generateKey, primitives, signingKey } from "../store/crypto.ts";

test("whoever has a log key that is over leads an honest witness astray, and nobody takes that for evidence", async () => {
  const office = await officeFor("old_key", {
    start: WATCHED_START - 60 * DAY,
  });
  const court = await SmallWitness.open(office, "court");
  const old = office.house.keys.log;
  await office.granted(await policyOf(office, [court]));
  const pair = generateKey();
  await writeKeyFile(await nextLogKeyFile(office.folder), pair);
  const { logKey } = office.house.office.register;
  const signed = signedLogKeyBytes(ORIGIN, logKey, pair.publicKey);
  const proof = toBase64url(signingKey(pair).sign(signed));
  await office.granted({
    kind: "logKeyChanged",
    logKey: pair.publicKey,
    proof,
  });
  const first = verifierKey(primitives, ORIGIN, ED25519, old.publicKey);
  const next = verifierKey(
    primitives,
    ORIGIN,
    ED25519,
    fromBase64url(pair.publicKey),
  );
  await court.stop();
  const { server } = await openWitness(
    court.folder,
    [first, next],
    "court.example/witness",
  );
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(
        address !== null && typeof address !== "string" ? address.port : 0,
      );
    });
  });
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  court.says = async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request)
      if (part instanceof Buffer) parts.push(part);
    const method = request.method ?? "GET";
    const body = method === "POST" ? { body: Buffer.concat(parts) } : {};
    const answer = await fetch(`http://127.0.0.1:${port}${request.url}`, {
      method,
      ...body,
    });
    response.writeHead(answer.status).end(await answer.text());
  };
  await office.pass(31 * DAY);
  await office.granted(organisation("after-the-thirty-days"));
  await office.pass(MINUTE);
  const { size } = office.house.office.published;
  const nodes = emptyNodes();
  for (const raw of await office.house.office.entries(0, size))
    addLeaf(primitives, nodes, leafHash(primitives, raw));
  addLeaf(
    primitives,
    nodes,
    leafHash(primitives, Buffer.from("nobody's entry")),
  );
  const root = rootOf(primitives, nodes.range);
  const text = formatCheckpoint({
    origin: ORIGIN,
    size: size + 1,
    root,
    extensions: [],
  });
  const note = parseNote(formatNote(text, [signNote(first, text, old.sign)]));
  const way = consistencyProof(primitives, size, size + 1, nodeReader(nodes));
  const answer = await fetch(`http://127.0.0.1:${port}/add-checkpoint`, {
    method: "POST",
    body: formatAddCheckpoint(size, way, note),
  });
  expect(answer.status).toBe(200);
  // Without it there is no quorum; but the log has not ended.
  office.clock.now += 11 * MINUTE;
  await expect(office.house.tick()).rejects.toThrow(
    /gives no evidence: what it shows of size \d+ is not signed by every key of this log that signs by now/,
  );
  const { faults, watch } = await office.check();
  expect(faults.kept).toEqual([]);
  expect(watch.astray).toEqual(["court"]);
});

test("a cosignature from the future is not published where the quorum does without it", async () => {
  const office = await officeFor("future", { start: WATCHED_START });
  const court = await SmallWitness.open(office, "court");
  const fast = await SmallWitness.open(office, "fast");
  const { publicKey, sign } = await witnessKey(fast.folder);
  const key = verifierKey(
    primitives,
    "fast.example/witness",
    COSIGNATURE,
    publicKey,
  );
  let ahead = 0;
  fast.says = async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request)
      if (part instanceof Buffer) parts.push(part);
    const { note } = parseAddCheckpoint(Buffer.concat(parts));
    const seconds = Math.floor(office.clock.now / 1000) + ahead;
    response.end(formatSignatures([cosign(key, note.text, seconds, sign)]));
  };
  const policy = [
    `log ${logKeyOf(office)}`,
    court.line,
    fast.line,
    "group enough 1 court fast",
    "quorum enough",
    "# vitrine wait 400",
    "",
  ];
  await office.granted(await adoption(office, policy.join("\n")));
  expect(cosigners(office)).toEqual(["court", "fast"]);
  ahead = 31;
  await office.pass(2 * MINUTE);
  await office.granted(organisation("one"));
  expect(cosigners(office)).toEqual(["court"]);
  await office.pass(2 * MINUTE);
  await office.granted(organisation("two"));
  const { faults } = await office.check();
  expect(faults.kept).toEqual([]);
});
