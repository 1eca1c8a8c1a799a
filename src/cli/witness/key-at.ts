import * as z from "zod/mini";

const said = z.object({ verifierKey: z.string() });
const TIMEOUT_MS = 500;

/** The verifier key of the witness at an address, or what else it answers; undefined where nothing answers. */
export async function keyAt(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/index.json`, {
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return keyIn(text) ?? text.trim();
  } catch {
    return undefined;
  }
}

function keyIn(text: string): string | undefined {
  try {
    return said.safeParse(JSON.parse(text)).data?.verifierKey;
  } catch {
    return undefined;
  }
}
