import { type Command } from "commander";
import { utf8ToBytes } from "../acts/bytes.ts";
import { readIdempotencyKey } from "../gateway/asking/idempotency-key.ts";
import { type SigningKey, signingKey } from "../store/crypto.ts";
import {
  addressOf,
  type Answer,
  call,
  demoToken,
  messageOf,
  send,
  wholeOf,
} from "./client.ts";
import { CouldNot } from "./exit.ts";
import { readKeyFile } from "./keys.ts";
import { datasetAnswer, type productAnswer, readAs } from "./read-as.ts";
import { signRequest } from "./request-signing.ts";
import type * as z from "zod/mini";
import type { Dataset } from "../register/register.ts";

export type AskerOptions = {
  readonly as?: string;
  readonly token?: string;
  readonly url?: string;
  readonly requestKey?: string;
  readonly idempotencyKey?: string;
};
export type AboutProduct = z.infer<typeof productAnswer>;

/** Who asks, for every command that asks for data. */
export function withAskerOptions(command: Command): Command {
  return command
    .option(
      "--purpose <purpose>",
      "the purpose of a permit, when there are several",
    )
    .option("--case <number>", "the case that the data are asked for")
    .option("--as <organisation>", "ask as a demonstration organisation")
    .option("--token <token>", "ask with this token")
    .option(
      "--request-key <file>",
      "sign every request with this key of the organisation",
    )
    .option("--url <address>", "the office")
    .option("--receipt <file>", "where to keep the receipt");
}

export const IDEMPOTENCY = [
  "--idempotency-key <key>",
  "at most one use, however often the same request is sent under this key",
] as const;

/** A data user: the office that it asks, its token, and the key that it signs with. */
export class Asker {
  readonly address: string;
  readonly token: string | undefined;
  readonly #key: SigningKey | undefined;
  readonly #idempotency: string | undefined;

  private constructor(
    address: string,
    token: string | undefined,
    key: SigningKey | undefined,
    idempotency: string | undefined,
  ) {
    this.address = address;
    this.token = token;
    this.#key = key;
    this.#idempotency = idempotency;
  }

  static async of(options: AskerOptions): Promise<Asker> {
    const { requestKey, idempotencyKey } = options;
    const token = await tokenOf(options);
    if (token === undefined && requestKey !== undefined)
      throw new CouldNot(
        `Cannot sign with --request-key ${requestKey}: no organisation asks, want --as or --token beside it`,
      );
    if (token === undefined && idempotencyKey !== undefined)
      throw new CouldNot(
        `Cannot use --idempotency-key ${idempotencyKey}: no organisation asks, want --as or --token beside it`,
      );
    return new Asker(
      await addressOf(options.url),
      token,
      requestKey === undefined ? undefined : await requestKeyOf(requestKey),
      readIdempotencyKey(idempotencyKey),
    );
  }

  /** Asks for data: under the idempotency key where there is one, and signed where the organisation signs. */
  send(
    method: "GET" | "HEAD" | "POST",
    path: string,
    given: {
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<Response> {
    const { token } = this;
    const { body } = given;
    const covered = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(this.#idempotency === undefined
        ? {}
        : { "idempotency-key": this.#idempotency }),
    };
    const signed =
      this.#key === undefined
        ? {}
        : signRequest(this.#key, {
            ...{ method, url: `${this.address}${path}`, headers: covered },
            ...(body === undefined ? {} : { body: utf8ToBytes(body) }),
          });
    return send(this.address, path, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { ...given.headers, ...covered, ...signed },
    });
  }

  async ask(
    method: "GET" | "POST",
    path: string,
    given: { readonly body?: string } = {},
  ): Promise<Answer> {
    const answer = await wholeOf(await this.send(method, path, given));
    if (answer.status !== 200 && answer.status !== 403)
      throw new CouldNot(messageOf(answer));
    return answer;
  }

  /** What everybody may know: not asked for data, so neither signed nor counted. */
  look(path: string): Promise<Answer> {
    const { token } = this;
    return call(this.address, path, token === undefined ? {} : { token });
  }

  async dataset(dataset: string): Promise<Dataset> {
    const path = `/datasets/${encodeURIComponent(dataset)}`;
    const found = await call(this.address, path);
    if (found.status !== 200) throw new CouldNot(messageOf(found));
    return readAs(datasetAnswer, found.body, "answer").dataset;
  }
}

async function tokenOf(options: AskerOptions): Promise<string | undefined> {
  const { token } = options;
  if (token !== undefined) {
    if (!/^[\x21-\x7e]+$/.test(token))
      throw new CouldNot(
        "Cannot use --token: want the text that `vitrine token` printed",
      );
    return token;
  }
  return options.as === undefined ? undefined : demoToken(options.as);
}

async function requestKeyOf(file: string): Promise<SigningKey> {
  const read = await readKeyFile(file);
  try {
    return signingKey(read);
  } catch (cause) {
    throw new CouldNot(
      `Cannot sign with --request-key ${file}: its halves are no Ed25519 key, want a file as \`vitrine request-key new\` writes it`,
      { cause },
    );
  }
}
