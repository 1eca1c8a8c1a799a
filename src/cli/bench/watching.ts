import type { MiddlewareHandler } from "hono";
import { makeJournal } from "../operating/journal.ts";
import { Watch } from "../operating/watch.ts";
import { type Figure, milli, thousands } from "./figures.ts";
import { tokensFor, withGateHouse } from "./gate.ts";
import { serveGate } from "./gate-server.ts";
import { type LoadResult, orderLoad } from "./load.ts";

const SECONDS = 5;
const ROUNDS = 5;
const IN_FLIGHT = 64;

/** The gate with everything counted and timed, and with nothing: the same requests, in turn, on one house. */
export function benchWatching(): Promise<Figure[]> {
  const watch = new Watch(
    makeJournal(
      { level: "info", form: "json" },
      { now: Date.now, write: () => undefined, isTerminal: false },
    ),
  );
  let isOn = false;
  const gateway = {
    used: (operation: string, outcome: string) =>
      isOn ? watch.gateway.used(operation, outcome) : undefined,
    refused: (rule: string) => (isOn ? watch.gateway.refused(rule) : undefined),
  };
  const requests: MiddlewareHandler = (c, next) =>
    isOn ? watch.requests(c, next) : next();
  const watched = { office: watch.office, gateway };
  return withGateHouse(["vehicles"], watched, async (house, folder) => {
    const tokens = [...(await tokensFor(house))];
    const bare = { after: undefined };
    const { url, stop } = await serveGate(house, folder, bare, requests);
    const order = { url, path: "/query", tokens, inFlight: IN_FLIGHT };
    await orderLoad({ ...order, seconds: SECONDS });
    const results: Record<"with" | "without", LoadResult[]> = {
      with: [],
      without: [],
    };
    for (let round = 0; round < ROUNDS; round++)
      for (const kind of ["without", "with"] as const) {
        isOn = kind === "with";
        results[kind].push(await orderLoad({ ...order, seconds: SECONDS }));
      }
    await stop();
    const off = middle(results.without);
    const on = middle(results.with);
    return [
      line("answers through the gate, nothing counted, 64 in flight", off, ""),
      line(
        "answers through the gate, every request counted and timed, 64 in flight",
        on,
        `${((100 * on.perSecond) / off.perSecond).toFixed(0)} % of the rate without, middle of ${ROUNDS} rounds in turn`,
      ),
    ];
  });
}

function middle(results: readonly LoadResult[]): LoadResult {
  const sorted = results.toSorted((a, b) => a.perSecond - b.perSecond);
  const found = sorted[Math.floor(sorted.length / 2)];
  if (found === undefined) throw new Error("Cannot measure: no round was run");
  return found;
}

function line(
  what: string,
  { perSecond, median, p99 }: LoadResult,
  against: string,
): Figure {
  return {
    what,
    figure: `${thousands(Math.round(perSecond))}/s, median ${milli(median)}, 99th percentile ${milli(p99)}`,
    against,
  };
}
