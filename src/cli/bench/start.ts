import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Office } from "../../office/office.ts";
import { openDatabase } from "../../store/database.ts";
import { startPostgres } from "../../store/postgres-server.ts";
import { realSurroundings } from "../../store/surroundings.ts";
import { machineKeys } from "../keys.ts";
import { draft, sign } from "../signing.ts";
import { type Figure, milli, quantile } from "./figures.ts";
import { layFiles, officeFor } from "./house.ts";
import { BENCH_ORIGIN } from "./office.ts";
import { toBase64url } from "../../acts/bytes.ts";

const ACTS = 100_000;
const ENTERED = 300;

/** Cold start with a hundred thousand acts, from the log and from a snapshot; then from act to signed checkpoint. */
export async function benchStart(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-bench-"));
  const database = await startPostgres({
    folder,
    log: () => undefined,
  });
  try {
    const bench = await officeFor(folder);
    bench.enter(
      Array.from({ length: ACTS }, (_, i) => ({
        kind: "organisation",
        organisation: `org-${i}`,
        title: `Organisation ${i}`,
        class: "enterprise",
      })),
    );
    await layFiles(folder, database.url, bench);
    const first = await opened(folder, database.url);
    await first.office.close();
    const second = await opened(folder, database.url);
    const waits = await entered(second.office, bench.keys.head);
    await second.office.close();
    return [
      {
        what: `cold start with ${ACTS.toLocaleString("en")} acts, from the log alone`,
        figure: milli(first.ms),
        against: "",
      },
      {
        what: `cold start with ${ACTS.toLocaleString("en")} acts, from a snapshot`,
        figure: milli(second.ms),
        against: "aim: 2,000 ms",
      },
      {
        what: "from submission to signed, durable, public checkpoint",
        figure: `median ${milli(quantile(waits, 0.5))}, 99th percentile ${milli(quantile(waits, 0.99))}`,
        against: "one act after the other, register of 100,000 acts",
      },
    ];
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function opened(
  folder: string,
  databaseUrl: string,
): Promise<{ office: Office; ms: number }> {
  const keys = await machineKeys(folder);
  const sql = await openDatabase(databaseUrl);
  const start = performance.now();
  const office = await Office.open({
    folder,
    sql,
    origin: BENCH_ORIGIN,
    logKeys: async () => [keys.log],
    surroundings: realSurroundings,
    tell: (line) => console.error(line),
    policies: () =>
      Promise.reject(
        new Error("Cannot read a policy: the bench office has none"),
      ),
  });
  return { office, ms: performance.now() - start };
}

async function entered(
  office: Office,
  head: { publicKey: string; privateKey: string },
): Promise<number[]> {
  const waits: number[] = [];
  const signers = [
    { person: 1, post: "head", role: "approved" as const, key: head },
  ];
  for (let i = 0; i < ENTERED; i++) {
    const { size, root } = office.published;
    const act = {
      kind: "organisation",
      organisation: `late-${i}`,
      title: `Late ${i}`,
      class: "enterprise",
    };
    const submission = sign(
      draft(
        BENCH_ORIGIN,
        { size, root: toBase64url(root) },
        act,
        signers,
        Date.now(),
      ),
      signers,
    );
    const start = performance.now();
    await office.enter(submission);
    waits.push(performance.now() - start);
  }
  return waits;
}
