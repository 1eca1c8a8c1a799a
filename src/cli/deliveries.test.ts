import { promises as fs } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LogHalted } from "../store/durable.ts";
import { Deliveries } from "./deliveries.ts";

async function folderWith(notes: Readonly<Record<string, string>>) {
  const folder = await fs.mkdtemp(join(tmpdir(), "vitrine-inbox-"));
  await fs.mkdir(join(folder, "inbox"));
  for (const [name, text] of Object.entries(notes))
    await fs.writeFile(join(folder, "inbox", name), text);
  const said = async (name: string): Promise<unknown> =>
    JSON.parse(await fs.readFile(join(folder, "inbox", name), "utf8"));
  return { folder, said };
}

const note = JSON.stringify({ dataset: "b", file: "/tmp/b.parquet", rows: 2 });

test("a note that cannot be read is answered, and keeps none of the others waiting", async () => {
  const { folder, said } = await folderWith({
    "a.json": "no JSON",
    "b.json": note,
  });
  const deliveries = new Deliveries(folder, () => Promise.resolve(9));
  deliveries.look();
  await deliveries.taken();
  expect(await said("a.json.done")).toMatchObject({
    error: expect.stringContaining("JSON"),
  });
  expect(await said("b.json.done")).toEqual({ entry: 9 });
  deliveries.look();
});

test("nobody waits for one that loads long; it is taken once", async () => {
  const { folder, said } = await folderWith({ "b.json": note });
  let taken = 0;
  let loaded: (entry: number) => void = () => undefined;
  const deliveries = new Deliveries(folder, () => {
    taken++;
    return new Promise((resolve) => (loaded = resolve));
  });
  deliveries.look();
  await expect.poll(() => taken).toBe(1);
  deliveries.look();
  loaded(4);
  await deliveries.taken();
  expect(taken).toBe(1);
  expect(await said("b.json.done")).toEqual({ entry: 4 });
});

test("a log that halts meanwhile ends the process with the next look, and the note stays", async () => {
  const { folder } = await folderWith({ "b.json": note });
  const deliveries = new Deliveries(folder, () =>
    Promise.reject(new LogHalted("Cannot go on")),
  );
  deliveries.look();
  await deliveries.taken();
  expect(() => deliveries.look()).toThrow(LogHalted);
  expect(await fs.readdir(join(folder, "inbox"))).toEqual(["b.json"]);
});
