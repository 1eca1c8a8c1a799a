import { createHash } from "node:crypto";
import { posix } from "node:path";

/** Everything below this path lies on a simulated disk; the next part of the path is the disk's name. */
export const SIMULATED = "/simulated";
const SECTOR = 512;

type Change = { readonly at: number; readonly bytes: Uint8Array } | number;
/** A file as every process sees it, as it was when it was last synced, and what came since; a number is a truncation. */
export type Inode = {
  content: Buffer;
  synced: Buffer;
  changes: Change[];
};
export type Folder = {
  readonly entries: Map<string, Node>;
  synced: Map<string, Node>;
  changes: ((entries: Map<string, Node>) => void)[];
};
type Node = Inode | Folder;

export class DiskError extends Error {
  readonly code: string;
  constructor(code: string, what: string) {
    super(`${code}: simulated failure of ${what}`);
    this.code = code;
  }
}

const isFolder = (node: Node): node is Folder => "entries" in node;
const newFolder = (): Folder => ({
  entries: new Map(),
  synced: new Map(),
  changes: [],
});

/**
 * A disk in memory. Of what was not synced a power cut leaves any part, in units of sectors and of names, whatever the order in
 * which it was done. It is stricter than a real one: it remembers what a file of a log that never changes once was, and
 * whether it was taken away.
 */
export class Disk {
  readonly top: Folder = newFolder();
  /** What is wrong with how the disk was used. */
  readonly breaches: string[] = [];
  readonly #dice: () => number;
  readonly #immutable = new Map<string, string>();
  readonly #removed = new Set<string>();

  constructor(dice: () => number) {
    this.#dice = dice;
  }

  find(path: string): Node | undefined {
    let node: Node | undefined = this.top;
    for (const name of partsOf(path)) {
      if (node === undefined || !isFolder(node)) return undefined;
      node = node.entries.get(name);
    }
    return node;
  }

  file(path: string, what: string): Inode {
    const node = this.find(path);
    if (node === undefined) throw new DiskError("ENOENT", `${what} ${path}`);
    if (isFolder(node)) throw new DiskError("EISDIR", `${what} ${path}`);
    return node;
  }

  folder(path: string, what: string): Folder {
    const node = this.find(path);
    if (node === undefined) throw new DiskError("ENOENT", `${what} ${path}`);
    if (!isFolder(node)) throw new DiskError("ENOTDIR", `${what} ${path}`);
    return node;
  }

  create(path: string): Inode {
    const made = {
      content: Buffer.alloc(0),
      synced: Buffer.alloc(0),
      changes: [],
    };
    if (isImmutable(path)) this.breaches.push(`${path} was written in place`);
    this.#change(path, (entries, name) => entries.set(name, made));
    return made;
  }

  makeFolder(path: string): void {
    if (this.find(path) !== undefined)
      throw new DiskError("EEXIST", `mkdir ${path}`);
    const made = newFolder();
    this.#change(path, (entries, name) => entries.set(name, made));
  }

  rename(from: string, to: string): void {
    const node = this.file(from, "rename");
    this.#seeImmutable(to, node);
    const before = posix.basename(from);
    this.#change(to, (entries, name) => {
      if (entries.get(before) === node) entries.delete(before);
      entries.set(name, node);
    });
  }

  remove(path: string): void {
    const node = this.find(path);
    if (node === undefined) return;
    for (const file of filesBelow(node, path))
      if (isImmutable(file)) this.#removed.add(file);
    this.#change(path, (entries, name) => entries.delete(name));
  }

  write(inode: Inode, at: number, bytes: Uint8Array): void {
    inode.content = apply(inode.content, { at, bytes: Buffer.from(bytes) });
    inode.changes.push({ at, bytes: Buffer.from(bytes) });
  }

  truncate(inode: Inode, size: number): void {
    inode.content = apply(inode.content, size);
    inode.changes.push(size);
  }

  sync(node: Node): void {
    if (isFolder(node)) {
      for (const change of node.changes) change(node.synced);
      node.changes = [];
      return;
    }
    for (const change of node.changes) node.synced = apply(node.synced, change);
    node.changes = [];
  }

  /** The system could not write and forgets: every process still reads it, and no later sync writes it any more. */
  failSync(node: Node): void {
    if (!isFolder(node)) node.changes = [];
  }

  losePower(): void {
    this.#lose(this.top);
  }

  #lose(node: Node): void {
    if (isFolder(node)) {
      const entries = new Map(node.synced);
      // Some keep the order of their names, some do not.
      const kept = this.#dice() < 0.5 ? this.#dice() : undefined;
      for (const [i, change] of node.changes.entries())
        if (
          kept === undefined
            ? this.#dice() < 0.5
            : i < kept * (node.changes.length + 1) - 1
        )
          change(entries);
      node.entries.clear();
      for (const [name, child] of entries) node.entries.set(name, child);
      node.synced = new Map(entries);
      node.changes = [];
      for (const child of entries.values()) this.#lose(child);
      return;
    }
    let left = node.synced;
    for (const change of node.changes)
      for (const part of sectorsOf(change))
        if (this.#dice() < 0.5) left = apply(left, part);
    node.content = left;
    node.synced = left;
    node.changes = [];
  }

  #change(
    path: string,
    change: (entries: Map<string, Node>, name: string) => void,
  ): void {
    const parent = this.folder(posix.dirname(path), "change");
    const name = posix.basename(path);
    change(parent.entries, name);
    parent.changes.push((entries) => change(entries, name));
  }

  #seeImmutable(path: string, { content }: Inode): void {
    if (!isImmutable(path)) return;
    const digest = createHash("sha256").update(content).digest("base64");
    if ((this.#immutable.get(path) ?? digest) !== digest)
      this.breaches.push(`${path} was written with other bytes than before`);
    if (this.#removed.has(path))
      this.breaches.push(`${path} came back after it was removed`);
    this.#immutable.set(path, digest);
  }
}

const split = new Map<string, readonly string[]>();

function partsOf(path: string): readonly string[] {
  const known = split.get(path);
  if (known !== undefined) return known;
  const parts = path.split("/").filter((name) => name !== "");
  if (split.size > 10_000) split.clear();
  split.set(path, parts);
  return parts;
}

const isImmutable = (path: string): boolean =>
  /\/tile\/(?:entries|[0-9]+)\/(?:x[0-9]{3}\/)*[0-9]{3}(?:\.p\/[0-9]+)?$/.test(
    path,
  );

function* filesBelow(node: Node, path: string): Generator<string> {
  if (isFolder(node))
    for (const [name, child] of node.entries)
      yield* filesBelow(child, posix.join(path, name));
  else yield path;
}

function apply(content: Buffer, change: Change): Buffer {
  if (typeof change === "number") {
    const cut = Buffer.alloc(change);
    content.copy(cut);
    return cut;
  }
  const { at, bytes } = change;
  const grown = Buffer.alloc(Math.max(content.length, at + bytes.length));
  content.copy(grown);
  grown.set(bytes, at);
  return grown;
}

function* sectorsOf(change: Change): Generator<Change> {
  if (typeof change === "number") {
    yield change;
    return;
  }
  const { at, bytes } = change;
  for (let from = 0; from < bytes.length;) {
    const to = Math.min(bytes.length, from + SECTOR - ((at + from) % SECTOR));
    yield { at: at + from, bytes: bytes.subarray(from, to) };
    from = to;
  }
}
