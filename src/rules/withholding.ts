import type { ActOf } from "../acts/act.ts";
import { addMonths } from "../acts/dates.ts";
import type { Finding } from "../acts/entry.ts";
import type { BodyLevel } from "../acts/shapes.ts";
import { inForce, type ReadRegister } from "../register/register.ts";
import { isOpen } from "../register/fields.ts";
import { withholdingOf } from "../register/withholding.ts";
import { adoptedRule } from "./adopted.ts";
import { breach, missing, when, type Verdict } from "./findings.ts";
import { taken, unknown } from "./registration.ts";
import type { Signed } from "./signing.ts";
import { decideSpan } from "./spans.ts";

/** On every ground it is looked at again within a year. */
const REVIEW_MONTHS = 12;
/** Bodies that may classify a matter as top secret. */
const TOP: ReadonlySet<BodyLevel> = new Set<BodyLevel>([
  "national",
  "province",
]);

/**
 * A dataset is withheld until an end, or until it is looked at again. What is open stays open, and what is offered is withdrawn first: the
 * gate serves by products, and nobody finds one empty.
 */
export function decideWithheld(
  register: ReadRegister,
  { statement }: Signed,
  act: ActOf<"withheld">,
  at: number,
): Verdict {
  const { dataset: id, to, review } = act;
  const dataset = register.datasets.get(id)?.act;
  const offered = [...register.products.values()].filter(
    (product) =>
      inForce(product, at) &&
      product.act.content.some((part) => part.dataset === id),
  );
  const standing = withholdingOf(register, id, at);
  const latest = addMonths(at, REVIEW_MONTHS, register.offsetMinutes);
  return {
    findings: [
      ...taken(register.withholdings, "withholding", act.withholding),
      ...unknown(register.datasets, "dataset", id),
      ...when(dataset !== undefined && isOpen(dataset), () =>
        breach("V-WITHHELD", ["open", id]),
      ),
      ...offered.map(({ act: { product } }) =>
        breach("V-WITHHELD", ["product", product]),
      ),
      ...decideSpan(to === undefined ? {} : { to }, at),
      ...when(to === undefined && review === undefined, () =>
        missing("I5", ["end", "none"]),
      ),
      ...when(review !== undefined && review <= at, () =>
        breach("V-ORDER", ["from", at], ["to", review ?? 0]),
      ),
      ...when(act.level !== undefined && act.ground !== "stateSecret", () =>
        breach("V-FORM", ["ground", act.ground], ["level", act.level ?? ""]),
      ),
      ...when(review !== undefined && review > latest, () =>
        breach("I5", ["review", review ?? 0], ["latest", latest]),
      ),
      ...(standing === undefined
        ? []
        : [breach("V-WITHHELD", ["dataset", id], ["withholding", standing])]),
      ...decideLevel(register, statement.signers, act),
    ],
  };
}

/** Only national and provincial bodies make something top secret, where the rulebook adopted the rule. */
function decideLevel(
  register: ReadRegister,
  signers: Signed["statement"]["signers"],
  { level }: ActOf<"withheld">,
): readonly Finding[] {
  if (level !== "topSecret") return [];
  if (adoptedRule(register, "CN-SSL-02") === undefined) return [];
  return signers
    .filter(({ role }) => role === "approved")
    .map(({ post }) => register.posts.get(post ?? "")?.act.body ?? "")
    .filter((body) => {
      const of = register.bodies.get(body)?.act.level;
      return of === undefined || !TOP.has(of);
    })
    .map((body) => breach("CN-SSL-02", ["body", body], ["level", level]));
}
