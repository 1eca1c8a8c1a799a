import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Door } from "../../gateway/asking/door.ts";
import type { Gateway } from "../../gateway/gateway.ts";
import type { Office } from "../../office/office.ts";
import { POOL_CONNECTIONS, poolOf, type Sql } from "../../store/database.ts";
import { type Family, gauge, labels, metricsText } from "./figures.ts";
import type { Watch } from "./watch.ts";

export type Watched = {
  /** Undefined in a gateway that is a process of its own. */
  readonly office?: Office;
  readonly gateway: () => Gateway | undefined;
  readonly sql: Sql;
  readonly door: Door;
  readonly watch: Watch;
  readonly unsureMs: () => number;
  readonly now: () => number;
};

/** How finely the event loop is looked at; each look is a timer. */
const LOOP_MS = 20;

/** Everything that is measured of a running office, as Prometheus reads it. What can be read when it is asked for is. */
export class Metrics {
  readonly #of: Watched;
  readonly #loop = monitorEventLoopDelay({ resolution: LOOP_MS });

  constructor(of: Watched) {
    this.#of = of;
    this.#loop.enable();
  }

  async text(): Promise<string> {
    const { sql, watch } = this.#of;
    const pool = await poolFamilies(sql);
    return metricsText([
      ...watch.families(),
      ...this.#logs(),
      ...this.#gate(),
      ...pool,
      ...this.#process(),
    ]);
  }

  stop(): void {
    this.#loop.disable();
  }

  #logs(): readonly Family[] {
    const { office, now } = this.#of;
    if (office === undefined) return [];
    const { publishedAt, witnesses } = office.times;
    const since = (at: number): number => Math.max(0, (now() - at) / 1000);
    return [
      gauge(
        "vitrine_log_entries",
        "Entries of the register log",
        [labels({ of: "entered" }), office.register.size],
        [labels({ of: "public" }), office.published.size],
      ),
      gauge(
        "vitrine_log_halted",
        "1 when the writer has stopped and nothing is entered",
        office.isEnded ? 1 : 0,
      ),
      gauge(
        "vitrine_log_publication_failing",
        "1 while the last publication of the register log failed",
        office.failure === undefined ? 0 : 1,
      ),
      gauge(
        "vitrine_checkpoint_age_seconds",
        "Seconds since this process published a checkpoint of the register log",
        ...(publishedAt === 0 ? [] : [since(publishedAt)]),
      ),
      gauge(
        "vitrine_cosignature_age_seconds",
        "Seconds since a witness cosigned for this process",
        ...witnesses.flatMap(({ name: witness, cosignedAt }) =>
          cosignedAt === undefined
            ? []
            : [[labels({ witness }), since(cosignedAt)] as const],
        ),
      ),
      gauge(
        "vitrine_witness_answered",
        "1 for a witness of the policy that has cosigned for this process",
        ...witnesses.map(
          ({ name: witness, cosignedAt }) =>
            [labels({ witness }), cosignedAt === undefined ? 0 : 1] as const,
        ),
      ),
    ];
  }

  #gate(): readonly Family[] {
    const { office, door, now, unsureMs } = this.#of;
    const gateway = this.#of.gateway();
    const { running, waiting, streaming, streamsWaiting } = door.queues;
    const families = [
      gauge(
        "vitrine_requests_running",
        "Requests for data that have a place",
        [labels({ of: "requests" }), running],
        [labels({ of: "streams" }), streaming],
      ),
      gauge(
        "vitrine_requests_waiting",
        "Requests for data that wait for a place",
        [labels({ of: "requests" }), waiting],
        [labels({ of: "streams" }), streamsWaiting],
      ),
      gauge(
        "vitrine_writer_unsure_seconds",
        "Seconds since the database said that this process is the only writer",
        unsureMs() / 1000,
      ),
      gauge(
        "vitrine_gateway_open",
        "1 when this process has a gateway",
        gateway === undefined ? 0 : 1,
      ),
    ];
    if (gateway === undefined) return families;
    const { desk, openings } = gateway;
    const { followed, verifiedAt } = desk.follower;
    return [
      ...families,
      gauge(
        "vitrine_gateway_followed_entries",
        "Entries of the register log that the gateway has verified and follows",
        followed.size,
      ),
      gauge(
        "vitrine_gateway_lag_entries",
        "Public entries of the register log that the gateway has not followed",
        ...(office === undefined
          ? []
          : [Math.max(0, office.published.size - followed.size)]),
      ),
      gauge(
        "vitrine_gateway_verified_age_seconds",
        "Seconds since the gateway verified the newest checkpoint; at 60 it refuses",
        Math.max(0, (now() - verifiedAt) / 1000),
      ),
      gauge(
        "vitrine_openings_waiting",
        "Openings that are in the openings file and not in the database yet",
        openings.waiting,
      ),
    ];
  }

  #process(): readonly Family[] {
    const memory = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const loop = this.#loop;
    const seconds = (nanoseconds: number): number =>
      // Before its first look there is none.
      Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0;
    const delays = [
      gauge(
        "vitrine_event_loop_delay_seconds",
        "How late the event loop was since it was asked last; 0.02 is no delay",
        [labels({ quantile: "0.5" }), seconds(loop.percentile(50))],
        [labels({ quantile: "0.99" }), seconds(loop.percentile(99))],
        [labels({ quantile: "1" }), seconds(loop.max)],
      ),
    ];
    loop.reset();
    return [
      ...delays,
      gauge(
        "process_resident_memory_bytes",
        "Memory of the process",
        memory.rss,
      ),
      gauge(
        "vitrine_heap_bytes",
        "Memory of JavaScript's heap",
        [labels({ of: "used" }), memory.heapUsed],
        [labels({ of: "total" }), memory.heapTotal],
      ),
      {
        name: "process_cpu_seconds_total",
        says: "Seconds of processor time",
        type: "counter",
        samples: [["", (user + system) / 1e6]],
      },
      gauge(
        "vitrine_process_up_seconds",
        "Seconds since the process started",
        process.uptime(),
      ),
    ];
  }
}

/** What the database says of this process's own connections, and how long it took to say it. */
async function poolFamilies(sql: Sql): Promise<readonly Family[]> {
  const begun = performance.now();
  const pool = await poolOf(sql).catch(() => undefined);
  const up = gauge(
    "vitrine_database_up",
    "1 when the database answered this question within a second",
    pool === undefined ? 0 : 1,
  );
  if (pool === undefined) return [up];
  return [
    up,
    gauge(
      "vitrine_database_answer_seconds",
      "How long that answer took, waiting for a connection included",
      (performance.now() - begun) / 1000,
    ),
    gauge(
      "vitrine_database_connections",
      "Connections of this process's pool",
      [labels({ state: "active" }), pool.active],
      [labels({ state: "idle" }), pool.idle],
    ),
    gauge(
      "vitrine_database_connections_max",
      "The most that the pool opens",
      POOL_CONNECTIONS,
    ),
  ];
}
