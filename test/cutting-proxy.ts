import { createServer, connect, type Server } from "node:net";

/** A stretch of network between a client and an office, which can be cut in the middle of an answer. */
export type Road = {
  readonly address: string;
  /** Bytes of answers that went over it. */
  readonly carried: () => number;
  /** The next answer in which this text comes ends so many bytes behind its beginning, once. */
  readonly cutAt: (text: string, behind: number) => void;
  readonly close: () => Promise<void>;
};

export async function roadTo(address: string): Promise<Road> {
  const port = Number(new URL(address).port);
  let carried = 0;
  let cut: { readonly text: string; readonly behind: number } | undefined;
  const server: Server = createServer((client) => {
    const office = connect(port, "127.0.0.1");
    client.pipe(office);
    const end = (): void => {
      client.destroy();
      office.destroy();
    };
    office.on("data", (chunk: Buffer) => {
      const at = cut === undefined ? -1 : chunk.indexOf(cut.text);
      const part =
        cut === undefined || at < 0
          ? chunk
          : chunk.subarray(0, at + cut.behind);
      carried += part.length;
      if (at < 0) return void client.write(part);
      cut = undefined;
      office.pause();
      client.write(part);
      // What is on the way arrives before the line is dead.
      setTimeout(end, 200);
    });
    for (const side of [client, office]) {
      side.on("error", end);
      side.on("close", end);
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const found = server.address();
  if (found === null || typeof found === "string")
    throw new Error("Cannot find the port of the road");
  return {
    address: `http://127.0.0.1:${found.port}`,
    carried: () => carried,
    cutAt: (text, behind) => void (cut = { text, behind }),
    close: () => new Promise((done) => server.close(() => done())),
  };
}
