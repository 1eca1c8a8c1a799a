import {
  createServer,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";

/** A line between a gateway and its office, which can be cut and made slow. */
export class HttpLine {
  readonly #to: number;
  readonly #server: Server;
  #isCut = false;
  /** Answers to what begins with this path come that much later. */
  slow: { readonly path: string; readonly ms: number } | undefined;

  private constructor(to: number) {
    this.#to = to;
    this.#server = createServer((asked, answer) => this.#pass(asked, answer));
  }

  static async to(port: number): Promise<HttpLine> {
    const line = new HttpLine(port);
    await new Promise<void>((resolve) =>
      line.#server.listen(0, "127.0.0.1", () => resolve()),
    );
    return line;
  }

  get address(): string {
    const at = this.#server.address();
    if (at === null || typeof at === "string")
      throw new Error("Cannot find the line: it listens nowhere");
    return `http://127.0.0.1:${at.port}`;
  }

  /** Whatever is under way breaks, and nothing comes through. */
  cut(): void {
    this.#isCut = true;
    this.#server.closeAllConnections();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(asked: IncomingMessage, answer: ServerResponse): void {
    if (this.#isCut) return void asked.socket.destroy();
    const { method, url = "/", headers } = asked;
    const { slow } = this;
    const wait = slow !== undefined && url.startsWith(slow.path) ? slow.ms : 0;
    const on = request(
      { port: this.#to, host: "127.0.0.1", method, path: url, headers },
      (came) => {
        setTimeout(() => {
          answer.writeHead(came.statusCode ?? 502, came.headers);
          came.pipe(answer);
        }, wait);
      },
    );
    on.on("error", () => answer.destroy());
    asked.pipe(on);
  }
}
