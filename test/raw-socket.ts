import { connect, type Socket } from "node:net";

/** A connection on which a story says every byte itself. */
export class RawSocket {
  readonly #socket: Socket;
  #heard = "";
  #isEnded = false;
  #tell: () => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (part: Buffer) => {
      this.#heard += part.toString("latin1");
      this.#tell();
    });
    const end = (): void => {
      this.#isEnded = true;
      this.#tell();
    };
    socket.on("close", end).on("end", end);
    // Whoever says too much to somebody who has left hears of a reset.
    socket.on("error", end);
  }

  static async open(port: number): Promise<RawSocket> {
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve).once("error", reject);
    });
    return new RawSocket(socket);
  }

  say(text: string): void {
    if (!this.#isEnded) this.#socket.write(text, "latin1");
  }

  /** Everything that was said until the other side ended the connection. */
  async all(): Promise<string> {
    while (!this.#isEnded)
      await new Promise<void>((resolve) => (this.#tell = resolve));
    return this.#heard;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  hangUp(): void {
    this.#socket.destroy();
  }
}

/** Status, fields and body of the one answer that was heard. */
export function answerIn(heard: string): {
  readonly status: number;
  readonly head: string;
  readonly body: string;
} {
  const [head = "", body = ""] = heard.split(/\r\n\r\n(.*)/s);
  return { status: Number(head.slice(9, 12)), head, body };
}
