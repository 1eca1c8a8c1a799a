import fc from "fast-check";
import { expect, test } from "vitest";
import { clientAddress, limitedAddress } from "./client-address.ts";
import { rateFields, RateLimiter } from "./rate-limit.ts";

const limiter = (perSecond: number, burst: number, namesMax?: number) =>
  new RateLimiter("address", { perSecond, burst }, namesMax);
const allowed = (of: RateLimiter, name: string, now: number, times: number) =>
  Array.from({ length: times }, () => of.take(name, now)).filter(
    ({ isAllowed }) => isAllowed,
  ).length;

test("a burst is let through, then what the rate allows, and one name takes nothing from another", () => {
  const one = limiter(20, 100);
  expect(allowed(one, "a", 0, 150)).toBe(100);
  expect(allowed(one, "b", 0, 150)).toBe(100);
  expect(allowed(one, "a", 49, 10)).toBe(0);
  expect(allowed(one, "a", 50, 10)).toBe(1);
  expect(allowed(one, "a", 1_050, 50)).toBe(20);
  expect(allowed(one, "a", 3_600_000, 500)).toBe(100);
});

test("a clock that is set back gives and takes nothing", () => {
  const one = limiter(20, 100);
  expect(allowed(one, "a", 10_000, 100)).toBe(100);
  expect(allowed(one, "a", 0, 10)).toBe(0);
  expect(allowed(one, "a", 10_000, 10)).toBe(0);
  expect(allowed(one, "a", 10_050, 10)).toBe(1);
});

test("never more than the burst and the rate together, whatever the order of times", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 400 }),
      (times) => {
        const one = limiter(10, 30);
        const all = times.filter((now) => one.take("a", now).isAllowed);
        expect(all.length).toBeLessThanOrEqual(30 + 10 * 10);
      },
    ),
  );
});

test("an answer says what is left and when; a refusal says when to come again", () => {
  const one = limiter(20, 100);
  expect(rateFields(one, one.take("a", 0))).toEqual({
    "RateLimit-Policy": '"address";q=100;w=5',
    RateLimit: '"address";r=99;t=1',
  });
  allowed(one, "a", 0, 99);
  expect(rateFields(one, one.take("a", 0))).toEqual({
    "RateLimit-Policy": '"address";q=100;w=5',
    RateLimit: '"address";r=0;t=5',
    "Retry-After": "1",
  });
  const slow = limiter(0.1, 1);
  slow.take("a", 0);
  expect(rateFields(slow, slow.take("a", 0))["Retry-After"]).toBe("10");
  expect(slow.take("a", 10_000).isAllowed).toBe(true);
});

test("addresses are forgotten within seconds, and a million of them fill no memory", () => {
  const one = limiter(20, 100, 1_000);
  for (let i = 0; i < 1_000_000; i++) one.take(`made-up-${i}`, 0);
  expect(one.size).toBe(1_000);
  one.take("a", 4_999);
  expect(one.size).toBe(1_000);
  one.take("a", 5_000);
  expect(one.size).toBe(1);
  one.sweep(10_000);
  expect(one.size).toBe(0);
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["::FFFF:203.0.113.7", "203.0.113.7"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:0DB8:0:0:ffff::1", "2001:db8:0:0::/64"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["64:ff9b::203.0.113.7", "64:ff9b:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["", "unknown"],
  ["somewhere.example", "unknown"],
])("the limit of %s is kept for %s", (address, name) => {
  expect(limitedAddress(address)).toBe(name);
});

test("behind the office's own proxies the address that the outermost saw counts, and nothing that a client wrote before it", () => {
  const forwarded = "198.51.100.1, 203.0.113.7, 192.0.2.2";
  const of = (proxies: number) =>
    clientAddress("127.0.0.1", forwarded, proxies);
  expect([0, 1, 2].map(of)).toEqual(["127.0.0.1", "192.0.2.2", "203.0.113.7"]);
  expect(of(9)).toBe("127.0.0.1");
  expect(clientAddress("127.0.0.1", undefined, 1)).toBe("127.0.0.1");
  expect(clientAddress("127.0.0.1", "<script>", 1)).toBe("unknown");
});
