import type { ActOf } from "../acts/act.ts";
import { assessmentParts } from "../acts/rights.ts";
import type { Finding } from "../acts/entry.ts";
import { dayOf } from "../register/calendar.ts";
import type { ReadRegister } from "../register/register.ts";
import { adoptedRule } from "./adopted.ts";
import { localDay } from "./clocks.ts";
import { breach, missing, when } from "./findings.ts";

type Permit = ActOf<"permit">;
/** Whether a rule counts for this permit. */
type Counts = (rule: string) => boolean;

/** What a permit rests on beside itself: the basis of its purpose, who asks, the assessment of its impact, what the applicant declared. */
export function decidePermitLaw(
  register: ReadRegister,
  act: Permit,
  at: number,
): readonly Finding[] {
  const counts = (rule: string) => adoptedRule(register, rule) !== undefined;
  return [
    ...decideBasis(register, act, counts),
    ...(counts("EU-EHDS-01") ? decideWho(register, act) : []),
    ...decideAssessment(register, act, at, counts),
    ...(counts("EU-DGA-13") ? decideTransfer(register, act) : []),
  ];
}

/** Personal data: the regulation on data governance is no basis itself (EU-DGA-02), and a public body has none in its own interest (EU-GDPR-02). */
function decideBasis(
  register: ReadRegister,
  { product, purpose, organisation }: Permit,
  counts: Counts,
): readonly Finding[] {
  if (register.products.get(product)?.personal !== true) return [];
  const ground = register.rulebook?.act.purposes.find(
    (one) => one.purpose === purpose,
  )?.ground;
  const isPublic =
    register.organisations.get(organisation)?.act.class === "publicBody";
  return [
    ...when(counts("EU-DGA-02") && ground === undefined, () =>
      missing("EU-DGA-02", ["purpose", purpose], ["fact", "ground"]),
    ),
    ...when(
      counts("EU-DGA-02") && (ground?.startsWith("EU-DGA-") ?? false),
      () => breach("EU-DGA-02", ["purpose", purpose], ["ground", ground ?? ""]),
    ),
    ...when(counts("EU-GDPR-02") && ground === undefined, () =>
      missing("EU-GDPR-02", ["purpose", purpose], ["fact", "ground"]),
    ),
    ...when(
      counts("EU-GDPR-02") && isPublic && ground === LEGITIMATE_INTEREST,
      () =>
        breach("EU-GDPR-02", ["purpose", purpose], ["ground", ground ?? ""]),
    ),
  ];
}

/** Regulation (EU) 2016/679, Art 6(1)(f), as a rulebook names it. */
const LEGITIMATE_INTEREST = "EU-GDPR-6-1-F";

/** Purposes of public governance are for public bodies. */
function decideWho(
  register: ReadRegister,
  { purpose, organisation }: Permit,
): readonly Finding[] {
  const found = register.organisations.get(organisation)?.act.class;
  const of = register.rulebook?.act.purposes.find(
    (one) => one.purpose === purpose,
  )?.class;
  return when(
    of === "publicGovernance" && found !== undefined && found !== "publicBody",
    () => breach("EU-EHDS-01", ["purpose", purpose], ["class", found ?? ""]),
  );
}

/** The parts that an assessment has at least, by the rule that wants one before data are given that are sensitive. */
const assessed: Readonly<Record<string, readonly string[]>> = {
  "CN-PI-03": [],
  "EU-GDPR-07": assessmentParts,
};

function decideAssessment(
  register: ReadRegister,
  { product, assessment, fields, where }: Permit,
  at: number,
  counts: Counts,
): readonly Finding[] {
  const [part] = register.products.get(product)?.act.content ?? [];
  const used = new Set([...fields, ...where]);
  const isSensitive = register.datasets
    .get(part?.dataset ?? "")
    ?.act.fields.some(
      (one) => one.classification === "sensitive" && used.has(one.name),
    );
  if (isSensitive !== true) return [];
  return Object.entries(assessed)
    .filter(([rule]) => counts(rule))
    .flatMap(([rule, parts]) => {
      if (assessment === undefined)
        return [missing(rule, ["fact", "assessment"])];
      return [
        ...when((dayOf(assessment.on) ?? 0) > localDay(register, at), () =>
          breach(rule, ["fact", "assessment.on"], ["after", "entry"]),
        ),
        ...parts
          .filter((one) => !assessment.parts.some((found) => found === one))
          .map((one) =>
            missing(rule, ["fact", "assessment.parts"], ["lacks", one]),
          ),
      ];
    });
}

/** Whoever takes data into a third country has said so when they applied. */
function decideTransfer(
  register: ReadRegister,
  { transfer, decides }: Permit,
): readonly Finding[] {
  if (transfer === undefined) return [];
  const declared = register.applications.get(decides ?? "")?.act.transfer;
  return when(declared !== transfer.to, () =>
    declared === undefined
      ? missing("EU-DGA-13", ["fact", "application.transfer"])
      : breach("EU-DGA-13", ["transfer", transfer.to], ["declared", declared]),
  );
}
