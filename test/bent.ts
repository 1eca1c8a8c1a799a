import fc from "fast-check";

/** Bytes as a fault, a stranger or an enemy hands them in: of no sense at all, or good ones that were changed. */
export function bentBytes(
  good: readonly Uint8Array[],
): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const one = fc.constantFrom(...good);
  return fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => bytes.slice()),
    fc
      .tuple(one, changes)
      .map(([bytes, all]) =>
        all.reduce(
          (bent: Uint8Array<ArrayBuffer>, change) => changed(bent, change),
          bytes.slice(),
        ),
      ),
    fc.tuple(one, one, fc.nat(), fc.nat()).map(([a, b, from, to]) => {
      const head = a.subarray(0, from % (a.length + 1));
      return Uint8Array.from([...head, ...b.subarray(to % (b.length + 1))]);
    }),
  );
}

type Change = readonly [
  how: "flip" | "cut" | "drop" | "double" | "put",
  at: number,
  by: number,
];
const changes: fc.Arbitrary<readonly Change[]> = fc.array(
  fc.tuple(
    fc.constantFrom("flip", "flip", "cut", "drop", "double", "put"),
    fc.nat(),
    fc.nat(),
  ),
  { minLength: 1, maxLength: 4 },
);

function changed(
  bytes: Uint8Array<ArrayBuffer>,
  [how, where, by]: Change,
): Uint8Array<ArrayBuffer> {
  const at = where % (bytes.length + 1);
  const length = 1 + (by % 40);
  switch (how) {
    case "flip":
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << (by % 8)) : byte));
    case "cut":
      return bytes.slice(0, at);
    case "drop":
      return spliced(bytes, at, length, []);
    case "double":
      return spliced(bytes, at, 0, bytes.slice(at, at + length));
    case "put":
      return spliced(bytes, at, 0, [by % 256]);
  }
}

function spliced(
  bytes: Uint8Array<ArrayBuffer>,
  at: number,
  without: number,
  put: Iterable<number>,
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([
    ...bytes.subarray(0, at),
    ...put,
    ...bytes.subarray(at + without),
  ]);
}

const odd: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 0.5, 2 ** 31, 2 ** 53, -(2 ** 53), 1e308],
  ...["", " ", "\0", "\ud800", "\u202e", "__proto__", "constructor", "x\ny"],
  ...["-1", "1e3", "../..", "A".repeat(43), "a".repeat(5_000), [], {}, [[]]],
];

/** Values with places in them exchanged: for odd ones, for what stands under the same name elsewhere, or for nothing. */
export function bentValues(good: readonly unknown[]): fc.Arbitrary<unknown> {
  const byName = new Map<string, unknown[]>();
  for (const value of good)
    for (const [parent, name] of placesIn(value)) {
      const known = byName.get(name) ?? [];
      byName.set(name, known);
      known.push(Reflect.get(parent, name));
    }
  const change = fc.tuple(
    fc.nat(),
    fc.nat(),
    fc.constantFrom("odd", "other", "other", "other", "none"),
  );
  return fc
    .tuple(
      fc.constantFrom(...good),
      fc.array(change, { minLength: 1, maxLength: 4 }),
    )
    .map(([value, all]) => {
      const bent: unknown = structuredClone(value);
      for (const [where, which, how] of all) {
        const places = placesIn(bent);
        const place = places[where % Math.max(1, places.length)];
        if (place === undefined) continue;
        const [parent, name] = place;
        const others = byName.get(name) ?? odd;
        const from = how === "odd" ? odd : others;
        if (how === "none") Reflect.deleteProperty(parent, name);
        else
          Reflect.set(parent, name, structuredClone(from[which % from.length]));
      }
      return bent;
    });
}

function placesIn(value: unknown): (readonly [object, string])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((name) => [
    [value, name] as const,
    ...placesIn(Reflect.get(value, name)),
  ]);
}
