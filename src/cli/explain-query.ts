import type { Request } from "../uses/plan.ts";
import { call, messageOf } from "./client.ts";
import { CouldNot, EXIT } from "./exit.ts";
import { explainedAnswer, type FindingLines, readAs } from "./read-as.ts";

export const EXPLAIN =
  "ask for nothing: say what would be decided, by which permit, rule, price and quota, or what is nearest to being allowed";

/** What would be decided of a request, and why. Nothing is asked for: nothing is entered, charged or counted. */
export async function explainQuery(
  address: string,
  request: Request,
  token: string | undefined,
): Promise<number> {
  const told = await call(address, "/query/explain", {
    method: "POST",
    body: JSON.stringify(request),
    ...(token === undefined ? {} : { token }),
  });
  if (told.status !== 200) throw new CouldNot(messageOf(told));
  const { explanation, says, findings, nearest } = readAs(
    explainedAnswer,
    told.body,
    "answer",
  );
  for (const line of says) console.log(line);
  if (explanation.outcome !== "refused") return EXIT.done;
  if (nearest.length > 0) console.log("the nearest that would allow it:");
  for (const line of nearest) console.log(`  ${line}`);
  printFindings(findings);
  return EXIT.refused;
}

/** Rule, article, what it found, what would have to be true, and where to apply. */
export function printFindings(findings: FindingLines): void {
  for (const f of findings) {
    console.log(`  ${f.rule.padEnd(11)} ${f.says}  ${f.cites}`);
    if (f.facts !== "") console.log(`  ${"".padEnd(11)} ${f.facts}`);
    console.log(`  ${"".padEnd(11)} what would have to be true: ${f.next}`);
  }
  console.log("  apply to    the permit officer of the office");
}
