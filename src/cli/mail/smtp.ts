import { promises as fs } from "node:fs";
import { createTransport } from "nodemailer";
import * as z from "zod/mini";
import type { Send } from "../../accounts/mails.ts";
import { CouldNot } from "../exit.ts";

const text = z.string("text").check(z.minLength(1, "text that is not empty"));

/** The mail server that takes the office's letters: `mail` in office.json. */
export const mailConfig = z.strictObject({
  host: text.check(z.describe("the mail server (SMTP submission)")),
  port: z
    .int("a port from 1 to 65535")
    .check(
      z.minimum(1, "a port from 1 to 65535"),
      z.maximum(65_535, "a port from 1 to 65535"),
      z.describe("its port, such as 465 or 587"),
    ),
  tls: z
    .enum(["whole", "startTls", "none"], "whole, startTls or none")
    .check(
      z.describe(
        "`whole` from the first byte (465), `startTls` (587), or `none`, which is taken for a server on this machine alone",
      ),
    ),
  from: text.check(z.describe("the address that letters come from")),
  user: z.exactOptional(
    text.check(z.describe("the account at the mail server")),
  ),
  passwordFile: z.exactOptional(
    text.check(z.describe("a file that holds the password and nothing else")),
  ),
});
export type MailConfig = z.infer<typeof mailConfig>;

const ANSWER_MS_MAX = 15_000;
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

/** One connection a letter: they are few, and a server that went away is found at the next. */
export async function smtp(config: MailConfig, origin: string): Promise<Send> {
  const { host, port, tls, from, user, passwordFile } = config;
  if (tls === "none" && !LOOPBACK.test(host))
    throw new CouldNot(
      `Cannot send mail by ${host} with tls none: want whole or startTls, or a server on this machine`,
    );
  const password =
    passwordFile === undefined ? undefined : await readPassword(passwordFile);
  const transport = createTransport({
    host,
    port,
    secure: tls === "whole",
    requireTLS: tls === "startTls",
    ignoreTLS: tls === "none",
    connectionTimeout: ANSWER_MS_MAX,
    greetingTimeout: ANSWER_MS_MAX,
    socketTimeout: ANSWER_MS_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? "" } }),
  });
  return async ({ to, subject, text: words, id, stop }) => {
    await transport.sendMail({
      // As an object: an address is never taken for a list of several.
      to: { name: "", address: to },
      ...{ from, subject, text: words },
      // The same at every try: a letter that came twice is seen to be one.
      messageId: `<${id}.vitrine@${origin.split("/")[0] ?? origin}>`,
      headers: {
        "Auto-Submitted": "auto-generated",
        ...(stop === undefined
          ? {}
          : {
              "List-Unsubscribe": `<${stop}>`,
              "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }),
      },
    });
  };
}

async function readPassword(path: string): Promise<string> {
  try {
    return (await fs.readFile(path, "utf8")).trim();
  } catch (cause) {
    throw new CouldNot(
      `Cannot read the mail server's password from ${path}: want a file that this account may read`,
      { cause },
    );
  }
}
