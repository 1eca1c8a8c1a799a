import type { MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { GatewayWatch } from "../../gateway/desk.ts";
import type { OfficeWatch } from "../../office/watch.ts";
import { Counter, type Family, Histogram, labels } from "./figures.ts";
import type { Journal } from "./journal.ts";

/** Methods that stand for themselves; whatever else somebody sends is one. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]);

/** Counts what happens, for those who run the office: never by whom, about whom, or with which values. */
export class Watch {
  readonly #journal: Journal;
  readonly #acts = new Counter();
  readonly #turnedAway = new Counter();
  readonly #uses = new Counter();
  readonly #refusals = new Counter();
  readonly #answers = new Counter();
  readonly #times = new Histogram();
  /** Labels of a route, written once. */
  readonly #routes = new Map<string, string>();

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  readonly office: OfficeWatch = {
    entered: (kind, outcome, index) => {
      this.#acts.add(labels({ kind, outcome }));
      this.#journal.info("act", { kind, outcome, entry: index });
    },
    turnedAway: (kind, code) => {
      this.#turnedAway.add(labels({ kind, code }));
      this.#journal.info("act.turnedAway", { kind, code });
    },
  };

  readonly gateway: GatewayWatch = {
    used: (operation, outcome) =>
      this.#uses.add(`{operation="${operation}",outcome="${outcome}"}`),
    refused: (rule) => this.#refusals.add(labels({ rule })),
  };

  /** Stands before every route: how long it took until an answer began, by the route's template. */
  readonly requests: MiddlewareHandler = async (c, next) => {
    const begun = performance.now();
    await next();
    const ms = performance.now() - begun;
    const method = METHODS.has(c.req.method) ? c.req.method : "other";
    const route = matchedRoutes(c)[c.req.routeIndex];
    // Where no route took it, what stands before every route was the last that did.
    const template =
      route === undefined || route.method === "ALL" ? "none" : route.path;
    const written = this.#written(method, template);
    this.#times.see(written, ms / 1000);
    this.#answers.add(`${written.slice(0, -1)},status="${c.res.status}"}`);
    if (this.#journal.isDebug)
      this.#journal.debug("request", {
        ...{ method, route: template, status: c.res.status },
        ms: Math.round(ms * 10) / 10,
      });
  };

  families(): readonly Family[] {
    return [
      this.#acts.family(
        "vitrine_acts_total",
        "Acts that were entered, granted or refused",
      ),
      this.#turnedAway.family(
        "vitrine_submissions_turned_away_total",
        "Submissions that were not entered, by why",
      ),
      this.#uses.family(
        "vitrine_uses_total",
        "Uses that were entered, by operation and what came of them",
      ),
      this.#refusals.family(
        "vitrine_uses_refused_total",
        "Requests for data that were refused, by rule",
      ),
      this.#answers.family(
        "vitrine_http_answers_total",
        "Answers by route and status",
      ),
      this.#times.family(
        "vitrine_http_request_seconds",
        "Time until an answer began, by route",
      ),
    ];
  }

  #written(method: string, route: string): string {
    const name = `${method} ${route}`;
    let written = this.#routes.get(name);
    if (written === undefined) {
      written = labels({ method, route });
      this.#routes.set(name, written);
    }
    return written;
  }
}
