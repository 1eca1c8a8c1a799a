import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { onTestFinished, vi } from "vitest";
import * as z from "zod/mini";
import type { Act, ActOf } from "../../src/acts/act.ts";
import { EngineFailed } from "../../src/engine/failed.ts";
import type { Batch, From, Source } from "../../src/engine/source.ts";
import type { Gateway } from "../../src/gateway/gateway.ts";
import type { Plan, RecordsPlan } from "../../src/uses/plan.ts";
import { parseReceipt, receipt, type Receipt } from "../../src/uses/receipt.ts";
import { settlePart, type SettlePart } from "../../src/uses/opening.ts";
import type { Settle, Use } from "../../src/uses/use.ts";
import type { Web } from "../web-office.ts";
import { datasets, fee, permit, product } from "./small-office-acts.ts";
import { entryOf, officeFor } from "./small-office-story.ts";
import type { SmallOffice } from "./small-office.ts";

/** More rows than the engine gives in one batch. */
export const BULK_ROWS = 9000;
export const PERSONS = 5000;
const FAR = Date.UTC(2040, 0, 1);

/** Products whose answers are long: a step of vehicles is 100 rows and costs 3 fen, and persons cost nothing. */
export const bulkActs: readonly Act[] = [
  product({
    product: "vehicles.bulk",
    authorisation: "sanhe-vehicles",
    rowsMax: 100_000,
    rowsPerStep: 100,
  }),
  product({
    product: "people.bulk",
    content: [{ dataset: "people", fields: ["number", "name", "town"] }],
    rowsMax: 1_000_000,
    rowsPerStep: 100,
  }),
  {
    kind: "feeCeiling",
    ceiling: "bulk-max",
    product: "vehicles.bulk",
    amount: 5,
    currency: "CNY",
    unit: "step",
    to: FAR,
  },
  fee("bulk-fee", 3, { product: "vehicles.bulk" }),
  ...["huaxing", "other"].flatMap((organisation) => [
    permit({
      ...{ permit: `${organisation}-bulk`, organisation },
      ...{ product: "vehicles.bulk", rowsMax: 100_000 },
    }),
    permit({
      ...{ permit: `${organisation}-persons`, organisation },
      ...{ product: "people.bulk", rowsMax: 1_000_000 },
      ...{ fields: ["number", "name", "town"], where: ["town"] },
    }),
  ]),
];

export const manyVehicles = (rows = BULK_ROWS): readonly object[] =>
  Array.from({ length: rows }, (_, i) => ({
    ...{ plate: `P${i}`, make: `Make ${i % 5}`, year: 1990 + (i % 30) },
  }));

export const manyPeople = (rows = PERSONS): readonly object[] =>
  Array.from({ length: rows }, (_, i) => ({
    ...{ number: `N${i}`, name: `Name ${i}`, town: `Town ${i % 7}` },
  }));

export function datasetAct(id: string): ActOf<"dataset"> {
  const act = datasets.find(({ dataset }) => dataset === id);
  if (act === undefined) throw new Error(`Cannot find dataset ${id}`);
  return act;
}

/** An office whose answers are long. */
export async function bulkOffice(
  file: string,
  options: { readonly start?: number; readonly more?: readonly Act[] } = {},
): Promise<SmallOffice> {
  const more = [...bulkActs, ...(options.more ?? [])];
  const office = await officeFor(file, { ...options, more });
  await office.load(datasetAct("vehicles"), manyVehicles());
  await office.load(datasetAct("people"), manyPeople());
  await office.house.tick();
  return office;
}

export function gatewayOf({ house }: SmallOffice): Gateway {
  if (house.gateway === undefined) throw new Error("No gateway is open");
  return house.gateway;
}

const records = (change: Partial<RecordsPlan>): RecordsPlan => ({
  ...{ form: "records", dataset: "vehicles", fields: ["plate", "make"] },
  ...{ where: [], order: [], limit: 20_000 },
  ...change,
});
export const bulk = (change: Partial<RecordsPlan> = {}) => ({
  product: "vehicles.bulk",
  plan: records(change),
});
export const persons = (change: Partial<RecordsPlan> = {}) => ({
  product: "people.bulk",
  plan: records({
    ...{ dataset: "people", fields: ["number", "name"] },
    ...change,
  }),
});

/** What a streamed answer says of its use before its first byte. */
export function headed(response: Response): {
  readonly receipt: Receipt;
  readonly use: Use;
  readonly leaf: string;
  readonly at: string;
} {
  const said = response.headers.get("vitrine-receipt") ?? "";
  const parsed = parseReceipt(Buffer.from(said, "base64url"));
  const use = entryOf(parsed);
  if (use.kind !== "use") throw new Error(`It is no use: ${use.kind}`);
  const leaf = response.headers.get("vitrine-entry") ?? "";
  const at = response.headers.get("vitrine-receipts-at") ?? "";
  return { receipt: parsed, use, leaf, at };
}

/** Takes a body bit by bit. */
export class Taking {
  readonly chunks: Uint8Array[] = [];
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;

  constructor({ body }: Response) {
    if (body === null) throw new Error("It has no body");
    this.#reader = body.getReader();
  }

  /** Whether there was one more. */
  async next(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (value !== undefined) this.chunks.push(value);
    return !done;
  }

  async rest(): Promise<void> {
    while (await this.next());
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get digest(): string {
    return createHash("sha256").update(this.bytes).digest("base64url");
  }

  get lines(): number {
    return this.bytes.toString("utf8").split("\n").length - 1;
  }
}

const both = z.strictObject({ use: receipt, settle: z.exactOptional(receipt) });
export type Both = { readonly use: Receipt; readonly settle?: Receipt };

/** The receipts that are kept for a streamed answer; the office keeps them too, so that the audit asks for them. */
export async function bothReceipts(
  office: SmallOffice,
  web: Web,
  at: string,
  headers: Readonly<Record<string, string>>,
  want: "settled" | "now" = "settled",
): Promise<Both> {
  const ask = async () => {
    const response = await web.ask(at, { headers: { ...headers } });
    return both.parse(await response.json());
  };
  // Whoever broke off hears nothing, and the settle is on its way.
  const found = await (want === "now"
    ? ask()
    : vi.waitFor(async () => {
        const one = await ask();
        if (one.settle === undefined) throw new Error("It is not settled");
        return one;
      }));
  office.receipts.push(found.use);
  if (found.settle !== undefined) office.receipts.push(found.settle);
  return found;
}

export function settleOf({ settle }: Both): {
  readonly entry: Settle;
  readonly part: SettlePart;
} {
  if (settle?.opening === undefined) throw new Error("It is not settled");
  const entry = entryOf(settle);
  if (entry.kind !== "settle")
    throw new Error(`It is no settle: ${entry.kind}`);
  const content = Buffer.from(settle.opening.content, "base64url");
  const part = settlePart.parse(JSON.parse(content.toString("utf8")));
  return { entry, part };
}

/** Whether the journals on disk hold an entry. */
export function isInJournal(
  { folder }: SmallOffice,
  { entry }: Receipt,
): boolean {
  const top = join(folder, "journal");
  const bytes = Buffer.from(entry, "base64url");
  return readdirSync(top, { recursive: true, withFileTypes: true }).some(
    (one) =>
      one.isFile() &&
      readFileSync(join(one.parentPath, one.name)).includes(bytes),
  );
}

/** The rows of the vintages as another source gives them: after so many batches something happens to it. */
export class Mishap implements Source {
  readonly #source: Source;
  readonly #after: number;
  readonly #happens: () => void | Promise<void>;
  /** Streams that were begun and not given back. */
  running = 0;

  constructor(
    source: Source,
    after: number,
    happens: () => void | Promise<void>,
  ) {
    this.#source = source;
    this.#after = after;
    this.#happens = happens;
  }

  run(plan: Plan, from?: From) {
    return this.#source.run(plan, from);
  }

  async *stream(plan: RecordsPlan, from?: From): AsyncGenerator<Batch> {
    let given = 0;
    this.running++;
    try {
      for await (const batch of this.#source.stream(plan, from)) {
        if (given++ === this.#after) await this.#happens();
        yield batch;
      }
    } finally {
      this.running--;
    }
  }

  subjectsOf(plan: Plan, from?: From) {
    return this.#source.subjectsOf(plan, from);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** From now on this happens to every stream over a dataset after so many batches. */
export function mishap(
  { house }: SmallOffice,
  dataset: string,
  after: number,
  happens: () => void | Promise<void> = () => {
    throw new EngineFailed("broken");
  },
): Mishap {
  const source = new Mishap(house.engine.vintages, after, happens);
  house.engine.serve(dataset, source);
  return source;
}

/** A store that answers nothing until it is let go. */
export class Held implements Source {
  readonly #source: Source;
  #letGo: () => void = () => undefined;
  readonly #gone = new Promise<void>((resolve) => {
    this.#letGo = resolve;
  });
  /** Plans that wait. */
  running = 0;

  constructor(source: Source) {
    this.#source = source;
  }

  letGo(): void {
    this.#letGo();
  }

  async run(plan: Plan, from?: From) {
    this.running++;
    await this.#gone;
    return this.#source.run(plan, from);
  }

  stream(plan: RecordsPlan, from?: From) {
    return this.#source.stream(plan, from);
  }

  subjectsOf(plan: Plan, from?: From) {
    return this.#source.subjectsOf(plan, from);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function hold({ house }: SmallOffice, dataset: string): Held {
  const source = new Held(house.engine.vintages);
  house.engine.serve(dataset, source);
  return source;
}

/** The web routes on a port, as `vitrine serve` has them. */
export async function listening({ app }: Web): Promise<number> {
  const { server, port } = await new Promise<{
    readonly server: ReturnType<typeof serve>;
    readonly port: number;
  }>((resolve) => {
    const started = serve(
      { fetch: app.fetch, port: 0, hostname: "127.0.0.1" },
      (info) => resolve({ server: started, port: info.port }),
    );
  });
  onTestFinished(() => {
    if ("closeAllConnections" in server) server.closeAllConnections();
    server.close();
  });
  return port;
}
