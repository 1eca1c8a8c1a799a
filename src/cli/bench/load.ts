import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { Agent, request, type RequestOptions } from "node:http";
import { fileURLToPath } from "node:url";
import * as z from "zod/mini";
import { readAs } from "../read-as.ts";
import { dice, quantile, skewed } from "./figures.ts";

const loadOrder = z.strictObject({
  url: z.string(),
  path: z.string(),
  tokens: z.array(z.string()),
  inFlight: z.number(),
  seconds: z.number(),
  /** Instead of queries: addresses that are asked for, one by chance after the other. */
  gets: z.optional(z.array(z.string())),
  /** Instead of answers: one record by its key, or bodies as they stand here. */
  kind: z.optional(z.enum(["lookUp"])),
  bodies: z.optional(z.array(z.string())),
  /** Each with an Idempotency-Key of its own. */
  keyed: z.optional(z.boolean()),
  /** Instead of as many as are answered: so many a second. */
  pace: z.optional(z.number()),
  /** Ends after so many, however long they take. */
  requests: z.optional(z.number()),
});
const loadResult = z.strictObject({
  perSecond: z.number(),
  median: z.number(),
  p99: z.number(),
  failed: z.number(),
  bytesPerSecond: z.number(),
});
export type LoadOrder = z.infer<typeof loadOrder>;
export type LoadResult = z.infer<typeof loadResult>;

/** Has the load generator carry an order out, in a process of its own. */
export function orderLoad(order: LoadOrder): Promise<LoadResult> {
  const program = fileURLToPath(new URL("./vitrine.mjs", import.meta.url));
  const child = spawn(process.execPath, [program, "bench", "--load"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(order));
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part: Buffer) => (text += part.toString("utf8")));
    child.once("error", reject);
    child.once("close", () =>
      resolve(readAs(loadResult, JSON.parse(text), "load result")),
    );
  });
}

/** The load generator, in a process of its own: reads its order from standard input and writes what it saw. */
export async function runLoad(): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin)
    if (part instanceof Buffer) parts.push(part);
  const order = readAs(
    loadOrder,
    JSON.parse(Buffer.concat(parts).toString("utf8")),
    "load order",
  );
  const agent = new Agent({ keepAlive: true, maxSockets: order.inFlight });
  const waits: number[] = [];
  let failed = 0;
  let bytes = 0;
  const { requests = Infinity, pace } = order;
  let begun = 0;
  const start = performance.now();
  const end = start + order.seconds * 1_000;
  await Promise.all(
    Array.from({ length: order.inFlight }, async (_, worker) => {
      const throwDice = dice(worker * 7_919 + 13);
      while (performance.now() < end && waits.length < requests) {
        if (pace !== undefined) {
          const due = start + (begun++ * 1_000) / pace;
          await new Promise((resolve) =>
            setTimeout(resolve, Math.max(0, due - performance.now())),
          );
        }
        const began = performance.now();
        const got = await (order.gets === undefined
          ? ask(agent, order, throwDice)
          : get(agent, order.url, order.gets, throwDice));
        waits.push(performance.now() - began);
        bytes += got.bytes;
        if (got.status !== 200 && got.status !== 403) failed++;
      }
    }),
  );
  const ms = performance.now() - start;
  agent.destroy();
  console.log(
    JSON.stringify({
      perSecond: (waits.length * 1_000) / ms,
      median: quantile(waits, 0.5),
      p99: quantile(waits, 0.99),
      failed,
      bytesPerSecond: (bytes * 1_000) / ms,
    } satisfies LoadResult),
  );
}

type Got = { readonly status: number; readonly bytes: number };

function ask(
  agent: Agent,
  order: LoadOrder,
  throwDice: (sides: number) => number,
): Promise<Got> {
  const { url, path, tokens, bodies, keyed } = order;
  const body =
    bodies === undefined
      ? asked(order, throwDice)
      : (bodies[throwDice(bodies.length)] ?? "");
  const token = tokens[throwDice(tokens.length)];
  const headers = {
    "Content-Type": "application/json",
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(keyed === true ? { "Idempotency-Key": `"${randomUUID()}"` } : {}),
  };
  return send(`${url}${path}`, { agent, method: "POST", headers }, body);
}

/** A key of a million with a skew; one in five is not on record; one in ten has a token but no permit for what it asks. */
function asked(
  { tokens, kind }: LoadOrder,
  throwDice: (sides: number) => number,
): string {
  const i = skewed(throwDice, 1_000_000);
  const letter =
    throwDice(5) === 0
      ? "Z"
      : String.fromCharCode(65 + Math.floor(i / 100_000));
  const plate = `澜${letter}${String(i % 100_000).padStart(5, "0")}`;
  const refused = tokens.length > 0 && throwDice(10) === 0;
  const plan =
    kind === "lookUp"
      ? {
          form: "records",
          dataset: "vehicles",
          fields: ["make", "body", "district"],
          where: [{ field: "plate", op: "eq", value: plate }],
          order: [],
          limit: 1,
        }
      : {
          form: "answer",
          dataset: "vehicles",
          key: [{ field: "plate", value: plate }],
          values: [{ field: "make", value: "Lanma" }],
        };
  const product = `vehicles.${plan.form}`;
  return JSON.stringify(
    refused ? { product, purpose: "another", plan } : { plan },
  );
}

function get(
  agent: Agent,
  url: string,
  paths: readonly string[],
  throwDice: (sides: number) => number,
): Promise<Got> {
  const path = paths[throwDice(paths.length)] ?? "";
  return send(`${url}${path}`, { agent }, undefined);
}

function send(
  url: string,
  options: RequestOptions,
  body: string | undefined,
): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      let bytes = 0;
      response.on("data", (part: Buffer) => (bytes += part.length));
      response.once("error", reject);
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, bytes }),
      );
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
