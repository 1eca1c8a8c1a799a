import { isIP } from "node:net";

/**
 * The address that a limit is kept for: of IPv6 the first 64 bits, since whoever has one address there has them all; an IPv4
 * address in IPv6 clothes is that address. `unknown` for what is no address.
 */
export function limitedAddress(address: string): string {
  const bare = address.replace(/%.*$/, "").toLowerCase();
  const mapped = /^(?:0*:)*:?ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1];
  if (mapped !== undefined && isIP(mapped) === 4) return mapped;
  const kind = isIP(bare);
  if (kind === 4) return bare;
  if (kind === 0) return "unknown";
  const [head = "", tail] = bare.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  // A dotted ending stands for two groups.
  const groups = (list: readonly string[]): number =>
    list.length + (list.at(-1)?.includes(".") === true ? 1 : 0);
  const gap = Math.max(0, 8 - groups(before) - groups(after));
  const all = [...before, ...Array<string>(gap).fill("0"), ...after];
  const first = all.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${first.join(":")}::/64`;
}

/**
 * Who asks, behind so many proxies of the office's own: each writes the address that it was asked from at the end of
 * X-Forwarded-For, and what stands before those anybody can have written.
 */
export function clientAddress(
  remote: string,
  forwarded: string | null | undefined,
  proxies: number,
): string {
  if (proxies === 0) return limitedAddress(remote);
  const named = (forwarded ?? "").split(",").map((one) => one.trim());
  const client = named.at(-proxies);
  return limitedAddress(
    client === undefined || client === "" ? remote : client,
  );
}
