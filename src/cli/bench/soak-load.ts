import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt } from "../../uses/receipt.ts";
import { receiptIn } from "../verify/kept-receipts.ts";
import { dice, skewed } from "./figures.ts";

type Asked = {
  readonly what: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Open data is asked for without a token, and counted by the slot. */
  readonly isOpen?: boolean;
  readonly wants: number;
};
type Came = {
  readonly status: number;
  readonly entry: string | undefined;
  readonly text: string;
};

/** One receipt in so many is kept and held against the logs at the end. */
const KEEP_EVERY = 100;
const SOCKETS = 256;

/** Asks as a province would: mostly answers and single records, in part refused, in part misses, now and then a stream or a file. */
export class SoakLoad {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS });
  readonly #throwDice = dice(20_011);
  readonly #url: string;
  readonly #tokens: readonly string[];
  /** Waits in milliseconds since they were taken last. */
  #waits: { readonly what: string; readonly ms: number }[] = [];
  #onWay = 0;
  /** Ranges of a file are one use a slot. */
  readonly #files = new Set<string>();
  #whole = 0;
  readonly kept: Receipt[] = [];
  asked = 0;
  refused = 0;
  open = 0;
  /** Turned away before anything was begun, since the machine had no room. */
  shed = 0;
  failed = 0;
  firstFailure = "";

  constructor(url: string, tokens: readonly string[]) {
    this.#url = url;
    this.#tokens = tokens;
  }

  /** Uses that a log must show: what was answered under a permit. */
  get uses(): number {
    return this.#whole + this.#files.size;
  }

  /** Sends one request; nothing is waited for. */
  send(): void {
    this.asked++;
    this.#onWay++;
    this.#send(this.#next()).catch(() => undefined);
  }

  takeWaits(): readonly { readonly what: string; readonly ms: number }[] {
    const waits = this.#waits;
    this.#waits = [];
    return waits;
  }

  async end(): Promise<void> {
    while (this.#onWay > 0) await sleep(10);
    this.#agent.destroy();
  }

  async #send(asked: Asked): Promise<void> {
    const began = performance.now();
    const isKept = this.asked % KEEP_EVERY === 0;
    try {
      const came = await this.#fetch(asked);
      const ms = performance.now() - began;
      this.#waits.push({ what: asked.what, ms });
      if (came.status === 503) return void this.shed++;
      if (came.status !== asked.wants)
        throw new Error(
          `${asked.what}: ${came.status}, want ${asked.wants}: ${came.text.slice(0, 300)}`,
        );
      this.#count(asked, came, isKept);
    } catch (error) {
      this.failed++;
      if (this.firstFailure === "")
        this.firstFailure = error instanceof Error ? error.message : "unknown";
    } finally {
      this.#onWay--;
    }
  }

  #count(asked: Asked, { entry, text }: Came, isKept: boolean): void {
    if (asked.wants === 403) this.refused++;
    else if (asked.isOpen === true) this.open++;
    else if (asked.what === "file range") this.#files.add(entry ?? "");
    else {
      this.#whole++;
      if (isKept && asked.what !== "stream")
        this.kept.push(receiptIn(text, asked.what));
    }
  }

  #fetch(asked: Asked): Promise<Came> {
    const token = this.#tokens[this.#throwDice(this.#tokens.length)];
    const { agent } = { agent: this.#agent };
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#url}${asked.path}`,
        {
          agent,
          method: asked.method,
          headers: {
            ...(asked.body === undefined
              ? {}
              : { "Content-Type": "application/json" }),
            ...(asked.isOpen === true || token === undefined
              ? {}
              : { Authorization: `Bearer ${token}` }),
            ...asked.headers,
          },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          // What a stream or a file says is read and let go.
          response.on("data", (part: string) => {
            if (text.length < 65_536) text += part;
          });
          response.once("error", reject);
          response.once("end", () => {
            const entry = response.headers["vitrine-entry"];
            const status = response.statusCode ?? 0;
            resolve({
              status,
              entry: typeof entry === "string" ? entry : undefined,
              text,
            });
          });
        },
      );
      sent.once("error", reject);
      sent.end(asked.body);
    });
  }

  /** Of 1,000 requests: 100 are refused; of the others half are answers about vehicles, and few make an engine work long. */
  #next(): Asked {
    const n = this.#throwDice(1_000);
    if (n < 100) return this.#refused();
    if (n < 580) return query("answer", this.#answer());
    if (n < 840) return query("look-up", this.#lookUp());
    if (n < 940) return query("answer about a company", this.#companyAnswer());
    if (n < 960) return query("page", this.#page());
    if (n < 975) return query("aggregate", this.#aggregate());
    if (n < 997) return this.#openData();
    if (n < 998) return this.#stream();
    return this.#fileRange();
  }

  #plate(): string {
    const i = skewed(this.#throwDice, 1_000_000);
    const isMiss = this.#throwDice(5) === 0;
    const letter = isMiss
      ? "Z"
      : String.fromCharCode(65 + Math.floor(i / 100_000));
    return `澜${letter}${String(i % 100_000).padStart(5, "0")}`;
  }

  /** One in five of them is not on record. */
  #company(): string {
    const i = 1 + this.#throwDice(62_500);
    return `C-${String(i).padStart(5, "0")}`;
  }

  #answer(): object {
    return {
      form: "answer",
      dataset: "vehicles",
      key: [{ field: "plate", value: this.#plate() }],
      values: [{ field: "make", value: "Lanma" }],
    };
  }

  #companyAnswer(): object {
    return {
      form: "answer",
      dataset: "companies",
      key: [{ field: "number", value: this.#company() }],
      values: [{ field: "sector", value: "food" }],
    };
  }

  #lookUp(): object {
    const [dataset, fields, field, value] =
      this.#throwDice(2) === 0
        ? (["vehicles", ["make", "body"], "plate", this.#plate()] as const)
        : (["companies", ["name"], "number", this.#company()] as const);
    const where = [{ field, op: "eq", value }];
    return { form: "records", dataset, fields, where, order: [], limit: 1 };
  }

  #page(): object {
    return {
      form: "records",
      dataset: "companies",
      fields: ["number", "name", "sector"],
      where: [{ field: "sector", op: "eq", value: "food" }],
      order: [{ field: "number", direction: "asc" }],
      limit: 50,
    };
  }

  #aggregate(): object {
    return {
      form: "aggregate",
      dataset: "companies",
      measures: [{ measure: "count" }, { measure: "sum", field: "employees" }],
      by: ["district"],
      where: [],
      limit: 100,
    };
  }

  #refused(): Asked {
    const plan = this.#answer();
    const body = { product: "vehicles.answer", purpose: "another", plan };
    return {
      ...query("refused", plan),
      body: JSON.stringify(body),
      wants: 403,
    };
  }

  #openData(): Asked {
    const magnitude = 1 + this.#throwDice(5);
    return {
      what: "open data",
      method: "GET",
      path: `/data/earthquakes?magnitude.gte=${magnitude}&limit=20`,
      isOpen: true,
      wants: 200,
    };
  }

  #stream(): Asked {
    const plan = {
      form: "records",
      dataset: "companies",
      fields: ["number", "name", "employees"],
      where: [],
      order: [],
      limit: 5_000,
    };
    const asked = query("stream", plan);
    return { ...asked, path: "/query?format=ndjson" };
  }

  #fileRange(): Asked {
    const from = this.#throwDice(100_000);
    return {
      what: "file range",
      method: "GET",
      path: "/files/companies.parquet",
      headers: { Range: `bytes=${from}-${from + 65_535}` },
      wants: 206,
    };
  }
}

function query(what: string, plan: object): Asked {
  const body = JSON.stringify({ plan });
  return { what, method: "POST", path: "/query", body, wants: 200 };
}
