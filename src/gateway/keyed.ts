import { toBase64url } from "../acts/bytes.ts";
import { encode } from "../acts/canonical.ts";
import type { Sql } from "../store/database.ts";
import {
  begin,
  type Claim,
  finish,
  forget,
  giveBack,
  intend,
  settle,
  type UseEntry,
} from "../store/idempotency.ts";
import type { Request } from "../uses/plan.ts";
import type { Answered, Declined, Gateway } from "./gateway.ts";
import type { How } from "./how.ts";
import { repeat } from "./repeat.ts";
import { NotEntered, Unavailable } from "./unavailable.ts";

/** Keyed uses of a day that one gateway keeps in its memory, of some 600 bytes each. */
export const KEYED_MAX = 250_000;

/** The key stands for something else, or cannot be used now; nothing was begun. */
export class KeyConflict extends Error {
  override readonly name = "KeyConflict";
  readonly status: 409 | 422;

  constructor(status: 409 | 422, message: string) {
    super(message);
    this.status = status;
  }
}

const WHY = {
  running:
    "the request with this Idempotency-Key is still under way, ask again in a moment",
  exhausted:
    "this Idempotency-Key was answered anew three times, want a new key",
  another: "this Idempotency-Key stands for another request, want a new key",
  gone: "this Idempotency-Key is older than 24 hours, want a new key",
  elsewhere:
    "the first answer under this Idempotency-Key stands in a log that this gateway does not write now, want a new key or the gateway that answered first",
} as const;

/**
 * Asks under an Idempotency-Key: the first time it is a use as every other; sent again, the same request is answered anew, free of
 * charge, at most three times. The database is asked before the engine is, and once more before the entry.
 */
export async function askKeyed(
  gateway: Gateway,
  request: Request,
  organisation: string,
  key: string,
  how: How,
): Promise<Answered | Declined> {
  const { desk } = gateway;
  const { sql } = desk.options;
  desk.mustServe();
  const asked = { organisation, key, request: encode(request) };
  const claim = desk.options.surroundings.random(16);
  const begun = await begin(sql, asked, claim, desk.now()).catch(away);
  switch (begun.outcome) {
    case "first":
      if (keptBy(gateway) >= KEYED_MAX) {
        await forget(sql, begun.claim).catch(away);
        throw new Unavailable(
          `Cannot answer under an Idempotency-Key: this gateway keeps ${KEYED_MAX} of the last 24 hours already, ask without one`,
        );
      }
      return askFirst(gateway, sql, request, begun.claim, how);
    case "repeat":
      return askAgain(gateway, request, asked, begun, how);
    case "unsure": {
      const log = desk.logs.all.find(({ origin }) => origin === begun.log);
      if (log === undefined) throw conflict("elsewhere");
      const stands = log.sums.keyed.has(toBase64url(begun.leaf));
      await settle(sql, asked, begun.leaf, stands).catch(away);
      throw conflict("running");
    }
    case "running":
    case "exhausted":
    case "another":
    case "gone":
      throw conflict(begun.outcome);
  }
}

function keptBy({ desk }: Gateway): number {
  return desk.logs.all.reduce((all, { sums }) => all + sums.keyed.size, 0);
}

async function askFirst(
  gateway: Gateway,
  sql: Sql,
  request: Request,
  claim: Claim,
  how: How,
): Promise<Answered | Declined> {
  let isIntended = false;
  const before = async (entry: UseEntry): Promise<void> => {
    if (!(await intend(sql, claim, entry).catch(away)))
      throw conflict("running");
    isIntended = true;
  };
  try {
    const answer = await gateway.ask(request, claim.organisation, {
      ...how,
      intend: before,
    });
    // Open data have no use to be answered anew, and what was refused is asked again as often as one likes.
    if (answer.outcome === "refused" || answer.permit === undefined)
      await forget(sql, claim).catch(away);
    // What is not said here is found out by whoever asks again.
    else await finish(sql, claim).catch(() => undefined);
    return answer;
  } catch (error) {
    // Where an entry was named nobody knows whether it stands: whoever asks again looks into the log.
    if (!isIntended || error instanceof NotEntered)
      await forget(sql, claim).catch(() => undefined);
    throw error;
  }
}

/** What was refused, or failed before it was entered, was not answered anew. */
async function askAgain(
  gateway: Gateway,
  request: Request,
  asked: { readonly organisation: string; readonly key: string },
  { leaf, log }: UseEntry,
  how: How,
): Promise<Answered | Declined> {
  const { desk } = gateway;
  let isEntered = false;
  const entering = () => {
    isEntered = true;
  };
  try {
    const name = toBase64url(leaf);
    const use = desk.logs.all
      .find(({ origin }) => origin === log)
      ?.sums.keyed.get(name);
    if (use === undefined) throw conflict("elsewhere");
    const { permit, slot } = use;
    // A token for one permit answers nothing that was admitted by another.
    if (how.permit !== undefined && how.permit !== permit)
      throw conflict("another");
    const of = { leaf: name, log, permit, slot, entering };
    return await repeat(desk, request, asked.organisation, of, how);
  } finally {
    if (!isEntered)
      await giveBack(desk.options.sql, asked).catch(() => undefined);
  }
}

function conflict(why: keyof typeof WHY): KeyConflict {
  const status = why === "another" ? 422 : 409;
  return new KeyConflict(status, `Cannot answer: ${WHY[why]}`);
}

function away(cause: unknown): never {
  throw new Unavailable(
    "Cannot answer under an Idempotency-Key: the database is away",
    { cause },
  );
}
