import fc from "fast-check";
import { expect, test } from "vitest";
import { bentBytes } from "../../../test/bent.ts";
import { signRequest } from "../../cli/request-signing.ts";
import { fromBase64url } from "../../acts/bytes.ts";
import {
  generateKey,
  type SigningKey,
  signingKey,
} from "../../store/crypto.ts";
import { contentDigest, digestFault } from "./content-digest.ts";
import { requestKeyId } from "./enrol-key.ts";
import { atAddress, type HttpRequest, readTarget } from "./http-request.ts";
import {
  isSignedBy,
  requestSignatureText,
  verifySignature,
} from "./signature.ts";
import { signatureBase, signaturesOf } from "./signature-base.ts";

const NOW = 1_793_606_400_000;
const URL_OF_OFFICE = "https://data.example/query";
const BODY = '{"plan":{"form":"records","dataset":"vehicles"}}';
const key = signingKey(generateKey());
const other = signingKey(generateKey());
const keysOf = (...all: readonly SigningKey[]) =>
  new Map(all.map(({ publicKey }) => [requestKeyId(publicKey), publicKey]));

type Fields = Readonly<Record<string, string>>;
function request(
  fields: Fields,
  change: Partial<HttpRequest> = {},
): HttpRequest {
  return {
    method: "POST",
    url: URL_OF_OFFICE,
    header: (name) => fields[name],
    body: Buffer.from(BODY),
    ...change,
  };
}

const TOKEN: Fields = { authorization: "Bearer abc" };
const sent: Fields = {
  ...TOKEN,
  "content-type": "application/json",
  "idempotency-key": "k-1",
};
function signed(
  headers: Fields = sent,
  now = NOW,
  by: SigningKey = key,
): Fields {
  const body = Buffer.from(BODY);
  const toSign = { method: "POST", url: URL_OF_OFFICE, headers, body };
  return { ...headers, ...signRequest(by, toSign, now) };
}
const verify = (of: HttpRequest, now = NOW, keys = keysOf(key)) =>
  verifySignature(of, keys, now);
const whyOf = (of: HttpRequest, now = NOW, keys = keysOf(key)): string => {
  const result = verify(of, now, keys);
  return result.outcome === "refused" ? result.why : "admitted";
};

/** The example of RFC 9421, appendices B.1.4, B.2 and B.2.6. */
const example = {
  publicKey: fromBase64url("JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"),
  base: [
    '"date": Tue, 20 Apr 2021 02:07:55 GMT',
    '"@method": POST',
    '"@path": /foo',
    '"@authority": example.com',
    '"content-type": application/json',
    '"content-length": 18',
    '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  ].join("\n"),
  request: request(
    {
      host: "example.com",
      date: "Tue, 20 Apr 2021 02:07:55 GMT",
      "content-type": "application/json",
      "content-digest":
        "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:",
      "content-length": "18",
      "signature-input":
        'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
      signature:
        "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:",
    },
    {
      url: "https://example.com/foo?param=Value&Pet=dog",
      body: Buffer.from('{"hello": "world"}'),
    },
  ),
};

test("the Ed25519 example of RFC 9421 is read, rebuilt byte by byte and verified, and a bit of it more or less is not", () => {
  const [member] = signaturesOf(example.request);
  const { components = [], serialized = "", signature } = member ?? {};
  const base = signatureBase(example.request, components, serialized);
  expect(base).toBe(example.base);
  const bytes = signature ?? new Uint8Array();
  expect(isSignedBy(base, bytes, example.publicKey)).toBe(true);
  expect(isSignedBy(`${base} `, bytes, example.publicKey)).toBe(false);
  const bent = bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
  expect(isSignedBy(base, bent, example.publicKey)).toBe(false);
  expect(isSignedBy(base, bytes, key.publicKey)).toBe(false);
});

test("the same example covers too little for an office", () => {
  const keys = new Map([["test-key-ed25519", example.publicKey]]);
  expect(whyOf(example.request, 1_618_884_473_000, keys)).toBe(
    "Cannot admit the request: its signature does not cover '@target-uri', 'content-digest'",
  );
});

test("digests of RFC 9530: the one of the example is that of its body, and every known one must be right", () => {
  expect(digestFault(example.request)).toBeUndefined();
  expect(contentDigest(Buffer.from('{"hello": "world"}\n'))).toBe(
    "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
  );
  const right = contentDigest(Buffer.from(BODY));
  const of = (text: string) => digestFault(request({ "content-digest": text }));
  expect(of(`md5=:AAAA:, ${right}`)).toBeUndefined();
  expect(of(`${right}, sha-512=:AAAA:`)).toContain("sha-512 is not that of");
  expect(of("md5=:AAAA:")).toContain("want sha-256 or sha-512");
  expect(of("sha-256=1")).toContain("sha-256 is not that of");
  expect(of(contentDigest(Buffer.from("x")))).toContain("is not that of");
});

test("a signed request is admitted, and its signature can be shown to others as it was sent", () => {
  const fields = signed();
  const result = verify(request(fields), NOW, keysOf(other, key));
  expect(result).toMatchObject({
    outcome: "verified",
    keyId: requestKeyId(key.publicKey),
    until: NOW + 120_000,
    text: {
      signatureInput: fields["signature-input"],
      signature: fields["signature"],
      contentDigest: fields["content-digest"],
    },
  });
  const text = result.outcome === "verified" ? result.text : undefined;
  expect(text && requestSignatureText(text)).toBe(
    `Signature-Input: ${fields["signature-input"]}\nSignature: ${fields["signature"]}\nContent-Digest: ${fields["content-digest"]}`,
  );
  expect(text && requestSignatureText(text)).not.toContain("Bearer");
});

test("one byte more or less of anything that decides what is asked and by whom, and it is not", () => {
  const fields = signed();
  const bent: Readonly<Record<string, HttpRequest>> = {
    method: request(fields, { method: "PUT" }),
    path: request(fields, { url: `${URL_OF_OFFICE}/` }),
    query: request(fields, { url: `${URL_OF_OFFICE}?limit=1` }),
    host: request(fields, { url: "https://data.example.org/query" }),
    scheme: request(fields, { url: "http://data.example/query" }),
    port: request(fields, { url: "https://data.example:444/query" }),
    body: request(fields, { body: Buffer.from(`${BODY} `) }),
    "no body": request(fields, { body: new Uint8Array() }),
    token: request({ ...fields, authorization: "Bearer abd" }),
    "idempotency key": request({ ...fields, "idempotency-key": "k-2" }),
    type: request({ ...fields, "content-type": "text/plain" }),
  };
  for (const [name, one] of Object.entries(bent))
    expect([name, verify(one).outcome]).toEqual([name, "refused"]);
  expect(verify(request(fields)).outcome).toBe("verified");
});

test("who stays silent about a part of the request has signed too little", () => {
  const lacking = (more: Fields): string =>
    whyOf(request({ ...signed(TOKEN), ...more }));
  expect(lacking({})).toBe("admitted");
  expect(lacking({ "idempotency-key": "k" })).toContain(
    "does not cover 'idempotency-key'",
  );
  const noToken = signed({});
  expect(whyOf(request({ ...noToken, ...TOKEN }))).toContain(
    "does not cover 'authorization'",
  );
  const body = new Uint8Array();
  const read = { method: "GET", url: URL_OF_OFFICE, headers: TOKEN };
  const fields = { ...TOKEN, ...signRequest(key, read, NOW) };
  expect(whyOf(request(fields, { method: "GET", body }))).toBe("admitted");
  expect(whyOf(request(fields, { method: "GET" }))).toContain(
    "does not cover 'content-digest'",
  );
});

test("authority, path and query stand for the target, each of them", () => {
  const fieldsWith = (names: readonly string[]): Fields => {
    const serialized = `(${names.map((name) => `"${name}"`).join(" ")});created=${NOW / 1000};keyid="${requestKeyId(key.publicKey)}"`;
    const bare = request(TOKEN, { body: new Uint8Array() });
    const base = signatureBase(bare, names, serialized);
    const bytes = Buffer.from(key.sign(Buffer.from(base)));
    return {
      ...TOKEN,
      "signature-input": `s=${serialized}`,
      signature: `s=:${bytes.toString("base64")}:`,
    };
  };
  const parts = ["@authority", "@path", "@query"];
  const all = ["@method", "authorization", ...parts];
  const body = new Uint8Array();
  expect(whyOf(request(fieldsWith(all), { body }))).toBe("admitted");
  for (const part of parts) {
    const fields = fieldsWith(all.filter((name) => name !== part));
    expect(whyOf(request(fields, { body }))).toContain("'@target-uri'");
  }
});

test("the time of a signature is within a minute of the office's, before and after, and it may end earlier", () => {
  const at = (ms: number): string => whyOf(request(signed()), NOW + ms);
  expect([at(-60_000), at(60_000)]).toEqual(["admitted", "admitted"]);
  for (const ms of [-61_000, 60_001])
    expect(at(ms)).toContain("want it within 60 seconds of");
});

const usual = `;created=${NOW / 1000};keyid="${requestKeyId(key.publicKey)}"`;
const covers = '("@method" "@target-uri" "authorization" "content-digest")';
const digest = { "content-digest": contentDigest(Buffer.from(BODY)) };

test.each([
  [
    "no created",
    `${covers};keyid="${requestKeyId(key.publicKey)}"`,
    "no `created`",
  ],
  [
    "created in text",
    `${covers};created="now"${usual.slice(usual.indexOf(";keyid"))}`,
    "no `created`",
  ],
  ["created twice", `${covers};created=1${usual}`, "not written as RFC 9651"],
  ["expired", `${covers}${usual};expires=${NOW / 1000}`, "has expired"],
  ["expires in text", `${covers}${usual};expires="x"`, "has expired"],
  ["another algorithm", `${covers}${usual};alg="hmac-sha256"`, "want ed25519"],
  ["an algorithm as a token", `${covers}${usual};alg=ed25519`, "want ed25519"],
  ["a long nonce", `${covers}${usual};nonce="${"n".repeat(201)}"`, "the nonce"],
  ["no key id", `${covers};created=${NOW / 1000}`, "by a request key"],
  ["twice", `("@method" "@method")${usual}`, "covers @method twice"],
  ["parameters", `("@method";req "@path")${usual}`, "with parameters"],
  ["no list", "1", "no list of components"],
  ["half a list", `("@method"${usual}`, "no structured field"],
  ["a thing not there", `("@method" "@target-uri" "x")${usual}`, "covers x"],
  ["@status", `${covers.replace("@method", "@status")}${usual}`, "'@method'"],
  ["capitals", `("Date")${usual}`, "something without a name"],
  [
    "a great many",
    `(${Array(40).fill('"a"').join(" ")})${usual}`,
    "covers over 32",
  ],
])("a signature with %s is refused", (_, input, says) => {
  const bytes = Buffer.alloc(64).toString("base64");
  const fields = {
    ...{ ...TOKEN, ...digest },
    "signature-input": `s=${input}`,
    signature: `s=:${bytes}:`,
  };
  const full =
    says === "covers x" ? `${covers.slice(0, -1)} "x")${usual}` : input;
  expect(
    whyOf(request({ ...fields, "signature-input": `s=${full}` })),
  ).toContain(says);
});

test("of several signatures the one by a key of the organisation counts; without one the answer says what is wanted", () => {
  const byOther = signed(sent, NOW, other);
  expect(whyOf(request(byOther))).toContain(
    "want Signature-Input and Signature (RFC 9421) by a request key that is in force",
  );
  expect(whyOf(request(sent))).toContain("want Signature-Input");
  const both = {
    ...signed(),
    "signature-input": `a${byOther["signature-input"]?.slice(7)}, ${signed()["signature-input"]}`,
  };
  const mine = signed();
  const fields = {
    ...mine,
    "signature-input": `a${byOther["signature-input"]?.slice(7)}, ${mine["signature-input"]}`,
    signature: `a${byOther["signature"]?.slice(7)}, ${mine["signature"]}`,
  };
  expect(verify(request(fields))).toMatchObject({
    text: { signature: mine["signature"] },
  });
  expect(whyOf(request(both))).toContain("no bytes under a");
});

test("targets are signed as they were sent: host in small letters, without the usual port, nothing decoded", () => {
  expect(readTarget("HTTPS://Data.Example:443/A%2f..?q=%41")).toEqual({
    scheme: "https",
    authority: "data.example",
    path: "/A%2f..",
    query: "?q=%41",
  });
  expect(readTarget("http://data.example")).toMatchObject({
    path: "/",
    query: "",
  });
  expect(readTarget("http://data.example:443/")?.authority).toBe(
    "data.example:443",
  );
  for (const bad of [
    "/query",
    "ftp://a/",
    "http://me@a/",
    "http:///",
    "http://a/#b",
  ])
    expect(readTarget(bad)).toBeUndefined();
});

test("behind a proxy the office's own address counts, whatever the request says of host and scheme", () => {
  const inside = request(signed(), { url: "http://127.0.0.1:8080/query" });
  expect(whyOf(inside)).toContain("is not that of key");
  expect(whyOf(atAddress(inside, "https://data.example/"))).toBe("admitted");
  expect(whyOf(atAddress(inside, "https://other.example"))).toContain(
    "not that of key",
  );
});

test("whatever the two fields say, it is admitted or refused, and never an error", () => {
  const good = signed();
  const input = Buffer.from(good["signature-input"] ?? "");
  const signature = Buffer.from(good["signature"] ?? "");
  fc.assert(
    fc.property(
      fc.oneof(fc.constant(input), bentBytes([input])),
      fc.oneof(fc.constant(signature), bentBytes([signature])),
      (a, b) => {
        const fields = {
          ...good,
          "signature-input": Buffer.from(a).toString("latin1"),
          signature: Buffer.from(b).toString("latin1"),
        };
        const { outcome } = verify(request(fields));
        if (outcome === "verified") expect(fields).toEqual(good);
      },
    ),
    { numRuns: 5_000 },
  );
});

test("text that is no structured field breaks nothing", () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z]=\(?[-@"a-z0-9:;=?*%,. ()]{0,40}$/),
      fc.stringMatching(/^[a-z]=[-@"a-z0-9:;=?*%,. ()]{0,20}$/),
      (input, signature) => {
        const fields = { ...TOKEN, "signature-input": input, signature };
        expect(verify(request(fields)).outcome).toBe("refused");
      },
    ),
    { numRuns: 5_000 },
  );
});
