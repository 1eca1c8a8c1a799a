import { promises as fs } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { join, normalize } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Any web server over a folder: it gives files as they lie, and notes what it was asked for. */
export type FileServer = {
  readonly address: string;
  readonly asked: string[];
  /** Waited before each answer. */
  delayMs: number;
  folder: string;
};

export async function serveFiles(folder: string): Promise<FileServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = normalize(request.url ?? "/");
    asked.push(path);
    answer(path, response).catch(() => response.destroy());
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const at = server.address();
      if (at === null || typeof at === "string")
        reject(new Error("Cannot listen: the server has no port"));
      else resolve(at.port);
    });
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  async function answer(path: string, response: ServerResponse): Promise<void> {
    await sleep(served.delayMs);
    const file = join(served.folder, path);
    const bytes = await fs.readFile(file).catch(() => undefined);
    // A page from disk reads it too.
    response.setHeader("access-control-allow-origin", "*");
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  }
  const address = `http://127.0.0.1:${port}`;
  const served: FileServer = { address, asked, delayMs: 0, folder };
  return served;
}
