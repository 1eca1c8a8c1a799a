import { toBase64url } from "../../src/acts/bytes.ts";
import { parseEntry } from "../../src/acts/entry.ts";
import {
  bundlesForSize,
  bundlePath,
  decodeBundle,
} from "../../src/log/tiles.ts";
import { parseUsageEntry } from "../../src/uses/use.ts";
import { promises as fs } from "node:fs";
import { join } from "node:path";
import {
  isNamed,
  MINUTE,
  organisation,
  people,
  permit,
  revocation,
  stations,
  system,
  vehicles,
} from "./small-office-acts.ts";
import type { SmallOffice } from "./small-office.ts";

/** What one life of an office does, from its start to its orderly stop; `name` is new in every life. */
export async function live(office: SmallOffice, name: string): Promise<void> {
  await office.start();
  await office.ask(vehicles(), "huaxing");
  await office.ask(isNamed("N7", "Name 7"), "other");
  await Promise.all([
    office.ask(stations()),
    office.ask(stations({ limit: 3 })),
    office.ask(vehicles(), "court"),
    office.ask(vehicles(), "nobody"),
  ]);
  await office.granted(organisation(name));
  await office.granted(
    permit({ permit: `${name}-vehicles`, organisation: name }),
  );
  await office.ask(vehicles(), name);
  await Promise.all([
    office.enter(permit({ permit: `${name}-none`, product: "none" })),
    office.enter(system(name)),
    office.ask(vehicles(), name),
    office.ask(people(), "huaxing"),
  ]);
  await Promise.all([
    office.granted(revocation(`${name}-vehicles`)),
    office.ask(vehicles(), name),
    office.ask(stations()),
  ]);
  await office.ask(vehicles(), name);
  await office.pass(2_000);
  await office.pass(MINUTE);
  await office.ask(stations());
  await office.stop();
}

/** What contradicts what was answered: an act that is not where its receipt says, anything that stands twice. */
export async function brokenPromises(
  office: SmallOffice,
): Promise<readonly string[]> {
  const found: string[] = [];
  const { house } = office;
  const entries = await house.office.entries(0, house.office.published.size);
  for (const receipt of office.receipts) {
    if (receipt.index === undefined) continue;
    const there = entries[receipt.index];
    if (there === undefined || toBase64url(there) !== receipt.entry)
      found.push(`entry ${receipt.index} is not what its receipt says`);
  }
  const statements = entries
    .map((raw) => parseEntry(raw))
    .flatMap((entry) => (entry.type === "act" ? [entry.statement.id] : []));
  if (new Set(statements).size !== statements.length)
    found.push("a statement was entered twice");
  const uses = await usesOf(office);
  if (new Set(uses).size !== uses.length) found.push("a use was entered twice");
  return found;
}

/** The commitments of all public uses. */
async function usesOf(office: SmallOffice): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [origin] of office.house.office.register.heads) {
    const folder = join(
      office.folder,
      "public",
      "log",
      ...origin.split("/").slice(1),
    );
    const note = await fs
      .readFile(join(folder, "checkpoint"), "utf8")
      .catch(() => "");
    for (const { index, width } of bundlesForSize(
      Number(note.split("\n")[1] ?? 0),
    )) {
      for (const raw of decodeBundle(
        await fs.readFile(join(folder, bundlePath(index, width))),
      )) {
        const entry = parseUsageEntry(raw);
        if (entry.kind === "use") found.push(entry.private);
      }
    }
  }
  return found;
}
