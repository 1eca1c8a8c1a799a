import { createServer } from "node:net";
import { CouldNot } from "./exit.ts";

/** Tries a port before work is begun that would be in vain without it. Port 0 is whichever is free. */
export async function mustBeFree(port: number, option: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(cannotListen(port, option, error)));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve()));
  });
}

export function cannotListen(
  port: number,
  option: string,
  error: Error,
): CouldNot {
  const why =
    "code" in error && error.code === "EADDRINUSE"
      ? `the port is in use; stop what uses it, or choose another with ${option}`
      : error.message;
  return new CouldNot(`Cannot listen on 127.0.0.1:${port}: ${why}`);
}
