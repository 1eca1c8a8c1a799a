import { join } from "node:path";
import { fromBase64url } from "../../acts/bytes.ts";
import { vintageFile } from "../../engine/vintage.ts";
import { writeWhole } from "../../store/durable.ts";
import type { House } from "../house.ts";

/** Residents as whom somebody may look in the demonstration, by the number of their degree. */
const RESIDENTS = {
  "resident-0042": "D-2019-0042",
  "resident-0043": "D-2019-0043",
} as const;

/** Their codes, for `--as`: what an identity adapter would know of whoever signs in. */
export async function writeCitizens(
  folder: string,
  { engine, office }: House,
): Promise<void> {
  const vintage = office.register.vintages.get("degrees")?.vintage;
  if (vintage === undefined) return;
  const from = { vintage: vintageFile(fromBase64url(vintage.digest)) };
  const codes: Record<string, string> = {};
  for (const [name, value] of Object.entries(RESIDENTS)) {
    const [code] = await engine.subjectsOf(
      {
        form: "records",
        dataset: "degrees",
        fields: ["number"],
        where: [{ field: "number", op: "eq", value }],
        order: [],
        limit: 1,
      },
      from,
    );
    if (code !== undefined) codes[name] = code;
  }
  await writeWhole(
    join(folder, "keys", "citizens.json"),
    `${JSON.stringify(codes, null, 2)}\n`,
    { mode: 0o600 },
  );
}
