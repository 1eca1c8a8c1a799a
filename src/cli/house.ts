import { promises as fs } from "node:fs";
import { basename, join } from "node:path";
import { fromBase64url, toBase64url } from "../acts/bytes.ts";
import { encodeBytes } from "../acts/canonical.ts";
import { DuckdbEngine } from "../engine/duckdb.ts";
import { Engine } from "../engine/engine.ts";
import { vintageFile } from "../engine/vintage.ts";
import { Gateway } from "../gateway/gateway.ts";
import type { GatewayWatch } from "../gateway/desk.ts";
import { Office } from "../office/office.ts";
import type { OfficeWatch } from "../office/watch.ts";
import type { Surroundings } from "../store/surroundings.ts";
import { inForce } from "../register/register.ts";
import { primitives, publicKeyText } from "../store/crypto.ts";
import { inTurn } from "../store/in-turn.ts";
import { openDatabase, type Sql } from "../store/database.ts";
import { Deliveries, type Delivery } from "./deliveries.ts";
import { CouldNot } from "./exit.ts";
import type { GateSettings } from "./gate-config.ts";
import { type MachineKeys, machineKeys, readLogKeys } from "./keys.ts";
import { policiesIn } from "./policies.ts";
import { openSources, readSources, type SourcesConfig } from "./sources.ts";
import { RetentionDesk } from "./retention/desk.ts";

export type HouseOptions = {
  readonly folder: string;
  readonly origin: string;
  readonly databaseUrl: string;
  readonly surroundings: Surroundings;
  /** What an operator says of the gate. */
  readonly settings?: GateSettings;
  /** Serve data as soon as it is loaded instead of waiting for all of it. */
  readonly loadLater?: boolean;
  /** A demonstration: its public checkpoints carry lines that mean nothing. */
  readonly grease?: boolean;
  /** Hears of each witness that showed nothing when it was asked at the start. */
  readonly onSilentWitness?: (line: string) => void;
  /** Hears of what went wrong and holds nobody up. */
  readonly tell?: (line: string) => void;
  /** Hears what came of acts and requests. */
  readonly watch?: {
    readonly office: OfficeWatch;
    readonly gateway: GatewayWatch;
  };
};

/** An office with its gateway in one process: put together here and nowhere else. */
export class House {
  readonly office: Office;
  readonly keys: MachineKeys;
  readonly engine: Engine;
  readonly sql: Sql;
  readonly retention: RetentionDesk;
  readonly #options: HouseOptions;
  readonly #attached = new Set<string>();
  readonly #deliveries: Deliveries;
  /** Where datasets are kept that are asked in place, and for which of them that was tried. */
  readonly #sources: SourcesConfig;
  readonly #tried = new Set<string>();
  gateway: Gateway | undefined;
  #following: Promise<void> = Promise.resolve();
  #loading: Promise<void> = Promise.resolve();
  #isLoading = true;

  private constructor(
    options: HouseOptions,
    office: Office,
    keys: MachineKeys,
    engine: Engine,
    sql: Sql,
    sources: SourcesConfig,
  ) {
    this.#sources = sources;
    this.#options = options;
    this.office = office;
    this.keys = keys;
    this.engine = engine;
    this.sql = sql;
    this.#deliveries = new Deliveries(options.folder, async (one) => {
      const entry = await this.takeVintage(one);
      // Whoever delivered it asks for it next. While a witness is away it is entered, and served when it is public.
      await inTurn(
        () => this.office.publish(),
        () => this.followed(),
      ).catch(() => undefined);
      return entry;
    });
    this.retention = new RetentionDesk({
      ...{ folder: options.folder, office, sql },
      gateway: () => this.gateway,
      key: keys.retention,
      now: () => options.surroundings.now(),
    });
  }

  static async open(options: HouseOptions): Promise<House> {
    const { folder, databaseUrl, settings } = options;
    await fs.mkdir(join(folder, "public", "paper"), { recursive: true });
    const keys = await machineKeys(folder);
    const sql = await openDatabase(databaseUrl);
    const engine = new Engine(new DuckdbEngine(settings?.engine));
    try {
      return await House.#open(options, keys, sql, engine);
    } catch (error) {
      // Nothing may keep a process that could not start from ending.
      await engine.close();
      await sql.end({ timeout: 2 });
      throw error;
    }
  }

  static async #open(
    options: HouseOptions,
    keys: MachineKeys,
    sql: Sql,
    engine: Engine,
  ): Promise<House> {
    const { folder, origin, surroundings } = options;
    const office = await Office.open({
      folder,
      sql,
      origin,
      logKeys: () => readLogKeys(folder),
      gatewayKey: publicKeyText(keys.gateway),
      surroundings,
      tell: teller(options),
      ...(options.watch === undefined ? {} : { watch: options.watch.office }),
      policies: policiesIn(folder),
      grease: options.grease === true,
      ...(options.onSilentWitness === undefined
        ? {}
        : { onSilentWitness: options.onSilentWitness }),
    });
    const sources = await readSources(folder, process.env);
    const house = new House(options, office, keys, engine, sql, sources);
    await house.#openLive();
    if (options.loadLater === true) house.#loading = house.#loadAll();
    else await house.#loadAll();
    await house.openGateway();
    return house;
  }

  /** Opens the sources of datasets that acts have registered as live since. */
  async #openLive(): Promise<void> {
    const sources = this.#sources;
    const fresh = [...this.office.register.datasets.values()]
      .map(({ act }) => act)
      .filter(
        ({ dataset, live: how }) =>
          !this.#tried.has(dataset) &&
          (how !== undefined || sources.has(dataset)),
      );
    for (const act of fresh) {
      this.#tried.add(act.dataset);
      const place = sources.get(act.dataset);
      const config = new Map(
        place === undefined ? [] : [[act.dataset, place] as const],
      );
      const opened = await openSources(
        config,
        [act],
        this.#options.settings?.engine,
        teller(this.#options),
      );
      for (const [dataset, source] of opened)
        this.engine.serve(dataset, source);
    }
  }

  /** Opens the gateway once an act has opened one for the key that this office holds. */
  async openGateway(): Promise<void> {
    const { register, published } = this.office;
    // A gateway follows what is public: it must find there what it entered itself before a restart.
    if (this.gateway !== undefined || published.size < register.size) return;
    const { folder, origin, surroundings } = this.#options;
    const ours = this.#ownGateways();
    // One that was closed by an act still has to make public what it answered.
    const opened = ours.find((g) => inForce(g, surroundings.now())) ?? ours[0];
    if (opened === undefined) return;
    const feed = {
      checkpoint: async () => this.office.newestCheckpoint(),
      entries: (from: number, to: number) => this.office.entries(from, to),
    };
    this.gateway = await Gateway.open({
      folder,
      sql: this.sql,
      origin,
      name: opened.act.gateway,
      key: this.keys.gateway,
      sealKey: this.keys.seal,
      engine: this.engine,
      feed,
      surroundings,
      enter: (record) => this.office.record(record, this.keys.gateway),
      filesBytesMax: this.#options.settings?.filesBytesMax,
      watch: this.#options.watch?.gateway,
    });
    this.office.onPublished(() => void this.followed().catch(() => undefined));
    this.office.beforeClosing(opened.act.gateway, {
      key: this.keys.gateway,
      leave: async () => (await this.gateway?.leave()) ?? [],
      stay: () => this.gateway?.stay(),
    });
  }

  /** Resolves when the gateway has followed what is public now. */
  async followed(): Promise<void> {
    this.#following = this.#following
      .catch(() => undefined)
      .then(() => this.gateway?.follow());
    await this.#following;
  }

  async loaded(): Promise<void> {
    await this.#loading;
  }

  /** What whoever asks for its readiness wants to know. */
  get standing() {
    return {
      isLoading: this.#isLoading,
      wantsGateway: this.#ownGateways().some((one) =>
        inForce(one, this.#options.surroundings.now()),
      ),
    };
  }

  #ownGateways() {
    const own = publicKeyText(this.keys.gateway);
    return [...this.office.register.gateways.values()].filter(
      (g) => g.act.publicKey === own,
    );
  }

  async #loadAll(): Promise<void> {
    await this.#attachAll();
    this.#isLoading = false;
  }

  /**
   * Once a second: publish, follow, close slots, take deliveries in. What fails in one keeps none of the others from being done:
   * while a witness is away the gateway's own logs become public all the same.
   */
  async tick(): Promise<void> {
    await inTurn(
      () => this.office.tick(),
      () => this.#openLive(),
      () => this.openGateway(),
      () => this.followed(),
      () => this.gateway?.tick(),
      async () => this.#deliveries.look(),
      async () => this.retention.look(),
    );
  }

  /**
   * Enters a vintage of a dataset. It is loaded before, so that none is entered that cannot be; it is served from the moment
   * at which the gateway follows its entry. `file` is named by its digest.
   */
  async takeVintage({ dataset, file, rows }: Delivery): Promise<number> {
    const { register } = this.office;
    const act = register.datasets.get(dataset)?.act;
    if (act === undefined)
      throw new CouldNot(
        `Cannot take vintage of ${dataset}: no such dataset is registered`,
      );
    const digest = await digestOf(file);
    const last = register.vintages.get(dataset);
    // A process that was killed after the entry and before its note finds the same delivery again.
    if (last?.vintage.digest === toBase64url(digest)) return last.entry;
    const vintage = (last?.vintage.vintage ?? 0) + 1;
    const name = vintageFile(digest);
    if (basename(file) !== name)
      throw new CouldNot(
        `Cannot take vintage of ${dataset}: file ${file} is not named by its digest, want ${name}`,
      );
    await this.#attach(dataset, file);
    const schema = toBase64url(primitives.sha256(encodeBytes(act.fields)));
    try {
      return await this.office.record(
        {
          kind: "vintage",
          dataset,
          vintage,
          rows,
          digest: toBase64url(digest),
          schema,
        },
        this.keys.records,
      );
    } catch (error) {
      // Nothing names it: it would only take memory. What was served before may have the same bytes.
      const served = this.gateway?.register.vintages.get(dataset)?.vintage;
      if (served?.digest !== toBase64url(digest))
        this.engine.vintages.retire(dataset, (one) => one === name);
      throw error;
    }
  }

  async stop(): Promise<void> {
    await inTurn(
      () => this.#loading.catch(() => undefined),
      () => this.#following.catch(() => undefined),
      () => this.#deliveries.taken(),
      () => this.retention.done(),
      () => this.gateway?.close(),
      () => this.office.close(),
      () => this.engine.close(),
      // A connection that broke may never say that it has ended.
      () => this.sql.end({ timeout: 2 }),
    );
  }

  async #attachAll(): Promise<void> {
    for (const { vintage } of this.office.register.vintages.values()) {
      if (this.#attached.has(vintage.dataset)) continue;
      const file = join(
        this.#options.folder,
        "vintages",
        vintageFile(fromBase64url(vintage.digest)),
      );
      if (toBase64url(await digestOf(file)) !== vintage.digest)
        throw new CouldNot(
          `Cannot serve ${vintage.dataset}: ${file} does not hash to the vintage that was entered`,
        );
      await this.#attach(vintage.dataset, file);
    }
  }

  async #attach(dataset: string, file: string): Promise<void> {
    const act = this.office.register.datasets.get(dataset)?.act;
    if (act === undefined) return;
    const keys = [...this.office.register.products.values()]
      .filter((p) => p.act.content[0]?.dataset === dataset)
      .flatMap((p) => (p.act.key === undefined ? [] : [p.act.key]));
    await this.engine.vintages.attach({
      dataset,
      fields: act.fields,
      file,
      keys,
      ...(act.subject === undefined ? {} : { subject: act.subject }),
    });
    this.#attached.add(dataset);
  }

  /** A product with a new key wants an index: its dataset is attached again. */
  async attachAgain(dataset: string): Promise<void> {
    const vintage = this.office.register.vintages.get(dataset)?.vintage;
    if (vintage !== undefined)
      await this.#attach(
        dataset,
        join(
          this.#options.folder,
          "vintages",
          vintageFile(fromBase64url(vintage.digest)),
        ),
      );
  }
}

function teller({ tell }: HouseOptions): (line: string) => void {
  return tell ?? ((line) => console.error(line));
}

async function digestOf(file: string): Promise<Uint8Array> {
  return primitives.sha256(await fs.readFile(file));
}
