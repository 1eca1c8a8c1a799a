import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schemaFor } from "../../test/postgres.ts";
import { SmallOffice } from "../../test/simulation/small-office.ts";
import {
  endsInOrder,
  refusedIn,
  type Web,
  webOf,
} from "../../test/web-office.ts";
import type { ActOf } from "../acts/act.ts";
import { bytesToHex, toBase64url } from "../acts/bytes.ts";
import { encode } from "../acts/canonical.ts";
import {
  COSIGNATURE,
  formatVerifierKey,
  verifierKey,
} from "../log/verifier-key.ts";
import { primitives } from "../store/crypto.ts";

let office: SmallOffice;
let web: Web;
beforeAll(async () => {
  office = await SmallOffice.open((await schemaFor("portal_papers")).url);
  await office.found();
  web = webOf(office);
});
afterAll(async () => {
  await endsInOrder(office, web);
  await office.close();
});

const decree = Buffer.from("<html><script>alert(1)</script> A decree\0\xff");
const digestOf = (bytes: Uint8Array) => primitives.sha256(bytes);
const addressOf = (bytes: Uint8Array) =>
  `/paper/${bytesToHex(digestOf(bytes))}`;
const put = (address: string, bytes: Uint8Array<ArrayBuffer>) =>
  web.ask(address, { method: "PUT", body: bytes });

const paperOf = (bytes: Uint8Array, kind: string) => ({
  paper: toBase64url(digestOf(bytes)),
  kind,
  size: bytes.length,
});
const reported = (
  id: string,
  bytes: Uint8Array,
): ActOf<"reportedDecision"> => ({
  kind: "reportedDecision",
  reported: id,
  about: "fee",
  title: "An older fee",
  on: "2019-05",
  source: paperOf(bytes, "decree"),
});
const papersMissing = async () => {
  const { checked, missing, tooLarge } = (await office.check()).papers;
  return { checked, missing: missing.length + tooLarge.length };
};

describe("a paper that an entered act names", () => {
  test("is missing until somebody hands it in, and is then given to everybody as it came, never as a page", async () => {
    await office.granted(reported("older", decree));
    const missing = await web.ask(addressOf(decree));
    expect(missing.status).toBe(404);
    expect(missing.headers.get("cache-control")).toBeNull();
    expect(missing.headers.get("access-control-allow-origin")).toBe("*");
    await refusedIn(missing);
    expect(await papersMissing()).toEqual({ checked: 0, missing: 1 });

    const taken = await put(addressOf(decree), decree);
    expect(taken.status).toBe(201);
    expect(await taken.json()).toEqual({ paper: bytesToHex(digestOf(decree)) });
    expect(await papersMissing()).toEqual({ checked: 1, missing: 0 });
    const { status, headers, ...shown } = await given(addressOf(decree));
    expect(status).toBe(200);
    expect(shown.bytes).toEqual(decree);
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toBe("attachment");
    expect(headers.get("cache-control")).toBe(
      "public, max-age=604800, immutable",
    );
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("may come twice, and stays what it is", async () => {
    expect((await put(addressOf(decree), decree)).status).toBe(201);
    expect((await given(addressOf(decree))).bytes).toEqual(decree);
  });

  test.each<[string, Uint8Array<ArrayBuffer>]>([
    ["one byte less", decree.subarray(0, -1)],
    ["nothing", Buffer.alloc(0)],
    ["one byte more", Buffer.concat([decree, Buffer.from("\n")])],
  ])("is not taken with a wrong size: %s", async (_, bytes) => {
    const response = await put(addressOf(decree), bytes);
    expect(response.status).toBe(400);
    expect((await refusedIn(response)).message).toMatch(
      `it has ${bytes.length} bytes, the act that names it says ${decree.length}`,
    );
    expect((await given(addressOf(decree))).bytes).toEqual(decree);
  });

  test("is not taken with other bytes", async () => {
    const bytes = Buffer.from(decree);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const response = await put(addressOf(decree), bytes);
    expect(response.status).toBe(400);
    const hex = bytesToHex(digestOf(decree));
    expect((await refusedIn(response)).message).toBe(
      `Cannot keep paper ${hex}: its bytes hash to ${bytesToHex(digestOf(bytes))}`,
    );
    expect((await given(addressOf(decree))).bytes).toEqual(decree);
  });

  test("is not taken under a name that is not its own", async () => {
    const hex = bytesToHex(digestOf(decree));
    for (const name of [hex.toUpperCase(), `${hex}0`, hex.slice(1), "x"]) {
      const response = await put(`/paper/${name}`, decree);
      expect(response.status).toBe(400);
      expect((await refusedIn(response)).code).toBe("malformed");
      expect((await web.ask(`/paper/${name}`)).status).toBe(404);
    }
  });
});

describe("a paper that no entered act names", () => {
  test("is not taken, however good its digest", async () => {
    const stray = Buffer.from("a stray paper");
    const response = await put(addressOf(stray), stray);
    expect(response.status).toBe(404);
    expect((await refusedIn(response)).message).toMatch(
      /^Cannot keep paper [0-9a-f]{64}: no entered act commits to it$/,
    );
    expect((await web.ask(addressOf(stray))).status).toBe(404);
  });

  test("is not taken when the act that names it was refused", async () => {
    const second = Buffer.from("a second decree under one name");
    expect(await office.enter(reported("older", second))).toMatchObject({
      ruling: { outcome: "refused" },
    });
    expect((await put(addressOf(second), second)).status).toBe(404);
  });

  test("is not even read when no act names it, however large it is", async () => {
    const large = Buffer.alloc(32 * 1024 * 1024 + 1);
    const response = await put(addressOf(large), large);
    expect(response.status).toBe(404);
    expect((await refusedIn(response)).code).toBe("notFound");
  });
});

describe("the paper of a witness policy", () => {
  const adopt = (bytes: Uint8Array) =>
    web.post(
      "/acts",
      encode(
        office.submission({
          kind: "witnessPolicyAdopted",
          policy: paperOf(bytes, "witness-policy"),
        }),
      ),
    );
  const watchers = async () => {
    const page = await (await web.ask("/")).text();
    const figure = /<b>([^<]*)<\/b> ([^<]*watch[^<]*|[^<]*cosign[^<]*)</.exec(
      page,
    );
    return `${figure?.[1]} ${figure?.[2]}`;
  };

  test("that is not here holds its act back, not the page; with it the act is public", async () => {
    expect(await watchers()).toBe(
      "Nobody outside watches this log: its times and its completeness are the office&#39;s word",
    );
    const policy = Buffer.from("quorum none\n");
    const adopted = adopt(policy);
    await expect
      .poll(watchers)
      .toBe(
        "Nobody outside is known to watch this log: the paper of its witness policy is not here, or is no policy",
      );
    const twin: unknown = await (await web.ask("/index.json")).json();
    expect(twin).not.toHaveProperty("watchers.witnesses");
    expect((await put(addressOf(policy), policy)).status).toBe(201);
    expect((await adopted).status).toBe(201);
    expect(await watchers()).toBe(
      "Nobody outside watches this log: its witness policy names nobody",
    );
  });

  test("that is no policy at all holds its act back, not the page, until another is adopted", async () => {
    const nonsense = Buffer.from("<b>trust us</b>\n");
    const adopted = adopt(nonsense);
    await expect
      .poll(async () => (await put(addressOf(nonsense), nonsense)).status)
      .toBe(201);
    expect(await watchers()).toContain("is not here, or is no policy");
    // Nobody listens there, and nobody has to: the quorum is none.
    const key = verifierKey(
      primitives,
      "watch.example",
      COSIGNATURE,
      new Uint8Array(32),
    );
    const named = Buffer.from(
      `witness a ${formatVerifierKey(key)} http://127.0.0.1:1\nquorum none\n`,
    );
    const other = adopt(named);
    await expect
      .poll(async () => (await put(addressOf(named), named)).status)
      .toBe(201);
    expect([(await adopted).status, (await other).status]).toEqual([201, 201]);
    expect(await watchers()).toBe(
      "One witness watches this log, on this machine: not independent",
    );
  });
});

async function given(address: string) {
  const response = await web.ask(address);
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}
