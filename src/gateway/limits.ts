import { createHmac } from "node:crypto";
import { cellOf } from "../engine/values.ts";
import type { Product, ReadRegister } from "../register/register.ts";
import { localDay } from "../rules/clocks.ts";
import type { AnswerOutcome, Counted } from "../store/leases.ts";
import { parseOpened } from "../uses/opening.ts";
import type { AnswerPlan } from "../uses/plan.ts";
import { DayCounts } from "./day-counts.ts";

const DAY = 86_400_000;
const DIGEST_CHARS = 32;

/** Who asks, and who is asked about, as digests of 16 bytes in hex. */
export type Names = readonly [asker: string, subject: string];
export type Limits = NonNullable<Product["limits"]>;

/** How often each asker asked, and each key was asked for, today: misses count, so that nobody can guess a record open. */
export class AnswerLimits {
  readonly #counts = new DayCounts();
  readonly #register: () => ReadRegister;
  readonly #key: Uint8Array;
  #day = -1;

  constructor(register: () => ReadRegister, key: Uint8Array) {
    this.#register = register;
    this.#key = key;
  }

  dayOf(at: number): number {
    return localDay(this.#register(), at);
  }

  dayStart(at: number): number {
    return this.dayOf(at) * DAY - this.#register().offsetMinutes * 60_000;
  }

  /**
   * As an answer of that time is counted, here and in the database. Keyed, so that neither memory nor database tell who was asked
   * about; by the day too, so that two days tell no more.
   */
  namesOf(organisation: string, plan: AnswerPlan, at: number): Names {
    const before = `vitrine-answer-count-v2\n${this.dayOf(at)}\n`;
    const digest = (name: string): string =>
      createHmac("sha256", this.#key)
        .update(before + name)
        .digest("hex")
        .slice(0, DIGEST_CHARS);
    const [asker, subject] = names(organisation, plan, this.#register());
    return [digest(asker), digest(subject)];
  }

  /** Takes one answer, by the names of who asks and who is asked about, if the limits leave room for it. */
  take([asker, subject]: Names, limits: Limits, at: number): AnswerOutcome {
    this.#turn(at);
    if (this.#counts.get(asker) >= limits.perAskerPerDay) return "asker";
    if (this.#counts.get(subject) >= limits.perSubjectPerDay) return "subject";
    this.#counts.add(asker);
    this.#counts.add(subject);
    return "taken";
  }

  /** What was counted today. */
  counted(at: number): readonly Counted[] {
    this.#turn(at);
    return [...this.#counts.all()];
  }

  /** Counts an answer of before the start again, from its opening. */
  recall(content: Uint8Array, at: number): void {
    this.#turn(at);
    const opened = parseOpened(content);
    if (opened.kind !== "use") return;
    const { plan, organisation, at: asked } = opened.part;
    if (plan.form !== "answer" || this.dayOf(asked) !== this.#day) return;
    for (const name of this.namesOf(organisation, plan, asked))
      this.#counts.add(name);
  }

  #turn(at: number): void {
    const day = this.dayOf(at);
    if (day === this.#day) return;
    this.#day = day;
    this.#counts.clear();
  }
}

/** Who asks, and who is asked about, as they are counted: in whatever spelling a value comes, it is one value. */
export function names(
  organisation: string,
  plan: AnswerPlan,
  { datasets }: ReadRegister,
): readonly [asker: string, subject: string] {
  const fields = datasets.get(plan.dataset)?.act.fields ?? [];
  // The length says where a value ends.
  const key = plan.key
    .toSorted((a, b) => (a.field < b.field ? -1 : 1))
    .map(({ field, value }) => {
      const type = fields.find(({ name }) => name === field)?.type ?? "text";
      const cell = String(cellOf(type, value));
      return `${field}:${cell.length}:${cell}`;
    });
  return [
    `asker ${organisation} ${plan.dataset}`,
    `subject ${plan.dataset} ${key.join(" ")}`,
  ];
}
