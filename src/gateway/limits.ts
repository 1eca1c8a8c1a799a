import { cellOf } from "../engine/values.ts";
import type { Product, ReadRegister } from "../register/register.ts";
import type { AnswerOutcome } from "../store/leases.ts";
import { parseOpened } from "../uses/opening.ts";
import type { AnswerPlan } from "../uses/plan.ts";

const DAY = 86_400_000;

/** Who asks, and who is asked about. */
export type Names = readonly [asker: string, subject: string];
export type Limits = NonNullable<Product["limits"]>;

/** How often each asker asked, and each key was asked for, today: misses count, so that nobody can guess a record open. */
export class AnswerLimits {
  #day = -1;
  readonly #counts = new Map<string, number>();
  readonly #register: () => ReadRegister;

  constructor(register: () => ReadRegister) {
    this.#register = register;
  }

  dayOf(at: number): number {
    return Math.floor((at + this.#register().offsetMinutes * 60_000) / DAY);
  }

  dayStart(at: number): number {
    return this.dayOf(at) * DAY - this.#register().offsetMinutes * 60_000;
  }

  /** Takes one answer, by the names of who asks and who is asked about, if the limits leave room for it. */
  take([asker, subject]: Names, limits: Limits, at: number): AnswerOutcome {
    this.#turn(at);
    if ((this.#counts.get(asker) ?? 0) >= limits.perAskerPerDay) return "asker";
    if ((this.#counts.get(subject) ?? 0) >= limits.perSubjectPerDay)
      return "subject";
    this.#add(asker);
    this.#add(subject);
    return "taken";
  }

  /** What was counted today, by name. */
  counted(at: number): ReadonlyMap<string, number> {
    this.#turn(at);
    return this.#counts;
  }

  /** Counts an answer of before the start again, from its opening. */
  recall(content: Uint8Array, at: number): void {
    this.#turn(at);
    const opened = parseOpened(content);
    if (opened.kind !== "use") return;
    const { plan, organisation, at: asked } = opened.part;
    if (plan.form !== "answer" || this.dayOf(asked) !== this.#day) return;
    for (const name of names(organisation, plan, this.#register()))
      this.#add(name);
  }

  #turn(at: number): void {
    const day = this.dayOf(at);
    if (day === this.#day) return;
    this.#day = day;
    this.#counts.clear();
  }

  #add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }
}

/** Who asks, and who is asked about, as they are counted: in whatever spelling a value comes, it is one value. */
export function names(
  organisation: string,
  plan: AnswerPlan,
  { datasets }: ReadRegister,
): Names {
  const fields = datasets.get(plan.dataset)?.act.fields ?? [];
  // Short, since there are as many a day as there are records; the length says where a value ends.
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
