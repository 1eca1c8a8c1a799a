import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Socket } from "node:net";
import { dirname, resolve } from "node:path";
import { current, type Life } from "./life.ts";

/**
 * Puts itself between our code and the machine: whoever imports this file first has every write to a disk or a database
 * counted, for the code that runs inside a `Life`. Nothing of our own is replaced, only `node:fs` and `node:net`.
 */
type Does = (...args: never[]) => unknown;
/** What an operation is called, and what a power cut has to know of it. */
type Operation = {
  readonly what: string;
  readonly torn?: () => void;
  readonly after?: (value: unknown) => void;
};
type Describe = (
  life: Life,
  args: readonly unknown[],
  self: unknown,
) => Operation;

const real = { ...fs };
const promised = { ...fs.promises };
const descriptors = new Map<unknown, string>();
const handles = new WeakMap<object, string>();

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

function failureOf(what: string): Error {
  const error = new Error(`EIO: simulated failure of ${what}`);
  return Object.assign(error, { code: "EIO" });
}

const nameOf = (path: unknown): string =>
  String(path).split("/").slice(-2).join("/");
const placeOf = (path: unknown): string => resolve(String(path));
const lengthOf = (path: string): number =>
  real.statSync(path, { throwIfNoEntry: false })?.size ?? 0;
const pathOf = (handle: unknown): string =>
  (handle instanceof Object ? handles.get(handle) : undefined) ?? "";
const fileOf = (descriptor: unknown): string =>
  descriptors.get(descriptor) ?? "";

/** How a file is now, to be put back when a power cut takes back what is done to it next. */
function remembering(path: string): () => void {
  const stat = real.statSync(path, { throwIfNoEntry: false });
  const bytes = stat?.isFile() === true ? real.readFileSync(path) : undefined;
  return () => {
    if (bytes === undefined)
      real.rmSync(path, { recursive: true, force: true });
    // The folder itself may have gone with the power.
    else if (real.existsSync(dirname(path))) real.writeFileSync(path, bytes);
  };
}

/** The function that stood there before; what `promisify` wants to know of it stays. */
function replace(on: object, name: string, by: (before: Does) => Does): void {
  const before: unknown = Reflect.get(on, name);
  if (!isFunction(before))
    throw new Error(`Cannot count ${name}: this Node has no such function`);
  const after = by(before);
  for (const key of Object.getOwnPropertySymbols(before)) {
    const descriptor = Object.getOwnPropertyDescriptor(before, key);
    if (descriptor !== undefined) Object.defineProperty(after, key, descriptor);
  }
  Reflect.set(on, name, after);
}

/** What comes back is looked at before it is used. */
function invoke(does: Does, self: unknown, args: readonly unknown[]): unknown {
  const given: unknown = Reflect.apply(does, self, [...args]);
  return given;
}

function isFunction(value: unknown): value is Does {
  return typeof value === "function";
}

function countPromise(on: object, name: string, describe: Describe): void {
  replace(
    on,
    name,
    (before) =>
      function (this: unknown, ...args: never[]) {
        const life = current.getStore();
        if (life === undefined) return invoke(before, this, args);
        if (life.isOver) return never();
        const { what, torn, after } = describe(life, args, this);
        const fate = life.meet(what);
        if (fate === "ends") {
          torn?.();
          life.end();
        }
        if (fate === "fail") return Promise.reject(failureOf(what));
        if (fate !== "go on") return never();
        return Promise.resolve(invoke(before, this, args)).then(
          (value: unknown) => {
            if (life.isOver) return never();
            after?.(value);
            return value;
          },
        );
      },
  );
}

/** The last argument is the callback. */
function countCallback(name: "write" | "fdatasync", describe: Describe): void {
  replace(
    fs,
    name,
    (before) =>
      function (this: unknown, ...args: never[]) {
        const life = current.getStore();
        if (life === undefined) return invoke(before, this, args);
        if (life.isOver) return undefined;
        const { what, torn, after } = describe(life, args, this);
        const done: unknown = args.at(-1);
        const answer = (...given: unknown[]): void => {
          if (life.isOver || !isFunction(done)) return;
          after?.(undefined);
          invoke(done, undefined, given);
        };
        const fate = life.meet(what);
        if (fate === "ends" || fate === "fail") torn?.();
        if (fate === "ends") life.end();
        if (fate === "fail") return process.nextTick(answer, failureOf(what));
        if (fate !== "go on") return undefined;
        return invoke(before, this, [...args.slice(0, -1), answer]);
      },
  );
}

function countSync(
  name:
    "openSync" | "appendFileSync" | "ftruncateSync" | "fsyncSync" | "rmSync",
  describe: Describe,
): void {
  replace(
    fs,
    name,
    (before) =>
      function (this: unknown, ...args: never[]) {
        const life = current.getStore();
        if (life === undefined) return invoke(before, this, args);
        const { what, after } = describe(life, args, this);
        const fate = life.meet(what);
        if (fate === "ends") life.end();
        if (fate !== "go on") throw failureOf(what);
        const value = invoke(before, this, args);
        after?.(value);
        return value;
      },
  );
}

countSync("openSync", (life, [path]) => {
  const file = placeOf(path);
  const isNew = !real.existsSync(file);
  return {
    what: `open ${nameOf(path)}`,
    after: (descriptor) => {
      descriptors.set(descriptor, file);
      if (isNew)
        life.disk.changed(file, () => real.rmSync(file, { force: true }));
    },
  };
});
countSync("appendFileSync", (life, [path]) => {
  const file = placeOf(path);
  const before = lengthOf(file);
  return {
    what: `append ${nameOf(path)}`,
    after: () => life.disk.wrote(file, lengthOf(file), before),
  };
});
countSync("ftruncateSync", (_, [descriptor]) => ({
  what: `truncate ${nameOf(fileOf(descriptor))}`,
}));
countSync("fsyncSync", (life, [descriptor]) => {
  const file = fileOf(descriptor);
  return { what: `sync ${nameOf(file)}`, after: () => life.disk.synced(file) };
});
countSync("rmSync", (life, [path]) => {
  const undo = remembering(placeOf(path));
  return {
    what: `rm ${nameOf(path)}`,
    after: () => life.disk.changed(placeOf(path), undo),
  };
});

countCallback("write", (life, [descriptor, bytes, offset, length]) => {
  const file = fileOf(descriptor);
  const before = lengthOf(file);
  return {
    what: `write ${nameOf(file)}`,
    torn: () => {
      if (typeof descriptor !== "number" || !(bytes instanceof Uint8Array))
        return;
      const part = Math.floor(life.dice() * Number(length));
      real.writeSync(descriptor, bytes, Number(offset), part);
      life.disk.wrote(file, lengthOf(file), before);
    },
    after: () => life.disk.wrote(file, lengthOf(file), before),
  };
});
countCallback("fdatasync", (life, [descriptor]) => {
  const file = fileOf(descriptor);
  return { what: `sync ${nameOf(file)}`, after: () => life.disk.synced(file) };
});

countPromise(fs.promises, "rename", (life, [from, to]) => {
  const undo = remembering(placeOf(to));
  return {
    what: `rename ${nameOf(to)}`,
    after: () => {
      life.disk.moved(placeOf(from), placeOf(to));
      life.disk.changed(placeOf(to), undo);
    },
  };
});
countPromise(fs.promises, "rm", (life, [path]) => {
  const undo = remembering(placeOf(path));
  return {
    what: `rm ${nameOf(path)}`,
    after: () => life.disk.changed(placeOf(path), undo),
  };
});
countPromise(fs.promises, "mkdir", (life, [path, options]) => ({
  what: `mkdir ${nameOf(path)}`,
  after: (made) => {
    // Asked for the folders above as well it gives the first that it made, else nothing.
    const first = options === undefined ? path : made;
    if (typeof first !== "string") return;
    for (
      let made = placeOf(path);
      made.startsWith(placeOf(first));
      made = dirname(made)
    ) {
      const folder = made;
      life.disk.changed(folder, () =>
        real.rmSync(folder, { recursive: true, force: true }),
      );
    }
  },
}));
replace(
  fs.promises,
  "open",
  (before) =>
    async function (this: unknown, ...args: never[]) {
      const life = current.getStore();
      const opened: unknown = await invoke(before, this, args);
      if (life === undefined || !(opened instanceof Object)) return opened;
      handles.set(opened, placeOf(args[0]));
      return life.isOver ? never() : opened;
    },
);
for (const name of ["readFile", "readdir", "stat"])
  replace(
    fs.promises,
    name,
    (before) =>
      function (this: unknown, ...args: never[]) {
        return current.getStore()?.isOver === true
          ? never()
          : invoke(before, this, args);
      },
  );

const probe = await promised.open(import.meta.filename, "r");
const fileHandle = Reflect.getPrototypeOf(probe) ?? {};
await probe.close();
countPromise(fileHandle, "writeFile", (life, _, self) => {
  const file = pathOf(self);
  return {
    what: `write ${nameOf(file)}`,
    after: () => life.disk.wrote(file, lengthOf(file), 0),
  };
});
countPromise(fileHandle, "sync", (life, _, self) => {
  const file = pathOf(self);
  return { what: `sync ${nameOf(file)}`, after: () => life.disk.synced(file) };
});

replace(
  Socket.prototype,
  "connect",
  (before) =>
    function (this: Socket, ...args: never[]) {
      const life = current.getStore();
      if (life?.isOver === true) return this;
      life?.owns(this);
      return invoke(before, this, args);
    },
);
replace(
  Socket.prototype,
  "write",
  (before) =>
    function (this: Socket, ...args: never[]) {
      const life = current.getStore();
      if (life === undefined) return invoke(before, this, args);
      const fate = life.meet(`query ${queryOf(args[0])}`);
      if (fate === "ends") life.end();
      // The query may be executed: its answer never comes.
      if (fate === "fail") {
        invoke(before, this, args);
        this.destroy(failureOf("the connection"));
        return false;
      }
      return fate === "go on" ? invoke(before, this, args) : true;
    },
);
syncBuiltinESMExports();

function queryOf(bytes: unknown): string {
  const text =
    bytes instanceof Uint8Array
      ? Buffer.from(bytes).toString("latin1")
      : String(bytes);
  return (
    /(?:select|insert|update|create|begin|commit)[\w ]{0,20}/i.exec(
      text,
    )?.[0] ?? "other"
  );
}
