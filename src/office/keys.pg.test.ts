import { promises as fs } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  DAY,
  HOUR,
  organisation,
  people,
  system,
  vehicles,
} from "../../test/simulation/small-office-acts.ts";
import {
  ORIGIN,
  type SmallOffice,
} from "../../test/simulation/small-office.ts";
import {
  leftOver,
  officeFor,
} from "../../test/simulation/small-office-story.ts";
import { watched } from "../../test/simulation/small-office-witness.ts";
import type { ActOf } from "../acts/act.ts";
import { toBase64url } from "../acts/bytes.ts";
import type { LogRecord } from "../acts/record.ts";
import { signedLogKeyBytes } from "../acts/office.ts";
import { CouldNot } from "../cli/exit.ts";
import { nextLogKeyFile, readKeyFile, writeKeyFile } from "../cli/keys.ts";
import { formatNote, parseNote, signNote } from "../log/note.ts";
import {
  ED25519,
  formatVerifierKey,
  verifierKey,
} from "../log/verifier-key.ts";
import {
  generateKey,
  type KeyPair,
  primitives,
  signingKey,
} from "../store/crypto.ts";
import { LogHalted } from "../store/durable.ts";

/** The next key beside the one of now, and the act that names it. */
async function nextKey(office: SmallOffice): Promise<{
  readonly pair: KeyPair;
  readonly file: string;
  readonly act: ActOf<"logKeyChanged">;
}> {
  const pair = generateKey();
  const file = await nextLogKeyFile(office.folder);
  await writeKeyFile(file, pair);
  return { pair, file, act: naming(office, pair) };
}

function naming(office: SmallOffice, pair: KeyPair): ActOf<"logKeyChanged"> {
  const { logKey } = office.house.office.register;
  const message = signedLogKeyBytes(ORIGIN, logKey, pair.publicKey);
  const proof = toBase64url(signingKey(pair).sign(message));
  return { kind: "logKeyChanged", logKey: pair.publicKey, proof };
}

/** The key ids of this log under what is public now, in their order. */
const signatures = ({ house }: SmallOffice): readonly number[] =>
  parseNote(house.office.published.note)
    .signatures.filter(({ name }) => name === ORIGIN)
    .map(({ keyId }) => keyId);

const noteIdOf = (publicKey: string): number =>
  verifierKey(primitives, ORIGIN, ED25519, Buffer.from(publicKey, "base64url"))
    .id;

/** The same checkpoint under the lines of these keys alone. */
function under(note: string, ...pairs: readonly KeyPair[]): string {
  const { text } = parseNote(note);
  const lines = pairs.map((pair) => {
    const { publicKey, sign } = signingKey(pair);
    const key = verifierKey(primitives, ORIGIN, ED25519, publicKey);
    return signNote(key, text, sign);
  });
  return formatNote(text, lines);
}

const vintageOf = (dataset: string): LogRecord => {
  const hash = toBase64url(Buffer.alloc(32, 7));
  const rest = { vintage: 9, rows: 1, digest: hash, schema: hash };
  return { kind: "vintage", dataset, ...rest };
};

const firstPair = async ({ folder }: SmallOffice): Promise<KeyPair> => {
  const { publicKey, privateKey } = await readKeyFile(
    join(folder, "keys", "log.json"),
  );
  return { publicKey, privateKey };
};

describe("the log's key changes", () => {
  test("for 30 days both keys sign every checkpoint, then the new one alone, through every restart", async () => {
    const office = await officeFor("keys");
    const first = noteIdOf(office.house.office.register.logKey);
    expect(signatures(office)).toEqual([first]);
    const before = office.house.office.published.note;
    const { pair, act } = await nextKey(office);
    const next = noteIdOf(pair.publicKey);
    // It is here, and nobody has named it.
    await office.restart();
    expect(signatures(office)).toEqual([first]);
    await office.granted(act);
    const changedAt = office.house.office.register.at;
    expect(signatures(office)).toEqual([first, next]);
    await office.answered(people(), "huaxing");
    await office.restart({ orderly: false });
    await office.granted(organisation("one"));
    expect(signatures(office)).toEqual([first, next]);
    const within = office.house.office.published.note;
    expect(await leftOver(office)).toEqual([]);
    office.clock.now = changedAt + 30 * DAY - 1;
    await office.granted(organisation("last-moment"));
    expect(signatures(office)).toEqual([first, next]);
    office.clock.now = changedAt + 30 * DAY;
    await office.granted(organisation("first-moment"));
    expect(signatures(office)).toEqual([next]);
    await office.restart();
    await office.answered(vehicles(), "huaxing");
    const after = office.house.office.published.note;
    expect(await leftOver(office)).toEqual([]);
    const also = [before, within, after].map((note) => ({ file: "x", note }));
    expect(await office.faults({ also })).toEqual([]);
    // The first key was never anybody's again: its file may be taken away.
    await office.stop();
    await fs.rename(
      join(office.folder, "keys", "log.json"),
      join(office.folder, "log.json"),
    );
    await office.start();
    await office.granted(organisation("without-the-first"));
    expect(signatures(office)).toEqual([next]);
  });

  test("a checkpoint that lacks one of the signatures of its size is not the log's", async () => {
    const office = await officeFor("keys");
    const old = await firstPair(office);
    const before = office.house.office.published.note;
    const { pair, act } = await nextKey(office);
    await office.granted(act);
    const within = office.house.office.published.note;
    const changedAt = office.house.office.register.at;
    const kept = (note: string) =>
      office.check({ also: [{ file: "kept", note }] });
    const notOfThisLog = "it is not signed by the log";
    await kept(under(within, old, pair));
    // One that a key of the log signed is held against the tree, whatever else it lacks.
    for (const note of [
      under(before, pair),
      under(within, old),
      under(within, pair),
    ]) {
      const { faults, suspicions } = await kept(note);
      expect([faults.kept, suspicions]).toEqual([[], []]);
    }
    const foreign = kept(under(within, generateKey()));
    await expect(foreign).rejects.toThrow(CouldNot);
    await expect(foreign).rejects.toThrow(notOfThisLog);
    office.clock.now = changedAt + 31 * DAY;
    await office.granted(organisation("later"));
    const after = office.house.office.published.note;
    await kept(under(after, pair));
    expect((await kept(under(after, old))).faults.kept).toEqual([]);
    // And in its place in the log: the stranger finds it.
    const path = join(office.folder, "public", "log", "register", "checkpoint");
    await fs.writeFile(path, under(after, old));
    await expect(office.check()).rejects.toThrow("is not signed by its key");
  });

  test("a second change within the 30 days is signed by all three", async () => {
    const office = await officeFor("keys");
    await office.granted((await nextKey(office)).act);
    const second = await nextKey(office);
    expect(second.file.endsWith("log-3.json")).toBe(true);
    await office.granted(second.act);
    expect(signatures(office)).toHaveLength(3);
    await office.restart();
    await office.answered(vehicles(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
  });

  test("an act that names a key which is not here is turned away: nobody could sign the next checkpoint", async () => {
    const office = await officeFor("keys");
    const { size } = office.house.office.register;
    const stranger = naming(office, generateKey());
    const result = await office.enter(stranger);
    expect(result).toMatchObject({ code: "misdirected" });
    expect(result).toMatchObject({
      turnedAway: expect.stringContaining("vitrine log-key new"),
    });
    expect(office.house.office.register.size).toBe(size);
    expect(await leftOver(office)).toEqual([]);
  });

  test("an office without a key that must sign does not start, and says which is wanted", async () => {
    const office = await officeFor("keys");
    const { file, act, pair } = await nextKey(office);
    await office.granted(act);
    await office.stop();
    for (const name of [file, join(office.folder, "keys", "log.json")]) {
      await fs.rename(name, `${name}.aside`);
      if (name === file) {
        await expect(office.start()).rejects.toThrow(LogHalted);
        await expect(office.start()).rejects.toThrow(
          `names the key ${pair.publicKey}, ours are`,
        );
      } else {
        // A first key is made anew where none is: it is not the log's.
        await expect(office.start()).rejects.toThrow("bring back its key file");
        await fs.rm(name);
      }
      await fs.rename(`${name}.aside`, name);
    }
    await office.start();
    await office.granted(organisation("one"));
    expect(await leftOver(office)).toEqual([]);
  });

  test("when the process ends between the act and its checkpoint, the next one signs with both", async () => {
    const office = await officeFor("keys");
    const { act } = await nextKey(office);
    const { size } = office.house.office.published;
    const path = join(office.folder, "public", "log", "register", "checkpoint");
    await fs.rename(path, `${path}.aside`);
    await fs.mkdir(join(path, "in-the-way"), { recursive: true });
    office.house.office.enter(office.submission(act)).catch(() => undefined);
    await expect
      .poll(() => office.house.office.failure)
      .toContain("nothing can be published");
    expect(office.house.office.published.size).toBe(size);
    // What the process has in memory is lost with it.
    await office.stop();
    await fs.rm(path, { recursive: true });
    await fs.rename(`${path}.aside`, path);
    await office.start();
    expect(office.house.office.published.size).toBe(size + 1);
    expect(signatures(office)).toHaveLength(2);
    await office.answered(vehicles(), "huaxing");
    expect(await leftOver(office)).toEqual([]);
  });

  test("a witness that knows the first key alone goes on for 30 days and is believed; then it wants the new one", async () => {
    const { office, court } = await watched("keys");
    const { pair, act } = await nextKey(office);
    await office.granted(act);
    expect(signatures(office)).toHaveLength(2);
    expect(await leftOver(office)).toEqual([]);
    await court.stop();
    const next = verifierKey(
      primitives,
      ORIGIN,
      ED25519,
      Buffer.from(pair.publicKey, "base64url"),
    );
    await court.start(formatVerifierKey(next));
    await office.granted(organisation("one"));
    expect(await leftOver(office)).toEqual([]);
  });
});

describe("a log is ended", () => {
  const end: ActOf<"logEnded"> = {
    kind: "logEnded",
    reason: "breach",
    successor: "data.successor.example/register",
  };

  test("nothing is entered or answered behind its end, through every restart; everything that was promised is kept", async () => {
    const office = await officeFor("keys");
    await office.answered(vehicles(), "huaxing");
    await office.answered(people(), "huaxing");
    office.clock.now += HOUR;
    await office.granted(end);
    const { size } = office.house.office.register;
    const refused = async (): Promise<void> => {
      expect(await office.enter(system("late"))).toMatchObject({
        code: "ended",
        turnedAway: expect.stringContaining(
          "data.successor.example/register follows it",
        ),
      });
      await expect(office.ask(vehicles(), "huaxing")).rejects.toThrow(
        "was closed by an act",
      );
      const { office: desk, keys } = office.house;
      await expect(
        desk.record(vintageOf("vehicles"), keys.records),
      ).rejects.toThrow("no act in force enrolled key");
    };
    await refused();
    await office.restart();
    await refused();
    await office.restart({ orderly: false });
    await refused();
    expect(await leftOver(office)).toEqual([]);
    await office.pass(100 * DAY);
    expect(await leftOver(office)).toEqual([]);
    expect(office.house.office.register.size).toBe(size);
  });
});
