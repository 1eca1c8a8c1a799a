import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A real mail server on loopback that keeps what it takes, and turns away what it is told to. */
export class MailServer {
  readonly taken: { readonly to: readonly string[]; readonly text: string }[] =
    [];
  turnsAway = false;
  readonly #server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    onRcptTo: (_address, _session, done) =>
      done(this.turnsAway ? new Error("mailbox is full") : undefined),
    onData: (stream, session, done) => {
      let text = "";
      stream.on("data", (part: Buffer) => (text += part.toString("utf8")));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        this.taken.push({ to, text: decoded(text) });
        done();
      });
    },
  });

  listen(): Promise<number> {
    return new Promise((resolve) => {
      const listening = this.#server.listen(0, "127.0.0.1", () => {
        const { port }: AddressInfo = addressOf(listening.address());
        resolve(port);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === "string")
    throw new Error("Cannot listen");
  return address;
}

/** The head and the body of a letter as a reader sees them. */
function decoded(raw: string): string {
  const [head = "", ...body] = raw.split("\r\n\r\n");
  const text = body.join("\r\n\r\n");
  if (/^content-transfer-encoding: base64/im.test(head))
    return `${head}\n\n${Buffer.from(text, "base64").toString("utf8")}`;
  if (!/^content-transfer-encoding: quoted-printable/im.test(head))
    return `${head}\n\n${text}`;
  const bytes = text
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return `${head}\n\n${Buffer.from(bytes, "latin1").toString("utf8")}`;
}
