import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext } from "playwright-core";
import { expect } from "vitest";
import {
  CLIENT,
  openidProvider,
  type RealProvider,
} from "../openid-provider.ts";
import { readOfficeConfig, writeOfficeConfig } from "../../src/cli/running.ts";
import type { Hand, Lang } from "./hand.ts";
import { root } from "./program.ts";

/** A person must be done with each of the three journeys in less. */
const PERSON_SECONDS_MAX = 240;

/** The stopwatch of a journey: what it took, and what it would take somebody who never saw it. */
export function told(lang: Lang, journey: string, hand: Hand): void {
  const { clicks, fields, pages, took, person } = hand.walked();
  process.stdout.write(
    `${journey} (${lang}): ${clicks} clicks, ${fields} fields, ${pages} pages, ${took.toFixed(1)} s by program, about ${person} s by hand\n`,
  );
  expect(person).toBeLessThan(PERSON_SECONDS_MAX);
}

/** Runs a line that a page offered, as whoever copied it would; gives what it printed. */
export function shell(line: string): Promise<string> {
  return new Promise((resolve) => {
    execFile("bash", ["-c", line], (_, out, err) => resolve(`${out}${err}`));
  });
}

/** Lines that ask about a number, as somebody fills them in; copied as they stand they send nothing. */
export async function filledIn(
  copied: string,
  number: string,
): Promise<string> {
  expect(await shell(copied)).toContain("ASK_NUMBER: type it first");
  return copied
    .replace("ASK_NUMBER=''", `ASK_NUMBER='${number}'`)
    .replaceAll(/=''$/gm, "='BSc'");
}

/** The office trusts a provider on this machine for who a citizen is: it knows resident 0042 by the code that the data have. */
export async function identifiedBy(
  folder: string,
  port: number,
): Promise<RealProvider> {
  const codes: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(join(folder, "keys", "citizens.json"), "utf8"),
  );
  const provider = await openidProvider(
    () => [`http://localhost:${port}/sign-in/openid/citizens/callback`],
    (account) => ({ code: codes[account] ?? "" }),
  );
  const config = await readOfficeConfig(folder);
  if (config === undefined) throw new Error(`No office lies in ${folder}`);
  writeFileSync(join(folder, "provider.secret"), CLIENT.secret);
  await writeOfficeConfig(folder, {
    ...config,
    signIn: {
      openid: [
        {
          ...{ name: "citizens", issuer: provider.issuer },
          ...{ clientId: CLIENT.id, clientSecretFile: "provider.secret" },
          titles: { en: "the province's sign-in", zh: "省统一身份认证" },
          ...{ scope: "openid person", subjectClaim: "code", for: "citizen" },
        },
      ],
    },
  });
  return provider;
}

export async function draftFee(
  hand: Hand,
  product: string,
  of: { payee: string; amount: string; ground?: string },
): Promise<void> {
  await hand.follow("Prepare an act");
  await hand.follow("Set a price");
  await hand.choose("Product", product);
  await hand.choose("Who is paid", of.payee);
  await hand.tick("enterprise");
  await hand.tick("smallEnterprise");
  await hand.fill("Price per unit", of.amount);
  if (of.ground !== undefined) await hand.choose("Ground", of.ground);
  await hand.press("See how the rules would rule");
}

/** What the stranger's check, opened from disk, concludes on an office's address or on a folder with a copy of its logs. */
export async function checked(
  context: BrowserContext,
  of: { readonly address: string } | { readonly copy: string },
): Promise<string> {
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(root, "dist", "vitrine-check.html")).href);
  if ("address" in of)
    await page.getByLabel("The office's address").fill(of.address);
  else await page.getByLabel("or a copy of its logs").setInputFiles(of.copy);
  await page.getByRole("button", { name: "Check", exact: true }).click();
  await page.locator("#result").waitFor({ state: "visible" });
  const said = await page.locator("#result").innerText();
  await page.close();
  return said;
}

export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The day that a text of a page names, in either language, as a field takes it. */
export function dayIn(said: string): string {
  const [, day = "", month = "", year = ""] =
    /(\d+) (\w{3}) (\d{4}), 00:00/.exec(said) ?? [];
  if (year !== "")
    return new Date(`${day} ${month} ${year} UTC`).toISOString().slice(0, 10);
  const [, y = "", m = "", d = ""] =
    /(\d{4})年(\d+)月(\d+)日 00:00/.exec(said) ?? [];
  return `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`;
}
