import { promises as fs } from "node:fs";
import { join } from "node:path";
import { CouldNot } from "./exit.ts";
import { errorAnswer, readAs, tokens } from "./read-as.ts";

/** The folder of the demonstration office, where its address and its invented keys lie. */
export function demoFolder(): string {
  const given = process.env["VITRINE_DEMO"];
  return given === undefined || given === "" ? "demo" : given;
}

/** The office's address: the one given, VITRINE_URL, or that of the demonstration office beside us. */
export async function addressOf(given: string | undefined): Promise<string> {
  const known = given ?? process.env["VITRINE_URL"];
  if (known !== undefined) return known.replace(/\/+$/, "");
  const written = await fs
    .readFile(join(demoFolder(), "address"), "utf8")
    .catch(() => undefined);
  return written?.trim() ?? "http://127.0.0.1:8080";
}

export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
};

export type Sent = {
  readonly method?: string;
  readonly body?: string | Uint8Array;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** One request to an office; an address that does not answer is said in one line. */
export async function send(
  address: string,
  path: string,
  { method = "GET", body, token, headers = {} }: Sent = {},
): Promise<Response> {
  try {
    return await fetch(`${address}${path}`, {
      method,
      // What is signed, and the token that asks, are for the office that was named.
      redirect: "manual",
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
    });
  } catch (error) {
    const why =
      error instanceof Error && error.cause instanceof Error
        ? error.cause.message
        : "no answer";
    throw new CouldNot(
      `Cannot reach the office at ${address}: ${why}; start it with \`npm start\`, or name another with --url`,
    );
  }
}

export async function call(
  address: string,
  path: string,
  options: Sent = {},
): Promise<Answer> {
  return wholeOf(await send(address, path, options));
}

export async function wholeOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, text, body: parsed(text) };
}

/** The bytes of an answer as they come; throws where its connection ends before it does. */
export async function* bytesIn(
  response: Response,
): AsyncGenerator<Uint8Array, void, undefined> {
  const body: ReadableStream<unknown> | null = response.body;
  const reader = body?.getReader();
  if (reader === undefined) return;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value instanceof Uint8Array) yield value;
    }
  } finally {
    // Whoever stops taking ends the answer.
    await reader.cancel().catch(() => undefined);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The message of an error body, or what there is. */
export function messageOf(answer: Answer): string {
  const read = errorAnswer.safeParse(answer.body);
  return read.success
    ? read.data.error.message
    : `the office answered ${answer.status}`;
}

/** Tokens of the demonstration's organisations. `--as` works on a demonstration office only. */
export async function demoToken(organisation: string): Promise<string> {
  const path = join(demoFolder(), "keys", "tokens.json");
  const text = await fs.readFile(path, "utf8").catch(() => undefined);
  if (text === undefined)
    throw new CouldNot(
      `Cannot act as ${organisation}: --as works on a demonstration office only, and ${path} is not there`,
    );
  const known = readAs(tokens, JSON.parse(text), path);
  const token = known[organisation];
  if (token === undefined)
    throw new CouldNot(
      `Cannot act as ${organisation}: want one of ${Object.keys(known).join(", ")}`,
    );
  return token;
}
