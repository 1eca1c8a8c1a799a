import { spawn } from "node:child_process";
import { Agent, request } from "node:http";
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
});
const loadResult = z.strictObject({
  perSecond: z.number(),
  median: z.number(),
  p99: z.number(),
  failed: z.number(),
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
  const start = performance.now();
  const end = start + order.seconds * 1_000;
  await Promise.all(
    Array.from({ length: order.inFlight }, async (_, worker) => {
      const throwDice = dice(worker * 7_919 + 13);
      while (performance.now() < end) {
        const began = performance.now();
        const status = await (order.gets === undefined
          ? ask(agent, order, throwDice)
          : get(agent, order.url, order.gets, throwDice));
        waits.push(performance.now() - began);
        if (status !== 200 && status !== 403) failed++;
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
    } satisfies LoadResult),
  );
}

/** A key of a million with a skew; one in five is not on record; one in ten has a token but no permit for what it asks. */
function ask(
  agent: Agent,
  { url, path, tokens }: LoadOrder,
  throwDice: (sides: number) => number,
): Promise<number> {
  const i = skewed(throwDice, 1_000_000);
  const letter =
    throwDice(5) === 0
      ? "Z"
      : String.fromCharCode(65 + Math.floor(i / 100_000));
  const plate = `澜${letter}${String(i % 100_000).padStart(5, "0")}`;
  const refused = tokens.length > 0 && throwDice(10) === 0;
  const plan = {
    form: "answer",
    dataset: "vehicles",
    key: [{ field: "plate", value: plate }],
    values: [{ field: "make", value: "Lanma" }],
  };
  const body = JSON.stringify(
    refused
      ? { product: "vehicles.answer", purpose: "another", plan }
      : { plan },
  );
  const token = tokens[throwDice(tokens.length)];
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}${path}`,
      {
        agent,
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
      },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
      },
    );
    sent.once("error", reject);
    sent.end(body);
  });
}

function get(
  agent: Agent,
  url: string,
  paths: readonly string[],
  throwDice: (sides: number) => number,
): Promise<number> {
  const path = paths[throwDice(paths.length)] ?? "";
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, { agent }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    sent.once("error", reject);
    sent.end();
  });
}
