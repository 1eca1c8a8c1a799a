import { type Browser, chromium as browsers } from "playwright-core";
import { chromium } from "./scenarios/program.ts";

/** Debian's Chromium, as it runs in a container and with no traffic of its own. */
export function launched(): Promise<Browser> {
  return browsers.launch({
    executablePath: chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}
