import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DiskError, type Folder, type Inode, SIMULATED } from "./log-disk.ts";
import { current, type Process } from "./log-process.ts";

/**
 * Whoever imports this file first has what `node:fs` does below one path done by the disk of the running `Process`. Nothing of our
 * own is replaced.
 */
type Does = (...args: never[]) => unknown;
type By = (process: Process, args: readonly unknown[]) => unknown;

function isDoes(value: unknown): value is Does {
  return typeof value === "function";
}

function processOf(first: unknown): Process | undefined {
  const process = current.getStore();
  if (process === undefined) return undefined;
  // The top of the machine is above every disk.
  if (
    typeof first === "string" &&
    (first.startsWith(SIMULATED) || first === "/")
  )
    return process;
  // A process that is over has its files no more.
  return typeof first === "number" && first >= 1_000_000 ? process : undefined;
}

function route(on: object, name: string, by: By): void {
  const before: unknown = Reflect.get(on, name);
  if (!isDoes(before)) throw new Error(`Cannot simulate ${name}: no function`);
  const after = function (this: unknown, ...args: never[]): unknown {
    const process = processOf(args[0]);
    const given: unknown =
      process === undefined
        ? Reflect.apply(before, this, args)
        : by(process, args);
    return given;
  };
  for (const key of Object.getOwnPropertySymbols(before)) {
    const descriptor = Object.getOwnPropertyDescriptor(before, key);
    if (descriptor !== undefined) Object.defineProperty(after, key, descriptor);
  }
  Reflect.set(on, name, after);
}

const short = (path: unknown): string =>
  String(path).split("/").slice(-2).join("/");

function openFile(process: Process, path: string, flags: unknown): number {
  const { disk } = process;
  const exists = disk.find(path) !== undefined;
  const creates = !exists && flags !== "r+" && flags !== fs.constants.O_RDONLY;
  return process.sync(`${creates ? "create" : "open"} ${short(path)}`, () => {
    const inode = creates ? disk.create(path) : disk.file(path, "open");
    if (flags === "w" && exists) disk.truncate(inode, 0);
    return process.number({ inode, appends: flags === "a" });
  });
}

function inodeOf(process: Process, descriptor: unknown): Inode {
  const file = process.open.get(Number(descriptor));
  if (file === undefined) throw new DiskError("EBADF", "a closed file");
  return file.inode;
}

route(fs, "openSync", (process, [path, flags]) =>
  openFile(process, String(path), flags),
);
route(fs, "closeSync", (process, [descriptor]) =>
  process.open.delete(Number(descriptor)),
);
route(fs, "ftruncateSync", (process, [descriptor, size]) =>
  process.sync("write truncation", () =>
    process.disk.truncate(inodeOf(process, descriptor), Number(size)),
  ),
);
const syncNow = (
  process: Process,
  node: Inode | Folder,
): [() => void, () => void] => [
  () => process.disk.sync(node),
  () => process.disk.failSync(node),
];
route(fs, "fsyncSync", (process, [descriptor]) =>
  process.sync("sync", ...syncNow(process, inodeOf(process, descriptor))),
);

/** The last argument is the callback. */
function callback(
  name: "write" | "fdatasync" | "close",
  by: (process: Process, args: readonly unknown[]) => Promise<unknown>,
): void {
  route(fs, name, (process, args) => {
    const done: unknown = args.at(-1);
    const answer = (...given: unknown[]): void => {
      if (isDoes(done)) Reflect.apply(done, undefined, given);
    };
    by(process, args).then(
      (value) => answer(null, value, args[1]),
      (error: unknown) => answer(error),
    );
  });
}
callback("write", (process, [descriptor, bytes, offset, length]) => {
  if (!(bytes instanceof Uint8Array)) throw new Error("no bytes");
  const inode = inodeOf(process, descriptor);
  const part = bytes.subarray(Number(offset), Number(offset) + Number(length));
  const put = (count: number) => (): number => {
    process.disk.write(inode, inode.content.length, part.subarray(0, count));
    return count;
  };
  // A write may take less than it was given.
  const taken =
    process.dice() < 0.1
      ? Math.ceil(process.dice() * part.length)
      : part.length;
  return process.later(
    "write journal",
    put(taken),
    put(Math.floor(process.dice() * part.length)),
  );
});
callback("fdatasync", (process, [descriptor]) =>
  process.later(
    "sync journal",
    ...syncNow(process, inodeOf(process, descriptor)),
  ),
);
callback("close", (process, [descriptor]) =>
  process.later("close", () => process.open.delete(Number(descriptor))),
);

class Handle {
  readonly #process: Process;
  readonly #path: string;
  readonly #node: Inode | Folder;

  constructor(process: Process, path: string, node: Inode | Folder) {
    this.#process = process;
    this.#path = path;
    this.#node = node;
  }

  writeFile(given: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(given);
    const { disk, dice } = this.#process;
    const put = (count: number) => (): void => {
      if (!("entries" in this.#node))
        disk.write(this.#node, 0, bytes.subarray(0, count));
    };
    const half = put(Math.floor(dice() * bytes.length));
    return this.#process.later(
      `write ${short(this.#path)}`,
      put(bytes.length),
      half,
    );
  }

  sync(): Promise<void> {
    return this.#process.later(
      `sync ${short(this.#path)}`,
      ...syncNow(this.#process, this.#node),
    );
  }

  close(): Promise<void> {
    return this.#process.later("close", () => undefined);
  }
}

const p = fs.promises;
route(p, "open", (process, [path, flags]) => {
  const where = String(path);
  const { disk } = process;
  if (flags === fs.constants.O_RDONLY)
    return process.later(`open ${short(path)}`, () => {
      const node = disk.find(where);
      if (node === undefined) throw new DiskError("ENOENT", where);
      return new Handle(process, where, node);
    });
  return process.later(
    `create ${short(path)}`,
    () => new Handle(process, where, disk.create(where)),
  );
});
route(p, "readFile", (process, [path, encoding]) =>
  process.later(`read ${short(path)}`, () => {
    const { content } = process.disk.file(String(path), "read");
    return encoding === "utf8"
      ? content.toString("utf8")
      : Buffer.from(content);
  }),
);
route(p, "stat", (process, [path]) =>
  process.later(`stat ${short(path)}`, () => {
    const node = process.disk.find(String(path));
    if (node === undefined)
      throw new DiskError("ENOENT", `stat ${short(path)}`);
    const isFolder = "entries" in node;
    return {
      isDirectory: () => isFolder,
      isFile: () => !isFolder,
      size: isFolder ? 0 : node.content.length,
    };
  }),
);
route(p, "readdir", (process, [path, options]) =>
  process.later(`list ${short(path)}`, () => {
    const { entries } = process.disk.folder(String(path), "list");
    if (options === undefined) return [...entries.keys()];
    return [...entries].map(([name, node]) => ({
      name,
      isDirectory: () => "entries" in node,
    }));
  }),
);
route(p, "mkdir", (process, [path]) =>
  process.later(`mkdir ${short(path)}`, () =>
    process.disk.makeFolder(String(path)),
  ),
);
route(p, "rename", (process, [from, to]) =>
  process.later(`rename ${short(to)}`, () =>
    process.disk.rename(String(from), String(to)),
  ),
);
route(p, "rm", (process, [path]) =>
  process.later(`rm ${short(path)}`, () => process.disk.remove(String(path))),
);
syncBuiltinESMExports();
