import { createHash, randomBytes } from "node:crypto";
import { toBase64url } from "../../acts/bytes.ts";
import { keepSession, sessionOf } from "../../store/citizens.ts";
import type { Sql } from "../../store/database.ts";
import { seal, unseal } from "../../store/openings.ts";

/** Who looks, and at whose list. A code is the value that the subject field of datasets has for the person. */
export type Session = {
  readonly by: "subject" | "representative";
  readonly person: string;
  readonly subject: string;
};

export const SESSION_MS = 15 * 60_000;

/** Makes a session for somebody whom the office's identity adapter has identified; the office keeps the token's hash alone. */
export async function issueSession(
  sql: Sql,
  key: Uint8Array,
  { by, person, subject }: Session,
  now: number,
  lasts = SESSION_MS,
): Promise<string> {
  const token = newToken();
  await keepSession(
    sql,
    {
      digest: digestOf(token),
      person: seal(key, Buffer.from(person)),
      subject: seal(key, Buffer.from(subject)),
      by,
      until: now + lasts,
    },
    now,
  );
  return token;
}

export async function readSession(
  sql: Sql,
  key: Uint8Array,
  token: string,
  now: number,
): Promise<Session | undefined> {
  const found = await sessionOf(sql, digestOf(token), now);
  if (found === undefined) return undefined;
  const text = (sealed: Uint8Array) => unseal(key, sealed).toString("utf8");
  return {
    by: found.by === "representative" ? "representative" : "subject",
    person: text(found.person),
    subject: text(found.subject),
  };
}

/** It is typed behind options, so it begins with no hyphen. */
function newToken(): string {
  for (;;) {
    const token = toBase64url(randomBytes(32));
    if (!token.startsWith("-")) return token;
  }
}

function digestOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
