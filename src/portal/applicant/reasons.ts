import type { AppOptions } from "../app.tsx";

const CHARACTERS_MAX = 20_000;

/** What a private paper says to which an act commits, where it is text and this office keeps it. */
export async function textOfPaper(
  { papers }: Pick<AppOptions, "papers">,
  commitment: string | undefined,
): Promise<string | undefined> {
  if (commitment === undefined) return undefined;
  const content = await papers?.privateBytes(commitment);
  if (content === undefined || content.includes(0)) return undefined;
  return Buffer.from(content).toString("utf8").slice(0, CHARACTERS_MAX);
}
