import { fileURLToPath } from "node:url";
import { bytesToHex } from "../acts/bytes.ts";
import type { Programs } from "../portal/check-routes.ts";
import { primitives } from "../store/crypto.ts";
import { readIfThere } from "../store/durable.ts";

/** The stranger's programs that the build laid beside this one. */
export async function readPrograms(): Promise<Programs> {
  const [page, verifier] = await Promise.all(
    ["vitrine-check.html", "vitrine-verify.mjs"].map((name) =>
      readIfThere(fileURLToPath(new URL(`./${name}`, import.meta.url))),
    ),
  );
  return {
    checkPage: page === undefined ? undefined : checkPageOf(page),
    verifier: verifier === undefined ? undefined : digestOf(verifier),
  };
}

/** The verifying page, with the policy that it states itself: whoever serves it must let its script run, and no other. */
export function checkPageOf(bytes: Uint8Array): Programs["checkPage"] {
  const html = Buffer.from(bytes).toString("utf8");
  const [, policy] =
    /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(html) ?? [];
  if (policy === undefined)
    throw new Error("Cannot serve vitrine-check.html: it states no policy");
  return { html, policy, sha256: digestOf(bytes) };
}

function digestOf(bytes: Uint8Array): string {
  return bytesToHex(primitives.sha256(bytes));
}
