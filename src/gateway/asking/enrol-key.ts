import * as z from "zod/mini";
import { fromBase64url } from "../../acts/bytes.ts";
import { Malformed } from "../../acts/canonical.ts";
import { explain } from "../../acts/explain.ts";
import { publicKey32 } from "../../acts/shapes.ts";
import { keyIdOf } from "../../acts/statement.ts";
import { primitives } from "../../store/crypto.ts";
import type { Sql } from "../../store/database.ts";
import { enrolRequestKey, requestKeysOf } from "../../store/request-keys.ts";
import { Unavailable } from "../unavailable.ts";
import type { HttpRequest } from "./http-request.ts";
import type { SignedAsking } from "./signed-asking.ts";
import type { Unsigned } from "./signature.ts";

const enrolment = z.strictObject({ publicKey: publicKey32 });

export type Enrolled = {
  readonly outcome: "enrolled" | "known";
  readonly key: string;
};
export type NotEnrolled =
  Unsigned | { readonly outcome: "taken"; readonly why: string };

/** The id of a request key, as `keyid` has it: the same as of every key of an office. */
export function requestKeyId(publicKey: Uint8Array): string {
  return keyIdOf(primitives, publicKey);
}

/**
 * `POST /request-keys` with `{"publicKey": …}`, for whoever has a token of the organisation: signed by the new key, which
 * proves that it is held, and from the second key on by one in force as well. Otherwise whoever stole a token could give
 * himself a key.
 */
export async function enrolKey(
  sql: Sql,
  asking: SignedAsking,
  organisation: string,
  request: HttpRequest,
  value: unknown,
  at: number,
): Promise<Enrolled | NotEnrolled> {
  const read = enrolment.safeParse(value);
  if (!read.success)
    throw new Malformed(
      `Cannot read request key: ${explain(read.error, value)}`,
    );
  const publicKey = fromBase64url(read.data.publicKey);
  const key = requestKeyId(publicKey);
  const proof = asking.verify(request, new Map([[key, publicKey]]));
  if (proof.outcome === "refused") return proof;
  // Asked of the database itself: what is remembered may be two seconds old.
  const known = await requestKeysOf(sql, [organisation]).catch(away);
  const inForce = known.filter(({ ended }) => ended === null);
  if (known.length > 0 && !inForce.some((one) => one.key === key)) {
    const keys = new Map(inForce.map((one) => [one.key, one.public_key]));
    const also = asking.verify(request, keys);
    if (also.outcome === "refused") return notByOld(also);
  }
  const again = await asking.once(proof);
  if (again !== undefined) return again;
  const outcome = await enrolRequestKey(sql, {
    ...{ key, organisation, publicKey, at },
  }).catch(away);
  if (outcome !== "taken") return { outcome, key };
  const why = `Cannot enrol request key ${key}: it has ended, or is another organisation's`;
  return { outcome, why };
}

function away(cause: unknown): never {
  throw new Unavailable("Cannot enrol a request key: the database is away", {
    cause,
  });
}

function notByOld({ outcome, why }: Unsigned): Unsigned {
  return {
    outcome,
    why: `${why}; a further key is enrolled by a request that one in force has signed as well`,
  };
}
