import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { renderHtml } from "./page.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { readPageScript } from "./page-script.ts";
import { sampleReport } from "./report.sample.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

test("the page's script says nothing that the compiler denies, with the browser's types", async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "node_modules/typescript/bin/tsc",
      ..."--ignoreConfig --noEmit --allowJs --checkJs --strict --noUncheckedIndexedAccess".split(
        " ",
      ),
      ..."--target ES2022 --lib ES2022,DOM,DOM.Iterable --module esnext --moduleResolution bundler".split(
        " ",
      ),
      ...["--types", "", "src/portal/ledger/page-script.mjs"],
    ],
    { cwd: root },
  ).catch((error: unknown) => ({
    stdout: String(Reflect.get(Object(error), "stdout")),
  }));
  expect(stdout).toBe("");
});

test("the script in the page is in one part, and the page's policy lets it and no other run", () => {
  const script = readPageScript();
  expect(script).not.toMatch(/^(?:import|export) /m);
  const page = renderHtml(
    sampleReport([]),
    { count: 0, isPart: false, combinations: [], columns: new Map() },
    { language: "en", withPayers: true, script },
  );
  expect(page).toContain(`<script type="module">${script}</script>`);
  const [, policy = ""] =
    /Content-Security-Policy"\s+content="([^"]+)"/.exec(page) ?? [];
  const digest = createHash("sha256").update(script).digest("base64");
  expect(policy.replaceAll("&#39;", "'")).toContain(`'sha256-${digest}'`);
  expect(policy).toContain("default-src &#39;none&#39;");
  expect(policy).not.toContain("unsafe");
});

test("nothing in the page names a place of the network", () => {
  const page = renderHtml(
    sampleReport([]),
    { count: 0, isPart: false, combinations: [], columns: new Map() },
    { language: "zh", withPayers: true, script: readPageScript() },
  );
  expect(page).not.toMatch(/(?:src|href|url\()\s*=?\s*["']?(?:https?:)?\/\//i);
});

test("on narrow screens each cell of a receipt says what it is, in either language", () => {
  for (const language of ["en", "zh"])
    expect(PAGE_STYLE).toContain(`content:attr(data-${language})`);
  expect(readPageScript()).toContain("`data-${language}`");
});
