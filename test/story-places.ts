import type { Act, ActOf } from "../src/acts/act.ts";
import { aDataset, anAuthorisation, aSystem, sanhe } from "./story-acts.ts";
import { day, theGenesis, theRulebook } from "./story-founding.ts";
import { aLocalRulebook } from "./story-local-law.ts";
import { inTender, whole } from "./story-procedures.ts";
import { aWithholding } from "./story-withholding.ts";
import { approved, given, type Step } from "./story.ts";

/** A national office with a province, two cities and a district, and a post in each that adopts what holds there. */
const tree = [
  ["lanan", "data-office", "province"],
  ["jiangcheng", "lanan", "prefecture"],
  ["haicheng", "lanan", "prefecture"],
  ["east-side", "jiangcheng", "county"],
] as const;
const { bodies, posts, tenures } = theGenesis();

/** The national rulebook: a notice of three days, a year to the next review, permits of three years, two years to go. */
export const national: typeof theRulebook = {
  ...theRulebook,
  ...{ rulebook: "national", until: day(730) },
  rules: [{ rule: "CN-TND-03" }, { rule: "CN-SSL-04" }],
};
export const founding: ActOf<"genesis"> = theGenesis({
  rulebook: national,
  bodies: [
    ...bodies,
    ...tree.map(([body, parent, level]) => ({
      ...{ body, parent, level, title: `${body} (invented)` },
    })),
  ],
  posts: [
    ...posts,
    ...tree.map(([body]) => ({
      ...{ post: `${body}-council`, title: `Council of ${body}`, body },
      powers: ["adoptLocal" as const],
    })),
  ],
  tenures: [
    ...tenures,
    ...tree.map(([body]) => ({
      ...{ person: 5, post: `${body}-council`, mode: "full" as const },
    })),
  ],
});
export const council = (body: string) =>
  approved(`${body}-council`, { person: 5 });

/** What each of them holds. */
export const held: readonly Act[] = [
  sanhe,
  ...[...tree.map(([body]) => body), "data-office"].flatMap((body) => [
    aSystem({ system: `${body}-register`, body }),
    aDataset({ dataset: `${body}-homes`, system: `${body}-register` }),
  ]),
];
export const founded: readonly Step[] = [
  [day(0), founding, "granted"],
  ...given(day(1), ...held),
];

/** Lanan under the national rulebook: a notice of five days, nine months to the next review, permits of two years. */
export const ofLanan = (
  change: Partial<ActOf<"localRulebookAdopted">> = {},
): ActOf<"localRulebookAdopted"> =>
  aLocalRulebook({
    ...{ rulebook: "lanan-law", parent: "national", body: "lanan" },
    until: day(600),
    rules: [
      { rule: "CN-TND-03", number: 5 },
      { rule: "CN-SSL-04", number: 9 },
    ],
    limits: { permitMonthsMax: 24 },
    ...change,
  });
/** Jiangcheng under Lanan's. */
export const ofJiangcheng = (
  change: Partial<ActOf<"localRulebookAdopted">> = {},
): ActOf<"localRulebookAdopted"> =>
  aLocalRulebook({
    ...{ rulebook: "jiangcheng-law", parent: "lanan-law" },
    ...{ body: "jiangcheng", until: day(500) },
    rules: [{ rule: "CN-TND-03", number: 7 }],
    ...change,
  });

/** An operator for the homes of a body, whose award stood in public for so many days. */
export function awarded(
  name: string,
  body: string,
  days: number,
): ActOf<"authorisation"> {
  const noticeUntil = `2025-11-${String(20 + days)}`;
  const tender = {
    ...{ ...inTender, noticeFrom: "2025-11-20", noticeUntil },
    evaluated: "2025-11-20",
  };
  return anAuthorisation({
    ...{ authorisation: name, datasets: [`${body}-homes`] },
    to: day(1_000),
    procedure: { ...whole, tender },
  });
}

/** The homes of a body withheld, to be looked at again so many days after the founding. */
export const secret = (name: string, body: string, review: number): Act =>
  aWithholding({
    ...{ withholding: name, dataset: `${body}-homes` },
    review: day(review),
  });
