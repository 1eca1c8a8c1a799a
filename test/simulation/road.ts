import { connect, createServer, type Socket } from "node:net";

/** The way to a database: it can be blocked, and what is on it is then cut off. */
export class Road {
  readonly url: string;
  #isBlocked = false;
  #isSwallowing = false;
  readonly #sockets = new Set<Socket>();
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async open(to: string): Promise<Road> {
    const target = new URL(to);
    const server = createServer((near) => road.#travel(near, target));
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", () => resolve()),
    );
    const address = server.address();
    if (address === null || typeof address === "string")
      throw new Error("Cannot open a road: it has no port");
    const url = new URL(to);
    url.port = String(address.port);
    const road: Road = new Road(
      url.href,
      () => new Promise((resolve) => server.close(() => resolve())),
    );
    return road;
  }

  block(): void {
    this.#isBlocked = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Whoever comes is let in and hears nothing. */
  swallow(): void {
    this.#isSwallowing = true;
    for (const socket of this.#sockets) socket.pause();
  }

  clear(): void {
    this.#isBlocked = false;
    this.#isSwallowing = false;
    for (const socket of this.#sockets) socket.resume();
  }

  async close(): Promise<void> {
    this.block();
    await this.#close();
  }

  #travel(near: Socket, { hostname, port }: URL): void {
    if (this.#isBlocked) return void near.resetAndDestroy();
    const far = connect(Number(port), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
      if (this.#isSwallowing) one.pause();
    }
  }
}
