import { IncomingMessage } from "node:http";
import type { Context } from "hono";
import { ALLOWED, type Allowed, limitHeaders } from "../gateway/allowed.ts";
import { clientAddress } from "../gateway/asking/client-address.ts";
import type { Door } from "../gateway/asking/door.ts";
import {
  type RequestSignature,
  requestSignatureText,
} from "../gateway/asking/signature.ts";
import type { Shed } from "../gateway/asking/in-flight.ts";
import type { SignedAsking } from "../gateway/asking/signed-asking.ts";
import type { Asker } from "../gateway/asking/token-cache.ts";
import { CutShort } from "../gateway/cut-short.ts";
import type { How } from "../gateway/how.ts";
import { showError } from "./error-page.tsx";
import { errorBody, Unauthorised } from "./errors.ts";
import { httpRequestOf, notSigned } from "./request-keys.ts";

export type DoorWay = {
  readonly door: Door;
  readonly signed: SignedAsking;
  /** How many proxies of the office's own stand before it. */
  readonly proxies: number;
  /** How far answers go; as far as they go by default where nothing is said. */
  readonly allowed?: Allowed;
};

/** Who came in, and how. `takeOver` is for an answer that is still leaving afterwards: it gives what gives the place back. */
export type Admitted = {
  readonly asker: Asker | undefined;
  /** Whom limits are kept for. */
  readonly name: string;
  readonly how: How;
  readonly takeOver: () => () => void;
  /** Asked before each part of a long answer; throws when the token that it was asked with has ended. */
  readonly mayGoOn: () => Promise<void>;
};

/**
 * What every request for data passes before anything is decided: its token, its rate, a place to be worked on, and its signature
 * where its organisation signs.
 */
export async function atTheDoor(
  c: Context,
  { door, signed, proxies, allowed = ALLOWED }: DoorWay,
  body: Uint8Array,
  work: (came: Admitted) => Promise<Response>,
): Promise<Response> {
  const token = tokenOf(c);
  const arrived = await door.arrive(token, addressOf(c, proxies));
  for (const fields of [limitHeaders(allowed), arrived.fields])
    for (const name in fields) c.header(name, fields[name]);
  if (arrived.outcome === "unknown") throw new Unauthorised(arrived.why);
  if (arrived.outcome === "limited")
    return showError(c, errorBody("tooManyRequests", arrived.why), 429);
  const place = await door.place(arrived.name, () => c.req.raw.signal);
  if (place.outcome === "shed") return shed(c, place);
  let isTaken = false;
  const takeOver = () => {
    isTaken = true;
    return place.leave;
  };
  try {
    const { asker, name } = arrived;
    const checked =
      asker === undefined
        ? ({ outcome: "admitted" } as const)
        : await signed.check(asker.organisation, httpRequestOf(c, body));
    if (checked.outcome === "refused") return notSigned(c, checked);
    const how = howOf(asker, checked.signature);
    const mayGoOn = async (): Promise<void> => {
      if (token !== undefined && !(await door.isInForce(token)))
        throw new CutShort("Cannot go on: the token has ended");
    };
    return await work({ asker, name, how, takeOver, mayGoOn });
  } finally {
    if (!isTaken) place.leave();
  }
}

/** Nothing was begun. */
export function shed(
  c: Context,
  { why, retryInSeconds }: Shed,
): Response | Promise<Response> {
  c.header("Retry-After", String(retryInSeconds));
  return showError(c, errorBody("unavailable", why), 503);
}

function howOf(
  asker: Asker | undefined,
  signature: RequestSignature | undefined,
): How {
  return {
    ...(asker?.permit === undefined ? {} : { permit: asker.permit }),
    ...(asker?.system === undefined ? {} : { system: asker.system }),
    ...(signature === undefined
      ? {}
      : {
          signature: requestSignatureText(signature),
        }),
  };
}

/** The token of a request; throws Unauthorised where the header says something else. */
export function tokenOf(c: Context): string | undefined {
  const header = c.req.header("authorization");
  if (header === undefined) return undefined;
  const token = /^Bearer +([A-Za-z0-9_-]{20,100})$/i.exec(header)?.[1];
  if (token === undefined)
    throw new Unauthorised(
      "Cannot read the Authorization header: want Bearer and a token that is in force",
    );
  return token;
}

/** Undefined where no network carried the request. */
export function addressOf(
  { env, req }: Context,
  proxies: number,
): string | undefined {
  const bindings: unknown = env;
  if (
    typeof bindings !== "object" ||
    bindings === null ||
    !("incoming" in bindings) ||
    !(bindings.incoming instanceof IncomingMessage)
  )
    return undefined;
  const remote = bindings.incoming.socket.remoteAddress;
  return remote === undefined
    ? undefined
    : clientAddress(remote, req.header("x-forwarded-for"), proxies);
}
