import { randomBytes } from "node:crypto";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import { dataset } from "../../acts/data.ts";
import { toBase64url } from "../../acts/bytes.ts";
import { paperPath, type Statement } from "../../acts/statement.ts";
import { makeDataset } from "../../engine/make-dataset.ts";
import type { Imported } from "../../engine/import.ts";
import { EDITION, editions } from "../../rules/editions.ts";
import { publicKeyText } from "../../store/crypto.ts";
import { writeWhole } from "../../store/durable.ts";
import { encode } from "../../acts/canonical.ts";
import { rulingLines } from "../../portal/findings.ts";
import { dayStart, type Paper, resolveAct } from "../act-file.ts";
import { CouldNot } from "../exit.ts";
import { foundingFile, pattern, readAs, step } from "../read-as.ts";
import { House } from "../house.ts";
import { issueToken } from "../issue-token.ts";
import { draft, nothingSeen, sign, type SignerKey } from "../signing.ts";
import { writeCitizens } from "./citizens.ts";
import { Identities } from "./identities.ts";
import type { Progress } from "./progress.ts";
import { type Session, sessionsOf } from "./requests.ts";
import { withIncome } from "./taken.ts";

type Step = z.infer<typeof step>;

export type Laying = {
  readonly folder: string;
  readonly origin: string;
  readonly examples: string;
  readonly databaseUrl: string;
  readonly progress: Progress;
  /** Requests from this day on only, counted from the start: a shorter history with all of its acts. */
  readonly sessionsFromDay?: number;
};

export const OFFSET_MINUTES = 480;
const FOUNDED = -548;
const MINUTE = 60_000;
const KEPT_RECEIPTS = 40;

/**
 * Lays eighteen months of history by submitting acts and requests to the same office and gateway as any other, with only
 * the clock given. Nothing here writes an entry, a ruling, a charge or a receipt.
 */
export async function layHistory(laying: Laying, start: number): Promise<void> {
  const { folder, origin, databaseUrl } = laying;
  const data = await makeData(laying);
  const clock = {
    now: dayStart(start, FOUNDED, OFFSET_MINUTES) + 9 * 60 * MINUTE,
  };
  const house = await House.open({
    folder,
    origin,
    databaseUrl,
    surroundings: { now: () => clock.now, random: (n) => randomBytes(n) },
  });
  const history = new History(laying, house, clock, start, data);
  try {
    await layIn(laying, house, history, start);
  } finally {
    await house.stop();
  }
}

async function layIn(
  laying: Laying,
  house: House,
  history: History,
  start: number,
): Promise<void> {
  const { folder, examples, progress } = laying;
  await history.found(join(examples, "office", "genesis.json"));
  const steps = (
    await Promise.all(
      (await stepFiles(examples)).map((file) => readJson(file, z.array(step))),
    )
  ).flat();
  const patterns = await readJson(
    join(examples, "office", "requests.json"),
    z.array(pattern),
  );
  const sessions = sessionsOf(patterns).filter(
    (session) => session.day >= (laying.sessionsFromDay ?? FOUNDED),
  );
  const events = [
    ...steps.map((step) => ({
      time: history.timeOf(step.day, minutesOf(step.at)),
      run: () => history.step(step),
    })),
    ...sessions.map((session) => ({
      time: history.timeOf(session.day, session.minute),
      run: () => history.session(session),
    })),
  ]
    .filter((event) => event.time < start)
    .sort((a, b) => a.time - b.time);
  for (const [index, event] of events.entries()) {
    await history.passTo(event.time);
    await event.run();
    progress.count(
      "history",
      index + 1,
      events.length,
      `${history.acts} acts, ${history.uses} uses`,
    );
  }
  await history.passTo(start);
  await history.tokens();
  await writeCitizens(folder, house);
  await history.identities.write(folder, house.office.register, start);
  progress.done(
    "history",
    `${history.acts} acts, ${history.uses} uses, ${house.office.published.size} entries`,
  );
}

async function stepFiles(examples: string): Promise<string[]> {
  const names = (await fs.readdir(join(examples, "office")))
    .filter((name) => /^[0-9][a-z]?-.*\.json$/.test(name))
    .sort();
  return names.map((name) => join(examples, "office", name));
}

async function readJson<S extends z.core.$ZodType>(
  path: string,
  schema: S,
): Promise<z.infer<S>> {
  return readAs(schema, JSON.parse(await fs.readFile(path, "utf8")), path);
}

async function makeData({
  folder,
  examples,
  progress,
}: Laying): Promise<ReadonlyMap<string, Imported>> {
  const made = new Map<string, Imported>();
  const names = (
    await fs.readdir(join(examples, "datasets"), { withFileTypes: true })
  )
    .filter((one) => one.isDirectory())
    .map((one) => one.name)
    .sort();
  for (const [index, name] of names.entries()) {
    made.set(
      name,
      await makeDataset(
        join(examples, "datasets", name),
        join(folder, "vintages"),
      ),
    );
    progress.count("data", index + 1, names.length, name);
  }
  const rows = [...made.values()].reduce((sum, one) => sum + one.rows, 0);
  progress.done("data", `${names.length} datasets, ${rows} rows`);
  return made;
}

function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

/** The office's history as it goes: who signs, what time it is, what was asked. */
class History {
  readonly identities = new Identities();
  readonly #laying: Laying;
  readonly #house: House;
  readonly #clock: { now: number };
  readonly #start: number;
  readonly #data: ReadonlyMap<string, Imported>;
  #receipts = 0;
  acts = 0;
  uses = 0;

  constructor(
    laying: Laying,
    house: House,
    clock: { now: number },
    start: number,
    data: ReadonlyMap<string, Imported>,
  ) {
    this.#laying = laying;
    this.#house = house;
    this.#clock = clock;
    this.#start = start;
    this.#data = data;
  }

  timeOf(day: number, minute: number): number {
    return dayStart(this.#start, day, OFFSET_MINUTES) + minute * MINUTE;
  }

  /** Lets the gateway do what is due at the end of the hour it was last busy in, then sets the clock. */
  async passTo(time: number): Promise<void> {
    const hourEnd = this.#clock.now - (this.#clock.now % 3_600_000) + 3_600_000;
    if (time >= hourEnd) {
      this.#clock.now = hourEnd;
      await this.#house.tick();
    }
    this.#clock.now = Math.max(this.#clock.now, time);
    await this.#house.followed();
  }

  async found(file: string): Promise<void> {
    const { act: raw } = await readJson(file, foundingFile);
    const persons = raw.tenures;
    const keys = persons.map(({ person }) => ({
      person,
      key: {
        form: "ed25519",
        publicKey: this.identities.keyOf(person).publicKey,
      },
    }));
    const act = await this.#resolved({ ...raw, keys });
    const signers = persons.map(({ person, post }): SignerKey => ({
      person,
      post,
      role: "approved",
      key: this.identities.keyOf(person),
    }));
    await this.#submit(
      draft(this.#laying.origin, nothingSeen, act, signers, this.#clock.now),
      signers,
    );
  }

  async step(step: Step): Promise<void> {
    if (step.enrol !== undefined) return this.#enrol(step.enrol, step.by);
    if (step.dataset !== undefined) return this.#dataset(step.dataset, step.by);
    const { register } = this.#house.office;
    const act = withIncome(register, await this.#resolved(step.act));
    const outcome = step.refused === true ? "refused" : "granted";
    await this.#act(act, step.by, outcome);
  }

  async session({ organisation, requests }: Session): Promise<void> {
    const { gateway } = this.#house;
    if (gateway === undefined)
      throw new CouldNot("Cannot lay history: no gateway is open");
    const answers = await Promise.all(
      requests.map((request) => gateway.ask(request, organisation)),
    );
    this.uses += answers.length;
    for (const answer of answers) {
      if (
        answer.outcome !== "answered" ||
        this.#receipts >= KEPT_RECEIPTS ||
        this.uses % 97 !== 0
      )
        continue;
      // Some data users keep their receipts: promises that a stranger can hold against the log.
      await writeWhole(
        join(
          this.#laying.folder,
          "receipts",
          `${String(this.#receipts++).padStart(3, "0")}.json`,
        ),
        encode(answer.receipt),
      );
    }
  }

  async tokens(): Promise<void> {
    const tokens: Record<string, string> = {};
    for (const organisation of this.#house.office.register.organisations.keys())
      tokens[organisation] = await issueToken(this.#house.sql, organisation);
    await writeWhole(
      join(this.#laying.folder, "keys", "tokens.json"),
      `${JSON.stringify(tokens, null, 2)}\n`,
      { mode: 0o600 },
    );
  }

  async #resolved(raw: unknown): Promise<unknown> {
    const { keys } = this.#house;
    const filled = JSON.parse(
      JSON.stringify(raw)
        .replaceAll('"$origin"', JSON.stringify(this.#laying.origin))
        .replaceAll('"$logKey"', JSON.stringify(publicKeyText(keys.log)))
        .replaceAll(
          '"$recordsKey"',
          JSON.stringify(publicKeyText(keys.records)),
        )
        .replaceAll(
          '"$gatewayKey"',
          JSON.stringify(publicKeyText(keys.gateway)),
        )
        .replaceAll('"$edition"', JSON.stringify(editions.get(EDITION))),
    ) as unknown;
    const { folder, examples } = this.#laying;
    const { act, papers, openings } = await resolveAct(filled, {
      folder: join(examples, "office"),
      start: this.#start,
      offsetMinutes: OFFSET_MINUTES,
      invents: true,
    });
    for (const paper of papers) await keepPaper(folder, paper);
    for (const opening of openings)
      await writeWhole(
        join(folder, "papers", `${opening.commitment}.json`),
        `${JSON.stringify(opening, null, 2)}\n`,
        { mode: 0o600 },
      );
    return act;
  }

  async #enrol(person: number, by: readonly string[]): Promise<void> {
    const key = this.identities.keyOf(person);
    const enrollers = this.identities
      .signers(this.#house.office.register, by, this.#clock.now)
      .map((one): SignerKey => ({ ...one, role: "approved" }));
    const signers: SignerKey[] = [
      { person, role: "holder", key },
      ...enrollers,
    ];
    const act = {
      kind: "keyEnrolled",
      person,
      key: { form: "ed25519", publicKey: key.publicKey },
    };
    await this.#submit(this.#draft(act, signers), signers);
  }

  /** Registers a dataset by its act, and enters its first vintage. */
  async #dataset(name: string, by: readonly string[]): Promise<void> {
    await this.#act(
      await readJson(
        join(this.#laying.examples, "datasets", name, "dataset.json"),
        dataset,
      ),
      by,
    );
    const made = this.#data.get(name);
    if (made === undefined)
      throw new CouldNot(`Cannot lay history: dataset ${name} was not made`);
    await this.#house.takeVintage({
      dataset: name,
      file: made.file,
      rows: made.rows,
    });
    await this.#house.office.publish();
  }

  async #act(
    act: unknown,
    by: readonly string[],
    expected: "granted" | "refused" = "granted",
  ): Promise<void> {
    const signers = this.identities.signers(
      this.#house.office.register,
      by,
      this.#clock.now,
    );
    await this.#submit(this.#draft(act, signers), signers, expected);
  }

  #draft(act: unknown, signers: readonly SignerKey[]): Statement {
    const { size, root } = this.#house.office.published;
    return draft(
      this.#laying.origin,
      { size, root: toBase64url(root) },
      act,
      signers,
      this.#clock.now,
    );
  }

  async #submit(
    statement: Statement,
    signers: readonly SignerKey[],
    expected: "granted" | "refused" = "granted",
  ): Promise<void> {
    const { office } = this.#house;
    const result = await office.enter(sign(statement, signers));
    if ("turnedAway" in result)
      throw new CouldNot(`Cannot lay history: ${result.turnedAway}`);
    if (result.ruling.outcome !== expected)
      throw new CouldNot(
        `Cannot lay history: act was ${rulingLines(statement.act, result.ruling, result.index, OFFSET_MINUTES).join(" / ")}`,
      );
    this.acts += 1;
    await this.#house.openGateway();
    await this.#house.followed();
    const { act } = statement;
    if (act.kind === "product" && act.key !== undefined)
      await this.#house.attachAgain(act.content[0]?.dataset ?? "");
  }
}

export async function keepPaper(
  folder: string,
  { digest, bytes }: Paper,
): Promise<void> {
  await writeWhole(join(folder, "public", paperPath(digest)), bytes, {
    immutable: true,
  });
}
