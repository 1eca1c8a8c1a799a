import { promises as fs } from "node:fs";
import { join } from "node:path";
import { fromBase64url, toBase64url } from "../../acts/bytes.ts";
import { DuckdbEngine } from "../../engine/duckdb.ts";
import { Engine } from "../../engine/engine.ts";
import { type Limits, vintageFile } from "../../engine/vintage.ts";
import { Follower } from "../../gateway/follow.ts";
import type { GatewayWatch } from "../../gateway/desk.ts";
import { Gateway } from "../../gateway/gateway.ts";
import type { Dataset, ReadRegister } from "../../register/register.ts";
import {
  primitives,
  publicKeyText,
  type SigningKey,
} from "../../store/crypto.ts";
import { openDatabase, type Sql } from "../../store/database.ts";
import { inTurn } from "../../store/in-turn.ts";
import { eraseOpenings } from "../../store/retention.ts";
import type { Surroundings } from "../../store/surroundings.ts";
import { CouldNot } from "../exit.ts";
import type { GateSettings } from "../gate-config.ts";
import { openSources, readSources, type SourcesConfig } from "../sources.ts";
import { entersAt } from "./enter-record.ts";
import { OfficeFeed } from "./office-feed.ts";

export type GateHouseOptions = {
  readonly folder: string;
  readonly origin: string;
  readonly name: string;
  readonly address: string;
  readonly key: SigningKey;
  readonly sealKey: Uint8Array;
  readonly databaseUrl: string;
  readonly surroundings: Surroundings;
  /** What the operator says of the gate in `office.json`. */
  readonly settings: GateSettings;
  /** Hears of what went wrong and holds nobody up. */
  readonly tell: (line: string) => void;
  /** Hears what came of requests. */
  readonly watch?: GatewayWatch;
};

/** A gateway that is a process of its own: it follows its office over HTTP and serves from the folder that both share. */
export class GateHouse {
  readonly gateway: Gateway;
  readonly sql: Sql;
  readonly #folder: string;
  readonly #engine: Engine;
  readonly #feed: OfficeFeed;
  readonly #sources: SourcesConfig;
  readonly #limits: Limits;
  readonly #tell: (line: string) => void;
  /** What is attached of each dataset: its vintage, and the keys by which products ask it. */
  readonly #attached = new Map<string, string>();
  #erased: number;

  private constructor(
    gateway: Gateway,
    sql: Sql,
    folder: string,
    engine: Engine,
    feed: OfficeFeed,
    sources: SourcesConfig,
    limits: Limits,
    tell: (line: string) => void,
  ) {
    this.#tell = tell;
    this.gateway = gateway;
    this.sql = sql;
    this.#folder = folder;
    this.#engine = engine;
    this.#feed = feed;
    this.#sources = sources;
    this.#limits = limits;
    this.#erased = gateway.register.erased.length;
  }

  static async open(options: GateHouseOptions): Promise<GateHouse> {
    const { folder, origin, name, address, key, surroundings, settings } =
      options;
    const feed = new OfficeFeed(address, () => surroundings.now());
    const engine = new Engine(new DuckdbEngine(settings.engine));
    const sql = await openDatabase(options.databaseUrl);
    try {
      await feed.begin();
      await mustBeOpened(feed, options);
      const gateway = await Gateway.open({
        ...{ folder, sql, origin, name, key, engine, feed, surroundings },
        sealKey: options.sealKey,
        filesBytesMax: settings.filesBytesMax,
        watch: options.watch,
        enter: entersAt(address, origin, key, () => surroundings.now()),
      });
      // Its file of openings may be older than what was erased meanwhile.
      const { erased } = gateway.register;
      const last = Math.max(0, ...erased.map(({ record }) => record.before));
      if (last > 0) await eraseOpenings(sql, last);
      const sources = await readSources(folder, process.env);
      const house = new GateHouse(
        ...([gateway, sql, folder, engine, feed, sources] as const),
        ...([settings.engine, options.tell] as const),
      );
      await house.#attachNew();
      return house;
    } catch (error) {
      feed.stop();
      await engine.close();
      await sql.end({ timeout: 2 });
      throw error;
    }
  }

  /** Every half second: what the office shows is followed, and what it newly serves is loaded. */
  async follow(): Promise<void> {
    await inTurn(
      () => this.gateway.follow(),
      () => this.#attachNew(),
    );
  }

  /** Every second: slots end, what is due becomes public, openings are copied, leases go back. */
  async tick(): Promise<void> {
    await this.gateway.tick();
    const { length } = this.gateway.register.erased;
    if (length === this.#erased) return;
    // What was erased must not come back from the file of this gateway.
    await this.gateway.openings.settle();
    this.#erased = length;
  }

  async stop(): Promise<void> {
    this.#feed.stop();
    await inTurn(
      () => this.gateway.close(),
      () => this.#engine.close(),
      () => this.sql.end({ timeout: 2 }),
    );
  }

  async #attachNew(): Promise<void> {
    const { register } = this.gateway;
    await this.#openLive([...register.datasets.values()].map(({ act }) => act));
    const failed: string[] = [];
    for (const { vintage } of register.vintages.values()) {
      const { dataset, digest } = vintage;
      const act = register.datasets.get(dataset)?.act;
      const keys = keysOf(register, dataset);
      const mark = JSON.stringify([digest, keys]);
      if (act === undefined || this.#attached.get(dataset) === mark) continue;
      const file = join(
        this.#folder,
        "vintages",
        vintageFile(fromBase64url(digest)),
      );
      const bytes = await fs.readFile(file).catch(() => undefined);
      if (
        bytes === undefined ||
        toBase64url(primitives.sha256(bytes)) !== digest
      ) {
        failed.push(dataset);
        continue;
      }
      await this.#engine.vintages.attach({
        ...{ dataset, fields: act.fields, file, keys },
        ...(act.subject === undefined ? {} : { subject: act.subject }),
      });
      this.#attached.set(dataset, mark);
    }
    if (failed.length > 0)
      throw new CouldNot(
        `Cannot serve ${failed.join(", ")}: want the files of their vintages, with the digests that were entered, in ${join(this.#folder, "vintages")}`,
      );
  }

  /** Opens the sources of datasets that are asked in place. */
  async #openLive(acts: readonly Dataset[]): Promise<void> {
    for (const act of acts) {
      const place = this.#sources.get(act.dataset);
      if (place === undefined || this.#attached.has(act.dataset)) continue;
      this.#attached.set(act.dataset, "live");
      const config = new Map([[act.dataset, place] as const]);
      const opened = await openSources(
        ...([config, [act], this.#limits, this.#tell] as const),
      );
      for (const [dataset, source] of opened)
        this.#engine.serve(dataset, source);
    }
  }
}

function keysOf(register: ReadRegister, dataset: string) {
  return [...register.products.values()]
    .filter(({ act }) => act.content[0]?.dataset === dataset)
    .flatMap(({ act }) => (act.key === undefined ? [] : [act.key]));
}

/** Nothing is opened, counted or leased under a name that is not this key's. */
async function mustBeOpened(
  feed: OfficeFeed,
  { origin, name, key, address, surroundings }: GateHouseOptions,
): Promise<void> {
  const follower = new Follower(feed, origin);
  await follower.follow(surroundings.now(), () => undefined);
  const opened = follower.register.gateways.get(name);
  if (opened === undefined)
    throw new CouldNot(
      `Cannot run gateway ${name}: no act of the office at ${address} has opened it; vitrine gateway FOLDER --name ${name} --draft prints one`,
    );
  if (opened.act.publicKey !== publicKeyText(key))
    throw new CouldNot(
      `Cannot run gateway ${name}: an act opened it for key ${opened.act.publicKey}, and the folder holds another; want that key, or another name`,
    );
}
